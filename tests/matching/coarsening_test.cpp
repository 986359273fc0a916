// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/coarsening.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm::matching {
namespace {

using design::Coarsening;
using Rule = design::Coarsening::Rule;
using Bins = std::vector<std::int32_t>;

const std::vector<double> values{0, 1, 2, 3, 4, 5, 6, 7, 8};

TEST(Coarsening, ABinHoldsItsLowerEdge) {
    EXPECT_EQ(coarsen(values, {}, {"x", Rule::cutpoints, 0, {2, 6.5}}).value(), (Bins{0, 0, 1, 1, 1, 1, 1, 2, 2}));
    EXPECT_EQ(coarsen(values, {}, {"x", Rule::bins, 2, {}}).value(), (Bins{0, 0, 0, 0, 1, 1, 1, 1, 1}));
    EXPECT_EQ(coarsen(values, {}, {"x", Rule::quantiles, 4, {}}).value(), (Bins{0, 0, 1, 1, 2, 2, 3, 3, 3}));
}

TEST(Coarsening, SturgesRuleCountsTheUsableUnits) {
    // ceiling(log2(9) + 1) = 5 bins of width 1.6; of the first five, 4 units wide, ceiling(log2(5) + 1) = 4 bins.
    EXPECT_EQ(coarsen(values, {}, {"x", Rule::sturges, 0, {}}).value(), (Bins{0, 0, 1, 1, 2, 3, 3, 4, 4}));
    const std::vector<std::uint8_t> usable{1, 1, 1, 1, 1, 0, 0, 0, 0};
    EXPECT_EQ(coarsen(values, usable, {"x", Rule::sturges, 0, {}}).value(), (Bins{0, 1, 2, 3, 3, 3, 3, 3, 3}));
}

TEST(Coarsening, AMissingValueIsInNoBin) {
    const std::vector<double> gaps{1, std::numeric_limits<double>::quiet_NaN(), 3};
    EXPECT_EQ(coarsen(gaps, {}, {"x", Rule::cutpoints, 0, {2}}).value(), (Bins{0, -1, 1}));
}

TEST(Coarsening, BinsThatCannotBeAreRefused) {
    for (const Coarsening& rule : {Coarsening{"x", Rule::bins, 0, {}}, Coarsening{"x", Rule::quantiles, -1, {}},
                                   Coarsening{"x", Rule::cutpoints, 0, {2, 2}}, Coarsening{"x", Rule::cutpoints, 0, {}},
                                   Coarsening{"x", Rule::cutpoints, 0, {std::numeric_limits<double>::quiet_NaN()}}}) {
        const auto bins = coarsen(values, {}, rule);
        ASSERT_FALSE(bins);
        EXPECT_EQ(bins.error().code, "coarsening_value");
    }
}

}  // namespace
}  // namespace twinfirm::matching
