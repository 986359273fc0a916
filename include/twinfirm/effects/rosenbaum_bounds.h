// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

// How strong a hidden bias would have to be to explain an effect away (Rosenbaum 2002, Observational Studies, chapter
// 4). Gamma >= 1 bounds how much the odds of adopting may differ between two firms of one matched set because of
// something that was not observed: 1 = none, 2 = one firm twice as likely as the other. For each Gamma the p value of a
// randomisation test of no effect lies between two bounds. All p values are one-sided, against a positive effect; for a
// negative one give the negated values. The sets must not share firms: samples matched with replacement have no such
// bounds. The normal approximation is used for the first two tests, with some 25 sets and more it is good.

/// Bounds of the p value at one Gamma.
struct GammaBound {
    double gamma = 1;
    double p_low = not_available;
    double p_high = not_available;
};

/// Bounds of the p value and of the Hodges-Lehmann estimate of an additive effect at one Gamma.
struct SignedRankBound {
    double gamma = 1;
    double p_low = not_available;
    double p_high = not_available;
    double estimate_low = not_available;
    double estimate_high = not_available;
};

struct SignedRankBounds {
    std::int64_t pairs = 0;
    std::int64_t zero_differences = 0;  ///< left out of the test, not of the estimates
    double mean_difference = not_available;
    double statistic = not_available;       ///< sum of the midranks of |difference| over positive differences
    double hodges_lehmann = not_available;  ///< median of the Walsh averages (d_i + d_j) / 2, i <= j
    /// Largest Gamma with p_high <= alpha; NaN where the test is not significant without any bias. Infinity cannot
    /// occur: some Gamma always explains the result.
    double largest_gamma = not_available;
    std::vector<SignedRankBound> bounds;  ///< one a Gamma, as given
};

/// Wilcoxon's signed rank test of matched pairs: with q the midranks of |difference|, T = sum of q over positive
/// differences has under Gamma at most the mean p sum q and the variance p (1 - p) sum q^2, p = Gamma / (1 + Gamma)
/// (Rosenbaum 2002, section 4.3.3); p_low takes p = 1 / (1 + Gamma). The Hodges-Lehmann bounds are the shifts at which
/// T equals its extreme expectations (section 4.3.5): quantiles of the Walsh averages, found exactly.
///
/// @param differences  adopter minus partner, one a pair, finite (else std::invalid_argument)
/// Errors: `sensitivity_gamma` {gamma} (usage) unless each Gamma is finite and >= 1; `sensitivity_no_difference`
/// (statistics) if no difference is other than 0. Cost: O(n log n), for each Gamma O(n).
[[nodiscard]] Result<SignedRankBounds> signed_rank_bounds(std::span<const double> differences,
                                                          std::span<const double> gammas, double alpha = 0.05);

/// Outcomes of matched sets of one adopter and one or more partners. Set s has the values [begin[s], begin[s + 1]), the
/// adopter's first. A set of several adopters and one partner is given with negated values, the partner's first.
struct MatchedSetValues {
    std::vector<double> values;
    std::vector<std::size_t> begin{0};  ///< one more than sets
};

/// The score of a difference: sign(d) min(1, max(0, |d| / h - inner) / (trim - inner)), h the `scale_quantile` of all
/// absolute differences within sets. An infinite trim without inner trimming scores d itself: the permutational t test.
struct MScore {
    double inner = 0;
    double trim = 3;
    double scale_quantile = 0.5;
};

struct MStatisticBounds {
    std::int64_t sets = 0;
    double largest_gamma = not_available;  ///< as in SignedRankBounds
    std::vector<GammaBound> bounds;        ///< p_high alone; p_low stays NaN
};

/// Test of no effect in sets of one adopter and k >= 1 partners by an M statistic (Rosenbaum 2007, Biometrics
/// 63:456-464, sections 2-4; the separable approximation of Gastwirth, Krieger & Rosenbaum 2000, JRSS B 62:545-555).
///
/// Errors: `sensitivity_gamma` as above; `sensitivity_no_difference` (statistics) if the scale h is 0. A set without a
/// partner, or with a value that is not finite, throws std::invalid_argument. Cost: O(sum of squared set sizes), for
/// each Gamma O(values); the largest Gamma takes some 60 such passes.
[[nodiscard]] Result<MStatisticBounds> m_statistic_bounds(const MatchedSetValues& sets, std::span<const double> gammas,
                                                          const MScore& score = {}, double alpha = 0.05);

struct McNemarBounds {
    std::int64_t adopter_only = 0;
    std::int64_t partner_only = 0;
    double largest_gamma = not_available;  ///< as in SignedRankBounds
    std::vector<GammaBound> bounds;
};

/// McNemar's exact test of a yes/no outcome in matched pairs: of the n pairs in which one firm alone says yes, the
/// number with the adopter's yes is at most binomial with Gamma / (1 + Gamma); p_high = P(X >= adopter_only)
/// (Rosenbaum 2002, section 4.3.2). Errors: as signed_rank_bounds. Cost: O(Gammas).
[[nodiscard]] Result<McNemarBounds> mcnemar_bounds(std::int64_t adopter_only, std::int64_t partner_only,
                                                   std::span<const double> gammas, double alpha = 0.05);

}  // namespace twinfirm::effects
