// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "score_line.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Each unit's nearest admissible unit of the other arm, as a place in the task's other arm, with re-use.
struct NearestLinks {
    static constexpr std::uint32_t nobody = any_number;

    std::vector<std::uint32_t> of_focal;  ///< nobody = none within the limits
    std::vector<std::uint32_t> of_pool;
    std::vector<double> focal_distance;  ///< infinity without
    std::vector<double> pool_distance;
};

/// Of equally near ones the one of lower score, then of smaller rank; for a covariate distance of smaller rank. Cost:
/// near-linear on a score, see MetricSearch for points.
[[nodiscard]] NearestLinks nearest_links(const StratumTask& task);

/// The task with the arms exchanged.
[[nodiscard]] StratumTask mirrored(const StratumTask& task);

/// Writes the reasons of the units of the stratum that nearest_links() found nobody for; `matched` for the others.
/// `no_candidate_in_stratum` where nobody of the other arm differs as asked, else `outside_caliper`.
void explain_without_link(const StratumTask& task, const NearestLinks& links, std::vector<Reason>& reason);

}  // namespace twinfirm::matching
