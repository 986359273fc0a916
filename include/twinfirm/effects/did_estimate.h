// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

/// A weighted mean of ATT(g,t) with estimated weights.
struct DidEstimate {
    std::optional<int> at;  ///< years since adoption, adoption year or year; none = overall
    double att = not_available;
    double std_error = not_available;
    double ci_low = not_available;  ///< pointwise, normal
    double ci_high = not_available;
    double p_value = not_available;  ///< two-sided, of no effect
    std::int64_t n_treated = 0;      ///< adopters of the groups in it
    std::vector<int> groups;         ///< adoption years in it
    /// Its influence as a combination of the K numbers of StaggeredDid: variance = c' covariance c.
    std::vector<double> combination;
};

}  // namespace twinfirm::effects
