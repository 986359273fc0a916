// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::survey {

/// A published row: a group's share of the population and a rate within the group, both in [0, 1] (or both in %, then
/// every result is in % too, with `whole` 100).
struct PublishedRate {
    double share = 0;
    double rate = 0;
};

/// What published rates of groups say about several groups together. A rate *within* the groups and their members'
/// share *of all* are easily taken for each other, so both are given.
struct CombinedRate {
    double within = 0;       ///< sum of share x rate over the groups' shares: the rate within them
    double of_all = 0;       ///< sum of share x rate over all groups' shares: such members among all
    double group_share = 0;  ///< the groups' part of all
};

/// Combines the groups at `places` out of all (all of them if empty). Shares need not sum to `whole`: published
/// percentages are rounded, and are never forced to add up.
/// Errors (usage): `rate_outside` where a share or rate is outside 0 .. whole, `rate_no_share` where shares sum to 0.
/// Throws std::out_of_range for a place beyond the groups.
[[nodiscard]] Result<CombinedRate> combined_rate(const std::vector<PublishedRate>& groups,
                                                 std::span<const std::size_t> places = {}, double whole = 100);

}  // namespace twinfirm::survey
