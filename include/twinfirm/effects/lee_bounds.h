// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

/// Bounds of an effect where some firms were not observed afterwards (closed, did not answer).
struct LeeBounds {
    double share_treated = not_available;  ///< observed share of adopters
    double share_control = not_available;
    double trimmed = not_available;  ///< share of the better observed arm's outcomes that is cut off
    bool trims_treated = false;      ///< the better observed arm
    double lower = not_available;
    double upper = not_available;
    double lower_error = not_available;
    double upper_error = not_available;
    double ci_low = not_available;  ///< interval that holds the effect itself, not both bounds
    double ci_high = not_available;
    std::int64_t n_treated = 0;  ///< observed
    std::int64_t n_control = 0;
};

/// Lee 2009, Rev. Econ. Studies 76:1071-1102. Of the arm that is observed more often (share q against r), the share
/// 1 - r / q of the outcomes is cut off, once the largest and once the smallest; the difference in means then bounds
/// the effect on firms that would be observed in either arm. It holds where adoption pushes observation in one
/// direction for all firms. Cut between two outcomes, the one on the border counts in part. Standard errors:
/// proposition 3; interval: Imbens & Manski 2004, Econometrica 72:1845-1857.
///
/// @param outcome  one a firm; NaN = not observed
/// Errors (statistics): `lee_bounds_too_few` if an arm has fewer than two observed outcomes, or the cut leaves fewer.
/// Cannot do weights, clusters or matched sets. Cost: O(n log n).
[[nodiscard]] Result<LeeBounds> lee_bounds(std::span<const double> outcome, std::span<const std::uint8_t> treated,
                                           double confidence = 0.95);

}  // namespace twinfirm::effects
