// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace twinfirm::matching {

/// What was looked at again after a matching, and how often it was found broken (always 0 in a result that is handed
/// out).
struct MatchVerification {
    std::size_t pairs_checked = 0;       ///< caliper, strata, arms and distance of each pair
    std::size_t caliper_violations = 0;  ///< pairs further apart than the caliper
    std::size_t stratum_violations = 0;  ///< pairs of two strata, or of one arm
    std::size_t limit_violations = 0;    ///< pairs outside a covariate's caliper, or alike where they must differ
    std::size_t reuse_violations = 0;    ///< units in more sets than allowed, or twice in one set
    std::size_t units_checked = 0;       ///< reason, weight and set of each unit agree
    std::size_t unit_violations = 0;
    std::size_t nearest_checked = 0;     ///< focal units whose candidates were all looked at one by one
    std::size_t nearest_violations = 0;  ///< a nearer free candidate was left standing
    std::size_t sets_checked = 0;        ///< strata, arms, calipers and weights within each set
    std::size_t set_violations = 0;

    [[nodiscard]] std::size_t violations() const {
        return caliper_violations + stratum_violations + limit_violations + reuse_violations + unit_violations +
               nearest_violations + set_violations;
    }
    friend bool operator==(const MatchVerification&, const MatchVerification&) = default;
};

}  // namespace twinfirm::matching
