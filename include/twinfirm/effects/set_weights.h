// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::effects {

/// Units in matched sets of both arms. One entry a unit.
struct SetUnits {
    std::span<const std::int32_t> set;            ///< -1 = none
    std::span<const std::uint8_t> treated;        ///< 1 = adopter
    std::span<const std::uint8_t> observed = {};  ///< the outcome is known; empty = of all
    std::span<const std::uint8_t> member = {};    ///< in the group whose effect is asked for; empty = all
};

/// What each unit of a set weighs: 1 if it is of the target and in the group, and beside that an equal share of such
/// units of the other arm of its set, so that each of them is compared with all of the other arm that was observed. 0
/// outside the sets, for units not observed, and in a set where an arm has nobody left (Stuart 2010, section 3.2; the
/// weights of full matching, subclasses and strata). Cost: O(units).
[[nodiscard]] std::vector<double> set_weights(const SetUnits& units, Target target);

}  // namespace twinfirm::effects
