// SPDX-License-Identifier: GPL-3.0-or-later
#include "matching/random_designs.h"

#include <gtest/gtest.h>

#include "matching/random_set_designs.h"

namespace twinfirm::matching {
namespace {

TEST(RandomDesigns, NoPairIsWrongAndEveryUnitHasItsReason) {
    int matched = 0;
    EXPECT_EQ(test::first_fault(20260105, 10000, matched), "");
    EXPECT_GT(matched, 7000);
}

TEST(RandomDesigns, NoSetIsWrongAndEveryUnitHasItsReason) {
    int matched = 0;
    EXPECT_EQ(test::first_fault_of_sets(20260107, 10000, matched), "");
    EXPECT_GT(matched, 6000);
}

}  // namespace
}  // namespace twinfirm::matching
