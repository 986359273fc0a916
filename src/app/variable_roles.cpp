// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/variable_roles.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "study_table.h"
#include "twinfirm/app/check_columns.h"
#include "twinfirm/app/column_field.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::app {

namespace {

/// The designs that know outcomes and breakdowns of a variable, the specification itself first.
std::vector<design::Specification> known_designs(const design::Specification& specification) {
    std::vector<design::Specification> known{specification};
    if (auto full = design::preset("full")) known.push_back(std::move(*full));
    return known;
}

LocalizedText label_of(const std::string& name, const CanonicalField* field) {
    return field != nullptr ? field->name : LocalizedText{name, name};
}

design::Outcome new_outcome(const std::string& name, const CanonicalField* field) {
    design::Outcome outcome;
    outcome.key = name;
    outcome.label = label_of(name, field);
    outcome.variable = name;
    outcome.metric = design::ChangeMetric::level;
    if (field == nullptr) return outcome;
    outcome.unit = field->unit;
    if (field->type == "percent") outcome.metric = design::ChangeMetric::points;
    if (field->type != "money") return outcome;
    outcome.metric = design::ChangeMetric::percent;
    if (const int power = won_power(field->unit); power >= 0) outcome.unit_scale = std::pow(10.0, power);
    return outcome;
}

std::optional<design::Outcome> outcome_of(const std::string& name, const std::vector<design::Specification>& known) {
    for (const design::Specification& design : known) {
        for (const design::Outcome& outcome : design.outcomes) {
            if (outcome.variable == name && outcome.denominator.empty()) return outcome;
        }
    }
    return new_outcome(name, find_canonical_field(name));
}

/// Of a category that no design knows: its values as the data have them.
design::Breakdown new_breakdown(const std::string& name) {
    design::Breakdown breakdown;
    breakdown.key = name;
    breakdown.label = label_of(name, find_canonical_field(name));
    breakdown.variable = name;
    return breakdown;
}

const design::Breakdown* breakdown_of(const std::string& name, const std::vector<design::Specification>& known) {
    for (const design::Specification& design : known) {
        for (const design::Breakdown& breakdown : design.breakdowns) {
            if (breakdown.cross.empty() && (breakdown.variable == name || breakdown.key == name)) return &breakdown;
        }
    }
    return nullptr;
}

const store::ColumnDefinition* column_of(const std::vector<store::TableInfo>& tables, const std::string& table,
                                         const std::string& name) {
    for (const store::TableInfo& info : tables) {
        if (info.definition.name != table) continue;
        for (const store::ColumnDefinition& column : info.definition.columns) {
            if (column_key(column) == name) return &column;
        }
    }
    return nullptr;
}

}  // namespace

std::vector<VariableRoles> variable_roles(const std::vector<store::TableInfo>& tables,
                                          const design::Specification& specification) {
    const std::vector<design::Specification> known = known_designs(specification);
    std::vector<VariableRoles> roles;
    for (const std::string& name : study_variables(tables, specification)) {
        VariableRoles& variable = roles.emplace_back();
        variable.name = name;
        variable.covariate = stats::formula_name(name);
        const CanonicalField* field = find_canonical_field(name);
        const bool amount = field != nullptr && (field->type == "money" || field->type == "count");
        if (amount) variable.covariate = "log(" + variable.covariate + ")";
        const auto* yearly = column_of(tables, specification.roles.panel_table, name);
        if (yearly != nullptr && yearly->type != store::ColumnType::text) variable.outcome = outcome_of(name, known);
        const auto* own = column_of(tables, specification.roles.firms_table, name);
        const bool category = own != nullptr && own->type == store::ColumnType::text && name != "founded";
        if (const design::Breakdown* breakdown = breakdown_of(name, known)) {
            variable.breakdown = *breakdown;
        } else if (category) {
            variable.breakdown = new_breakdown(name);
        }
    }
    return roles;
}

}  // namespace twinfirm::app
