// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::effects {

/// Changes of firms from the base year g - 1 over a window of years since adoption; one entry a firm, NaN = missing.
struct UnitChanges {
    std::vector<double> change;            ///< of logarithms if asked for; of firms' own values also for a rate
    std::vector<double> base;              ///< level in the base year
    std::vector<double> after;             ///< mean level over the window's years; of a rate their sum
    std::vector<double> base_denominator;  ///< of a rate only
    std::vector<double> after_denominator;
};

/// For designs without pairs: every firm is compared over the same years, those of the window in which any of the firms
/// has a value; a firm that lacks one of them, or the base year, is missing. (Pairs agree on their own years instead:
/// matched_changes().) Error (usage): `variable_unknown` {name}. Cost: O(firms * years).
[[nodiscard]] Result<UnitChanges> unit_changes(const stats::Panel& panel, std::span<const std::size_t> firms,
                                               int cohort, const DidOutcome& outcome, EventWindow window);

}  // namespace twinfirm::effects
