// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

#include "study/localization.h"
#include "twinfirm/design/specification.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;

namespace twinfirm::ui {

/// `0, 10, 50` as numbers; nothing unless there are two or more, rising.
[[nodiscard]] std::optional<std::vector<double>> edges_of(const QString& text);
/// `[0, 10) · [10, 50) · [50, ∞)`: closed left, open right.
[[nodiscard]] QString bands_text(const std::vector<double>& edges);

/// Edits the bands of one breakdown after the other: lower bounds, the year that they are read from, and whether firms
/// are matched within them. New bounds take the labels away: bands are then named by their bounds.
class BandEditor : public QWidget {
    Q_OBJECT

  public:
    explicit BandEditor(const Localization& localization, QWidget* parent = nullptr);

    void set_specification(const design::Specification& specification);
    /// Puts what was edited into the breakdowns of the same keys.
    void read(std::vector<design::Breakdown>& breakdowns) const;
    void retranslate();

  Q_SIGNALS:
    void edited();

  private:
    void show_chosen();
    void take_edges();
    void take_others();
    [[nodiscard]] design::Breakdown* chosen();
    /// Bounds of an outcome's variable are edited in the unit that it is shown in: sales in 억원.
    [[nodiscard]] const design::Outcome* outcome_of(const design::Breakdown& breakdown) const;
    [[nodiscard]] double unit_of(const design::Breakdown& breakdown) const;

    const Localization& localization_;
    std::vector<design::Breakdown> bands_;  ///< those with bounds
    std::vector<design::Outcome> outcomes_;
    QLabel* which_label_;
    QComboBox* which_;
    QLabel* edges_label_;
    QLineEdit* edges_;
    QLabel* reading_;
    QLabel* year_label_;
    QComboBox* year_;
    QCheckBox* within_;
    bool showing_ = false;
};

}  // namespace twinfirm::ui
