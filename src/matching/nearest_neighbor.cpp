// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/nearest_neighbor.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <tuple>

#include "both_directions.h"
#include "candidate_search.h"
#include "match_setup.h"
#include "metric_search.h"
#include "score_line.h"
#include "score_search.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchOrder;

/// The place of each row in the drawing of lots among the focal units.
std::vector<std::uint32_t> lots(std::span<const ScoredUnit> focal, std::size_t rows, std::uint64_t seed) {
    std::vector<ScoredUnit> by_rank(focal.begin(), focal.end());
    std::sort(by_rank.begin(), by_rank.end(), [](const ScoredUnit& a, const ScoredUnit& b) {
        return std::tie(a.rank, a.row) < std::tie(b.rank, b.row);
    });
    Random(seed).shuffle(by_rank);
    std::vector<std::uint32_t> lot(rows, 0);
    for (std::uint32_t i = 0; i < by_rank.size(); ++i) lot[by_rank[i].row] = i;
    return lot;
}

/// Places in `focal`, which is sorted by (score, rank), in the order in which the units choose.
std::vector<std::uint32_t> choosing_order(std::span<const ScoredUnit> focal, MatchOrder order,
                                          const std::vector<std::uint32_t>& lot) {
    std::vector<std::uint32_t> places(focal.size());
    std::iota(places.begin(), places.end(), 0U);
    const auto sort_by = [&](auto key) {
        std::sort(places.begin(), places.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return key(focal[a]) < key(focal[b]); });
    };
    switch (order) {
        case MatchOrder::largest:
            sort_by([](const ScoredUnit& unit) { return std::tuple(-unit.score, unit.rank, unit.row); });
            break;
        case MatchOrder::data:
            sort_by([](const ScoredUnit& unit) { return std::tuple(unit.rank, unit.row); });
            break;
        case MatchOrder::random:
            sort_by([&](const ScoredUnit& unit) { return lot[unit.row]; });
            break;
        case MatchOrder::smallest:
        case MatchOrder::closest:
        case MatchOrder::farthest:
            break;
    }
    return places;
}

/// One match for each candidate, or no end of them, and no limits beside the caliper: the plain cases have their own,
/// faster ways.
bool is_plain(const StratumTask& task, MatchOrder order) {
    if (task.limits != nullptr || task.points != nullptr || !task.wanted.empty()) return false;
    return task.uses == any_number || (task.uses == 1 && order != MatchOrder::farthest);
}

void choose(const StratumTask& task, MatchOrder order, const std::vector<std::uint32_t>& lot, Choices& choices) {
    if (is_plain(task, order)) {
        if (task.uses == any_number) return choose_with_replacement(task, choices);
        if (order == MatchOrder::closest) return choose_closest_first(task, choices);
        return choose_in_order(task, choosing_order(task.focal, order, lot), choices);
    }
    std::unique_ptr<CandidateSearch> search;
    if (task.points != nullptr) {
        search = std::make_unique<MetricSearch>(task, *task.points);
    } else {
        search = std::make_unique<ScoreSearch>(task);
    }
    if (task.keep_ties) return choose_with_ties(task, *search, choices);
    if (order == MatchOrder::closest) return choose_closest_first(task, *search, choices);
    if (order == MatchOrder::farthest) return choose_farthest_first(task, *search, choices);
    choose_in_order(task, choosing_order(task.focal, order, lot), *search, choices);
}

}  // namespace

MatchOrder default_order(Estimand estimand) {
    return estimand == Estimand::atc ? MatchOrder::smallest : MatchOrder::largest;
}

Result<MatchedSample> nearest_neighbor(const MatchProblem& problem, const design::MatchingSettings& settings,
                                       const CancellationToken& cancellation) {
    if (settings.estimand == Estimand::ate && settings.replace) {
        return match_both_directions(problem, settings, cancellation);
    }
    MatchSetup setup;
    TWINFIRM_TRY(prepare_match(problem, settings, setup));
    std::vector<std::uint32_t> lot;
    if (settings.order == MatchOrder::random) lot = lots(setup.focal, problem.score.size(), settings.seed);
    std::vector<Choices> by_stratum(setup.tasks.size());
    parallel_chunks(setup.tasks.size(), 8, problem.threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end && !cancellation.cancelled(); ++i) {
            choose(setup.tasks[i], settings.order, lot, by_stratum[i]);
        }
    });
    TWINFIRM_TRY(cancellation.check());
    return finish_match(problem, settings, setup, joined(by_stratum));
}

}  // namespace twinfirm::matching
