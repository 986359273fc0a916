// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/survey/sample_design.h"

namespace twinfirm::survey {

/// Test of independence of two classifications.
struct RaoScottTest {
    double pearson = 0;  ///< chi squared of the weighted table, scaled to n; not itself a test
    double f = 0;
    double numerator_df = 0;
    double denominator_df = 0;
    double p_value = 0;
    std::int64_t n = 0;  ///< rows that are in both classifications
};

/// Pearson's chi squared of the weighted table with the second-order correction of Rao & Scott (1984, Annals of
/// Statistics 12:46-60, theorem 1 and section 4) in Thomas & Rao's F form: with Delta the generalised design effects
/// of the (r-1)(c-1) contrasts of the interaction,
///
///     F = X^2 / tr(Delta)  on  d = tr(Delta)^2 / tr(Delta^2)  and  d * (units - strata)  degrees of freedom
///
/// (R: svychisq, statistic "F"). Groups without rows do not count; cells without rows may be there.
/// Errors (statistics): `survey_test_empty` where a classification has fewer than two groups with rows,
/// `survey_table_sparse` where the contrasts have no variance of full rank. Cost: O(n r c (1 + r c)).
[[nodiscard]] Result<RaoScottTest> test_independence(const SampleDesign& design, const Grouping& rows,
                                                     const Grouping& columns, std::span<const char> domain = {});

}  // namespace twinfirm::survey
