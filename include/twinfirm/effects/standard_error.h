// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "twinfirm/base/message.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"

namespace twinfirm::effects {

/// How the standard error of an estimate from a matched sample is made. With psi_i the influence of observation i
/// (see clustered_variance), n observations, k coefficients and G clusters:
enum class SeKind {
    cr0,          ///< matched sets: sum over sets of (sum psi)^2, no small-sample factor
    cr1,          ///< the same times G/(G-1) (n-1)/(n-k), as R's sandwich::vcovCL by default (HC1)
    paired,       ///< the same times G/(G-1): for 1:1 sets the standard error of the paired t test, exactly
    two_way,      ///< V_set + V_firm - V_(set and firm), each with its own G/(G-1), all times (n-1)/(n-k)
    firm,         ///< by firm: sum over firms of (sum psi)^2 times G/(G-1) (n-1)/(n-k); one observation a firm: hc1
    cluster_cr0,  ///< by MatchedOutcomes::cluster, or, where a matched set reaches over several of them, two ways:
                  ///< V_cluster + V_set - V_(cluster and set); no small-sample factor
    cluster_cr1,  ///< the same, each sum times its own G/(G-1), all times (n-1)/(n-k)
    hc0,          ///< observations as clusters: sum of psi^2 (White 1980)
    hc1,          ///< the same times n/(n-k)
    hc3,          ///< psi divided by 1 - leverage (MacKinnon & White 1985)
};

/// `cr0`, `cr1`, `paired`, `two-way`, `firm`, `cluster-cr0`, `cluster-cr1`, `hc0`, `hc1`, `hc3`.
[[nodiscard]] std::string_view se_kind_code(SeKind kind);

struct ClusteredVariance {
    double variance = not_available;  ///< NaN with fewer than two clusters or n <= coefficients
    double df = not_available;        ///< clusters - 1; two-way: of the way with fewer clusters
    /// Code of what was made: cr0, cr1 and paired become hc1 when no set is given; clusters that divide sets make
    /// `cluster-two-way` (of cr0 `cluster-two-way-cr0`).
    std::string_view kind;
};

/// Variance of an estimator from the influence of each observation: estimate - truth ~ sum of psi_i.
///
/// For a weighted least-squares coefficient psi_i = [(X'WX)^-1 x_i w_i e_i], so that the clustered sum of squares is
/// the sandwich of Liang & Zeger (1986). Clustering by matched set after matching without replacement: Abadie & Spiess
/// (2022, JASA 117); two ways: Cameron, Gelbach & Miller (2011, JBES 29, eq. 2.11). An observation without a set is a
/// cluster of its own. If the two-way difference is not positive, the larger of the two one-way variances is taken.
/// `influence` has one entry an observation of `outcomes`; so has `leverage`, which hc3 alone reads (empty: that of a
/// difference in weighted means, w / sum of the arm's w; 1 gives no variance). The weights count as given. Cost: O(n
/// log n); same bits for any order within a cluster's sorted order of observations.
[[nodiscard]] ClusteredVariance clustered_variance(std::span<const double> influence, const MatchedOutcomes& outcomes,
                                                   SeKind kind, std::int64_t coefficients,
                                                   std::span<const double> leverage = {});

/// By cluster for influences of stacked equations (weights, regressions, effect): G/(G-1) times the sum over clusters
/// of (sum psi)^2, df = G - 1, kind `cluster-m-estimation`. `cluster` has one entry (>= 0) an influence; clusters
/// without any influence do not count.
[[nodiscard]] ClusteredVariance stacked_variance_by_cluster(std::span<const double> influence,
                                                            std::span<const std::int32_t> cluster);

/// Fills standard error, df, interval and p value from a variance: t with `variance.df` degrees of freedom.
void set_uncertainty(Estimate& estimate, const ClusteredVariance& variance, double confidence);
/// The same from a standard error; infinite `df` = normal. With a standard error of 0 there is no p value.
void set_uncertainty(Estimate& estimate, double std_error, double df, double confidence);

/// Whether the estimate rests on fewer than 20 clusters of its standard error.
[[nodiscard]] bool has_few_clusters(const Estimate& estimate);

/// Distinct adopters and non-adopters and the effective sample size of the controls: (sum w)^2 / sum w^2 with w the
/// total weight of a non-adopter over the sets it serves.
void count_firms(Estimate& estimate, const MatchedOutcomes& outcomes);

/// `few_clusters`, by a column asked for `few_clusters_by_column` (count = clusters), when a clustered standard error
/// rests on fewer than 20 clusters: it is then too small on average (Cameron & Miller 2015, section VI).
[[nodiscard]] Messages estimate_warnings(const Estimate& estimate);

}  // namespace twinfirm::effects
