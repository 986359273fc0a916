// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/data_file.h"

#include <algorithm>
#include <string_view>

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

}  // namespace twinfirm::ui
