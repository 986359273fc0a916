// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/app/unmatched_firms.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace twinfirm::ui {

class TableView;
class TextTableModel;

/// The firms without a match, by reason. They are listed when they are asked for, and saved only where the study lets
/// every number out: a list of firms is protected like a small cell.
class UnmatchedPanel : public QWidget {
    Q_OBJECT

  public:
    UnmatchedPanel(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    /// Another result: the list is that of the former one.
    void clear();
    void retranslate();

  private:
    void compute();
    void show_firms();
    void save();
    [[nodiscard]] std::vector<app::UnmatchedFirm> chosen() const;

    OpenStudy& study_;
    const Localization& localization_;
    QLabel* label_;
    QComboBox* reason_;
    QPushButton* compute_;
    QPushButton* save_;
    QLabel* state_;
    TextTableModel* model_;
    TableView* view_;
    std::optional<std::vector<app::UnmatchedFirm>> firms_;
};

}  // namespace twinfirm::ui
