// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "cohort_matching.h"

namespace twinfirm::evaluation {

/// The cluster (>= 0) of each firm of the panel by the specification's `effects.cluster`: the variable's value in the
/// base year of the first cohort in which the firm has one, so that a firm is never in two. A firm without a value is a
/// cluster of its own, told by `study_cluster_missing`. Empty where errors are not clustered by a variable.
/// Errors: those of base_year_column().
[[nodiscard]] Result<std::vector<std::int32_t>> study_clusters(const design::Specification& specification,
                                                               const stats::Panel& panel,
                                                               const std::vector<MatchedCohort>& cohorts,
                                                               Messages& messages);

}  // namespace twinfirm::evaluation
