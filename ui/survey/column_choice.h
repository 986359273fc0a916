// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QGroupBox>
#include <array>

#include "twinfirm/app/survey_choice.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace twinfirm::ui {

/// Which columns of a survey file say how the sample was drawn, and what is asked.
class ColumnChoice : public QGroupBox {
    Q_OBJECT

  public:
    explicit ColumnChoice(QWidget* parent = nullptr);

    void show_columns(const app::SurveyColumns& columns);
    [[nodiscard]] app::SurveyChoice choice() const;
    void set_busy(bool busy);

  Q_SIGNALS:
    void compute_requested();

  protected:
    void changeEvent(QEvent* event) override;

  private:
    enum Field { item, kind, strata, weight, population, cluster, by, field_count };

    void retranslate();

    std::array<QLabel*, field_count> labels_{};
    std::array<QComboBox*, field_count> boxes_{};
    QPushButton* compute_;
    app::SurveyColumns columns_;
};

}  // namespace twinfirm::ui
