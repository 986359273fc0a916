// SPDX-License-Identifier: GPL-3.0-or-later
#include "score_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace twinfirm::matching {
namespace {

std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t place) {
    while (parent[place] != place) {
        parent[place] = parent[parent[place]];
        place = parent[place];
    }
    return place;
}

}  // namespace

ScoreSearch::ScoreSearch(const StratumTask& task)
    : task_(task),
      groups_(score_groups(task.pool)),
      start_(groups_not_above(task.focal, groups_)),
      uses_(task.pool.size(), 0),
      group_of_(task.pool.size()),
      next_(task.pool.size() + 1),
      down_(groups_.size() + 2),
      up_(groups_.size() + 2),
      own_(task.focal.size()) {
    std::iota(next_.begin(), next_.end(), 0U);
    std::iota(down_.begin(), down_.end(), 0U);
    std::iota(up_.begin(), up_.end(), 0U);
    for (std::uint32_t group = 0; group < groups_.size(); ++group) {
        free_in_.push_back(groups_[group].left());
        for (std::uint32_t place = groups_[group].next; place < groups_[group].end; ++place) group_of_[place] = group;
    }
}

std::uint32_t ScoreSearch::free_from(std::uint32_t place) {
    return root(next_, place);
}

double ScoreSearch::distance(std::uint32_t focal_place, std::uint32_t group) const {
    return std::abs(task_.focal[focal_place].score - groups_[group].score);
}

bool ScoreSearch::usable(std::uint32_t focal_place, std::uint32_t pool_place) const {
    const std::vector<std::uint32_t>& own = own_[focal_place];
    return uses_[pool_place] < task_.uses && std::find(own.begin(), own.end(), pool_place) == own.end();
}

/// The first place from `from` on within the group that the focal unit may take; the group's end if there is none.
std::uint32_t ScoreSearch::admissible_in(std::uint32_t group, std::uint32_t focal_place, std::uint32_t from) {
    const std::uint32_t end = groups_[group].end;
    for (std::uint32_t place = free_from(from); place < end; place = free_from(place + 1)) {
        if (task_.allow(task_.focal[focal_place].row, task_.pool[place].row) && usable(focal_place, place)) {
            return place;
        }
    }
    return end;
}

std::optional<Candidate> ScoreSearch::nearest(std::uint32_t focal_place) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const auto beyond = static_cast<std::uint32_t>(groups_.size() + 1);
    std::uint32_t low = root(down_, start_[focal_place]);
    std::uint32_t high = root(up_, start_[focal_place] + 1);
    while (low != 0 || high != beyond) {
        const double below = low == 0 ? none : distance(focal_place, low - 1);
        const double above = high == beyond ? none : distance(focal_place, high - 1);
        const double apart = std::min(below, above);
        if (apart > task_.caliper) return std::nullopt;
        const bool down = below <= above;
        const std::uint32_t group = (down ? low : high) - 1;
        const std::uint32_t place = admissible_in(group, focal_place, groups_[group].next);
        if (place < groups_[group].end) {
            bool tied = admissible_in(group, focal_place, place + 1) < groups_[group].end;
            if (!tied && below == above) {
                tied = admissible_in(high - 1, focal_place, groups_[high - 1].next) < groups_[high - 1].end;
            }
            return Candidate{place, apart, tied};
        }
        if (down) {
            low = root(down_, low - 1);
        } else {
            high = root(up_, high + 1);
        }
    }
    return std::nullopt;
}

void ScoreSearch::use(std::uint32_t focal_place, std::uint32_t pool_place) {
    if (task_.uses > 1) own_[focal_place].push_back(pool_place);
    if (task_.uses == any_number || ++uses_[pool_place] < task_.uses) return;
    next_[pool_place] = pool_place + 1;
    const std::uint32_t group = group_of_[pool_place];
    if (--free_in_[group] > 0) return;
    down_[group + 1] = group;
    up_[group + 1] = group + 2;
}

}  // namespace twinfirm::matching
