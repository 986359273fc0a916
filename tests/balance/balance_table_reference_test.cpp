// SPDX-License-Identifier: GPL-3.0-or-later
// Balance against R's MatchIt 4.7.2, summary(), from MatchIt's own pairs, weights and scores.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "matching/reference_cases.h"
#include "matching/reference_data.h"
#include "matching/reference_table.h"
#include "twinfirm/balance/balance_table.h"

namespace twinfirm::balance {
namespace {

using reference::Case;
using reference::Table;

std::vector<matching::Pair> reference_pairs(const std::filesystem::path& path) {
    const Table table(path);
    const auto focal = table.numbers("focal_row");
    const auto match = table.numbers("match_row");
    std::vector<matching::Pair> pairs;
    for (std::size_t i = 0; i < table.rows(); ++i) {
        if (std::isnan(match[i])) continue;
        pairs.push_back({static_cast<std::size_t>(focal[i]) - 1, static_cast<std::size_t>(match[i]) - 1, 0});
    }
    return pairs;
}

SmdDenominator denominator(design::Estimand estimand) {
    return estimand == design::Estimand::atc ? SmdDenominator::control : SmdDenominator::treated;
}

/// The score and the covariates, in MatchIt's order.
std::vector<BalanceColumn> columns_of(const std::string& set, const std::filesystem::path& data,
                                      const stats::Formula& formula, const std::vector<double>& score) {
    auto design = stats::build_design_matrix(reference::frame(data, reference::variables(formula)), formula.terms);
    if (!design) throw std::runtime_error(set + ": " + design.error().code);
    EXPECT_TRUE(design->incomplete.empty());
    std::vector<BalanceColumn> columns = balance_columns(*design);
    columns.insert(columns.begin(), BalanceColumn{"distance", "", score, true});
    return columns;
}

/// Largest difference of one sample's statistics; NaN stands for a missing number on both sides.
double difference(const BalanceStatistics& ours, const Table& table, std::size_t row) {
    const std::vector<std::pair<double, std::string>> values = {
        {ours.mean_treated, "Means_Treated"},     {ours.mean_control, "Means_Control"}, {ours.smd, "Std_Mean_Diff"},
        {ours.variance_ratio, "Var_Ratio"},       {ours.ecdf_mean, "eCDF_Mean"},        {ours.ecdf_max, "eCDF_Max"},
        {ours.std_pair_distance, "Std_Pair_Dist"}};
    double largest = 0;
    for (const auto& [value, name] : values) {
        const double expected = Table::number(table.texts(name)[row]);
        if (std::isnan(expected) && std::isnan(value)) continue;
        const double scaled = std::abs(value - expected) / std::max(1.0, std::abs(expected));
        if (!(scaled <= largest)) largest = std::isnan(scaled) ? INFINITY : scaled;
    }
    return largest;
}

TEST(BalanceTableReference, MatchItSummary) {
    for (const Case& item : reference::matchit_cases()) {
        const std::string stem = item.set + "/" + item.title();
        const std::filesystem::path matchit = reference::folder() / "matchit";
        const Table units(matchit / (stem + ".units.csv"));
        const Table expected(matchit / (stem + ".balance.csv"));
        const std::vector<matching::Pair> pairs = reference_pairs(matchit / (stem + ".pairs.csv"));
        const std::vector<double> weight = units.numbers("weight");
        std::vector<std::uint8_t> treated;
        for (const double value : units.numbers("treat")) treated.push_back(value == 1);
        const auto columns = columns_of(item.set, reference::data_path(item.set),
                                        reference::case_formula(item.set, item.title()), units.numbers("distance"));
        const auto rows = balance_table(columns, {treated, weight, pairs, denominator(item.settings.estimand)});
        ASSERT_EQ(2 * rows.size(), expected.rows()) << item.title();
        double largest = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            EXPECT_EQ(rows[i].covariate + rows[i].level, expected.texts("variable")[i]) << item.title();
            const double before = difference(rows[i].before, expected, i);
            const double after = difference(rows[i].after, expected, rows.size() + i);
            EXPECT_NEAR(before, 0, 1e-8) << item.title() << " " << rows[i].covariate << rows[i].level;
            EXPECT_NEAR(after, 0, 1e-8) << item.title() << " " << rows[i].covariate << rows[i].level;
            largest = std::max({largest, before, after});
        }
        std::printf("%-40s rows %2zu  max balance diff %.1e\n", item.title().c_str(), rows.size(), largest);
    }
}

TEST(BalanceTableReference, TieFreeSet) {
    const std::filesystem::path tiefree = reference::folder() / "matchit_tiefree";
    const auto formula = stats::parse_formula("treat ~ age + educ + race + married + nodegree + re74 + re75");
    ASSERT_TRUE(formula);
    for (const std::string set : {"tiefree", "lalonde"}) {
        const Table weights(tiefree / (set + "_weights_ps.csv"));
        const Table balance(tiefree / (set + "_balance.csv"));
        std::vector<std::uint8_t> treated;
        for (const double value : Table(tiefree / (set + ".csv")).numbers("treat")) treated.push_back(value == 1);
        for (const Case& item : reference::tiefree_cases(set)) {
            const std::vector<double> weight = weights.numbers(item.name);
            const auto columns =
                columns_of(set, tiefree / (set + ".csv"), *formula, weights.numbers("ps_" + item.name));
            const auto rows = balance_table(columns, {treated, weight, {}, denominator(item.settings.estimand)});
            std::map<std::string, std::size_t> place;
            for (std::size_t i = 0; i < balance.rows(); ++i) {
                if (balance.texts("setting")[i] == item.name) place[balance.texts("var")[i]] = i;
            }
            ASSERT_EQ(place.size(), rows.size()) << item.title();
            for (const BalanceRow& row : rows) {
                const std::size_t i = place.at(row.covariate + row.level);
                // The file has 12 significant digits.
                EXPECT_NEAR(row.after.smd, balance.numbers("smd")[i], 1e-11) << item.title() << row.covariate;
                for (const auto& [ours, name] :
                     {std::pair{row.after.mean_treated, "meanT"}, std::pair{row.after.mean_control, "meanC"}}) {
                    const double theirs = balance.numbers(name)[i];
                    EXPECT_NEAR(ours, theirs, 1e-11 * std::max(1.0, std::abs(theirs))) << item.title();
                }
            }
        }
    }
}

}  // namespace
}  // namespace twinfirm::balance
