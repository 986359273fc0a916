// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// The units of a pair may differ by at most `width` in this covariate.
struct CovariateLimit {
    std::span<const double> value;  ///< one entry a unit, NaN = missing
    double width = 0;
    bool in_sd = false;  ///< `width` counts standard deviations, by the settings' convention
};

/// Who can be matched with whom, one entry a unit. A unit without a score (NaN), without a stratum (negative), or
/// without a value that a limit or a difference is asked of, gets Reason::missing_covariate.
struct MatchProblem {
    std::span<const double> score;          ///< finite, or NaN = missing
    std::span<const std::uint8_t> treated;  ///< 1 = adopter
    std::span<const std::int32_t> stratum;  ///< pairs stay within a stratum; empty = one stratum
    std::span<const std::uint32_t> rank;    ///< place of the record's key among all keys, each its own; empty = row
    std::span<const Reason> preset;         ///< other than `matched` = the unit stays out, for this reason; or empty
    std::span<const CovariateLimit> limits = {};
    std::span<const std::vector<std::int32_t>> anti_exact = {};  ///< codes that must differ; negative = missing
    const CovariatePoints* points = nullptr;  ///< pairs by their distance and not by the score's; NaN = missing
    unsigned threads = 0;  ///< 0 = as many as the machine has; the result has the same bits for any number
};

}  // namespace twinfirm::matching
