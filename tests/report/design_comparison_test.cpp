// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/design_comparison.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "evaluation_fixture.h"

namespace twinfirm::report {
namespace {

const std::vector<Cell>* row_of(const Table& table, const std::string& key) {
    const auto found =
        std::find_if(table.rows.begin(), table.rows.end(), [&](const auto& row) { return row[0].key == key; });
    return found == table.rows.end() ? nullptr : &*found;
}

bool has_note(const Table& table, const std::string& part) {
    return std::any_of(table.notes.begin(), table.notes.end(),
                       [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

/// The same study without industry and with a narrower caliper.
evaluation::Evaluation other_design() {
    evaluation::Evaluation other = testing::small_evaluation();
    other.specification.matching.caliper = 0.05;
    other.specification.covariates = {"log(sales)"};
    other.reasons = {{matching::Reason::matched, {4000, 3900}}, {matching::Reason::outside_caliper, {991, 154370}}};
    other.balance.pop_back();
    other.balance.back().after.smd = -0.13;
    for (evaluation::EffectRow& row : other.effects) row.percent = 0.031;
    return other;
}

TEST(DesignComparison, FirmsBalanceAndEffectsStandSideBySide) {
    const Table table = compared_designs_table(testing::small_evaluation(), other_design(), Language::english);
    const auto* matched = row_of(table, "report_row_adopters_matched");
    ASSERT_NE(matched, nullptr);
    EXPECT_EQ((*matched)[2].text, "4,980");
    EXPECT_EQ((*matched)[3].text, "4,000");
    const auto* left = row_of(table, "report_row_adopters_left");
    ASSERT_NE(left, nullptr);
    EXPECT_EQ((*left)[2].text, "11");
    EXPECT_EQ((*left)[3].text, "991");
    const auto* beyond = row_of(table, "report_row_beyond_like");
    ASSERT_NE(beyond, nullptr);
    EXPECT_EQ((*beyond)[2].text, "0");
    EXPECT_EQ((*beyond)[3].text, "1");
    const auto* largest = row_of(table, "largest_smd");
    ASSERT_NE(largest, nullptr);
    EXPECT_EQ((*largest)[2].text, "0.030");
    EXPECT_EQ((*largest)[3].text, "0.130");
    const auto* sales = row_of(table, "sales");
    ASSERT_NE(sales, nullptr);
    EXPECT_NE((*sales)[2].text.find("5.4"), std::string::npos) << (*sales)[2].text;
    EXPECT_NE((*sales)[2].text.find("1,234"), std::string::npos) << (*sales)[2].text;
    EXPECT_NE((*sales)[3].text.find("3.1"), std::string::npos) << (*sales)[3].text;
    EXPECT_TRUE(has_note(table, "/matching/caliper"));
}

TEST(DesignComparison, TheSameDesignSaysSo) {
    const auto own = testing::small_evaluation();
    const Table table = compared_designs_table(own, own, Language::korean);
    EXPECT_FALSE(has_note(table, "/"));
    EXPECT_TRUE(has_note(table, "같은 설계"));
}

TEST(DesignComparison, AHiddenCountStaysHidden) {
    evaluation::Evaluation hidden = other_design();
    hidden.reasons[1].firms.treated = -1;
    const Table table = compared_designs_table(testing::small_evaluation(), hidden, Language::korean);
    const auto* left = row_of(table, "report_row_adopters_left");
    ASSERT_NE(left, nullptr);
    EXPECT_EQ((*left)[3].text, "X");
}

TEST(DesignComparison, ACovariateThatADesignDoesNotHaveIsADash) {
    const Table table = compared_balance_table(testing::small_evaluation(), other_design(), Language::korean);
    const auto* industry = row_of(table, "industry: C10");
    ASSERT_NE(industry, nullptr);
    EXPECT_EQ((*industry)[2].text, "0.000");
    EXPECT_EQ((*industry)[3].text, "-");
    const Table turned = compared_balance_table(other_design(), testing::small_evaluation(), Language::korean);
    const auto* turned_industry = row_of(turned, "industry: C10");
    ASSERT_NE(turned_industry, nullptr);
    EXPECT_EQ((*turned_industry)[2].text, "-");
    EXPECT_EQ((*turned_industry)[3].text, "0.000");
}

}  // namespace
}  // namespace twinfirm::report
