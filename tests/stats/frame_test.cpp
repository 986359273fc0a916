// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

TEST(Column, TextsBecomeLevelsInCodePointOrderAndEmptyIsMissing) {
    const Column column = Column::from_texts("size", {"중기업", "", "소기업", "B", "중기업"});
    EXPECT_EQ(column.kind(), ColumnKind::category);
    EXPECT_THAT(column.levels(), ElementsAre("B", "소기업", "중기업"));
    EXPECT_THAT(column.codes(), ElementsAre(2, -1, 1, 0, 2));
    EXPECT_TRUE(column.missing(1));
    EXPECT_FALSE(column.missing(0));
}

TEST(Column, NumbersAreMissingWhereNaN) {
    const Column column = Column::numbers("sales", {1, std::numeric_limits<double>::quiet_NaN()});
    EXPECT_FALSE(column.missing(0));
    EXPECT_TRUE(column.missing(1));
    EXPECT_EQ(column.size(), 2);
}

TEST(Column, RefusesCodesOutsideTheLevels) {
    EXPECT_THROW(Column::categories("size", {"a"}, {1}), std::invalid_argument);
    EXPECT_THROW(Column::categories("size", {"a"}, {-2}), std::invalid_argument);
}

TEST(Frame, ReplacesAColumnOfTheSameNameAndRefusesAnotherLength) {
    Frame frame;
    frame.add(Column::numbers("a", {1, 2}));
    frame.add(Column::numbers("b", {3, 4}));
    frame.add(Column::numbers("a", {5, 6}));
    ASSERT_EQ(frame.columns().size(), 2);
    EXPECT_THAT(frame.find("a")->values(), ElementsAre(5, 6));
    EXPECT_EQ(frame.find("c"), nullptr);
    EXPECT_THROW(frame.add(Column::numbers("c", {1})), std::invalid_argument);
    EXPECT_THROW(Frame(3).add(Column::numbers("c", {1})), std::invalid_argument);
}

TEST(Frame, SelectKeepsOrderGivenAndLevels) {
    Frame frame;
    frame.add(Column::numbers("a", {1, 2, 3}));
    frame.add(Column::from_texts("t", {"x", "y", "z"}));
    const std::vector<std::size_t> rows{2, 0, 2};
    const Frame selected = frame.select(rows);
    EXPECT_EQ(selected.rows(), 3);
    EXPECT_THAT(selected.find("a")->values(), ElementsAre(3, 1, 3));
    EXPECT_THAT(selected.find("t")->codes(), ElementsAre(2, 0, 2));
    EXPECT_THAT(selected.find("t")->levels(), ElementsAre("x", "y", "z"));
    EXPECT_EQ(frame.find("a")->renamed("b").name(), "b");
}

}  // namespace
}  // namespace twinfirm::stats
