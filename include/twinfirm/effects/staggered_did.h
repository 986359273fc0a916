// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/staggered_panel.h"
#include "twinfirm/effects/two_period_did.h"

namespace twinfirm::effects {

enum class DidControl {
    never,    ///< firms that adopt in no year of the panel nor within `anticipation` years after it
    not_yet,  ///< these, and firms that adopt later than both years compared (and `anticipation` years more)
};

enum class BasePeriod {
    varying,    ///< before adoption each year is compared with the year before it
    universal,  ///< always with the last year before adoption (and anticipation), whose effect is 0
};

/// Which firms a panel with gaps lends to an estimate.
enum class PanelUse {
    balanced,  ///< firms observed in every year; the others are left out and counted
    pairs,     ///< for each ATT(g,t) the firms observed in both its years
};

struct StaggeredOptions {
    DidControl control = DidControl::never;
    DidEstimator estimator = DidEstimator::doubly_robust;
    BasePeriod base = BasePeriod::varying;
    PanelUse use = PanelUse::balanced;
    int anticipation = 0;  ///< years before adoption in which firms may already react, >= 0
    double confidence = 0.95;
    unsigned threads = 0;  ///< 0 = as many as the machine has; the same bits for any number
};

/// ATT(g,t): the effect in year t on the firms that adopted in year g.
struct GroupTimeEffect {
    int group = 0;
    int time = 0;
    bool reference = false;      ///< the base year of a universal base: 0 by definition, without a standard error
    double att = not_available;  ///< NaN = could not be estimated, see the messages
    double std_error = not_available;
    double ci_low = not_available;  ///< pointwise, normal
    double ci_high = not_available;
    std::int64_t n_treated = 0;
    std::int64_t n_control = 0;
};

/// All ATT(g,t) with their joint distribution. What is made of them (aggregates, tests, bands) is linear in them and in
/// the estimated shares of the groups, so that two things suffice: the covariance of these K = effects + groups
/// numbers, and for the bootstrap the influence of each cluster on each of them.
struct StaggeredDid {
    std::vector<GroupTimeEffect> effects;  ///< by group, then time
    std::vector<int> times;                ///< years used, rising
    std::vector<int> groups;               ///< adoption years with effects, rising
    std::vector<double> group_share;       ///< P(G = g), weighted; one a group
    std::size_t firms = 0;                 ///< used, never-treated ones included
    std::size_t clusters = 0;              ///< = firms without a cluster column
    int anticipation = 0;
    double confidence = 0.95;
    std::vector<double> influence;   ///< clusters x K, column by column: estimate - truth ~ sum of a column
    std::vector<double> covariance;  ///< K x K
    Messages messages;

    [[nodiscard]] std::size_t parameters() const { return effects.size() + groups.size(); }
    [[nodiscard]] bool post(const GroupTimeEffect& effect) const { return effect.time >= effect.group; }
};

/// Group-time average treatment effects of Callaway & Sant'Anna 2021, J. Econometrics 225:200-230, equations 2.4-2.9,
/// each by TwoPeriodDid on the change between its two years with the covariates and weights of the earlier of them.
/// Standard errors are analytic: the square root of the sum over clusters of the squared sum of the influence (their
/// theorem 2), without a small-sample factor.
///
/// Firms that adopted in the first year (or within `anticipation` after it) or before have no year without adoption and
/// are left out (`did_treated_from_start`). With the not-yet-treated as controls and no never-treated firm, the last
/// group serves as control alone, and years from its adoption on are left out (`did_last_group_as_control` {group}).
/// Messages: these; `did_unbalanced` (firms with gaps); `did_small_group` {group} (count = firms; fewer than five more
/// than covariates); `did_not_estimable` {group, time} and the reason's own code; `did_trimmed` (controls with a score
/// of 0.995 and more); `few_clusters`; `covariate_collinear`. Errors (statistics): `did_one_year`,
/// `did_no_never_treated`, `did_no_groups`, `did_group_too_small` {group, firms} for a group of a single firm; the
/// first cell's error if no ATT(g,t) can be estimated. Cost: without covariates O(firms x groups x years); with them
/// TwoPeriodDid's for each group and base year. Memory: 8 clusters (K + 1) bytes. Not for repeated cross-sections, nor
/// for adoption that ends again.
[[nodiscard]] Result<StaggeredDid> estimate_staggered_did(const StaggeredPanel& panel, const StaggeredOptions& options,
                                                          const CancellationToken& token = {});

/// The same panel with adoption put `years` earlier and without the years of real adoption: the effects on these firms
/// must be 0 where trends are parallel. To be estimated with PanelUse::pairs, as the panel has gaps. Cost: O(firms x
/// years).
[[nodiscard]] StaggeredPanel placebo_panel(const StaggeredPanel& panel, int years);

}  // namespace twinfirm::effects
