// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/generalized_full_matching.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <vector>

#include "linked_sets.h"
#include "matched_sets.h"
#include "nearest_links.h"

namespace twinfirm::matching {
namespace {

/// Units of both arms as one list: places below `focal` are focal units, the others pool units.
class Groups {
  public:
    Groups(const StratumTask& task, const NearestLinks& links) : task_(task), links_(links) {}

    void found_and_join(LinkedSets& sets) {
        const std::size_t in_all = task_.focal.size() + task_.pool.size();
        std::vector<std::uint32_t> order(in_all);
        std::iota(order.begin(), order.end(), 0U);
        order.erase(std::remove_if(order.begin(), order.end(),
                                   [&](std::uint32_t unit) { return nearest(unit) == NearestLinks::nobody; }),
                    order.end());
        pointed_at_.assign(in_all, 0);
        for (const std::uint32_t unit : order) ++pointed_at_[nearest(unit)];
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        std::vector<std::uint8_t> in_set(in_all, 0);
        for (const std::uint32_t unit : order) {
            if (in_set[unit] != 0 || in_set[nearest(unit)] != 0) continue;
            in_set[unit] = in_set[nearest(unit)] = founder;
            sets.join(row(unit), row(nearest(unit)), distance(unit));
        }
        for (const std::uint32_t unit : order) {
            if (in_set[unit] != founder) sets.join(row(unit), row(nearest(unit)), distance(unit));
        }
    }

  private:
    static constexpr std::uint8_t founder = 1;

    [[nodiscard]] bool is_focal(std::uint32_t unit) const { return unit < task_.focal.size(); }
    [[nodiscard]] const ScoredUnit& at(std::uint32_t unit) const {
        return is_focal(unit) ? task_.focal[unit] : task_.pool[unit - task_.focal.size()];
    }
    [[nodiscard]] std::uint32_t row(std::uint32_t unit) const { return at(unit).row; }
    [[nodiscard]] std::uint32_t nearest(std::uint32_t unit) const {
        const auto focal = static_cast<std::uint32_t>(task_.focal.size());
        if (!is_focal(unit)) return links_.of_pool[unit - focal];
        const std::uint32_t place = links_.of_focal[unit];
        return place == NearestLinks::nobody ? place : focal + place;
    }
    [[nodiscard]] double distance(std::uint32_t unit) const {
        return is_focal(unit) ? links_.focal_distance[unit] : links_.pool_distance[unit - task_.focal.size()];
    }
    /// Those that bar the fewest others from founding a set go first, so that there are many, small sets.
    using Key = std::tuple<std::uint32_t, double, double, std::uint32_t, std::uint32_t>;
    [[nodiscard]] Key key(std::uint32_t unit) const {
        return {pointed_at_[unit] + pointed_at_[nearest(unit)], distance(unit), at(unit).score, at(unit).rank,
                at(unit).row};
    }

    const StratumTask& task_;
    const NearestLinks& links_;
    std::vector<std::uint32_t> pointed_at_;  // by how many of the other arm, as their nearest
};

}  // namespace

Result<MatchedSample> generalized_full_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                const CancellationToken& cancellation) {
    TWINFIRM_TRY(refuse("quick", {{settings.ratio > 1, "ratio"},
                                  {settings.replace, "replace"},
                                  {settings.smallest_caliper, "smallest_caliper"},
                                  {settings.max_controls > 0 || settings.min_controls > 0, "max_controls"},
                                  {!problem.limits.empty(), "covariate_calipers"},
                                  {!problem.anti_exact.empty(), "anti_exact"}}));
    return match_linked_sets(problem, settings, cancellation,
                             [](const StratumTask& task, const NearestLinks& links, LinkedSets& sets) -> Status {
                                 Groups(task, links).found_and_join(sets);
                                 return {};
                             });
}

}  // namespace twinfirm::matching
