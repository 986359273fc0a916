// SPDX-License-Identifier: GPL-3.0-or-later
#include "optimal_flow.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "min_cost_flow.h"
#include "saving_arcs.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::matching {
namespace {

tl::unexpected<Error> too_large(std::size_t arcs, std::size_t limit) {
    return fail(ErrorKind::statistics, "optimal_too_large",
                {{"arcs", integer_text(static_cast<std::int64_t>(arcs))},
                 {"limit", integer_text(static_cast<std::int64_t>(limit))}});
}

/// The admissible candidates of a focal unit by (distance, place), the nearest `most` of them.
std::vector<std::pair<double, std::uint32_t>> nearest_candidates(const StratumTask& task, std::size_t focal,
                                                                 std::size_t most) {
    const ScoredUnit& unit = task.focal[focal];
    std::vector<std::pair<double, std::uint32_t>> found;
    for (std::uint32_t place = 0; place < task.pool.size(); ++place) {
        const ScoredUnit& other = task.pool[place];
        const double apart = std::abs(unit.score - other.score);
        if (apart > task.caliper || !task.allow(unit.row, other.row)) continue;
        const double distance =
            task.points == nullptr ? apart : std::sqrt(task.points->squared_distance(unit.row, other.row));
        found.emplace_back(distance, place);
    }
    if (found.size() > most) {
        std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(most), found.end());
        found.resize(most);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return found;
}

}  // namespace

Result<Choices> choose_optimal_by_flow(const StratumTask& task) {
    Choices choices;
    if (task.focal.empty() || task.pool.empty()) return choices;
    const std::size_t pairs = task.focal.size() * task.pool.size();
    if (pairs > most_pairs_compared) return too_large(pairs, most_pairs_compared);
    FlowProblem flow;
    flow.left.assign(task.focal.size(), {0, static_cast<std::int64_t>(task.ratio)});
    flow.right.assign(task.pool.size(), {0, 1});
    for (std::uint32_t focal = 0; focal < task.focal.size(); ++focal) {
        for (const auto& [distance, place] : nearest_candidates(task, focal, task.focal.size() * task.ratio)) {
            flow.arcs.push_back({focal, place, distance});
        }
        if (flow.arcs.size() > most_flow_arcs) return too_large(flow.arcs.size(), most_flow_arcs);
    }
    if (flow.arcs.empty()) return choices;
    // So many pairs are possible, and a cheapest choice of as many therefore exists.
    const std::vector<std::uint8_t> taken = cheapest_flow(flow, largest_flow(flow)).value();
    for (std::size_t i = 0; i < taken.size(); ++i) {
        if (taken[i] == 0) continue;
        const FlowProblem::Arc& arc = flow.arcs[i];
        choices.made.push_back({task.focal[arc.from].row, task.pool[arc.to].row, arc.cost});
    }
    return choices;
}

}  // namespace twinfirm::matching
