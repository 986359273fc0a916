// SPDX-License-Identifier: GPL-3.0-or-later
// Rosenbaum bounds, E-values and omitted variable bias against rbounds, sensitivitymv, EValue and sensemakr (R).
#include <gtest/gtest.h>

#include <cmath>

#include "effects/reference_case.h"
#include "twinfirm/effects/e_value.h"
#include "twinfirm/effects/omitted_variable_bias.h"
#include "twinfirm/effects/rosenbaum_bounds.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::effects {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using reference::CsvTable;

const fs::path root = fs::path(TWINFIRM_REFERENCE_DIR) / "reference";

json sensitivity() {
    return reference::read_json(root / "sens" / "sensitivity.json");
}

/// Outcomes of each matched pair, the adopter's first.
MatchedSetValues pairs_of(const std::string& name) {
    const bool lalonde = name.starts_with("lalonde");
    const CsvTable data(root / "data" / (lalonde ? "lalonde_matchit.csv" : "firms_a.csv"));
    const CsvTable pairs(root / "matchit" / (lalonde ? "lalonde" : "firms_a") / (name + ".pairs.csv"));
    const auto outcome = data.numbers(lalonde ? "re78" : "y2017");
    const auto focal = pairs.numbers("focal_row");
    const auto match = pairs.numbers("match_row");
    MatchedSetValues sets;
    for (std::size_t i = 0; i < focal.size(); ++i) {
        if (std::isnan(match[i])) continue;
        sets.values.push_back(outcome.at(static_cast<std::size_t>(focal[i]) - 1));
        sets.values.push_back(outcome.at(static_cast<std::size_t>(match[i]) - 1));
        sets.begin.push_back(sets.values.size());
    }
    return sets;
}

std::vector<double> differences(const MatchedSetValues& sets) {
    std::vector<double> result;
    for (std::size_t i = 0; i < sets.values.size(); i += 2) result.push_back(sets.values[i] - sets.values[i + 1]);
    return result;
}

void expect_relative(double ours, double theirs, double tolerance, const std::string& what) {
    EXPECT_NEAR(ours / theirs, 1, tolerance) << what << ": " << ours << " and " << theirs;
}

TEST(SensitivityReference, SignedRankBoundsAndTheirEstimates) {
    for (const json& item : sensitivity().at("rosenbaum")) {
        const std::string name = item.at("case");
        SCOPED_TRACE(name);
        const auto values = differences(pairs_of(name));
        const std::vector<double> gammas = item.at("psens_gamma");
        const auto ours = signed_rank_bounds(values, gammas);
        ASSERT_TRUE(ours);
        EXPECT_EQ(ours->pairs, item.at("n_pairs"));
        EXPECT_EQ(ours->zero_differences, item.at("n_zero_diff"));
        expect_relative(ours->mean_difference, item.at("mean_diff"), 1e-12, "mean");
        EXPECT_EQ(ours->statistic, item.at("wilcoxon_T"));
        for (std::size_t i = 0; i < gammas.size(); ++i) {
            expect_relative(ours->bounds[i].p_high, item.at("upper_unrounded")[i], 1e-8, "upper");
            expect_relative(ours->bounds[i].p_low, item.at("lower_unrounded")[i], 1e-8, "lower");
        }
        const std::vector<double> shifts = item.at("hl_gamma");
        const auto estimates = signed_rank_bounds(values, shifts);
        ASSERT_TRUE(estimates);
        for (std::size_t i = 0; i < shifts.size(); ++i) {
            // The reference searches on a grid of 0.1 and prints five digits.
            const double low = item.at("hl_lower")[i];
            const double high = item.at("hl_upper")[i];
            EXPECT_NEAR(estimates->bounds[i].estimate_low, low, 0.2 + 1e-4 * std::abs(low)) << shifts[i];
            EXPECT_NEAR(estimates->bounds[i].estimate_high, high, 0.2 + 1e-4 * std::abs(high)) << shifts[i];
        }
        // R solves for the shift by uniroot, with zero differences left out at each shift.
        EXPECT_NEAR(ours->hodges_lehmann, item.at("hodges_lehmann"), 0.1);
    }
}

TEST(SensitivityReference, MStatisticsOfPairs) {
    for (const json& item : sensitivity().at("rosenbaum")) {
        const std::string name = item.at("case");
        SCOPED_TRACE(name);
        const MatchedSetValues sets = pairs_of(name);
        const std::vector<double> gammas = item.at("senmv_gamma");
        const auto huber = m_statistic_bounds(sets, gammas);
        const auto mean = m_statistic_bounds(sets, gammas, {0, std::numeric_limits<double>::infinity(), 0.5});
        ASSERT_TRUE(huber && mean);
        for (std::size_t i = 0; i < gammas.size(); ++i) {
            expect_relative(huber->bounds[i].p_high, item.at("senmv_huber_pval")[i], 1e-8, "huber");
            expect_relative(mean->bounds[i].p_high, item.at("senmv_t_pval")[i], 1e-8, "t");
        }
    }
}

TEST(SensitivityReference, McNemarBounds) {
    for (const json& item : sensitivity().at("binary")) {
        const std::vector<double> gammas = item.at("gamma");
        const auto ours = mcnemar_bounds(item.at("x"), item.at("y"), gammas);
        ASSERT_TRUE(ours);
        for (std::size_t i = 0; i < gammas.size(); ++i)
            expect_relative(ours->bounds[i].p_high, item.at("upper_unrounded")[i], 1e-9, "upper");
    }
}

TEST(SensitivityReference, EValues) {
    for (const json& item : sensitivity().at("evalue_rr")) {
        const auto ours = e_value_of_risk_ratio(item.at("rr"), item.at("lo"), item.at("hi"));
        ASSERT_TRUE(ours);
        expect_relative(ours->estimate, item.at("evalue"), 1e-12, "estimate");
        expect_relative(ours->interval, item.at("evalue_ci"), 1e-12, "interval");
    }
    for (const json& item : sensitivity().at("evalue_ols")) {
        const auto ours = e_value_of_mean_difference(item.at("est"), item.at("se"), item.at("sd"));
        ASSERT_TRUE(ours);
        expect_relative(ours->risk_ratio, item.at("rr"), 1e-12, "ratio");
        expect_relative(ours->low, item.at("lo"), 1e-12, "low");
        expect_relative(ours->high, item.at("hi"), 1e-12, "high");
        expect_relative(ours->estimate, item.at("evalue"), 1e-12, "estimate");
        expect_relative(ours->interval, item.at("evalue_ci"), 1e-12, "interval");
    }
}

TEST(SensitivityReference, OmittedVariableBiasOfLalonde) {
    const CsvTable data(root / "data" / "lalonde_matchit.csv");
    stats::Frame frame;
    for (const char* name : {"age", "educ", "married", "nodegree", "re74", "re75"})
        frame.add(stats::Column::numbers(name, data.numbers(name)));
    frame.add(stats::Column::from_texts("race", data.texts("race")));
    const auto formula = stats::parse_formula("~ age + educ + race + married + nodegree + re74 + re75");
    const auto design = stats::build_design_matrix(frame, formula->terms);
    ASSERT_TRUE(design);
    const auto ours =
        omitted_variable_bias(*design, data.numbers("treat"), data.numbers("re78"), {}, {{"re74"}, {1, 2, 3}, 0.95});
    ASSERT_TRUE(ours) << ours.error().code;
    const json theirs = sensitivity().at("sensemakr").at("lalonde");
    expect_relative(ours->estimate, theirs.at("estimate"), 1e-9, "estimate");
    expect_relative(ours->std_error, theirs.at("se"), 1e-9, "se");
    expect_relative(ours->partial_r2, theirs.at("r2yd_x"), 1e-9, "partial R2");
    expect_relative(ours->robustness_value, theirs.at("rv_q"), 1e-9, "RV");
    expect_relative(ours->robustness_value_alpha, theirs.at("rv_qa"), 1e-7, "RV alpha");
    EXPECT_EQ(ours->df, theirs.at("dof"));
    ASSERT_EQ(ours->bounds.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const json& bound = theirs.at("bounds")[i];
        expect_relative(ours->bounds[i].r2_treatment, bound.at("r2dz.x"), 1e-9, "r2dz");
        expect_relative(ours->bounds[i].r2_outcome, bound.at("r2yz.dx"), 1e-9, "r2yz");
        expect_relative(ours->bounds[i].estimate, bound.at("adjusted_estimate"), 1e-9, "estimate");
        expect_relative(ours->bounds[i].std_error, bound.at("adjusted_se"), 1e-9, "se");
        expect_relative(ours->bounds[i].t, bound.at("adjusted_t"), 1e-9, "t");
        expect_relative(ours->bounds[i].ci_low, bound.at("adjusted_lower_CI"), 1e-8, "low");
        expect_relative(ours->bounds[i].ci_high, bound.at("adjusted_upper_CI"), 1e-8, "high");
    }
}

}  // namespace
}  // namespace twinfirm::effects
