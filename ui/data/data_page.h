// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QLabel;
class QPushButton;

namespace twinfirm::ui {

class DataFileModel;
class FilePanel;
class TableView;

/// Step 1: the files, how they are read, and what of them is stored.
class DataPage : public Page {
    Q_OBJECT

  public:
    DataPage(OpenStudy& study, const Localization& localization, QWidget* parent = nullptr);

    [[nodiscard]] QString explanation() const override;

  Q_SIGNALS:
    void open_requested();
    void sample_requested();

  protected:
    void retranslate() override;

  private:
    void refresh();
    void select(int row);
    void update_buttons();

    QPushButton* open_;
    QPushButton* sample_;
    QPushButton* import_;
    QLabel* drop_hint_;
    DataFileModel* files_;
    TableView* files_view_;
    FilePanel* panel_;
};

}  // namespace twinfirm::ui
