// SPDX-License-Identifier: GPL-3.0-or-later
// Balance of sets and weights against R's MatchIt 4.7.2, summary(), and cobalt 5, bal.tab(), from their own sets,
// weights and scores.
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

std::vector<std::int32_t> set_numbers(const std::vector<std::string>& labels) {
    std::map<std::string, std::int32_t> number;
    std::vector<std::int32_t> sets;
    for (const std::string& label : labels) {
        sets.push_back(
            label.empty() ? -1 : number.try_emplace(label, static_cast<std::int32_t>(number.size())).first->second);
    }
    return sets;
}

std::vector<BalanceRow> rows_of(const Case& item, const Table& units, std::span<const std::int32_t> sets) {
    const stats::Formula formula = reference::case_formula(item.set, item.title());
    const auto path = reference::data_path(item.set);
    auto design = stats::build_design_matrix(reference::frame(path, reference::variables(formula)), formula.terms);
    if (!design) throw std::runtime_error(design.error().code);
    std::vector<BalanceColumn> columns = balance_columns(*design);
    const std::vector<double> score = units.has("distance") ? units.numbers("distance") : std::vector<double>();
    if (!score.empty() && !std::isnan(score.front()))
        columns.insert(columns.begin(), BalanceColumn{"distance", "", score, true});
    std::vector<std::uint8_t> treated;
    for (const double value : units.numbers("treat")) treated.push_back(value == 1);
    const std::vector<double> weight = units.numbers("weight");
    const auto denominator =
        item.settings.estimand == design::Estimand::ate ? SmdDenominator::pooled : SmdDenominator::treated;
    return balance_table(columns, {treated, weight, {}, denominator, sets});
}

/// Of numbers of very different size: relative where they are above 1. NaN = missing on both sides.
void expect_near(double ours, double theirs, const std::string& what) {
    if (std::isnan(ours) && std::isnan(theirs)) return;
    EXPECT_NEAR(ours, theirs, 1e-8 * std::max(1.0, std::abs(theirs))) << what;
}

TEST(MatchedSetsBalanceReference, MatchItSummary) {
    int compared = 0;
    for (const Case& item : reference::set_cases()) {
        const auto stem = reference::folder() / "matchit" / item.set / item.title();
        const Table units(stem.string() + ".units.csv");
        const Table expected(stem.string() + ".balance.csv");
        const std::vector<std::int32_t> sets = set_numbers(units.texts("subclass"));
        std::map<std::string, BalanceRow> ours;
        for (BalanceRow& row : rows_of(item, units, sets)) {
            const std::string name = row.covariate + row.level;
            ours.emplace(name, std::move(row));
        }
        for (std::size_t i = 0; i < expected.rows(); ++i) {
            const bool after = expected.texts("sample")[i] == "matched";
            std::string name = expected.texts("variable")[i];
            name.erase(std::remove(name.begin(), name.end(), '`'), name.end());
            ASSERT_EQ(ours.count(name), 1) << item.title() << " " << name;
            const BalanceRow& row = ours.at(name);
            const BalanceStatistics& now = after ? row.after : row.before;
            const auto theirs = [&](const char* column) { return Table::number(expected.texts(column)[i]); };
            const std::string where = item.title() + " " + name + (after ? " after " : " before ");
            expect_near(now.mean_treated, theirs("Means_Treated"), where + "mean");
            expect_near(now.mean_control, theirs("Means_Control"), where + "mean");
            expect_near(now.smd, theirs("Std_Mean_Diff"), where + "smd");
            expect_near(now.variance_ratio, theirs("Var_Ratio"), where + "variance ratio");
            expect_near(now.ecdf_mean, theirs("eCDF_Mean"), where + "ecdf mean");
            expect_near(now.ecdf_max, theirs("eCDF_Max"), where + "ecdf max");
            if (after) expect_near(now.std_pair_distance, theirs("Std_Pair_Dist"), where + "pair distance");
            ++compared;
        }
    }
    std::printf("%d rows compared\n", compared);
    EXPECT_GT(compared, 500);
}

/// cobalt's weighted means, standardised differences, variance ratios and Kolmogorov-Smirnov distances.
TEST(MatchedSetsBalanceReference, Cobalt) {
    const std::map<std::string, std::string> files{
        {"full", "full"}, {"subclass5", "subclass5"}, {"nn_default", "nn_default"}, {"nn_caliper02", "nn_caliper02"}};
    for (const auto& [file, name] : files) {
        const Case item{"lalonde", name, reference::matchit_defaults()};
        const Table units(reference::folder() / "matchit/lalonde" / ("lalonde_" + name + ".units.csv"));
        const Table expected(reference::folder() / "balance" / ("cobalt_lalonde_" + file + ".csv"));
        int compared = 0;
        for (const BalanceRow& row : rows_of(item, units, {})) {
            const std::string label = row.covariate + (row.level.empty() ? "" : "_" + row.level);
            const auto& names = expected.texts("variable");
            const auto found = std::find(names.begin(), names.end(), label);
            ASSERT_NE(found, names.end()) << label;
            const auto i = static_cast<std::size_t>(found - names.begin());
            const auto theirs = [&](const char* column) { return Table::number(expected.texts(column)[i]); };
            const std::string where = file + " " + label;
            expect_near(row.before.mean_treated, theirs("M.1.Un"), where);
            expect_near(row.before.smd, theirs("Diff.Un"), where);
            expect_near(row.before.variance_ratio, theirs("V.Ratio.Un"), where);
            expect_near(row.before.ecdf_max, theirs("KS.Un"), where);
            expect_near(row.after.mean_treated, theirs("M.1.Adj"), where);
            expect_near(row.after.mean_control, theirs("M.0.Adj"), where);
            expect_near(row.after.smd, theirs("Diff.Adj"), where);
            expect_near(row.after.variance_ratio, theirs("V.Ratio.Adj"), where);
            expect_near(row.after.ecdf_max, theirs("KS.Adj"), where);
            ++compared;
        }
        EXPECT_EQ(compared, 10) << file;
    }
}

}  // namespace
}  // namespace twinfirm::balance
