// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableWidget>
#include <string>
#include <vector>

#include "study/localization.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::ui {

/// The outcomes that a study may have: which of them it has, whether more or less of it is better, and the unit it is
/// shown in.
class OutcomeTable : public QTableWidget {
    Q_OBJECT

  public:
    enum Column { outcome, direction, unit, column_count };

    explicit OutcomeTable(const Localization& localization, QWidget* parent = nullptr);

    /// Shows the study's outcomes and, behind them, the known ones that it does not have.
    void set_outcomes(const std::vector<design::Outcome>& chosen, const std::vector<design::Outcome>& known);
    /// Those with a tick, as edited.
    [[nodiscard]] std::vector<design::Outcome> chosen() const;
    void retranslate();

  Q_SIGNALS:
    void edited();

  private:
    void show_outcomes();
    [[nodiscard]] QString unit_text(const std::string& name) const;
    void take_edit(const QTableWidgetItem* item);

    const Localization& localization_;
    std::vector<design::Outcome> outcomes_;
    std::vector<bool> chosen_;
    bool showing_ = false;
};

}  // namespace twinfirm::ui
