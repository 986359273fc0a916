// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/data_file.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "twinfirm/app/column_field.h"

namespace twinfirm::ui {

namespace {

bool has_field(const ingest::Inspection& inspection, std::string_view field) {
    return std::any_of(inspection.plan.columns.begin(), inspection.plan.columns.end(),
                       [&](const ingest::ColumnPlan& column) { return column.keep && column.field == field; });
}

bool has_before_and_after(const ingest::Inspection& inspection) {
    for (const std::string kpi : {"prod", "defect", "cost", "otd", "lead"}) {
        if (has_field(inspection, kpi + "_before") && has_field(inspection, kpi + "_after")) return true;
    }
    return false;
}

}  // namespace

std::string guess_table(const ingest::Inspection& inspection) {
    if (has_before_and_after(inspection)) return "survey";
    if (has_field(inspection, "year")) return "panel";
    if (has_field(inspection, "adopt_year") || has_field(inspection, "founded")) return "firms";
    return {};
}

void choose_field(DataFile& file, std::size_t column, const std::string& field) {
    if (!file.inspection || column >= file.inspection->plan.columns.size()) return;
    auto& columns = file.inspection->plan.columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!field.empty() && i != column && columns[i].field == field) {
            columns[i].field.clear();
            file.chosen_fields[i] = {};
        }
    }
    columns[column].field = field;
    file.chosen_fields[column] = field;
}

void choose_type(DataFile& file, std::size_t column, ingest::ValueType type) {
    if (!file.inspection || column >= file.inspection->plan.columns.size()) return;
    ingest::ColumnPlan& plan = file.inspection->plan.columns[column];
    plan.type = type;
    file.chosen_types[column] = type;
    if (type == ingest::ValueType::money && app::won_power(plan.unit) < 0) {
        plan.unit = "원";
        file.chosen_units[column] = plan.unit;
    }
}

void choose_unit(DataFile& file, std::size_t column, const std::string& unit) {
    using ingest::ValueType;
    if (!file.inspection || column >= file.inspection->plan.columns.size()) return;
    ingest::ColumnPlan& plan = file.inspection->plan.columns[column];
    plan.unit = unit;
    file.chosen_units[column] = unit;
    const bool won = app::won_power(unit) >= 0;
    const bool counted = plan.type == ValueType::integer || plan.type == ValueType::number;
    if (won == (plan.type == ValueType::money) || (won && !counted)) return;
    plan.type = won ? ValueType::money : ValueType::number;
    file.chosen_types[column] = plan.type;
}

void repeat_choices(DataFile& file) {
    for (const auto& [column, field] : std::exchange(file.chosen_fields, {})) choose_field(file, column, field);
    const auto types = std::exchange(file.chosen_types, {});
    for (const auto& [column, unit] : std::exchange(file.chosen_units, {})) choose_unit(file, column, unit);
    for (const auto& [column, type] : types) choose_type(file, column, type);
}

}  // namespace twinfirm::ui
