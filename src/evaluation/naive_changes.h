// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/design/specification.h"
#include "twinfirm/effects/before_after.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/evaluation/groups.h"

namespace twinfirm::evaluation {

/// Values before and after of one outcome for some adopters. For several years: the mean of those observed; of a rate
/// the sums of count and base over the years in which both were.
struct NaiveChanges {
    std::vector<double> before;
    std::vector<double> after;
    std::vector<double> base_before;  ///< of a rate only
    std::vector<double> base_after;
};

[[nodiscard]] NaiveChanges naive_changes(const stats::Panel& panel, const design::Outcome& outcome,
                                         const std::vector<Adopter>& adopters, effects::EventWindow years);

/// The change of an outcome by every definition.
[[nodiscard]] Result<effects::BeforeAfter> naive_change(const NaiveChanges& changes, const design::Outcome& outcome,
                                                        const design::Specification& specification);

}  // namespace twinfirm::evaluation
