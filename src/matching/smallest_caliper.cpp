// SPDX-License-Identifier: GPL-3.0-or-later
#include "smallest_caliper.h"

#include <algorithm>
#include <cmath>

namespace twinfirm::matching {
namespace {

/// The largest distance of a matching within the caliper that serves everybody; nothing if there is none.
std::optional<double> widest_of_matching(const StratumTask& task, double caliper) {
    double widest = 0;
    std::size_t next = 0;
    for (const ScoredUnit& focal : task.focal) {
        for (std::size_t k = 0; k < task.ratio; ++k) {
            while (next < task.pool.size() && task.pool[next].score < focal.score &&
                   std::abs(focal.score - task.pool[next].score) > caliper) {
                ++next;
            }
            if (next == task.pool.size()) return std::nullopt;
            const double distance = std::abs(focal.score - task.pool[next].score);
            if (distance > caliper) return std::nullopt;
            widest = std::max(widest, distance);
            ++next;
        }
    }
    return widest;
}

/// With replacement every focal unit takes its nearest.
double widest_with_replacement(const StratumTask& task) {
    Choices choices;
    StratumTask free = task;
    free.caliper = std::numeric_limits<double>::infinity();
    choose_with_replacement(free, choices);
    double widest = 0;
    for (const Choice& choice : choices.made) widest = std::max(widest, choice.distance);
    return widest;
}

}  // namespace

std::optional<double> smallest_caliper(const StratumTask& task) {
    const std::size_t needed = task.focal.empty() ? 0 : task.ratio * (task.uses == any_number ? 1 : task.focal.size());
    if (task.pool.size() < needed) return std::nullopt;
    if (task.focal.empty()) return 0;
    if (task.uses == any_number) return widest_with_replacement(task);
    double too_small = 0;
    std::optional<double> enough = widest_of_matching(task, 0);
    if (enough) return enough;
    // With no limit in the way the first candidates go to the first focal units.
    enough = widest_of_matching(task, std::numeric_limits<double>::infinity());
    for (;;) {
        const double middle = too_small + (*enough - too_small) / 2;
        if (!(too_small < middle && middle < *enough)) return enough;
        if (const auto within = widest_of_matching(task, middle)) {
            enough = within;
        } else {
            too_small = middle;
        }
    }
}

}  // namespace twinfirm::matching
