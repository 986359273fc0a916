// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace twinfirm::effects {

/// The outcome of a matched sample, one entry an observation: a firm in a matched set. Pairs of several cohorts are
/// stacked; a firm may stand in several sets. Vectors have equal lengths.
struct MatchedOutcomes {
    std::vector<std::int32_t> set;      ///< matched set (pair); -1 = none (weighting, subclass not given)
    std::vector<std::int32_t> firm;     ///< firm, for the second way of clustering
    std::vector<std::uint8_t> treated;  ///< 1 = adopter
    std::vector<double> weight;         ///< > 0
    std::vector<double> value;          ///< outcome, or its change; NaN = missing
    /// What errors are clustered by on request (a region, a consortium), >= 0, the same for all observations of a firm;
    /// empty = nothing.
    std::vector<std::int32_t> cluster{};
};

}  // namespace twinfirm::effects
