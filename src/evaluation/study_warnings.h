// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "cohort_matching.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Adds to the result's messages what the analyst must know about the whole, beside what the cohorts said, each with
/// its number of firms over all cohorts: extreme scores, adopters beyond every non-adopter's score, strata with more
/// adopters than non-adopters, missing covariates, uneven weights, imbalance, differences before adoption, groups of
/// few adopters; and the lists of what they are about. Reads the result's data, size, balance and effects.
void add_study_warnings(const std::vector<MatchedCohort>& cohorts, const stats::Panel& panel, Evaluation& result);

}  // namespace twinfirm::evaluation
