// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <vector>

#include "design/variable_list.h"
#include "study/localization.h"
#include "twinfirm/app/variable_roles.h"
#include "twinfirm/design/specification.h"

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QGroupBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QSpinBox;

namespace twinfirm::ui {

class FieldError;
class MoreSettings;
class OutcomeTable;
class VariableButton;

/// The settings of a specification as a form. What the form does not show (labels of groups, say) is kept as it was.
class SettingsForm : public QWidget {
    Q_OBJECT

  public:
    explicit SettingsForm(const Localization& localization, QWidget* parent = nullptr);

    void set_specification(const design::Specification& specification);
    void set_tables(const std::vector<std::string>& tables);
    /// What covariates, exact strata, outcomes and breakdowns can be made of.
    void set_variables(const std::vector<app::VariableRoles>& variables);
    /// Adds those of the variables that can have the role, as one edit.
    void take_variables(const QStringList& names, VariableRole role);
    /// Tells what is wrong below the fields that it is wrong in.
    void show_errors(const std::vector<Error>& errors);
    /// The specification with what the form says.
    [[nodiscard]] design::Specification specification() const;
    void retranslate();

  Q_SIGNALS:
    void edited();

  private:
    void build_score();
    void build_matching();
    void build_period();
    void build_contents();
    void build_tables();
    void read_matching(design::MatchingSettings& matching) const;
    void show_matching(const design::MatchingSettings& matching);
    void show_tables();
    void show_lists();
    void show_variables();
    void add_error(QFormLayout* form, QWidget* field, const char* key);
    void add_covariate(const QString& term);
    void add_exact(const QString& name);
    void accept_drops();
    [[nodiscard]] std::vector<app::VariableRoles> variables_for(const QStringList& names, VariableRole role) const;
    void tell();
    QLabel* add_row(QFormLayout* form, QWidget* field, const char* name);
    void watch(QComboBox* box);
    void watch(QSpinBox* box);

    const Localization& localization_;
    design::Specification specification_;
    std::vector<design::Breakdown> breakdowns_;  ///< all that may be chosen
    std::vector<std::string> tables_;
    std::vector<app::VariableRoles> variables_;
    bool showing_ = false;

    QGroupBox* score_group_;
    QGroupBox* matching_group_;
    QGroupBox* period_group_;
    QGroupBox* contents_group_;
    QGroupBox* tables_group_;
    std::vector<QLabel*> labels_;  ///< in the order of retranslate()
    QLineEdit* title_;
    QPlainTextEdit* covariates_;
    VariableButton* covariate_names_;
    VariableButton* exact_names_;
    std::vector<FieldError*> errors_;
    QComboBox* score_;
    QComboBox* order_;
    QSpinBox* ratio_;
    QCheckBox* replace_;
    QCheckBox* use_caliper_;
    QDoubleSpinBox* caliper_;
    QComboBox* caliper_unit_;
    QComboBox* discard_;
    QLineEdit* exact_;
    QSpinBox* leads_;
    QSpinBox* lags_;
    QDoubleSpinBox* confidence_;
    QSpinBox* minimum_cell_;
    QSpinBox* seed_;
    OutcomeTable* outcomes_;
    QListWidget* breakdown_list_;
    QComboBox* firms_table_;
    QComboBox* panel_table_;
    QComboBox* survey_table_;
    MoreSettings* more_ = nullptr;
};

}  // namespace twinfirm::ui
