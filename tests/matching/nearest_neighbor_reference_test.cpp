// SPDX-License-Identifier: GPL-3.0-or-later
// Pairs and weights against R's MatchIt 4.7.2, on MatchIt's own scores, so that nothing depends on the logit fit.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "matching/reference_cases.h"
#include "matching/reference_data.h"
#include "matching/reference_table.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/matching/optimal_pairs.h"

namespace twinfirm::matching {
namespace {

using reference::Case;
using reference::folder;
using reference::strata;
using reference::Table;

/// What MatchIt made of a case, on rows of the data from 0.
struct Expected {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> stratum;
    std::vector<double> weight;
    std::vector<Pair> pairs;
    bool ties = false;  ///< the pair list itself need not agree
};

std::vector<std::uint8_t> flags(const std::vector<double>& numbers) {
    std::vector<std::uint8_t> result;
    for (const double number : numbers) result.push_back(number == 1);
    return result;
}

/// By focal row; the choices of one focal unit stay in their order.
void sort_pairs(std::vector<Pair>& pairs) {
    std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.focal < b.focal; });
}

Expected matchit_result(const Case& item) {
    static const Table ties(folder() / "matchit/ties.csv");
    const std::string stem = item.set + "/" + item.title();
    const Table units(folder() / "matchit" / (stem + ".units.csv"));
    const Table pairs(folder() / "matchit" / (stem + ".pairs.csv"));
    Expected expected;
    expected.score = units.numbers("distance");
    expected.treated = flags(units.numbers("treat"));
    expected.weight = units.numbers("weight");
    expected.stratum = strata(Table(reference::data_path(item.set)), item.settings.exact);
    const auto focal = pairs.numbers("focal_row");
    const auto match = pairs.numbers("match_row");
    const auto distance = pairs.numbers("abs_dist");
    for (std::size_t i = 0; i < pairs.rows(); ++i) {
        if (std::isnan(match[i])) continue;
        expected.pairs.push_back(
            {static_cast<std::size_t>(focal[i]) - 1, static_cast<std::size_t>(match[i]) - 1, distance[i]});
    }
    sort_pairs(expected.pairs);
    expected.ties = item.set == "lalonde" || item.set == "birthwt";
    for (std::size_t i = 0; i < ties.rows(); ++i) {
        if (ties.texts("case")[i] != item.title()) continue;
        const bool tied = ties.numbers("picks_with_tied_alternatives")[i] > 0;
        // The counts leave out tied focal units, which the order `closest` meets on Lalonde's data.
        expected.ties = tied || (item.set == "lalonde" && item.settings.order == design::MatchOrder::closest);
    }
    return expected;
}

Expected tiefree_result(const Case& item) {
    const std::filesystem::path tiefree = folder() / "matchit_tiefree";
    const Table data(tiefree / (item.set + ".csv"));
    const Table matches(tiefree / (item.set + "_matches.csv"));
    const Table weights(tiefree / (item.set + "_weights_ps.csv"));
    Expected expected;
    expected.score = weights.numbers("ps_" + item.name);
    expected.treated = flags(data.numbers("treat"));
    expected.weight = weights.numbers(item.name);
    expected.stratum = strata(data, item.settings.exact);
    std::map<std::string, std::size_t> row;
    for (std::size_t i = 0; i < data.rows(); ++i) row[data.texts("id")[i]] = i;
    for (std::size_t i = 0; i < matches.rows(); ++i) {
        if (matches.texts("setting")[i] != item.name || matches.texts("control")[i].empty()) continue;
        const std::size_t focal = row.at(matches.texts("treated")[i]);
        const std::size_t match = row.at(matches.texts("control")[i]);
        expected.pairs.push_back({focal, match, std::abs(expected.score[focal] - expected.score[match])});
    }
    sort_pairs(expected.pairs);
    expected.ties = item.set == "lalonde";
    return expected;
}

std::vector<std::pair<std::size_t, std::size_t>> rows_of(const std::vector<Pair>& pairs) {
    std::vector<std::pair<std::size_t, std::size_t>> rows;
    for (const Pair& pair : pairs) rows.emplace_back(pair.focal, pair.match);
    return rows;
}

std::vector<double> sorted_distances(const std::vector<Pair>& pairs) {
    std::vector<double> values;
    for (const Pair& pair : pairs) values.push_back(pair.distance);
    std::sort(values.begin(), values.end());
    return values;
}

std::vector<double> sorted_scores(const std::vector<Pair>& pairs, const std::vector<double>& score) {
    std::vector<double> values;
    for (const Pair& pair : pairs) {
        values.push_back(score[pair.focal]);
        values.push_back(score[pair.match]);
    }
    std::sort(values.begin(), values.end());
    return values;
}

double largest_difference(std::vector<double> ours, std::vector<double> theirs, bool as_multisets) {
    if (ours.size() != theirs.size()) return INFINITY;
    if (as_multisets) {
        std::sort(ours.begin(), ours.end());
        std::sort(theirs.begin(), theirs.end());
    }
    double largest = 0;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        const double difference = std::abs(ours[i] - theirs[i]);
        if (!(difference <= largest)) largest = difference;
    }
    return largest;
}

void compare(const Case& item, const Expected& expected) {
    const Table data(item.set == "tiefree" ? folder() / "matchit_tiefree/tiefree.csv" : reference::data_path(item.set));
    const reference::PairConditions conditions(data, item.settings);
    const MatchProblem problem{expected.score,    expected.treated, expected.stratum, {}, {},
                               conditions.limits, conditions.codes};
    const auto ours = nearest_neighbor(problem, item.settings);
    ASSERT_TRUE(ours) << item.title() << ": " << ours.error().code;
    // With replacement a tie decides which control serves twice, so that weights need not agree.
    const bool moving_weights = expected.ties && item.settings.replace;
    const double weights = moving_weights ? NAN : largest_difference(ours->weight, expected.weight, expected.ties);
    const double distances = largest_difference(sorted_distances(ours->pairs), sorted_distances(expected.pairs), false);
    const double scores = largest_difference(sorted_scores(ours->pairs, expected.score),
                                             sorted_scores(expected.pairs, expected.score), false);
    const bool same = rows_of(ours->pairs) == rows_of(expected.pairs);
    std::printf("%-38s pairs %4zu / %4zu  %-10s max weight diff %.1e  max |d| diff %.1e  ties %zu\n",
                item.title().c_str(), ours->pairs.size(), expected.pairs.size(),
                same ? "identical" : (expected.ties ? "ties moved" : "DIFFERENT"), weights, distances,
                ours->tied_choices);
    EXPECT_EQ(ours->pairs.size(), expected.pairs.size()) << item.title();
    if (!moving_weights) {
        EXPECT_NEAR(weights, 0, 1e-12) << item.title();
    }
    EXPECT_NEAR(distances, 0, 1e-15) << item.title();
    EXPECT_NEAR(scores, 0, 1e-15) << item.title();
    EXPECT_TRUE(same || expected.ties) << item.title();
    EXPECT_EQ(ours->verification.violations(), 0) << item.title();
}

TEST(NearestNeighborReference, MatchItOnItsOwnScores) {
    for (const Case& item : reference::matchit_cases()) compare(item, matchit_result(item));
}

TEST(NearestNeighborReference, TieFreeSet) {
    for (const std::string set : {"tiefree", "lalonde"}) {
        for (const Case& item : reference::tiefree_cases(set)) compare(item, tiefree_result(item));
    }
}

TEST(OptimalPairsReference, NeverFurtherThanOptmatch) {
    const auto matchit = [](const char* set, const char* name, auto change) {
        Case item{set, name, reference::matchit_defaults()};
        change(item.settings);
        return item;
    };
    const auto plain = [](design::MatchingSettings&) {};
    const std::vector<Case> cases{
        matchit("lalonde", "optimal", plain),
        matchit("birthwt", "optimal", plain),
        matchit("firms_a", "optimal", plain),
        matchit("jtrain88", "optimal", plain),
        matchit("lalonde", "optimal_exact_race", [](design::MatchingSettings& s) { s.exact = {"race"}; }),
        matchit("lalonde", "optimal_ratio2", [](design::MatchingSettings& s) { s.ratio = 2; })};
    for (const Case& item : cases) {
        const Expected expected = matchit_result(item);
        const auto ours = optimal_pairs({expected.score, expected.treated, expected.stratum, {}, {}}, item.settings);
        ASSERT_TRUE(ours) << item.title();
        double total = 0;
        double reference_total = 0;
        for (const Pair& pair : ours->pairs) total += pair.distance;
        for (const Pair& pair : expected.pairs) reference_total += pair.distance;
        std::printf("%-28s pairs %4zu / %4zu  total %.12f / %.12f\n", item.title().c_str(), ours->pairs.size(),
                    expected.pairs.size(), total, reference_total);
        EXPECT_EQ(ours->pairs.size(), expected.pairs.size()) << item.title();
        EXPECT_LE(total, reference_total + 1e-9) << item.title();
    }
}

TEST(NearestNeighborReference, LalondeCaliperOnTheProbabilityGives113Pairs) {
    Case item{"lalonde", "nn_caliper02", reference::matchit_defaults()};
    item.settings.caliper = 0.2;
    const Expected expected = matchit_result(item);
    const auto ours = nearest_neighbor({expected.score, expected.treated, {}, {}, {}}, item.settings);
    ASSERT_TRUE(ours);
    EXPECT_EQ(ours->pairs.size(), 113);
    EXPECT_NEAR(ours->caliper_raw, 0.0580626744079575, 1e-15);
}

}  // namespace
}  // namespace twinfirm::matching
