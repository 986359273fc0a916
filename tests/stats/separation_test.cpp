// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/separation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

DesignMatrix design() {
    Frame frame;
    frame.add(Column::categories("size", {"소기업", "중기업", "중견"}, {0, 0, 1, 1, 2, 2}));
    frame.add(Column::numbers("exporter", {0, 1, 1, 0, 1, 1}));
    frame.add(Column::numbers("age", {1, 5, 2, 6, 3, 7}));
    return build_design_matrix(frame, parse_formula("~ size + exporter + age").value().terms).value();
}

TEST(OneArmLevels, ReferenceAndOtherLevelsAndBothValuesOfAFlag) {
    const auto levels = find_one_arm_levels(design(), std::vector<std::uint8_t>{0, 0, 1, 0, 1, 1});
    ASSERT_EQ(levels.size(), 3);
    EXPECT_EQ(levels[0].term, "size");
    EXPECT_EQ(levels[0].level, "소기업");
    EXPECT_FALSE(levels[0].adopters);
    EXPECT_THAT(levels[0].rows, ElementsAre(0, 1));
    EXPECT_EQ(levels[1].level, "중견");
    EXPECT_TRUE(levels[1].adopters);
    EXPECT_EQ(levels[2].term, "exporter");
    EXPECT_EQ(levels[2].level, "0");
    EXPECT_THAT(levels[2].rows, ElementsAre(0, 3));
}

TEST(OneArmLevels, NoneWhereEveryValueHasBothArmsOrOneArmIsEmpty) {
    EXPECT_TRUE(find_one_arm_levels(design(), std::vector<std::uint8_t>{1, 0, 1, 0, 0, 1}).empty());
    EXPECT_TRUE(find_one_arm_levels(design(), std::vector<std::uint8_t>(6, 1)).empty());
    EXPECT_TRUE(find_one_arm_levels(design(), std::vector<std::uint8_t>(6, 0)).empty());
}

TEST(SeparatingCovariates, AreNamedByThresholdOrByDirection) {
    const std::vector<std::uint8_t> by_age{0, 1, 0, 1, 0, 1};
    const Eigen::VectorXd none = Eigen::VectorXd::Zero(5);
    EXPECT_THAT(name_separating_covariates(design(), by_age, none), ElementsAre("age >= 5"));
    const std::vector<std::uint8_t> reverse{1, 0, 1, 0, 1, 0};
    EXPECT_THAT(name_separating_covariates(design(), reverse, none), ElementsAre("age <= 3"));
    const std::vector<std::uint8_t> mixed{1, 0, 1, 0, 0, 1};
    Eigen::VectorXd direction = none;
    direction[3] = -4;
    direction[4] = 1;
    EXPECT_THAT(name_separating_covariates(design(), mixed, direction), ElementsAre("exporter", "age"));
}

}  // namespace
}  // namespace twinfirm::stats
