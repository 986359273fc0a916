// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/staggered_did.h"

namespace twinfirm::effects {

/// Draws from the joint distribution of the K numbers of a StaggeredDid about their truth.
struct MultiplierDraws {
    std::size_t draws = 0;
    std::size_t parameters = 0;
    std::vector<double> values;  ///< draws x parameters
};

/// Multiplier bootstrap (Callaway & Sant'Anna 2021, algorithm 1): in each draw the influence of every cluster is
/// multiplied by +1 or -1 with probability 1/2 (Rademacher) and summed. Nothing is estimated again. The same bits for a
/// seed, whatever the number of threads. Error: `cancelled`.
/// Cost: O(draws x clusters x K); memory 8 draws K bytes and some 0.1 MB a thread.
[[nodiscard]] Result<MultiplierDraws> draw_multipliers(const StaggeredDid& did, std::size_t draws, std::uint64_t seed,
                                                       unsigned threads = 0, const CancellationToken& token = {});

/// Intervals that hold all of several estimates at once with the wanted confidence (sup-t bands).
struct UniformBand {
    double critical = not_available;  ///< in place of 1.96
    std::vector<double> std_error;    ///< of the draws; NaN for an estimate without uncertainty
    std::vector<double> low;
    std::vector<double> high;
};

/// Standard error of an estimate = interquartile range of its draws / that of the standard normal distribution;
/// critical value = quantile of max_k |draw_k / se_k|, not below the normal one (Callaway & Sant'Anna 2021, algorithm
/// 1; Montiel Olea & Plagborg-Moller 2019). Quantiles are order statistics ceil(n p). `estimates`: their combinations
/// have the draws' parameters. Cost: O(draws x (K + log draws)) an estimate.
[[nodiscard]] UniformBand uniform_band(const MultiplierDraws& draws, const std::vector<DidEstimate>& estimates,
                                       double confidence);

/// The ATT(g,t) themselves as estimates, for their band and for tests.
[[nodiscard]] std::vector<DidEstimate> group_time_estimates(const StaggeredDid& did);

}  // namespace twinfirm::effects
