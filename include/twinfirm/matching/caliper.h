// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"

namespace twinfirm::matching {

/// The widest distance allowed between the two units of a pair.
struct Caliper {
    double raw = 0;  ///< in the score's unit
    double sd = 0;   ///< the SD that the setting was multiplied with; 0 for a caliper given in the score's unit
};

/// The SD of the score that a caliper in SD units refers to, over the units with `usable` = 1 (divisor n-1).
/// - pooled: sqrt((s1^2 + s0^2) / 2) of the two arms (Austin 2011, Pharm. Stat. 10:150)
/// - all: SD over the units of both arms together
/// NaN if an arm (for `all`: both together) has fewer than two units. O(n).
[[nodiscard]] double score_sd(std::span<const double> score, std::span<const std::uint8_t> treated,
                              std::span<const std::uint8_t> usable, design::CaliperSd convention);

/// The settings' caliper in the score's unit; the settings must have one. Errors: `caliper_value` (usage; not a finite
/// number above 0), `caliper_sd_undefined` (statistics; an arm with a single unit has no SD).
[[nodiscard]] Result<Caliper> resolve_caliper(std::span<const double> score, std::span<const std::uint8_t> treated,
                                              std::span<const std::uint8_t> usable,
                                              const design::MatchingSettings& settings);

}  // namespace twinfirm::matching
