// SPDX-License-Identifier: GPL-3.0-or-later
#include "nearest_links.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "metric_search.h"
#include "score_search.h"

namespace twinfirm::matching {
namespace {

void search(StratumTask task, std::vector<std::uint32_t>& nearest, std::vector<double>& distance) {
    nearest.assign(task.focal.size(), NearestLinks::nobody);
    distance.assign(task.focal.size(), std::numeric_limits<double>::infinity());
    if (task.pool.empty() || task.focal.empty()) return;
    task.uses = any_number;
    std::unique_ptr<CandidateSearch> candidates;
    if (task.points != nullptr) {
        candidates = std::make_unique<MetricSearch>(task, *task.points);
    } else {
        candidates = std::make_unique<ScoreSearch>(task);
    }
    for (std::uint32_t place = 0; place < task.focal.size(); ++place) {
        if (const auto found = candidates->nearest(place)) {
            nearest[place] = found->place;
            distance[place] = found->distance;
        }
    }
}

void explain(const StratumTask& task, const std::vector<std::uint32_t>& nearest, std::vector<Reason>& reason) {
    for (std::size_t i = 0; i < task.focal.size(); ++i) {
        const std::size_t row = task.focal[i].row;
        if (nearest[i] != NearestLinks::nobody) continue;
        const bool somebody = std::any_of(task.pool.begin(), task.pool.end(), [&](const ScoredUnit& other) {
            return task.limits == nullptr || task.limits->differ(row, other.row);
        });
        reason[row] = somebody ? Reason::outside_caliper : Reason::no_candidate_in_stratum;
    }
}

}  // namespace

StratumTask mirrored(const StratumTask& task) {
    StratumTask other = task;
    std::swap(other.focal, other.pool);
    return other;
}

NearestLinks nearest_links(const StratumTask& task) {
    NearestLinks links;
    search(task, links.of_focal, links.focal_distance);
    search(mirrored(task), links.of_pool, links.pool_distance);
    return links;
}

void explain_without_link(const StratumTask& task, const NearestLinks& links, std::vector<Reason>& reason) {
    explain(task, links.of_focal, reason);
    explain(mirrored(task), links.of_pool, reason);
}

}  // namespace twinfirm::matching
