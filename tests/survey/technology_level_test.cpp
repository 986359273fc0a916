// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/technology_level.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/message_search.h"

namespace twinfirm::survey {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

/// The levels published in 2019, and a second survey made up after the moves told in 2024.
std::vector<TechnologyLevel> published() {
    return {{2024, "KR", "national", "", 76.5, 2.0, "US", 1}, {2019, "US", "national", "", 100, 0, "US", 2},
            {2019, "DE", "national", "", 93.4, 0.4, "US", 3}, {2019, "JP", "national", "", 79.9, 1.5, "US", 4},
            {2019, "KR", "national", "", 72.3, 2.5, "US", 5}, {2019, "CN", "national", "", 66.0, 3.1, "US", 6},
            {2024, "US", "national", "", 100, 0, "US", 7},    {2024, "CN", "national", "", 78.3, none, "US", 8},
            {2024, "KR", "sme", "", 58.0, none, "US", 9}};
}

std::string error_of(std::vector<TechnologyLevel> levels) {
    Messages messages;
    const auto checked = checked_levels(std::move(levels), messages);
    return checked ? "" : checked.error().code;
}

TEST(TechnologyLevel, GroupsAt60And80) {
    EXPECT_EQ(technology_group_code(technology_group(80)), "leading");
    EXPECT_EQ(technology_group_code(technology_group(79.9)), "following");
    EXPECT_EQ(technology_group_code(technology_group(60)), "following");
    EXPECT_EQ(technology_group_code(technology_group(59.99)), "late");
    EXPECT_EQ(technology_group_code(technology_group(none)), "");
}

TEST(TechnologyLevel, ChangesAreInPercentagePoints) {
    Messages messages;
    const auto levels = checked_levels(published(), messages);
    ASSERT_TRUE(levels);
    EXPECT_TRUE(messages.empty());
    const auto changes = technology_changes(*levels, 2019, 2024, messages);
    ASSERT_EQ(changes.size(), 3U);  // the SMEs have no level of 2019
    EXPECT_EQ(changes[0].country, "CN");
    EXPECT_NEAR(changes[0].change, 12.3, 1e-12);
    EXPECT_TRUE(std::isnan(changes[0].gap_change));
    EXPECT_EQ(changes[1].country, "KR");
    EXPECT_NEAR(changes[1].change, 4.2, 1e-12);
    EXPECT_NEAR(changes[1].gap_change, -0.5, 1e-12);
    EXPECT_EQ(changes[1].group_to, TechnologyGroup::following);
    EXPECT_TRUE(messages.empty());
}

TEST(TechnologyLevel, GapsToEveryOtherCountry) {
    Messages messages;
    const auto levels = checked_levels(published(), messages);
    const auto gaps = technology_gaps(*levels, 2019, "KR");
    ASSERT_EQ(gaps.size(), 4U);
    EXPECT_EQ(gaps[0].other, "US");
    EXPECT_NEAR(gaps[0].difference, -27.7, 1e-12);
    EXPECT_NEAR(gaps[0].gap_years, 2.5, 1e-12);
    EXPECT_EQ(gaps[3].other, "CN");
    EXPECT_NEAR(gaps[3].difference, 6.3, 1e-12);
    EXPECT_NEAR(gaps[3].gap_years, -0.6, 1e-12);
    const auto later = technology_gaps(*levels, 2024, "KR");
    ASSERT_EQ(later.size(), 4U);  // the SMEs too are measured by whole countries
    EXPECT_EQ(later[2].scope, "sme");
    EXPECT_NEAR(later[2].difference, -42, 1e-12);
}

TEST(TechnologyLevel, TheOrderOfRowsDoesNotMatter) {
    Messages messages;
    auto reversed = published();
    std::reverse(reversed.begin(), reversed.end());
    const auto a = checked_levels(published(), messages);
    const auto b = checked_levels(reversed, messages);
    for (std::size_t i = 0; i < a->size(); ++i) EXPECT_EQ((*a)[i].row, (*b)[i].row);
}

TEST(TechnologyLevel, RowsThatCannotBeAreNamed) {
    auto levels = published();
    levels[2].level = 101;
    EXPECT_EQ(error_of(levels), "technology_level_range");
    levels = published();
    levels[2].gap_years = -1;
    EXPECT_EQ(error_of(levels), "technology_gap_range");
    levels = published();
    levels[2].year = 19;
    EXPECT_EQ(error_of(levels), "technology_year");
    levels = published();
    levels[2].country = "";
    EXPECT_EQ(error_of(levels), "technology_country");
    levels = published();
    levels.push_back({2019, "KR", "national", "", 73, 2.5, "US", 10});
    EXPECT_EQ(error_of(levels), "technology_repeated");
}

TEST(TechnologyLevel, DoubtsAreTold) {
    Messages messages;
    auto levels = published();
    levels.push_back(levels[4]);
    levels[3].gap_years = 3;  // JP is ahead of KR in level, behind in years
    levels[7].best = "CN";
    ASSERT_TRUE(checked_levels(levels, messages));
    EXPECT_TRUE(tells(messages, "technology_rows_equal"));
    EXPECT_TRUE(tells(messages, "technology_gap_contradicts"));
    EXPECT_TRUE(tells(messages, "technology_best_contradicts"));
    messages.clear();
    ASSERT_TRUE(checked_levels({{2024, "KR", "national", "", 70, none, "", 1}}, messages));
    EXPECT_TRUE(tells(messages, "technology_best_missing"));
    messages.clear();
    levels = published();
    levels[6].level = 99;
    for (TechnologyLevel& level : levels)
        if (level.year == 2024) level.best = "DE";
    (void)technology_changes(*checked_levels(levels, messages), 2019, 2024, messages);
    EXPECT_TRUE(tells(messages, "technology_best_changed"));
}

}  // namespace
}  // namespace twinfirm::survey
