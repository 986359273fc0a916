// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::report::testing {

inline effects::Estimate estimate(double value, double low, double high, std::int64_t treated, std::int64_t control) {
    effects::Estimate result;
    result.estimate = value;
    result.std_error = (high - low) / 4;
    result.ci_low = low;
    result.ci_high = high;
    result.p_value = low > 0 || high < 0 ? 0.0004 : 0.4;
    result.se_kind = "two-way";
    result.n_treated = treated;
    result.n_control = control;
    return result;
}

inline evaluation::BeforeAfterRow before_after_row(std::string outcome, evaluation::Group group, double ratio) {
    evaluation::BeforeAfterRow row;
    row.outcome = std::move(outcome);
    row.group = std::move(group);
    row.change.n = 3947;
    row.change.mean_before = 1.1e10;
    row.change.mean_after = 1.2e10;
    row.change.difference = estimate(3, 2.5, 3.5, 3947, 0);
    row.change.ratio_of_sums = estimate(ratio, ratio - 0.01, ratio + 0.01, 3947, 0);
    row.change.mean_of_ratios = estimate(ratio * 2, ratio - 0.5, ratio + 0.5, 3940, 0);
    row.change.trimmed_mean_of_ratios = estimate(ratio * 1.5, ratio, ratio * 2, 3940, 0);
    row.change.winsorised_mean_of_ratios = estimate(ratio * 1.8, ratio, ratio * 2, 3940, 0);
    row.change.median_of_ratios = estimate(ratio / 2, ratio / 4, ratio, 3940, 0);
    return row;
}

inline evaluation::EffectRow effect_row(std::string outcome, evaluation::Group group, std::optional<int> time,
                                        double effect, double low, double high) {
    evaluation::EffectRow row;
    row.outcome = std::move(outcome);
    row.group = std::move(group);
    row.event_time = time;
    row.estimator = "did";
    row.effect = estimate(effect, low, high, 1234, 1100);
    row.percent = effect;
    row.percent_low = low;
    row.percent_high = high;
    row.treated_base = 7.33e9;
    row.treated_after = 1.197e10;
    row.control_base = 7.14e9;
    row.control_after = 8.6e9;
    return row;
}

/// Leaves only who the row is about, as in a group below the minimum cell.
inline void hide(evaluation::EffectRow& row) {
    evaluation::EffectRow bare;
    bare.outcome = row.outcome;
    bare.group = row.group;
    bare.event_time = row.event_time;
    bare.estimator = row.estimator;
    row = bare;
}

/// Two outcomes, two indicators and one breakdown with a suppressed group; made by hand, so that every number in a
/// table can be traced to one here.
inline evaluation::Evaluation small_evaluation() {
    using namespace evaluation;
    Evaluation result;
    design::Specification& specification = result.specification;
    specification.title = {"시험 평가", "Test evaluation"};
    specification.covariates = {"log(sales)", "industry"};
    specification.outcomes = {
        {"sales",
         {"매출액", "Sales"},
         "sales",
         "",
         "억원",
         1e8,
         design::Direction::higher_is_better,
         design::ChangeMetric::percent},
        {"accidents",
         {"산업재해율", "Accident rate"},
         "injured",
         "emp",
         "%",
         1,
         design::Direction::lower_is_better,
         design::ChangeMetric::per_hundred},
    };
    specification.process_kpis = {
        {"productivity",
         {"생산성", "Productivity"},
         "prod_before",
         "prod_after",
         "",
         design::Direction::higher_is_better},
        {"quality",
         {"품질(불량률)", "Quality (defect rate)"},
         "defect_before",
         "defect_after",
         "%",
         design::Direction::lower_is_better},
    };
    design::Breakdown size;
    size.key = "size";
    size.label = {"기업규모별", "By firm size"};
    size.variable = "emp";
    size.edges = {0, 10};
    size.labels = {{"10인 미만", "Under 10"}, {"10인 이상", "10 and more"}};
    specification.breakdowns = {size};
    result.specification_hash = std::string(64, 'a');
    result.engine_version = "0.1.0";
    result.data = {163273, 2012, 2019, 5003, 12, 3947, {{"panel", 1306184, std::string(64, 'b')}}};
    result.flow = {{"loaded", {5003, 158270}}, {"eligible", {4991, 158270}}, {"matched", {4980, 4800}}};
    result.reasons = {{matching::Reason::matched, {4980, 4800}}, {matching::Reason::outside_caliper, {11, 153470}}};

    Cohort cohort;
    cohort.year = 2015;
    cohort.flow = {{"eligible", {963, 158270}}, {"matched", {960, 960}}};
    cohort.coefficients = {{"(Intercept)", -5.25, 0.125, -42, 0}, {"log(sales)", 0.5, 0.25, 2, 0.0455}};
    cohort.auc = 0.7654;
    cohort.size = {960, 960, 960, 951.5};
    cohort.caliper_raw = 0.1875;
    cohort.mean_distance = 0.0125;
    cohort.largest_distance = 0.18;
    result.cohorts = {cohort};
    result.overlap = {{-4, -3, 10, 1, 10, 500}, {-3, -2, 20, 0, 20, 300}};
    result.overlap_axis = "linear_predictor";
    result.balance = {
        {"distance", "", "distance", {-3, -4, 0.9, 1.2, 0.1, 0.2}, {-3, -3.01, 0.01, 1.01, 0, 0.01}},
        {"log(sales)", "", "continuous", {22.5, 21.25, 0.75, 1.5, 0.1, 0.2}, {22.5, 22.45, 0.03, 1.05, 0, 0.01}},
        {"industry",
         "C10",
         "binary",
         {0.2, 0.1, 0.25, effects::not_available, 0.1, 0.1},
         {0.2, 0.2, 0, effects::not_available, 0, 0}},
    };

    const Group all;
    const Group small{"size", "0", {"10인 미만", "Under 10"}, true};
    const Group large{"size", "1", {"10인 이상", "10 and more"}, false};
    for (const Group& group : {all, small, large}) {
        for (const auto& [outcome, ratio] :
             {std::pair{"productivity", 0.2985}, {"quality", -0.435}, {"sales", 0.077}, {"accidents", -0.183}}) {
            BeforeAfterRow row = before_after_row(outcome, group, ratio);
            if (group.suppressed) row.change = {};
            if (std::string(outcome) == "sales" && group.key == "1") row.traps = {"trap_regression_to_mean"};
            result.before_after.push_back(row);
        }
        for (const std::optional<int> time : {std::optional<int>(-2), std::optional<int>(0), std::optional<int>()}) {
            const double lead = time == -2 ? 1 : 0;
            EffectRow sales = effect_row("sales", group, time, 0.0535 - lead * 0.05, 0.031 - lead * 0.05, 0.0765);
            EffectRow accidents = effect_row("accidents", group, time, -0.12, -0.2, -0.04);
            accidents.treated_base = 0.71;
            accidents.treated_after = 0.58;
            accidents.control_base = 0.7;
            accidents.control_after = 0.69;
            if (group.suppressed) {
                hide(sales);
                hide(accidents);
            }
            result.effects.push_back(sales);
            result.effects.push_back(accidents);
        }
    }
    result.heterogeneity = {{"sales", "size", 0.5, 1, 0.48}, {"accidents", "size", 9, 1, 0.0027}};
    return result;
}

}  // namespace twinfirm::report::testing
