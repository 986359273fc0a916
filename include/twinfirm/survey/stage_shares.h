// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {

/// One adoption: the level before, reached and aimed at; 0 = none before (of `before`) or not known (of the others).
struct StageEvent {
    int year = 0;
    std::string programme;
    int before = 0;
    int after = 0;
    int target = 0;
};

struct StageShare {
    std::optional<int> year;               ///< none = all years
    std::optional<std::string> programme;  ///< none = all programmes
    int level = 0;
    std::int64_t count = 0;
    std::int64_t base = 0;  ///< events of the year and programme with a known level
    double share = 0;       ///< count / base
    Interval interval;
    std::int64_t unknown = 0;  ///< events of the year and programme whose level is not known: not in the base
};

/// Shares of the levels reached, over all events, by year, by programme, and by both, for every level that occurs
/// anywhere. Wilson intervals (Wilson 1927) at `confidence`. A register of all adoptions has no sampling error: the
/// interval says how far a like programme's share might lie from this one's. Shares are never rounded to add up.
/// In order: all, by year, by programme, by year and programme; levels rising. Cost: O(n log n + rows of the result).
[[nodiscard]] std::vector<StageShare> stage_shares(const std::vector<StageEvent>& events, double confidence = 0.95);

/// A cell of a transition table.
struct StageTransition {
    int from = 0;
    int to = 0;
    std::int64_t count = 0;
    std::int64_t from_total = 0;  ///< events that start at `from` and whose other end is known
    double share = 0;             ///< count / from_total
    Interval interval;            ///< of the share, Wilson
};

enum class StageStep { before_to_after, after_to_target };

/// How many events led from which level to which; every pair of levels that occur, with zeros. `before` 0 is the level
/// "none"; an unknown `after` or `target` is left out and counted in `unknown`. Cost: O(n + levels^2).
[[nodiscard]] std::vector<StageTransition> stage_transitions(const std::vector<StageEvent>& events, StageStep step,
                                                             std::int64_t& unknown, double confidence = 0.95);

/// Wilson's interval of a share among independent units.
[[nodiscard]] Interval wilson_interval(std::int64_t count, std::int64_t base, double confidence);

}  // namespace twinfirm::survey
