// SPDX-License-Identifier: GPL-3.0-or-later
// From the data to the balance table by our own logit, against R's MatchIt 4.7.2. MatchIt's scores come from glm at its
// default stop, so scores are compared to 1e-6; where the pairs are the same, the covariates' balance to 1e-8.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "matching/reference_cases.h"
#include "matching/reference_data.h"
#include "matching/reference_table.h"
#include "twinfirm/balance/balance_table.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/matching/propensity_score.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::balance {
namespace {

using reference::Case;
using reference::Table;

struct Outcome {
    stats::DesignMatrix design;
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    matching::MatchedSample sample;
};

Outcome run(const Case& item, const std::filesystem::path& path, const stats::Formula& formula) {
    const Table data(path);
    Outcome outcome;
    for (const double value : data.numbers(formula.response)) outcome.treated.push_back(value == 1);
    auto design = stats::build_design_matrix(reference::frame(path, reference::variables(formula)), formula.terms);
    if (!design) throw std::runtime_error(item.title() + ": " + design.error().code);
    outcome.design = *std::move(design);
    const auto fit = stats::fit_binary(outcome.design, outcome.treated, {},
                                       matching::score_regression(item.settings.score, item.settings.separation));
    if (!fit) throw std::runtime_error(item.title() + ": " + fit.error().code);
    outcome.score = matching::propensity_score(*fit, outcome.design, data.rows(), item.settings.score);
    const std::vector<std::int32_t> stratum = reference::strata(data, item.settings.exact);
    const reference::PairConditions conditions(data, item.settings);
    auto sample = matching::nearest_neighbor(
        {outcome.score, outcome.treated, stratum, {}, {}, conditions.limits, conditions.codes}, item.settings);
    if (!sample) throw std::runtime_error(item.title() + ": " + sample.error().code);
    outcome.sample = *std::move(sample);
    return outcome;
}

using PairSet = std::set<std::pair<std::size_t, std::size_t>>;

PairSet rows_of(const std::vector<matching::Pair>& pairs) {
    PairSet rows;
    for (const matching::Pair& pair : pairs) rows.emplace(pair.focal, pair.match);
    return rows;
}

double largest_difference(const std::vector<double>& ours, const std::vector<double>& theirs) {
    double largest = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const double difference = std::abs(ours[i] - theirs[i]) / std::max(1.0, std::abs(theirs[i]));
        if (!(difference <= largest)) largest = difference;
    }
    return largest;
}

/// Sorted distances of both pair lists, compared one by one.
double largest_distance_difference(std::vector<double> ours, std::vector<double> theirs) {
    if (ours.size() != theirs.size()) return INFINITY;
    std::sort(ours.begin(), ours.end());
    std::sort(theirs.begin(), theirs.end());
    return largest_difference(ours, theirs);
}

/// Largest difference of the covariates' standardized mean differences, variance ratios and eCDF after matching.
double balance_difference(const Outcome& outcome, const Case& item, const Table& expected) {
    const MatchedUnits units{
        outcome.treated, outcome.sample.weight, outcome.sample.pairs,
        item.settings.estimand == design::Estimand::atc ? SmdDenominator::control : SmdDenominator::treated};
    const auto rows = balance_table(balance_columns(outcome.design), units);
    double largest = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = expected.rows() / 2 + 1 + i;  // after `all`, and after the score's own row
        EXPECT_EQ(rows[i].covariate + rows[i].level, expected.texts("variable")[row]);
        const BalanceStatistics& after = rows[i].after;
        for (const auto& [ours, name] :
             {std::pair{after.smd, "Std_Mean_Diff"}, std::pair{after.variance_ratio, "Var_Ratio"},
              std::pair{after.ecdf_mean, "eCDF_Mean"}, std::pair{after.ecdf_max, "eCDF_Max"},
              std::pair{after.std_pair_distance, "Std_Pair_Dist"}}) {
            const double theirs = Table::number(expected.texts(name)[row]);
            if (std::isnan(ours) && std::isnan(theirs)) continue;
            const double difference = std::abs(ours - theirs) / std::max(1.0, std::abs(theirs));
            if (!(difference <= largest)) largest = std::isnan(difference) ? INFINITY : difference;
        }
    }
    return largest;
}

TEST(EndToEndReference, MatchIt) {
    for (const Case& item : reference::matchit_cases()) {
        const std::filesystem::path stem = reference::folder() / "matchit" / item.set / item.title();
        const Table units(stem.string() + ".units.csv");
        const Table pairs(stem.string() + ".pairs.csv");
        const Outcome outcome =
            run(item, reference::data_path(item.set), reference::case_formula(item.set, item.title()));
        PairSet expected;
        std::vector<double> theirs;
        for (std::size_t i = 0; i < pairs.rows(); ++i) {
            if (pairs.texts("match_row")[i].empty()) continue;
            expected.emplace(static_cast<std::size_t>(pairs.numbers("focal_row")[i]) - 1,
                             static_cast<std::size_t>(pairs.numbers("match_row")[i]) - 1);
            theirs.push_back(pairs.numbers("abs_dist")[i]);
        }
        std::vector<double> ours;
        for (const matching::Pair& pair : outcome.sample.pairs) ours.push_back(pair.distance);
        const bool identical = rows_of(outcome.sample.pairs) == expected;
        const double scores = largest_difference(outcome.score, units.numbers("distance"));
        const double distances = largest_distance_difference(ours, theirs);
        double weights = NAN;
        double balance = NAN;
        if (identical) {
            weights = largest_difference(outcome.sample.weight, units.numbers("weight"));
            balance = balance_difference(outcome, item, Table(stem.string() + ".balance.csv"));
            EXPECT_NEAR(weights, 0, 1e-12) << item.title();
            EXPECT_NEAR(balance, 0, 1e-8) << item.title();
        }
        std::printf("%-40s pairs %4zu / %4zu %-10s score %.0e  |d| %.0e  weights %.0e  balance %.0e\n",
                    item.title().c_str(), ours.size(), theirs.size(), identical ? "identical" : "ties moved", scores,
                    distances, weights, balance);
        // glm stops early; for the links other than logit it also converges slowly.
        const double tolerance = item.settings.score == design::ScoreKind::probit    ? 1e-4
                                 : item.settings.score == design::ScoreKind::cloglog ? 1e-3
                                                                                     : 1e-6;
        EXPECT_NEAR(scores, 0, tolerance) << item.title();
        EXPECT_NEAR(distances, 0, tolerance) << item.title();
        EXPECT_TRUE(identical || item.set == "lalonde" || item.set == "birthwt") << item.title();
    }
}

TEST(EndToEndReference, TieFreeSet) {
    const std::filesystem::path tiefree = reference::folder() / "matchit_tiefree";
    const auto formula = stats::parse_formula("treat ~ age + educ + race + married + nodegree + re74 + re75");
    ASSERT_TRUE(formula);
    const Table data(tiefree / "tiefree.csv");
    const Table matches(tiefree / "tiefree_matches.csv");
    const Table weights(tiefree / "tiefree_weights_ps.csv");
    for (const Case& item : reference::tiefree_cases("tiefree")) {
        const Outcome outcome = run(item, tiefree / "tiefree.csv", *formula);
        std::set<std::pair<std::string, std::string>> expected;
        for (std::size_t i = 0; i < matches.rows(); ++i) {
            if (matches.texts("setting")[i] != item.name || matches.texts("control")[i].empty()) continue;
            expected.emplace(matches.texts("treated")[i], matches.texts("control")[i]);
        }
        std::set<std::pair<std::string, std::string>> ours;
        for (const matching::Pair& pair : outcome.sample.pairs) {
            ours.emplace(data.texts("id")[pair.focal], data.texts("id")[pair.match]);
        }
        EXPECT_EQ(ours, expected) << item.title();
        EXPECT_NEAR(largest_difference(outcome.sample.weight, weights.numbers(item.name)), 0, 1e-12) << item.title();
        EXPECT_NEAR(largest_difference(outcome.score, weights.numbers("ps_" + item.name)), 0, 1e-6) << item.title();
    }
}

}  // namespace
}  // namespace twinfirm::balance
