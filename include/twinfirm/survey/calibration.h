// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/survey/sample_design.h"

namespace twinfirm::survey {

/// Known numbers of the population in the groups of one classification.
struct KnownMargin {
    Grouping groups;             ///< of every row of the sample
    std::vector<double> totals;  ///< of each group, > 0
};

/// Weights that meet the known totals. The variance afterwards is that of the residuals `e` from the weighted
/// regression on the groups' indicators, with the new weights w in both: `sum w e` (Deville & Särndal 1992, JASA
/// 87:376-382). For raking this is the exact derivative of the estimate in the design weights.
/// *Peers:* R's rake residualises with unweighted group means; its errors differ from these where weights vary within a
/// group.

/// Post-stratification (사후층화): every weight of a group times total / sum of weights.
/// Errors (input): `survey_margin_row` {row} for a row in no group, `survey_margin_total` {group} for a total that is
/// not > 0, `survey_margin_empty` {group} for a group without rows. Throws std::invalid_argument for a wrong length.
/// Cost: O(n log n).
[[nodiscard]] Result<SampleDesign> post_stratified(const SampleDesign& design, const KnownMargin& margin);

/// Raking (iterative proportional fitting; Deming & Stephan 1940): margins in turn until no sum of weights is off by
/// more than 1e-12 of its total. One margin: post-stratification.
/// Errors: as above; `survey_margins_disagree` {first, second} (input) where two margins' totals differ by more than
/// 1e-9 of their sum; `survey_raking_stuck` {rounds, error} (statistics) where 1,000 rounds do not suffice, as when
/// empty cells make the margins impossible. Cost: O(rounds x margins x n log n).
[[nodiscard]] Result<SampleDesign> raked(const SampleDesign& design, const std::vector<KnownMargin>& margins);

}  // namespace twinfirm::survey
