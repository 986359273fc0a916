// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study_effects.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// The list `matched_changes`: each matched adopter's change (mean of 0 .. lags, against the year before adoption) less
/// that of its matches, an outcome a column; of outcomes in percent 100 times the difference of logarithms, of rates
/// none. What supplier_effects() and others that divide adopters by what the study does not know can be fed with. Only
/// for effects on adopters from pairs, with and without replacement; a list is no part of result.json and leaves
/// without protection only. Errors (usage): those of matched_changes(). Cost: O(pairs x outcomes).
[[nodiscard]] Status add_firm_changes(const StudyCohorts& study, Evaluation& result);

}  // namespace twinfirm::evaluation
