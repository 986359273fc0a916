// SPDX-License-Identifier: GPL-3.0-or-later
// Weighted differences in means and their heteroscedasticity-robust errors from the reference's own weights.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "effects/reference_case.h"
#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::effects {
namespace {

TEST(WeightIt, DifferencesAndErrorsOfEveryCase) {
    const auto root = std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "reference";
    const std::vector<double> outcome = reference::CsvTable(root / "data" / "lalonde_matchit.csv").numbers("re78");
    const nlohmann::json cases = reference::read_json(root / "balance" / "weightit.json").at("cases");
    double worst = 0;
    for (const nlohmann::json& entry : cases) {
        const std::string name = entry.at("case");
        const reference::CsvTable table(root / "balance" / ("weightit_" + name + ".csv"));
        MatchedOutcomes outcomes;
        for (std::size_t i = 0; i < outcome.size(); ++i) {
            outcomes.set.push_back(-1);
            outcomes.firm.push_back(static_cast<std::int32_t>(i));
            outcomes.treated.push_back(table.numbers("treat")[i] == 1);
        }
        outcomes.weight = table.numbers("weight");
        outcomes.value = outcome;
        const auto compare = [&](double ours, const char* key) {
            const double theirs = entry.at(key);
            EXPECT_LE(std::abs(ours - theirs), 1e-9 * std::abs(theirs)) << name << ' ' << key;
            worst = std::max(worst, std::abs(ours - theirs) / std::abs(theirs));
        };
        const auto effect = [&](SeKind kind) { return difference_in_means(outcomes, kind, 0.95).value(); };
        compare(effect(SeKind::hc0).estimate, "estimate");
        compare(effect(SeKind::hc0).std_error, "se_hc0");
        compare(effect(SeKind::hc1).std_error, "se_hc1");
        compare(effect(SeKind::hc3).std_error, "se_hc3");
        compare(effect(SeKind::hc3).ess_control, "ess_c");
        EXPECT_EQ(effect(SeKind::hc3).se_kind, "hc3");
    }
    EXPECT_EQ(cases.size(), 6U);
    std::cout << cases.size() << " cases, largest relative difference " << worst << '\n';
}

}  // namespace
}  // namespace twinfirm::effects
