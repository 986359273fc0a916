// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace twinfirm::breakdowns {

struct RankingOptions {
    int top = 5;
    int draws = 2000;
    std::uint64_t seed = 1;
    double confidence = 0.95;
    bool higher_is_better = true;
};

/// The place of one group among the others; NaN for a group without an estimate or standard error.
struct RankedGroup {
    double shrunken = std::numeric_limits<double>::quiet_NaN();
    double shrunken_low = std::numeric_limits<double>::quiet_NaN();
    double shrunken_high = std::numeric_limits<double>::quiet_NaN();
    double rank = std::numeric_limits<double>::quiet_NaN();  ///< 1 = best, by the shrunken effect; ties share the mean
    double rank_low = std::numeric_limits<double>::quiet_NaN();
    double rank_high = std::numeric_limits<double>::quiet_NaN();
    double top_share = std::numeric_limits<double>::quiet_NaN();
};

/// Ranks groups by effects that are known with error. The best of many noisy estimates is mostly a small group that was
/// lucky; so each is drawn towards the common mean, the more the larger its error (empirical Bayes): with s_g^2 its
/// squared error, m the mean and t^2 the variance between groups of a random-effects model (DerSimonian & Laird 1986,
/// Control. Clin. Trials 7:177), B_g = t^2 / (t^2 + s_g^2): shrunken = m + B_g (effect - m), error^2 = B_g s_g^2 +
/// (1 - B_g)^2 / sum 1/(t^2 + s_g^2) (Morris 1983, JASA 78:47).
///
/// The intervals of ranks and the share of being among the first `top` come from `draws` resamples of all effects from
/// the normal distribution with their estimates and covariance, each shrunken and ranked anew (Goldstein &
/// Spiegelhalter 1996, JRSS A 159:385). Where nothing differs between groups all are equal and share the places.
///
/// @param covariance  groups x groups, its diagonal the squared standard errors; a matrix that is not positive definite
///                    is used without its off-diagonal
/// Cost: O(groups^3 + draws * groups^2).
[[nodiscard]] std::vector<RankedGroup> rank_groups(std::span<const double> effects, std::span<const double> covariance,
                                                   const RankingOptions& options);

}  // namespace twinfirm::breakdowns
