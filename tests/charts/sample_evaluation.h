// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// A made-up evaluation with numbers of the size the programme has: 5,003 adopters, 158,270 others.
class SampleEvaluation {
  public:
    static evaluation::Evaluation make() {
        SampleEvaluation sample;
        sample.specify();
        sample.add_overlap();
        sample.add_balance();
        sample.add_effects();
        sample.add_survey();
        return sample.evaluation_;
    }

  private:
    using Outcome = design::Outcome;

    static effects::Estimate estimate(double value, double error, std::int64_t treated, std::int64_t control) {
        effects::Estimate result;
        result.estimate = value;
        result.std_error = error;
        result.df = 1e9;
        result.ci_low = value - 1.96 * error;
        result.ci_high = value + 1.96 * error;
        result.p_value = 0.01;
        result.se_kind = "cr1";
        result.n_treated = treated;
        result.n_control = control;
        result.ess_control = static_cast<double>(control);
        return result;
    }

    void specify() {
        auto& specification = evaluation_.specification;
        specification.title = {"스마트공장 성과분석", "Smart factory evaluation"};
        specification.preset = "recommended";
        specification.matching.caliper = 0.2;
        specification.covariates = {"log(sales)", "log(employees)", "firm_age", "industry"};
        const auto outcome = [](const char* key, const char* ko, const char* en, const char* unit, double scale,
                                design::ChangeMetric metric, design::Direction direction) {
            Outcome result;
            result.key = key;
            result.label = {ko, en};
            result.variable = key;
            result.unit = unit;
            result.unit_scale = scale;
            result.metric = metric;
            result.direction = direction;
            return result;
        };
        using design::ChangeMetric;
        using design::Direction;
        specification.outcomes = {
            outcome("sales", "매출액", "Sales", "억원", 1e8, ChangeMetric::percent, Direction::higher_is_better),
            outcome("employees", "고용", "Employment", "명", 1, ChangeMetric::level, Direction::higher_is_better),
            outcome("profit_rate", "영업이익률", "Operating margin", "%", 1, ChangeMetric::points,
                    Direction::higher_is_better),
            outcome("accident_rate", "산업재해", "Industrial accidents", "건", 1, ChangeMetric::per_hundred,
                    Direction::lower_is_better)};
        const auto kpi = [](const char* key, const char* ko, const char* en, design::Direction direction) {
            design::ProcessKpi result;
            result.key = key;
            result.label = {ko, en};
            result.unit = "%";
            result.direction = direction;
            return result;
        };
        specification.process_kpis = {
            kpi("productivity", "생산성", "Productivity", Direction::higher_is_better),
            kpi("quality", "품질(불량률)", "Quality (defect rate)", Direction::lower_is_better),
            kpi("cost", "원가", "Unit cost", Direction::lower_is_better),
            kpi("delivery", "납기(준수율)", "Delivery (on-time rate)", Direction::higher_is_better)};
        design::Breakdown size;
        size.key = "size";
        size.label = {"기업규모별", "firm size"};
        size.variable = "employees";
        size.edges = {0, 10, 50, 100, 300};
        design::Breakdown level;
        level.key = "level";
        level.label = {"구축수준별", "level"};
        level.variable = "level";
        design::Breakdown industry;
        industry.key = "industry";
        industry.label = {"업종별", "industry"};
        industry.variable = "industry";
        specification.breakdowns = {size, level, industry};
        evaluation_.specification_hash = "3f9a1c20d4e5b6a7";
        evaluation_.engine_version = "0.1.0";
        evaluation_.data.firms = 163273;
        evaluation_.data.adopters = 5003;
        evaluation_.data.first_year = 2013;
        evaluation_.data.last_year = 2020;
        evaluation_.flow = {{"loaded", {5003, 1266160}},    {"eligible", {4961, 602410}}, {"complete", {4886, 575004}},
                            {"in_support", {4880, 571113}}, {"matched", {4871, 4871}},    {"analysed", {4702, 4689}}};
    }

    void add_overlap() {
        evaluation_.overlap_axis = "linear_predictor";
        for (int i = 0; i < 40; ++i) {
            evaluation::OverlapBin bin;
            bin.low = -8 + 0.2 * i;
            bin.high = bin.low + 0.2;
            const double x = bin.low + 0.1;
            const double treated = 5003 * 0.2 * std::exp(-(x + 2.6) * (x + 2.6) / 1.62) / 2.256;
            const double control = 575000 * 0.2 * std::exp(-(x + 4.6) * (x + 4.6) / 1.3) / 2.02;
            bin.treated_matched = static_cast<std::int64_t>(treated * (x > -1 ? 0.82 : 1));
            bin.treated_unmatched = static_cast<std::int64_t>(treated) - bin.treated_matched;
            bin.control_matched = std::min(bin.treated_matched, static_cast<std::int64_t>(control));
            bin.control_unmatched = static_cast<std::int64_t>(control) - bin.control_matched;
            evaluation_.overlap.push_back(bin);
            evaluation_.overlap_total.treated_matched += bin.treated_matched;
            evaluation_.overlap_total.treated_unmatched += bin.treated_unmatched;
            evaluation_.overlap_total.control_matched += bin.control_matched;
            evaluation_.overlap_total.control_unmatched += bin.control_unmatched;
        }
        for (int year = 2015; year <= 2018; ++year) {
            evaluation::Cohort cohort;
            cohort.year = year;
            cohort.caliper_raw = 0.171 + 0.004 * (year - 2015);
            evaluation_.cohorts.push_back(cohort);
        }
    }

    void add_balance() {
        struct Covariate {
            const char* term;
            const char* level;
            const char* type;
            double before;
            double after;
            double ratio_before;
            double ratio_after;
        };
        constexpr double none = effects::not_available;
        const std::array<Covariate, 14> covariates{
            {{"distance", "", "distance", 1.62, 0.01, 1.31, 1.02},
             {"log(employees)", "", "continuous", 1.18, 0.02, 0.71, 0.98},
             {"log(sales)", "", "continuous", 1.09, 0.13, 0.83, 1.12},
             {"firm_age", "", "continuous", 0.22, -0.02, 1.42, 1.05},
             {"log(sales / employees)", "", "continuous", 0.31, 0.04, 0.64, 0.91},
             {"rd_intensity", "", "continuous", 0.17, 0.01, 2.9, 1.21},
             {"export_share", "", "continuous", 0.41, -0.05, 1.9, 1.1},
             {"sales_growth", "", "continuous", -0.08, 0.03, 0.55, 0.88},
             {"venture", "", "binary", 0.27, 0.06, none, none},
             {"industry", "10 식료품", "binary", 0.06, 0.0, none, none},
             {"industry", "25 금속가공", "binary", -0.11, 0.0, none, none},
             {"industry", "29 기타 기계", "binary", 0.15, 0.0, none, none},
             {"industry", "30 자동차", "binary", 0.33, 0.0, none, none},
             {"region", "수도권", "binary", -0.19, -0.04, none, none}}};
        for (const Covariate& covariate : covariates) {
            balance::BalanceRow row;
            row.covariate = covariate.term;
            row.level = covariate.level;
            row.type = covariate.type;
            row.before.smd = covariate.before;
            row.after.smd = covariate.after;
            row.before.variance_ratio = covariate.ratio_before;
            row.after.variance_ratio = covariate.ratio_after;
            evaluation_.balance.push_back(row);
        }
    }

    void add_effect(const Outcome& outcome, evaluation::Group group, std::optional<int> time, double value,
                    double error, std::int64_t treated, std::int64_t control, double base, double drift) {
        evaluation::EffectRow row;
        row.outcome = outcome.key;
        row.event_time = time;
        row.estimator = "did";
        const bool suppressed = group.suppressed;
        row.group = std::move(group);
        if (!suppressed) {
            row.effect = estimate(value, error, treated, control);
            row.treated_base = base;
            row.control_base = base * 0.985;
            row.margins = {0.08 * base, 0.09 * base, 0.06 * base, 0.07 * base};
            if (outcome.metric == design::ChangeMetric::percent) {
                row.percent = std::expm1(value);
                row.percent_low = std::expm1(row.effect.ci_low);
                row.percent_high = std::expm1(row.effect.ci_high);
                row.control_after = row.control_base * (1 + drift);
                row.treated_after = row.treated_base * (1 + drift) * (1 + row.percent);
            } else {
                row.control_after = row.control_base + drift;
                row.treated_after = row.treated_base + drift + value;
            }
        }
        evaluation_.effects.push_back(row);

        evaluation::BeforeAfterRow naive;
        naive.outcome = outcome.key;
        naive.group = row.group;
        naive.event_time = time;
        if (time && *time >= 0 && !suppressed) {
            naive.change.n = treated;
            naive.change.mean_before = row.treated_base;
            naive.change.mean_after = row.treated_after;
            naive.change.difference = estimate(row.treated_after - row.treated_base, error, treated, 0);
            naive.change.ratio_of_sums = estimate(row.treated_after / row.treated_base - 1, error, treated, 0);
            evaluation_.before_after.push_back(naive);
        }
    }

    void add_effects() {
        struct Size {
            double base, effect, error, drift;
        };
        const std::array<Size, 4> scales{{{1.197e10, 0.06, 0.011, 0.08},
                                          {68.2, 3.0, 0.55, 1.1},
                                          {0.052, 0.006, 0.0021, -0.004},
                                          {0.71, -0.04, 0.035, -0.05}}};
        const std::array<double, 7> shape{0.05, -0.08, 0.0, 0.3, 0.75, 1.05, 1.2};
        const std::array<std::array<const char*, 2>, 5> sizes{{{"10인 미만", "under 10"},
                                                               {"10~49인", "10 to 49"},
                                                               {"50~99인", "50 to 99"},
                                                               {"100~299인", "100 to 299"},
                                                               {"300인 이상", "300 and more"}}};
        const std::array<std::int64_t, 5> firms{580, 2036, 1212, 872, 2};
        const std::array<std::array<const char*, 2>, 4> levels{{{"기초(Lv.1~2)", "basic (Lv.1–2)"},
                                                                {"중간1(Lv.3)", "intermediate 1 (Lv.3)"},
                                                                {"중간2(Lv.4)", "intermediate 2 (Lv.4)"},
                                                                {"고도화(Lv.5)", "advanced (Lv.5)"}}};
        const std::array<std::int64_t, 4> level_firms{3690, 960, 49, 3};
        for (std::size_t i = 0; i < scales.size(); ++i) {
            const Outcome& outcome = evaluation_.specification.outcomes[i];
            const Size& scale = scales[i];
            for (int time = -3; time <= 3; ++time) {
                if (time == -1) continue;
                const auto at = static_cast<std::size_t>(time + 3);
                add_effect(outcome, {}, time, scale.effect * shape[at], scale.error * (0.8 + 0.1 * std::abs(time)),
                           4702 - 300 * std::abs(time), 4689 - 298 * std::abs(time), scale.base,
                           scale.drift * (time + 1) / 3.0);
            }
            add_effect(outcome, {}, std::nullopt, scale.effect, scale.error, 4702, 4689, scale.base, scale.drift);
            const auto add_group = [&](const char* breakdown, std::size_t index, const char* ko, const char* en,
                                       std::int64_t n, double factor) {
                evaluation::Group group;
                group.breakdown = breakdown;
                group.key = std::to_string(index);
                group.label = {ko, en};
                group.suppressed = n < 3;
                const double error = scale.error * std::sqrt(4702.0 / static_cast<double>(n));
                for (const std::optional<int> time : {std::optional<int>(3), std::optional<int>()}) {
                    add_effect(outcome, group, time, scale.effect * factor, error, n, n - 1,
                               scale.base * (0.2 + 0.5 * static_cast<double>(index)), scale.drift);
                }
            };
            for (std::size_t k = 0; k < sizes.size(); ++k) {
                add_group("size", k, sizes[k][0], sizes[k][1], firms[k], 1.9 - 0.4 * static_cast<double>(k));
            }
            for (std::size_t k = 0; k < levels.size(); ++k) {
                add_group("level", k, levels[k][0], levels[k][1], level_firms[k], 0.9 + 0.3 * static_cast<double>(k));
            }
            evaluation_.heterogeneity.push_back({outcome.key, "size", 7.9, 3, 0.048});
            evaluation_.heterogeneity.push_back({outcome.key, "level", 1.2, 3, 0.753});
        }
    }

    void add_survey() {
        const std::array<double, 4> change{0.300, -0.435, -0.159, 0.155};
        const std::array<std::array<const char*, 2>, 2> groups{{{"10인 미만", "under 10"}, {"10~49인", "10 to 49"}}};
        for (std::size_t i = 0; i < change.size(); ++i) {
            const auto add = [&](evaluation::Group group, std::int64_t n, double factor) {
                evaluation::BeforeAfterRow row;
                row.outcome = evaluation_.specification.process_kpis[i].key;
                row.group = std::move(group);
                row.change.n = n;
                const double error = 0.4 / std::sqrt(static_cast<double>(n));
                row.change.mean_before = 100;
                row.change.mean_after = 100 * (1 + change[i] * factor);
                row.change.ratio_of_sums = estimate(change[i] * factor, error, n, 0);
                row.change.mean_of_ratios = estimate(change[i] * factor * 1.12 + 0.02, error * 1.6, n, 0);
                row.change.median_of_ratios = estimate(change[i] * factor * 0.86, error * 1.1, n, 0);
                evaluation_.before_after.push_back(row);
            };
            add({}, 3947, 1);
            for (std::size_t k = 0; k < groups.size(); ++k) {
                add({"size", std::to_string(k), {groups[k][0], groups[k][1]}, false}, 400 + 1200 * static_cast<int>(k),
                    1.3 - 0.2 * static_cast<double>(k));
            }
        }
    }

    evaluation::Evaluation evaluation_;
};

}  // namespace twinfirm::charts
