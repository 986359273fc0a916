// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/aggregate_table.h"

#include <gtest/gtest.h>

namespace twinfirm::disclosure {
namespace {

AggregateTable three_cells(double first, double second, double total) {
    AggregateTable table;
    for (const double value : {first, second, total}) {
        table.cells.push_back({});
        table.cells.back().value = value;
    }
    table.relations.push_back({2, {0, 1}});
    return table;
}

TEST(AggregateTable, ATableWhoseTotalsAddUpIsRight) {
    EXPECT_TRUE(check_table(three_cells(3, 4, 7)));
    EXPECT_EQ(three_cells(3, 4, 7).totals(), (std::vector<bool>{false, false, true}));
}

TEST(AggregateTable, ATotalThatIsNotTheSumIsRefused) {
    const auto status = check_table(three_cells(3, 4, 8));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "disclosure_sum_differs");
    EXPECT_EQ(status.error().arguments.at("sum"), "7");
}

TEST(AggregateTable, CountsAreWholeAndNotNegative) {
    for (const double wrong : {-1.0, 2.5, std::numeric_limits<double>::quiet_NaN()}) {
        const auto status = check_table(three_cells(wrong, 4, wrong + 4));
        ASSERT_FALSE(status) << wrong;
        EXPECT_EQ(status.error().code, "disclosure_cell_number");
    }
}

TEST(AggregateTable, MagnitudesMayBeNegativeAndThenNothingBoundsThem) {
    AggregateTable table = three_cells(-1.5, 4, 2.5);
    table.content = Content::magnitudes;
    EXPECT_TRUE(check_table(table));
    EXPECT_FALSE(table.non_negative());
}

TEST(AggregateTable, ARelationToACellThatIsNotThereIsRefused) {
    AggregateTable table = three_cells(3, 4, 7);
    table.relations.push_back({2, {0, 9}});
    const auto status = check_table(table);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "disclosure_cell_unknown");
}

}  // namespace
}  // namespace twinfirm::disclosure
