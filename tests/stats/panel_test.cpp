// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace twinfirm::stats {
namespace {

TEST(Panel, HoldsValuesFirmByFirm) {
    Panel panel({"F1", "F2"}, 2014, 2016);
    panel.add_variable("sales", {1, 2, 3, 4, 5, 6});
    EXPECT_EQ(panel.years(), 3);
    EXPECT_EQ(panel.value("sales", 0, 2016), 3);
    EXPECT_EQ(panel.value("sales", 1, 2014), 4);
    EXPECT_TRUE(std::isnan(panel.value("sales", 1, 2017)));
    EXPECT_TRUE(std::isnan(panel.value("sales", 1, 2013)));
    EXPECT_TRUE(std::isnan(panel.value("sales", 2, 2014)));
    EXPECT_THROW((void)panel.value("exports", 0, 2014), std::out_of_range);
    EXPECT_THAT(panel.variables(), testing::ElementsAre("sales"));
    EXPECT_TRUE(panel.has("sales"));
    EXPECT_FALSE(panel.has("exports"));
}

TEST(Panel, AttributesHaveARowAFirmAndNobodyHasAdoptedAtFirst) {
    Panel panel({"F1", "F2"}, 2014, 2014);
    EXPECT_EQ(panel.attributes().rows(), 2);
    EXPECT_THROW(panel.attributes().add(Column::numbers("x", {1})), std::invalid_argument);
    EXPECT_THAT(panel.adoption_year, testing::ElementsAre(0, 0));
    EXPECT_THAT(panel.level, testing::ElementsAre(0, 0));
}

TEST(Panel, RefusesUnsortedOrRepeatedFirmsAndWrongLengths) {
    EXPECT_THROW(Panel({"F2", "F1"}, 2014, 2014), std::invalid_argument);
    EXPECT_THROW(Panel({"F1", "F1"}, 2014, 2014), std::invalid_argument);
    EXPECT_THROW(Panel({"F1"}, 2015, 2014), std::invalid_argument);
    Panel panel({"F1"}, 2014, 2015);
    EXPECT_THROW(panel.add_variable("sales", {1}), std::invalid_argument);
}

}  // namespace
}  // namespace twinfirm::stats
