// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "matching/random_designs.h"
#include "matching/random_set_designs.h"

namespace twinfirm::matching {
namespace {

TEST(RandomDesignsLong, NoPairIsWrongAndEveryUnitHasItsReason) {
    int matched = 0;
    EXPECT_EQ(test::first_fault(20260106, 100000, matched), "");
    EXPECT_GT(matched, 70000);
}

TEST(RandomDesignsLong, NoSetIsWrongAndEveryUnitHasItsReason) {
    int matched = 0;
    EXPECT_EQ(test::first_fault_of_sets(20260108, 100000, matched), "");
    EXPECT_GT(matched, 60000);
}

}  // namespace
}  // namespace twinfirm::matching
