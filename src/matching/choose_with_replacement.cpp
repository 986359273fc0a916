// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "score_line.h"

namespace twinfirm::matching {

void choose_with_replacement(const StratumTask& task, Choices& choices) {
    constexpr double none = std::numeric_limits<double>::infinity();
    const std::vector<ScoreGroup> groups = score_groups(task.pool);
    const std::vector<std::uint32_t> start = groups_not_above(task.focal, groups);
    for (std::size_t i = 0; i < task.focal.size(); ++i) {
        const ScoredUnit& focal = task.focal[i];
        // Walks outward from the unit's place, group by group on either side.
        std::size_t low = start[i];
        std::size_t high = start[i];
        ScoreGroup low_group = low == 0 ? ScoreGroup{} : groups[low - 1];
        ScoreGroup high_group = high == groups.size() ? ScoreGroup{} : groups[high];
        double furthest = 0;
        for (std::size_t k = 0;; ++k) {
            const double below = low_group.empty() ? none : std::abs(focal.score - low_group.score);
            const double above = high_group.empty() ? none : std::abs(focal.score - high_group.score);
            const double distance = std::min(below, above);
            if (distance == none || distance > task.caliper) break;
            if (k >= task.ratio && !(task.keep_ties && distance <= furthest + task.tie_tolerance)) break;
            if (k < task.ratio) furthest = distance;
            ScoreGroup& group = below <= above ? low_group : high_group;
            if (!task.keep_ties && (below == above || group.left() > 1)) ++choices.tied;
            choices.made.push_back({focal.row, task.pool[group.next++].row, distance});
            if (!group.empty()) continue;
            if (below <= above) {
                if (--low > 0) low_group = groups[low - 1];
            } else {
                if (++high < groups.size()) high_group = groups[high];
            }
        }
    }
}

}  // namespace twinfirm::matching
