// SPDX-License-Identifier: GPL-3.0-or-later
#include "saving_arcs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "twinfirm/base/number_text.h"

namespace twinfirm::matching {
namespace {

tl::unexpected<Error> too_large(std::size_t arcs, std::size_t limit) {
    return fail(ErrorKind::statistics, "full_matching_too_large",
                {{"arcs", integer_text(static_cast<std::int64_t>(arcs))},
                 {"limit", integer_text(static_cast<std::int64_t>(limit))}});
}

double pair_distance(const StratumTask& task, std::size_t focal, std::size_t pool) {
    const ScoredUnit& one = task.focal[focal];
    const ScoredUnit& other = task.pool[pool];
    return task.points == nullptr ? std::abs(one.score - other.score)
                                  : std::sqrt(task.points->squared_distance(one.row, other.row));
}

bool admissible(const StratumTask& task, std::size_t focal, std::size_t pool) {
    const ScoredUnit& one = task.focal[focal];
    const ScoredUnit& other = task.pool[pool];
    return std::abs(one.score - other.score) <= task.caliper && task.allow(one.row, other.row);
}

/// The pool from the focal unit's place outward on either side, while a pair can still save: a candidate's nearest
/// distance grows no faster than its distance to the focal unit.
void add_arcs_of(const StratumTask& task, const NearestLinks& links, std::uint32_t focal, std::size_t start,
                 std::vector<SavingArc>& arcs) {
    const double own = links.focal_distance[focal];
    const auto add = [&](std::size_t pool) {
        const double apart = std::abs(task.focal[focal].score - task.pool[pool].score);
        if (apart > task.caliper) return false;
        const double saving = own + links.pool_distance[pool] - apart;
        if (!(saving > 0)) return false;
        arcs.push_back({focal, static_cast<std::uint32_t>(pool), apart, saving});
        return true;
    };
    const std::size_t first = arcs.size();
    for (std::size_t pool = start; pool > 0 && add(pool - 1); --pool) {
    }
    std::reverse(arcs.begin() + static_cast<std::ptrdiff_t>(first), arcs.end());
    for (std::size_t pool = start; pool < task.pool.size() && add(pool); ++pool) {
    }
}

template <class Keep>
Result<std::vector<SavingArc>> among_all_pairs(const StratumTask& task, std::size_t most, Keep keep) {
    const std::size_t pairs = task.focal.size() * task.pool.size();
    if (pairs > most_pairs_compared) return too_large(pairs, most_pairs_compared);
    std::vector<SavingArc> arcs;
    for (std::uint32_t focal = 0; focal < task.focal.size(); ++focal) {
        for (std::uint32_t pool = 0; pool < task.pool.size(); ++pool) {
            if (!admissible(task, focal, pool)) continue;
            SavingArc arc{focal, pool, pair_distance(task, focal, pool), 0};
            if (keep(arc)) arcs.push_back(arc);
        }
        if (arcs.size() > most) return too_large(arcs.size(), most);
    }
    return arcs;
}

}  // namespace

Result<std::vector<SavingArc>> saving_arcs(const StratumTask& task, const NearestLinks& links, std::size_t most) {
    if (task.points != nullptr || task.limits != nullptr) {
        return among_all_pairs(task, most, [&](SavingArc& arc) {
            arc.saving = links.focal_distance[arc.focal] + links.pool_distance[arc.pool] - arc.distance;
            return arc.saving > 0;
        });
    }
    std::vector<SavingArc> arcs;
    std::size_t start = 0;
    for (std::uint32_t focal = 0; focal < task.focal.size(); ++focal) {
        while (start < task.pool.size() && task.pool[start].score <= task.focal[focal].score) ++start;
        if (links.of_focal[focal] != NearestLinks::nobody) add_arcs_of(task, links, focal, start, arcs);
        if (arcs.size() > most) return too_large(arcs.size(), most);
    }
    return arcs;
}

Result<std::vector<SavingArc>> admissible_arcs(const StratumTask& task, std::size_t most) {
    return among_all_pairs(task, most, [](const SavingArc&) { return true; });
}

std::vector<std::size_t> heaviest_rising_sequence(const std::vector<SavingArc>& arcs, std::size_t pool) {
    constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
    std::vector<double> weight(arcs.size());
    std::vector<std::size_t> before(arcs.size(), none);
    std::vector<std::size_t> best(pool + 1, none);  // binary indexed tree over the places of the pool, from 1
    for (std::size_t begin = 0; begin < arcs.size();) {
        std::size_t end = begin;
        for (; end < arcs.size() && arcs[end].focal == arcs[begin].focal; ++end) {
            for (std::size_t k = arcs[end].pool; k > 0; k -= k & (~k + 1)) {
                if (best[k] != none && (before[end] == none || weight[best[k]] > weight[before[end]])) {
                    before[end] = best[k];
                }
            }
            weight[end] = arcs[end].saving + (before[end] == none ? 0 : weight[before[end]]);
        }
        // A focal unit's own arcs do not follow one another.
        for (std::size_t i = begin; i < end; ++i) {
            for (std::size_t k = arcs[i].pool + std::size_t{1}; k <= pool; k += k & (~k + 1)) {
                if (best[k] == none || weight[i] > weight[best[k]]) best[k] = i;
            }
        }
        begin = end;
    }
    std::size_t last = none;
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        if (last == none || weight[i] > weight[last]) last = i;
    }
    std::vector<std::size_t> sequence;
    for (; last != none; last = before[last]) sequence.push_back(last);
    std::reverse(sequence.begin(), sequence.end());
    return sequence;
}

}  // namespace twinfirm::matching
