// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/balance/balance_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <set>
#include <stdexcept>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::balance {
namespace {

using Flags = std::vector<std::uint8_t>;
using Numbers = std::vector<double>;

const double missing = std::nan("");

TEST(BalanceTable, SmallCaseByHand) {
    const Flags treated = {1, 1, 1, 0, 0, 0, 0};
    const Numbers weight = {1, 1, 0, 1, 1, 0, 0};
    const std::vector<matching::Pair> pairs = {{0, 3, 0}, {1, 4, 0}};
    const BalanceRow row = balance_row({"x", "", {2, 4, 6, 1, 3, 5, 11}}, {treated, weight, pairs});
    EXPECT_EQ(row.type, "continuous");
    EXPECT_NEAR(row.before.mean_treated, 4, 1e-15);
    EXPECT_NEAR(row.before.mean_control, 5, 1e-15);
    EXPECT_NEAR(row.before.smd, -0.5, 1e-15);
    EXPECT_NEAR(row.before.variance_ratio, 4 / (56.0 / 3), 1e-15);
    // Gaps after 1, 2, 3, 4, 5, 6, 11: 1/4, 1/12, 1/6, 1/6, 1/12, 1/4, 0.
    EXPECT_NEAR(row.before.ecdf_mean, 1.0 / 7, 1e-15);
    EXPECT_NEAR(row.before.ecdf_max, 0.25, 1e-15);
    EXPECT_TRUE(std::isnan(row.before.std_pair_distance));
    EXPECT_NEAR(row.after.mean_treated, 3, 1e-15);
    EXPECT_NEAR(row.after.mean_control, 2, 1e-15);
    EXPECT_NEAR(row.after.smd, 0.5, 1e-15);
    EXPECT_NEAR(row.after.variance_ratio, 1, 1e-15);
    EXPECT_NEAR(row.after.std_pair_distance, 0.5, 1e-15);
}

TEST(BalanceTable, BinaryColumnUsesProportions) {
    const Flags treated = {1, 1, 1, 1, 0, 0, 0, 0};
    const Numbers weight(8, 1);
    const BalanceRow row = balance_row({"exporter", "", {1, 1, 1, 0, 1, 0, 0, 0}}, {treated, weight, {}});
    EXPECT_EQ(row.type, "binary");
    EXPECT_NEAR(row.before.smd, 0.5 / std::sqrt(0.1875), 1e-15);
    EXPECT_TRUE(std::isnan(row.before.variance_ratio));
    EXPECT_NEAR(row.before.ecdf_mean, 0.5, 1e-15);
    EXPECT_NEAR(row.before.ecdf_max, 0.5, 1e-15);
}

TEST(BalanceTable, DenominatorByEstimand) {
    const Flags treated = {1, 1, 1, 0, 0, 0};
    const Numbers weight(6, 1);
    const BalanceColumn column{"x", "", {1, 2, 3, 4, 8, 12}};
    const double difference = -6;
    EXPECT_NEAR(balance_row(column, {treated, weight, {}, SmdDenominator::treated}).before.smd, difference, 1e-15);
    EXPECT_NEAR(balance_row(column, {treated, weight, {}, SmdDenominator::control}).before.smd, difference / 4, 1e-15);
    EXPECT_NEAR(balance_row(column, {treated, weight, {}, SmdDenominator::pooled}).before.smd,
                difference / std::sqrt(8.5), 1e-14);
}

TEST(BalanceTable, ConstantAmongAdoptersFallsBackOnTheSpreadWithinArms) {
    const Flags treated = {1, 1, 0, 0};
    const Numbers weight(4, 1);
    const BalanceRow row = balance_row({"x", "", {5, 5, 1, 3}}, {treated, weight, {}});
    // Deviations within the arms: 0, 0, -1, 1 over n - 1 = 3.
    EXPECT_NEAR(row.before.smd, 3 / std::sqrt(2.0 / 3), 1e-14);
}

TEST(BalanceTable, EqualMeansAreShownAsTheyAre) {
    const Flags treated = {1, 1, 0, 0};
    const Numbers weight(4, 1);
    const std::vector<matching::Pair> pairs = {{0, 3, 0}, {1, 2, 0}};
    const BalanceRow row = balance_row({"x", "", {7, 9, 7, 9}}, {treated, weight, pairs});
    EXPECT_EQ(row.after.smd, 0);
    EXPECT_EQ(row.after.std_pair_distance, 2);
}

TEST(BalanceTable, MissingValuesAreLeftOut) {
    const Flags treated = {1, 1, 1, 0, 0, 0};
    const Numbers weight(6, 1);
    const std::vector<matching::Pair> pairs = {{0, 3, 0}, {2, 4, 0}};
    const BalanceRow with = balance_row({"x", "", {1, 3, missing, 2, 6, missing}}, {treated, weight, pairs});
    const std::vector<matching::Pair> complete = {{0, 2, 0}};
    const BalanceRow without = balance_row({"x", "", {1, 3, 2, 6}}, {Flags{1, 1, 0, 0}, Numbers(4, 1), complete});
    EXPECT_EQ(std::memcmp(&with.before, &without.before, sizeof with.before), 0);
    EXPECT_EQ(std::memcmp(&with.after, &without.after, sizeof with.after), 0);
}

TEST(BalanceTable, DistributionsAgreeWithTheirDefinition) {
    Random random(17);
    for (int repeat = 0; repeat < 200; ++repeat) {
        const std::size_t units = 4 + random.below(40);
        Flags treated;
        Numbers weight;
        Numbers values;
        const bool wide = random.below(2) == 0;
        for (std::size_t i = 0; i < units; ++i) {
            treated.push_back(i < 2 || (i > 3 && random.below(2) == 0));
            weight.push_back(i < 4 ? 1 : static_cast<double>(random.below(3)));
            const double small = static_cast<double>(random.below(9)) - 4;
            values.push_back(wide ? random.normal() * std::pow(10.0, small) : small * 0.5);
        }
        values[0] = -0.0;
        const BalanceRow row = balance_row({"x", "", values}, {treated, weight, {}});
        std::set<double> points(values.begin(), values.end());
        double sum = 0;
        double largest = 0;
        for (const double point : points) {
            double below[2] = {0, 0};
            double total[2] = {0, 0};
            for (std::size_t i = 0; i < units; ++i) {
                total[treated[i]] += weight[i];
                if (values[i] <= point) below[treated[i]] += weight[i];
            }
            const double gap = std::abs(below[1] / total[1] - below[0] / total[0]);
            sum += gap;
            largest = std::max(largest, gap);
        }
        ASSERT_NEAR(row.after.ecdf_max, largest, 1e-14);
        ASSERT_NEAR(row.after.ecdf_mean, sum / static_cast<double>(points.size()), 1e-14);
    }
}

/// A table sorts one column after the other in the same memory; one arm's weights may all be the same.
TEST(BalanceTable, RowsAreThoseOfTheColumnsAlone) {
    Random random(29);
    for (const bool equal_weights : {true, false}) {
        Flags treated;
        Numbers weight;
        std::vector<std::int32_t> set;
        std::vector<BalanceColumn> columns(11);
        for (std::size_t i = 0; i < 120; ++i) {
            treated.push_back(i % 3 == 0);
            weight.push_back(random.below(4) == 0 ? 0 : equal_weights ? 1 + treated.back() : random.uniform());
            set.push_back(static_cast<std::int32_t>(random.below(20)) - 1);
            for (std::size_t k = 0; k < columns.size(); ++k) {
                const bool binary = k % 3 == 1;
                columns[k].values.push_back(binary ? static_cast<double>(random.below(2)) : random.normal());
                if (random.below(30) == 0) columns[k].values.back() = missing;
            }
        }
        const MatchedUnits units{treated, weight, {}, SmdDenominator::treated, set};
        const auto rows = balance_table(columns, units, 1);
        ASSERT_EQ(rows.size(), columns.size());
        for (std::size_t k = 0; k < columns.size(); ++k) {
            const BalanceRow alone = balance_row(columns[k], units);
            EXPECT_EQ(std::memcmp(&rows[k].before, &alone.before, sizeof alone.before), 0) << k;
            EXPECT_EQ(std::memcmp(&rows[k].after, &alone.after, sizeof alone.after), 0) << k;
            // Pairs of a set, and the gap of the weighted distribution functions, by the definition.
            const Numbers& x = columns[k].values;
            double distance = 0;
            double pairs = 0;
            double total[2] = {0, 0};
            for (std::size_t i = 0; i < x.size(); ++i) {
                if (!std::isnan(x[i])) total[treated[i]] += weight[i];
                for (std::size_t j = 0; j < x.size(); ++j) {
                    if (treated[i] == 0 || treated[j] != 0 || set[i] < 0 || set[i] != set[j]) continue;
                    if (std::isnan(x[i]) || std::isnan(x[j])) continue;
                    distance += std::abs(x[i] - x[j]);
                    pairs += 1;
                }
            }
            double largest = 0;
            for (const double point : x) {
                double gap = 0;
                for (std::size_t i = 0; i < x.size(); ++i) {
                    if (x[i] <= point) gap += (treated[i] != 0 ? 1 : -1) * weight[i] / total[treated[i]];
                }
                largest = std::max(largest, std::abs(gap));
            }
            EXPECT_NEAR(rows[k].after.ecdf_max, largest, 1e-12) << k;
            const double sd = (rows[k].after.mean_treated - rows[k].after.mean_control) / rows[k].after.smd;
            EXPECT_NEAR(rows[k].after.std_pair_distance, distance / pairs / sd, 1e-9) << k;
        }
    }
}

TEST(BalanceTable, AnArmWithoutValuesHasNoDistribution) {
    const Flags treated = {1, 1, 0, 0, 0};
    const Numbers weight = {1, 1, 0, 0, 0};
    const BalanceRow row = balance_row({"x", "", {1, 2, 3, 4, 6}}, {treated, weight, {}});
    EXPECT_NEAR(row.before.ecdf_max, 1, 1e-15);
    EXPECT_TRUE(std::isnan(row.after.ecdf_max));
    EXPECT_TRUE(std::isnan(row.after.ecdf_mean));
    EXPECT_TRUE(std::isnan(row.after.t));
    const BalanceRow other = balance_row({"x", "", {missing, missing, 3, 4, 6}}, {treated, weight, {}});
    EXPECT_TRUE(std::isnan(other.before.ecdf_max));
    EXPECT_TRUE(std::isnan(other.before.t));
}

TEST(BalanceTable, SameBitsForAnyNumberOfThreads) {
    Random random(23);
    Flags treated;
    Numbers weight;
    std::vector<BalanceColumn> columns(9);
    for (std::size_t i = 0; i < 500; ++i) {
        treated.push_back(random.below(3) == 0);
        weight.push_back(random.uniform());
        for (BalanceColumn& column : columns) column.values.push_back(random.normal());
    }
    const auto one = balance_table(columns, {treated, weight, {}}, 1);
    const auto four = balance_table(columns, {treated, weight, {}}, 4);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        EXPECT_EQ(std::memcmp(&one[i].after, &four[i].after, sizeof one[i].after), 0);
        EXPECT_EQ(std::memcmp(&one[i].before, &four[i].before, sizeof one[i].before), 0);
    }
}

TEST(BalanceTable, ColumnsOfTheDesignIncludeTheReferenceLevel) {
    stats::Frame frame(4);
    frame.add(stats::Column::numbers("age", {3, 5, 4, 8}));
    frame.add(stats::Column::from_texts("size", {"b", "a", "c", "a"}));
    const auto formula = stats::parse_formula("~ age + size");
    ASSERT_TRUE(formula);
    const auto design = stats::build_design_matrix(frame, formula->terms);
    ASSERT_TRUE(design) << design.error().code;
    const std::vector<BalanceColumn> columns = balance_columns(*design);
    ASSERT_EQ(columns.size(), 4);
    EXPECT_EQ(columns[0].covariate, "age");
    EXPECT_EQ(columns[0].values, (Numbers{3, 5, 4, 8}));
    EXPECT_EQ(columns[1].level, "a");
    EXPECT_EQ(columns[1].values, (Numbers{0, 1, 0, 1}));
    EXPECT_EQ(columns[2].level, "b");
    EXPECT_EQ(columns[3].level, "c");
    EXPECT_EQ(columns[3].covariate, "size");
    EXPECT_EQ(columns[3].values, (Numbers{0, 0, 1, 0}));
}

TEST(BalanceTable, LengthsMustAgree) {
    const Flags treated = {1, 0};
    EXPECT_THROW((void)balance_row({"x", "", {1, 2, 3}}, {treated, Numbers{1, 1}, {}}), std::invalid_argument);
}

TEST(BalanceTable, EffectiveSampleSize) {
    EXPECT_NEAR(effective_sample_size(Numbers{1, 1, 1, 0}), 3, 1e-15);
    EXPECT_NEAR(effective_sample_size(Numbers{2, 1, 1}), 16.0 / 6, 1e-15);
    EXPECT_EQ(effective_sample_size({}), 0);
}

/// The two-sample t test with one variance: means 4 and 2, pooled variance 2.5, so 2 / sqrt(2.5 (1/5 + 1/5)) = 2.
TEST(BalanceTable, TheTTestIsTheClassicalOneWithoutWeights) {
    const std::vector<std::uint8_t> treated{1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    const std::vector<double> weight(10, 1);
    const BalanceRow row = balance_row({"x", "", {2, 3, 4, 5, 6, 0, 1, 2, 3, 4}}, {treated, weight, {}});
    EXPECT_NEAR(row.before.t, 2, 1e-12);
    EXPECT_NEAR(row.after.t, 2, 1e-12);
    EXPECT_NEAR(row.before.p_value, 0.0805162, 1e-6);  // 8 degrees of freedom
    const BalanceRow uneven = balance_row({"x", "", {2, 3, 4, 0, 1, 2, 3, 4, 5, 6}},
                                          {std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, weight, {}});
    EXPECT_NEAR(uneven.before.t, 0, 1e-12);
    EXPECT_NEAR(uneven.before.p_value, 1, 1e-12);
    const BalanceRow far = balance_row({"x", "", {6, 7, 8, 0, 1, 2, 3, 4, 5, 6}},
                                       {std::vector<std::uint8_t>{1, 1, 1, 0, 0, 0, 0, 0, 0, 0}, weight, {}});
    EXPECT_NEAR(far.before.t, 4 / std::sqrt(30.0 / 8 * (1.0 / 3 + 1.0 / 7)), 1e-12);
}

/// A common factor of the weights changes nothing; a unit of weight 2 is not two units.
TEST(BalanceTable, TheTTestCountsUnitsAndNotWeights) {
    const std::vector<std::uint8_t> treated{1, 1, 1, 0, 0, 0};
    const std::vector<double> weight{1, 1, 1, 2, 0.5, 0.5};
    const std::vector<double> tenfold{10, 10, 10, 20, 5, 5};
    const BalanceColumn column{"x", "", {1, 2, 4, 0, 1, 3}};
    const BalanceRow row = balance_row(column, {treated, weight, {}});
    EXPECT_NEAR(row.after.t, balance_row(column, {treated, tenfold, {}}).after.t, 1e-12);
    // Weighted squares 14/3 + 4, 4 degrees of freedom, sums of weights 3 and 3.
    const double squares = 14.0 / 3 + (2 * 4.0 / 9 + 0.5 * 1.0 / 9 + 0.5 * 49.0 / 9);
    EXPECT_NEAR(row.after.t, (7.0 / 3 - 2.0 / 3) / std::sqrt(squares / 4 * (2.0 / 3)), 1e-12);
}

TEST(BalanceTable, AConstantColumnHasNoTest) {
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    const std::vector<double> weight{1, 1, 1, 1};
    const BalanceRow row = balance_row({"x", "", {0.1, 0.1, 0.1, 0.1}}, {treated, weight, {}});
    EXPECT_TRUE(std::isnan(row.before.t));
    EXPECT_TRUE(std::isnan(row.before.p_value));
    // A column of one arm at zero is no constant, and one that varies in its twelfth digit is none either.
    EXPECT_FALSE(std::isnan(balance_row({"x", "", {0, 0, 1, 2}}, {treated, weight, {}}).before.t));
    EXPECT_FALSE(std::isnan(balance_row({"x", "", {1, 1 + 1e-11, 1, 1}}, {treated, weight, {}}).before.t));
}

TEST(BalanceTable, SquaresAndProductsOfColumnsOfDifferentCovariates) {
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    const std::vector<double> weight{1, 1, 1, 1};
    const std::vector<BalanceColumn> columns{{"distance", "", {1, 2, 3, 4}, true},
                                             {"age", "", {1, 2, 3, 5}},
                                             {"race", "black", {1, 0, 0, 1}},
                                             {"race", "white", {0, 1, 1, 0}}};
    // Two columns of one name that are no factor: their product counts.
    const std::vector<BalanceColumn> numbers{{"age", "", {1, 2, 3, 5}}, {"age", "", {2, 1, 3, 4}}};
    EXPECT_EQ(interaction_balance(numbers, {treated, weight, {}}).size(), 3);
    const std::vector<BalanceRow> rows = interaction_balance(columns, {treated, weight, {}});
    ASSERT_EQ(rows.size(), 3);
    EXPECT_EQ(rows[0].covariate, "I(age^2)");
    EXPECT_DOUBLE_EQ(rows[0].before.mean_control, 17);
    EXPECT_EQ(rows[1].covariate, "age:race=black");
    EXPECT_DOUBLE_EQ(rows[1].before.mean_treated, 0.5);
    EXPECT_EQ(rows[2].covariate, "age:race=white");
}

TEST(BalanceTable, PairsOfSetsAreAllOfOneAdopterAndOneOther) {
    const std::vector<std::uint8_t> treated{1, 1, 0, 0, 1, 0};
    const std::vector<double> weight{1, 1, 1, 1, 1, 0};
    const std::vector<std::int32_t> set{0, 0, 0, 1, 1, -1};
    // |1-4|, |2-4| and |7-9|.
    const BalanceRow row =
        balance_row({"x", "", {1, 2, 4, 7, 9, 100}}, {treated, weight, {}, SmdDenominator::treated, set});
    EXPECT_NEAR(row.after.std_pair_distance, (3.0 + 2 + 2) / 3 / std::sqrt(19.0), 1e-12);
}

TEST(BalanceTable, ThreeUnitsHaveATTest) {
    const Flags treated = {1, 1, 0};
    const Numbers weight(3, 1);
    const BalanceRow row = balance_row({"x", "", {1, 3, 5}}, {treated, weight, {}});
    // Difference -3, squares 2 with 1 degree of freedom, error sqrt(2 (1/2 + 1)).
    EXPECT_NEAR(row.before.t, -3 / std::sqrt(3.0), 1e-14);
    EXPECT_NEAR(row.before.p_value, 1.0 / 3, 1e-14) << "Cauchy: 1 - 2 atan(sqrt 3) / pi";
}

TEST(BalanceTable, WhatRoundingMakesOfAConstantColumnIsNoVariance) {
    const Flags treated = {1, 1, 1, 1, 0, 0, 0, 0};
    const Numbers weight(8, 1);
    for (const bool adopters : {false, true}) {
        for (const double noise : {5e-5, 5e-3}) {
            // One arm is 0, the other 10^9, but for some 10^-14 or 10^-12 of it.
            Numbers values(8, 0.0);
            for (std::size_t i = 0; i < 8; ++i) {
                if ((treated[i] != 0) == adopters) values[i] = 1e9 + (i % 2 == 0 ? noise : -noise);
            }
            const BalanceRow row = balance_row({"x", "", values}, {treated, weight, {}});
            EXPECT_EQ(std::isnan(row.before.t), noise < 1e-4) << adopters;
        }
    }
}

}  // namespace
}  // namespace twinfirm::balance
