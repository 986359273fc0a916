// SPDX-License-Identifier: GPL-3.0-or-later
// The variables of the data in the form: offered by its buttons, or dropped on its fields.
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <algorithm>

#include "design/outcome_table.h"
#include "design/settings_form.h"
#include "design/variable_button.h"
#include "design/variable_drop.h"

namespace twinfirm::ui {

namespace {

/// Appends it unless one with the same key is there.
template <class Item>
void add_once(std::vector<Item>& items, const Item& item) {
    const bool there =
        std::any_of(items.begin(), items.end(), [&](const Item& other) { return other.key == item.key; });
    if (!there) items.push_back(item);
}

void add_once(std::vector<std::string>& items, const std::string& item) {
    if (std::find(items.begin(), items.end(), item) == items.end()) items.push_back(item);
}

void give_role(const app::VariableRoles& variable, VariableRole role, design::Specification& specification) {
    auto& covariates = specification.covariates;
    switch (role) {
        case VariableRole::covariate:
            // As it is or as a logarithm: one of them is enough.
            if (std::find(covariates.begin(), covariates.end(), variable.name) == covariates.end()) {
                add_once(covariates, variable.covariate);
            }
            break;
        case VariableRole::exact:
            add_once(specification.matching.exact, variable.name);
            break;
        case VariableRole::outcome:
            add_once(specification.outcomes, *variable.outcome);
            break;
        case VariableRole::breakdown:
            add_once(specification.breakdowns, *variable.breakdown);
            break;
    }
}

}  // namespace

void SettingsForm::set_variables(const std::vector<app::VariableRoles>& variables) {
    variables_ = variables;
    show_variables();
}

void SettingsForm::show_variables() {
    std::vector<std::string> names;
    for (const app::VariableRoles& variable : variables_) names.push_back(variable.name);
    covariate_names_->set_variables(names, specification_.covariates, specification_);
    exact_names_->set_variables(names, specification_.matching.exact, specification_);
}

void SettingsForm::add_covariate(const QString& term) {
    QString text = covariates_->toPlainText().trimmed();
    if (!text.isEmpty()) text += QLatin1Char('\n');
    covariates_->setPlainText(text + term);
}

void SettingsForm::add_exact(const QString& name) {
    const QString text = exact_->text().trimmed();
    exact_->setText(text.isEmpty() ? name : text + QStringLiteral(", ") + name);
    tell();
}

void SettingsForm::accept_drops() {
    const auto accept = [this](QWidget& field, VariableRole role) {
        new VariableDrop(
            field, [this, role](const QStringList& names) { return !variables_for(names, role).empty(); },
            [this, role](const QStringList& names) { take_variables(names, role); });
    };
    accept(*covariates_, VariableRole::covariate);
    accept(*exact_, VariableRole::exact);
    accept(*outcomes_, VariableRole::outcome);
    accept(*breakdown_list_, VariableRole::breakdown);
}

std::vector<app::VariableRoles> SettingsForm::variables_for(const QStringList& names, VariableRole role) const {
    std::vector<app::VariableRoles> able;
    for (const app::VariableRoles& variable : variables_) {
        if (names.contains(QString::fromStdString(variable.name)) && can_be(variable, role)) able.push_back(variable);
    }
    return able;
}

void SettingsForm::take_variables(const QStringList& names, VariableRole role) {
    const design::Specification before = specification();
    design::Specification changed = before;
    for (const app::VariableRoles& variable : variables_for(names, role)) give_role(variable, role, changed);
    if (changed == before) return;
    set_specification(changed);
    Q_EMIT edited();
}

}  // namespace twinfirm::ui
