// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <numeric>

#include "score_line.h"

namespace twinfirm::matching {
namespace {

/// Groups of free candidates by score. Finds the nearest group that still has somebody, below or above a place, by
/// union-find with path halving: an emptied group points on to its neighbour. Place 0 and place groups + 1 are the
/// ends.
class FreeCandidates {
  public:
    explicit FreeCandidates(std::span<const ScoredUnit> pool)
        : pool_(pool), groups_(score_groups(pool)), down_(groups_.size() + 2), up_(groups_.size() + 2) {
        std::iota(down_.begin(), down_.end(), 0U);
        std::iota(up_.begin(), up_.end(), 0U);
    }

    [[nodiscard]] const std::vector<ScoreGroup>& groups() const { return groups_; }
    /// The free group at `place` or below; 0 = none.
    [[nodiscard]] std::uint32_t at_or_below(std::uint32_t place) { return root(down_, place); }
    /// The free group at `place` or above; beyond() = none.
    [[nodiscard]] std::uint32_t at_or_above(std::uint32_t place) { return root(up_, place); }
    [[nodiscard]] std::uint32_t beyond() const { return static_cast<std::uint32_t>(groups_.size() + 1); }
    [[nodiscard]] const ScoreGroup& group(std::uint32_t place) const { return groups_[place - 1]; }

    /// Takes the first unit by rank of a free group.
    const ScoredUnit& take(std::uint32_t place) {
        ScoreGroup& group = groups_[place - 1];
        const ScoredUnit& unit = pool_[group.next++];
        if (group.empty()) {
            down_[place] = place - 1;
            up_[place] = place + 1;
        }
        return unit;
    }

  private:
    static std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t place) {
        while (parent[place] != place) {
            parent[place] = parent[parent[place]];
            place = parent[place];
        }
        return place;
    }

    std::span<const ScoredUnit> pool_;
    std::vector<ScoreGroup> groups_;
    std::vector<std::uint32_t> down_;
    std::vector<std::uint32_t> up_;
};

}  // namespace

void choose_in_order(const StratumTask& task, std::span<const std::uint32_t> order, Choices& choices) {
    constexpr double none = std::numeric_limits<double>::infinity();
    FreeCandidates free(task.pool);
    const std::vector<std::uint32_t> start = groups_not_above(task.focal, free.groups());
    std::vector<std::uint32_t> waiting(order.begin(), order.end());
    for (std::size_t round = 0; round < task.ratio && !waiting.empty(); ++round) {
        // A unit that finds nobody now finds nobody later: the free candidates only get fewer.
        std::size_t served = 0;
        for (const std::uint32_t place : waiting) {
            const ScoredUnit& focal = task.focal[place];
            const std::uint32_t low = free.at_or_below(start[place]);
            const std::uint32_t high = free.at_or_above(start[place] + 1);
            const double below = low == 0 ? none : std::abs(focal.score - free.group(low).score);
            const double above = high == free.beyond() ? none : std::abs(focal.score - free.group(high).score);
            const double distance = std::min(below, above);
            if (distance == none || distance > task.caliper) continue;
            const std::uint32_t chosen = below <= above ? low : high;
            if (below == above || free.group(chosen).left() > 1) ++choices.tied;
            choices.made.push_back({focal.row, free.take(chosen).row, distance});
            waiting[served++] = place;
        }
        waiting.resize(served);
    }
}

}  // namespace twinfirm::matching
