// SPDX-License-Identifier: GPL-3.0-or-later
#include "linked_sets.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "match_setup.h"
#include "matched_sets.h"
#include "twinfirm/base/parallel.h"

namespace twinfirm::matching {
namespace {

/// The smallest row of each row's set; -1 = in none.
std::vector<std::int32_t> sets_of(const std::vector<LinkedSets>& strata, std::size_t rows) {
    std::vector<std::int32_t> parent(rows, -1);
    const auto root = [&](std::int32_t row) {
        while (parent[static_cast<std::size_t>(row)] != row) {
            auto& above = parent[static_cast<std::size_t>(row)];
            above = parent[static_cast<std::size_t>(above)];
            row = above;
        }
        return row;
    };
    for (const LinkedSets& stratum : strata) {
        for (const LinkedSets::Link& link : stratum.links()) {
            for (const std::uint32_t row : {link.one, link.other}) {
                if (parent[row] < 0) parent[row] = static_cast<std::int32_t>(row);
            }
            const std::int32_t one = root(static_cast<std::int32_t>(link.one));
            const std::int32_t other = root(static_cast<std::int32_t>(link.other));
            parent[static_cast<std::size_t>(std::max(one, other))] = std::min(one, other);
        }
    }
    for (std::size_t row = 0; row < rows; ++row) {
        if (parent[row] >= 0) parent[row] = root(static_cast<std::int32_t>(row));
    }
    return parent;
}

}  // namespace

Result<MatchedSample> match_linked_sets(const MatchProblem& problem, const design::MatchingSettings& settings,
                                        const CancellationToken& cancellation, const LinkStratum& link) {
    UnitSetup setup;
    TWINFIRM_TRY(prepare_units(problem, settings, setup));
    const std::uint8_t focal_arm = settings.estimand == design::Estimand::atc ? 0 : 1;
    const std::vector<ScoredUnit> focal = sorted_arm(problem, setup, focal_arm);
    const std::vector<ScoredUnit> pool = sorted_arm(problem, setup, focal_arm == 1 ? 0 : 1);
    StratumTask common;
    common.caliper = setup.caliper;
    common.uses = any_number;
    common.points = problem.points;
    if (!setup.limits.none()) common.limits = &setup.limits;
    const std::vector<StratumTask> tasks = stratum_tasks(focal, pool, {}, common);
    TWINFIRM_TRY(require_candidates(tasks, setup.caliper));

    std::vector<LinkedSets> sets(tasks.size());
    std::vector<std::optional<Error>> errors(tasks.size());
    parallel_chunks(tasks.size(), 1, problem.threads, [&](std::size_t stratum, std::size_t) {
        if (cancellation.cancelled()) return;
        const NearestLinks links = nearest_links(tasks[stratum]);
        explain_without_link(tasks[stratum], links, setup.sample.reason);
        if (Status status = link(tasks[stratum], links, sets[stratum]); !status) errors[stratum] = status.error();
    });
    TWINFIRM_TRY(cancellation.check());
    for (std::optional<Error>& error : errors) {
        if (error) return tl::unexpected(std::move(*error));
    }
    std::vector<Pair> pairs;
    for (const LinkedSets& stratum : sets) {
        for (const LinkedSets::Link& one : stratum.links()) {
            const bool in_order = setup.sample.treated[one.one] == focal_arm;
            pairs.push_back({in_order ? one.one : one.other, in_order ? one.other : one.one, one.distance});
        }
    }
    if (pairs.empty()) return fail(ErrorKind::statistics, "pair_limits_drop_all");
    const std::vector<std::int32_t> set = sets_of(sets, problem.score.size());
    std::sort(pairs.begin(), pairs.end(),
              [](const Pair& a, const Pair& b) { return std::pair(a.focal, a.match) < std::pair(b.focal, b.match); });
    return finish_sets(problem, settings, setup, set, std::move(pairs));
}

}  // namespace twinfirm::matching
