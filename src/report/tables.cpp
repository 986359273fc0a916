// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/tables.h"

#include "twinfirm/report/breakdown_tables.h"
#include "twinfirm/report/effect_tables.h"
#include "twinfirm/report/group_tables.h"
#include "twinfirm/report/over_time_tables.h"
#include "twinfirm/report/record_tables.h"
#include "twinfirm/report/sample_tables.h"
#include "twinfirm/report/sensitivity_tables.h"

namespace twinfirm::report {

std::vector<Table> all_tables(const evaluation::Evaluation& evaluation, Language language) {
    std::vector<Table> tables = {
        flow_table(evaluation, language),           process_kpi_table(evaluation, language),
        management_kpi_table(evaluation, language), matched_comparison_table(evaluation, language),
        event_study_table(evaluation, language),    heterogeneity_table(evaluation, language),
    };
    if (!evaluation.specification.process_kpis.empty()) tables.push_back(group_process_table(evaluation, language));
    if (!evaluation.specification.outcomes.empty()) tables.push_back(group_effect_table(evaluation, language));
    for (const design::Breakdown& breakdown : evaluation.specification.breakdowns) {
        tables.push_back(breakdown_table(evaluation, breakdown, language));
        tables.push_back(process_breakdown_table(evaluation, breakdown, language));
        tables.push_back(group_tests_table(evaluation, breakdown, language));
        tables.push_back(ranking_table(evaluation, breakdown, {}, language));
    }
    for (const auto& make : {path_tests_table, staggered_table, staggered_event_table, designs_table, placebo_table,
                             attrition_table, responses_table, record_table}) {
        tables.push_back(make(evaluation, language));
    }
    tables.push_back(band_shift_table(evaluation, language));
    tables.push_back(zero_margin_table(evaluation, language));
    tables.push_back(support_table(evaluation, language));
    tables.push_back(representation_table(evaluation, language));
    tables.push_back(profit_turn_table(evaluation, language));
    tables.push_back(sensitivity_table(evaluation, language));
    tables.push_back(sensitivity_bounds_table(evaluation, language));
    tables.push_back(sensitivity_benchmarks_table(evaluation, language));
    tables.push_back(balance_table(evaluation, language));
    tables.push_back(balance_interactions_table(evaluation, language));
    tables.push_back(reasons_table(evaluation, language));
    tables.push_back(cohort_table(evaluation, language));
    tables.push_back(coefficient_table(evaluation, language));
    std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
    return tables;
}

}  // namespace twinfirm::report
