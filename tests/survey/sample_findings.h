// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::survey {

inline QuestionRow question_row(std::string column, std::string group, double value, double error, std::int64_t n) {
    QuestionRow row;
    row.level = "yes";
    row.column = std::move(column);
    row.group = std::move(group);
    row.estimate.value = value;
    row.estimate.std_error = error;
    row.estimate.df = 100;
    row.estimate.n = n;
    row.interval = {value - 2 * error, value + 2 * error};
    row.margin = 2 * error;
    return row;
}

/// Findings with every section, small enough to be read.
inline SurveyFindings sample_findings() {
    SurveyFindings findings;
    findings.title = {"조사", "Survey"};
    findings.source = {"가상 조사", "Made-up survey"};
    findings.engine_version = "0.0";
    findings.specification_hash = std::string(64, 'a');
    StatusFinding status;
    status.rows = 500;
    status.strata = 4;
    status.units = 500;
    status.population = 16000;
    status.weight_effect = 1.2;
    status.columns = {"size"};
    QuestionFinding adoption;
    adoption.key = "adoption";
    adoption.label = {"도입률", "Adoption"};
    adoption.unit = "%";
    adoption.shares = true;
    adoption.kind = "share";
    adoption.interval = "wilson";
    adoption.rows = {question_row("", "", 0.195, 0.005, 500), question_row("size", "small", 0.09, 0.006, 300),
                     question_row("size", "large", 0.54, 0.02, 195), question_row("size", "tiny", 0.02, 0.008, 5)};
    status.questions = {adoption};
    findings.status = status;
    StagesFinding stages;
    std::vector<StageEvent> events;
    for (int i = 0; i < 100; ++i)
        events.push_back({2019 + i % 3, i % 2 == 0 ? "A" : "B", 0, i < 80 ? 1 : i < 98 ? 3 : 4, 4});
    stages.events = 100;
    stages.shares = stage_shares(events);
    std::int64_t unknown = 0;
    stages.transitions = stage_transitions(events, StageStep::before_to_after, unknown);
    findings.stages = stages;
    TechnologyFinding technology;
    technology.focus = "KR";
    technology.from = 2019;
    technology.to = 2024;
    Messages messages;
    technology.levels = checked_levels({{2019, "US", "national", "", 100, 0, "US", 1},
                                        {2019, "KR", "national", "", 72.3, 2.5, "US", 2},
                                        {2019, "CN", "national", "", 66, 3.1, "US", 3},
                                        {2024, "US", "national", "", 100, 0, "US", 4},
                                        {2024, "KR", "national", "", 76.5, 2.0, "US", 5},
                                        {2024, "KR", "sme", "", 69.3, 2.9, "US", 6},
                                        {2024, "CN", "national", "", 78.3, 1.8, "US", 7}},
                                       messages)
                            .value();
    technology.changes = technology_changes(technology.levels, 2019, 2024, messages);
    technology.gaps = technology_gaps(technology.levels, 2024, "KR");
    findings.technology = technology;
    MarketFinding market;
    market.unit = "USD bn";
    market.first_year = 2024;
    market.growth = solve_growth({{}, 346.8, 4, 0.22}).value();
    market.figures = {{"M&M", "world", 2028, 346.8, 1, 0.22}, {"B", "world", 2028, 268.9, 1, 0.175}};
    market.comparisons = compare_sources(market.figures).value();
    findings.market = market;
    SupplierSection suppliers;
    suppliers.outcome = {"매출", "Sales"};
    suppliers.unit = "%p";
    std::vector<SupplierEvent> supplied;
    for (int j = 0; j < 6; ++j) {
        for (int i = 0; i < 4 + j; ++i) {
            supplied.push_back({"S" + std::to_string(j), std::to_string(j) + "_" + std::to_string(i), 1 + i % 3,
                                5.0 * (i % 3) + 2 * j});
        }
    }
    supplied.push_back({"lone", "x", 2, 50});
    suppliers.findings = supplier_effects(supplied);
    suppliers.registered = 9;
    suppliers.idle = 2;
    findings.suppliers = suppliers;
    findings.cases = {{"firm", "S1", "award", "what was done", 2024}};
    findings.data = {{"survey.csv", 500, std::string(64, 'b')}};
    return findings;
}

}  // namespace twinfirm::survey
