// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/full_matching.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "linked_sets.h"
#include "matched_sets.h"
#include "min_cost_flow.h"
#include "saving_arcs.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::matching {
namespace {

constexpr std::size_t most_arcs_on_score = 50'000'000;

/// Controls for each adopter, told as links that a unit of either arm may have.
struct SetBounds {
    std::int64_t least_of_adopter = 1;
    std::int64_t most_of_adopter = 0;  ///< 0 = no bound
    std::int64_t least_of_control = 1;
    std::int64_t most_of_control = 0;

    [[nodiscard]] bool none() const {
        return least_of_adopter == 1 && least_of_control == 1 && most_of_adopter == 0 && most_of_control == 0;
    }
};

Result<SetBounds> bounds_of(const design::MatchingSettings& settings) {
    const double low = settings.min_controls;
    const double high = settings.max_controls;
    const bool sound = std::isfinite(low) && std::isfinite(high) && low >= 0 && high >= 0 && high <= 1e6 &&
                       (low == 0 || low >= 1e-6) && (high == 0 || (high >= 1e-6 && low <= high));
    if (!sound) {
        return fail(ErrorKind::usage, "full_ratio_value", {{"low", shortest_text(low)}, {"high", shortest_text(high)}});
    }
    constexpr double rounding = 1e-9;
    const auto up = [](double value) { return static_cast<std::int64_t>(std::ceil(value - rounding)); };
    const auto down = [](double value) { return static_cast<std::int64_t>(std::floor(value + rounding)); };
    SetBounds bounds;
    if (low > 0) bounds.most_of_control = low >= 1 ? 1 : down(1 / low);
    if (low > 1) bounds.least_of_adopter = up(low);
    if (high > 0) bounds.most_of_adopter = high <= 1 ? 1 : down(high);
    if (high > 0 && high < 1) bounds.least_of_control = up(1 / high);
    return bounds;
}

/// One link for each unit that has none, to its nearest; then links between units that both have others are taken away,
/// which only happens where they are of no length.
class Cover {
  public:
    Cover(const StratumTask& task, const NearestLinks& links)
        : task_(task), links_(links), of_focal_(task.focal.size(), 0), of_pool_(task.pool.size(), 0) {}

    void take(std::uint32_t focal, std::uint32_t pool, double distance) {
        taken_.push_back({focal, pool, distance, 0});
        ++of_focal_[focal];
        ++of_pool_[pool];
    }
    void reach_everybody() {
        for (std::uint32_t i = 0; i < of_focal_.size(); ++i) {
            if (of_focal_[i] == 0 && links_.of_focal[i] != NearestLinks::nobody) {
                take(i, links_.of_focal[i], links_.focal_distance[i]);
            }
        }
        for (std::uint32_t i = 0; i < of_pool_.size(); ++i) {
            if (of_pool_[i] == 0 && links_.of_pool[i] != NearestLinks::nobody) {
                take(links_.of_pool[i], i, links_.pool_distance[i]);
            }
        }
    }
    void write(LinkedSets& sets) {
        for (const SavingArc& arc : taken_) {
            if (of_focal_[arc.focal] > 1 && of_pool_[arc.pool] > 1) {
                --of_focal_[arc.focal];
                --of_pool_[arc.pool];
                continue;
            }
            sets.join(task_.focal[arc.focal].row, task_.pool[arc.pool].row, arc.distance);
        }
    }

  private:
    const StratumTask& task_;
    const NearestLinks& links_;
    std::vector<SavingArc> taken_;
    std::vector<std::uint32_t> of_focal_;
    std::vector<std::uint32_t> of_pool_;
};

FlowProblem disjoint_pairs(const StratumTask& task, const std::vector<SavingArc>& arcs) {
    FlowProblem flow;
    flow.left.resize(task.focal.size());
    flow.right.resize(task.pool.size());
    for (const SavingArc& arc : arcs) flow.arcs.push_back({arc.focal, arc.pool, -arc.saving});
    return flow;
}

Status link_without_bounds(const StratumTask& task, const NearestLinks& links, LinkedSets& sets) {
    const bool on_a_line = task.points == nullptr && task.limits == nullptr;
    auto arcs = saving_arcs(task, links, on_a_line ? most_arcs_on_score : most_flow_arcs);
    if (!arcs) return tl::unexpected(std::move(arcs.error()));
    Cover cover(task, links);
    if (on_a_line) {
        for (const std::size_t i : heaviest_rising_sequence(*arcs, task.pool.size())) {
            cover.take((*arcs)[i].focal, (*arcs)[i].pool, (*arcs)[i].distance);
        }
    } else if (!arcs->empty()) {
        // Taking nothing is always possible.
        const std::vector<std::uint8_t> taken = cheapest_flow(disjoint_pairs(task, *arcs)).value();
        for (std::size_t i = 0; i < taken.size(); ++i) {
            if (taken[i] != 0) cover.take((*arcs)[i].focal, (*arcs)[i].pool, (*arcs)[i].distance);
        }
    }
    cover.reach_everybody();
    cover.write(sets);
    return {};
}

Status link_within_bounds(const StratumTask& task, const NearestLinks& links, const SetBounds& bounds,
                          bool focal_adopts, LinkedSets& sets) {
    auto arcs = admissible_arcs(task, most_flow_arcs);
    if (!arcs) return tl::unexpected(std::move(arcs.error()));
    if (arcs->empty()) return {};
    FlowProblem flow;
    const auto bound = [](std::int64_t least, std::int64_t most, std::size_t others, bool anybody) {
        const auto all = static_cast<std::int64_t>(others);
        return FlowProblem::Bounds{anybody ? least : 0, most == 0 ? all : std::min(most, all)};
    };
    for (std::size_t i = 0; i < task.focal.size(); ++i) {
        const bool anybody = links.of_focal[i] != NearestLinks::nobody;
        flow.left.push_back(focal_adopts
                                ? bound(bounds.least_of_adopter, bounds.most_of_adopter, task.pool.size(), anybody)
                                : bound(bounds.least_of_control, bounds.most_of_control, task.pool.size(), anybody));
    }
    for (std::size_t i = 0; i < task.pool.size(); ++i) {
        const bool anybody = links.of_pool[i] != NearestLinks::nobody;
        flow.right.push_back(focal_adopts
                                 ? bound(bounds.least_of_control, bounds.most_of_control, task.focal.size(), anybody)
                                 : bound(bounds.least_of_adopter, bounds.most_of_adopter, task.focal.size(), anybody));
    }
    for (const SavingArc& arc : *arcs) flow.arcs.push_back({arc.focal, arc.pool, arc.distance});
    const bool possible = std::all_of(flow.left.begin(), flow.left.end(),
                                      [](const FlowProblem::Bounds& b) { return b.lower <= b.upper; }) &&
                          std::all_of(flow.right.begin(), flow.right.end(),
                                      [](const FlowProblem::Bounds& b) { return b.lower <= b.upper; });
    const auto taken = possible ? cheapest_flow(flow) : std::nullopt;
    if (!taken) {
        const auto text = [](std::size_t count) { return integer_text(static_cast<std::int64_t>(count)); };
        return fail(ErrorKind::statistics, "full_matching_infeasible",
                    {{"treated", text(focal_adopts ? task.focal.size() : task.pool.size())},
                     {"control", text(focal_adopts ? task.pool.size() : task.focal.size())}});
    }
    Cover cover(task, links);
    for (std::size_t i = 0; i < taken->size(); ++i) {
        if ((*taken)[i] != 0) cover.take((*arcs)[i].focal, (*arcs)[i].pool, (*arcs)[i].distance);
    }
    cover.write(sets);
    return {};
}

}  // namespace

Result<MatchedSample> full_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                    const CancellationToken& cancellation) {
    TWINFIRM_TRY(refuse("full", {{settings.ratio > 1, "ratio"},
                                 {settings.replace, "replace"},
                                 {settings.smallest_caliper, "smallest_caliper"}}));
    const auto bounds = bounds_of(settings);
    if (!bounds) return tl::unexpected(bounds.error());
    return match_linked_sets(problem, settings, cancellation,
                             [&](const StratumTask& task, const NearestLinks& links, LinkedSets& sets) -> Status {
                                 if (bounds->none()) return link_without_bounds(task, links, sets);
                                 const bool focal_adopts = settings.estimand != design::Estimand::atc;
                                 return link_within_bounds(task, links, *bounds, focal_adopts, sets);
                             });
}

}  // namespace twinfirm::matching
