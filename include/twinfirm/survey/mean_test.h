// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// Test of "no difference" between two means.
struct MeanTest {
    SurveyEstimate difference;  ///< its df are those of the test
    double t = std::numeric_limits<double>::quiet_NaN();
    double p_value = std::numeric_limits<double>::quiet_NaN();  ///< two-sided
};

/// Design-based t-test of the means (shares) of two groups of rows that do not overlap: the difference over its
/// linearised error, with the degrees of freedom of the rows that answered less one, as a regression on the group has
/// (R: svyttest). `group`: 1 = first, 0 = second, other values = neither; the difference is first less second.
/// Errors (statistics): `survey_test_empty` where a group has no answer; `survey_test_constant` where the difference
/// has no error. Cost: O(n log n).
[[nodiscard]] Result<MeanTest> test_means(const SampleDesign& design, std::span<const double> values,
                                          std::span<const char> group);

}  // namespace twinfirm::survey
