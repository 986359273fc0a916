// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/bands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace twinfirm::breakdowns {
namespace {

using testing::ElementsAre;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

design::Breakdown employee_bands() {
    design::Breakdown breakdown;
    breakdown.key = "size";
    breakdown.variable = "employees";
    breakdown.edges = {0, 10, 50};
    breakdown.labels = {{"10인 미만", "under 10"}, {"10~49인", "10-49"}, {"50인 이상", "50 and more"}};
    return breakdown;
}

std::vector<std::string> keys(const Grouping& grouping) {
    std::vector<std::string> result;
    for (const GroupDefinition& group : grouping.groups) result.push_back(group.key);
    return result;
}

TEST(Bands, AreClosedLeftOpenRightAndTheLastOpenAbove) {
    const std::vector<double> bounds{0, 10, 50};
    EXPECT_EQ(band_of(0, bounds), 0);
    EXPECT_EQ(band_of(9.999, bounds), 0);
    EXPECT_EQ(band_of(10, bounds), 1);
    EXPECT_EQ(band_of(50, bounds), 2);
    EXPECT_EQ(band_of(1e12, bounds), 2);
    EXPECT_EQ(band_of(std::numeric_limits<double>::infinity(), bounds), 2);
    EXPECT_EQ(band_of(-0.5, bounds), no_group);
    EXPECT_EQ(band_of(missing, bounds), no_group);
    EXPECT_EQ(band_of(5, {}), no_group);
}

TEST(Bands, GroupFirmsAndCountThoseWithoutAValue) {
    const std::vector<double> employees{3, 10, missing, 49, 200, -1};
    const std::vector<std::uint8_t> adopter{1, 1, 1, 0, 1, 0};
    const Grouping grouping = group_by_bands(employee_bands(), employees, adopter);
    EXPECT_THAT(grouping.group, ElementsAre(0, 1, no_group, 1, 2, no_group));
    EXPECT_THAT(keys(grouping), ElementsAre("0", "1", "2"));
    EXPECT_EQ(grouping.groups[1].label.ko, "10~49인");
    EXPECT_EQ(grouping.adopters_without_value, 1);
    EXPECT_EQ(grouping.adopters_not_shown, 0);
}

TEST(Bands, WithoutLabelsShowTheirBounds) {
    design::Breakdown breakdown = employee_bands();
    breakdown.labels.clear();
    const Grouping grouping = group_by_bands(breakdown, {}, {});
    EXPECT_EQ(grouping.groups[0].label.en, "[0, 10)");
    EXPECT_EQ(grouping.groups[2].label.ko, "50 ≤");
}

TEST(Bands, TopBandsKeepTheirOrder) {
    design::Breakdown breakdown = employee_bands();
    breakdown.top = 2;
    const std::vector<double> employees{3, 20, 60, 70, 5};
    const std::vector<std::uint8_t> adopter{1, 1, 1, 1, 1};
    const Grouping grouping = group_by_bands(breakdown, employees, adopter);
    EXPECT_THAT(keys(grouping), ElementsAre("0", "2"));
    EXPECT_THAT(grouping.group, ElementsAre(0, no_group, 1, 1, 0));
    EXPECT_EQ(grouping.adopters_not_shown, 1);
}

TEST(Categories, AreThoseNamedInTheirOrderWithTheirLabels) {
    design::Breakdown breakdown;
    breakdown.values = {"중견", "소기업"};
    breakdown.labels = {{"중견기업", "Mid-sized"}, {"소기업", "Small"}};
    const std::vector<std::string> values{"소기업", "중견", "", "모름"};
    const std::vector<std::uint8_t> adopter{1, 0, 1, 1};
    const Grouping grouping = group_by_category(breakdown, values, adopter);
    EXPECT_THAT(grouping.group, ElementsAre(1, 0, no_group, no_group));
    EXPECT_EQ(grouping.groups[0].label.en, "Mid-sized");
    EXPECT_EQ(grouping.adopters_without_value, 2);
}

TEST(Categories, TopGroupsHaveTheMostAdopters) {
    design::Breakdown breakdown;
    breakdown.top = 2;
    const std::vector<std::string> industries{"C25", "C10", "C26", "C26", "C10", "C29", "C29", "C29"};
    const std::vector<std::uint8_t> adopter{1, 1, 1, 1, 1, 0, 0, 0};
    const Grouping grouping = group_by_category(breakdown, industries, adopter);
    EXPECT_THAT(keys(grouping), ElementsAre("C10", "C26")) << "two adopters each, in code-point order";
    EXPECT_THAT(grouping.group, ElementsAre(no_group, 0, 1, 1, 0, no_group, no_group, no_group));
    EXPECT_EQ(grouping.adopters_not_shown, 1);
    EXPECT_EQ(grouping.groups[0].label.ko, "C10");
}

}  // namespace
}  // namespace twinfirm::breakdowns
