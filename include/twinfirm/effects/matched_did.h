// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/regression_adjusted.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::effects {

/// An adopter of year `cohort` with its matched non-adopters. The adopter weighs 1, its non-adopters as given (1 /
/// their number, so that each set counts once).
struct MatchedSet {
    std::size_t adopter = 0;            ///< firm of the panel
    int cohort = 0;                     ///< adoption year g; the base year is g - 1
    std::vector<std::size_t> controls;  ///< firms of the panel
    std::vector<double> weights;        ///< one a control, > 0
};

/// What is compared: a variable, its logarithm (values of 0 or below count as missing), or the pooled rate
/// 100 * sum(variable) / sum(denominator) when a denominator is named.
struct DidOutcome {
    std::string variable;
    std::string denominator;
    bool log = false;
};

/// Event times first .. last (years since adoption, 0 = the year of adoption). One event time: first = last. Several:
/// the mean over those of the years which the set has: an adopter and its non-adopters use the same years.
struct EventWindow {
    int first = 0;
    int last = 0;
};

/// Changes from the base year g - 1 over a window, one entry an observation (a firm in a set), adopter first in each
/// set. Vectors have the length of `outcomes`.
struct MatchedChanges {
    MatchedOutcomes outcomes;  ///< value: change from the base (of logarithms if asked for; of firms' own values
                               ///< also for a rate, where it only marks what is missing); NaN = left out
    std::vector<std::int32_t> cohort;      ///< adoption year of the set
    std::vector<double> base;              ///< level in the base year
    std::vector<double> after;             ///< level over the window (mean over its years; sum for a rate)
    std::vector<double> base_denominator;  ///< empty without a denominator
    std::vector<double> after_denominator;
    bool log = false;
};

/// Builds the changes. `pair`: a year counts for a set if every firm of the set has a value in it; a set without a base
/// value of each firm or without a year is missing as a whole. `unit`: the years are those of the adopter; a
/// non-adopter that lacks one of them is missing alone. Numbers of sets are their places in `sets`.
/// Errors (usage): `variable_unknown` {name}, `effects_unequal_lengths`. Cost: O(observations * years).
[[nodiscard]] Result<MatchedChanges> matched_changes(const stats::Panel& panel, std::span<const MatchedSet> sets,
                                                     const DidOutcome& outcome, EventWindow window,
                                                     MissingOutcome missing = MissingOutcome::pair);

struct DidResult {
    Estimate effect;                       ///< log points, the variable's unit, or for a rate: units per 100
    PercentEffect percent;                 ///< of the adopters' counterfactual; from logarithms exp(effect) - 1
    double treated_base = not_available;   ///< weighted means in levels over the analysed observations; a rate's pooled
    double treated_after = not_available;  ///< rates per 100
    double control_base = not_available;
    double control_after = not_available;
    LevelMargins margins;           ///< of these levels; only where level_margins() was asked for
    std::int64_t sets = 0;          ///< sets analysed
    std::int64_t dropped_sets = 0;  ///< sets left out, or short of a firm, for missing values
};

/// Of the levels that matched_did() says, from the influence of each firm on its arm's mean (of a rate linearised, as
/// there), summed over the firm's observations; Student's t with one degree of freedom less than the arm has firms. NaN
/// with one firm. Errors (usage): those of matched_did. Cost: O(observations).
[[nodiscard]] Result<LevelMargins> level_margins(const MatchedChanges& changes, double confidence,
                                                 MissingOutcome missing = MissingOutcome::pair);

/// Matched difference-in-differences (Heckman, Ichimura & Todd 1997): mean change of the adopters minus weighted mean
/// change of their matched non-adopters; for a rate the change of the pooled rate of each arm, linearised
/// (psi = 100 w (count - rate denominator) / sum w denominator). Standard error two-way by set and firm by default,
/// since a non-adopter may serve several cohorts. Errors (usage): those of difference_in_means.
[[nodiscard]] Result<DidResult> matched_did(const MatchedChanges& changes, SeKind kind, double confidence,
                                            MissingOutcome missing = MissingOutcome::pair);
[[nodiscard]] Result<DidResult> matched_did(const stats::Panel& panel, std::span<const MatchedSet> sets,
                                            const DidOutcome& outcome, EventWindow window, SeKind kind,
                                            double confidence, MissingOutcome missing = MissingOutcome::pair);

/// The same with what each observation adds to the estimate: for covariances with other estimates of these sets.
struct DidInfluence {
    DidResult did;
    std::vector<std::size_t> rows;  ///< observations of the changes that count, ascending
    std::vector<double> influence;  ///< one each: estimate - truth ~ their sum
};
[[nodiscard]] Result<DidInfluence> matched_did_influence(const MatchedChanges& changes, SeKind kind, double confidence,
                                                         MissingOutcome missing = MissingOutcome::pair);

/// The same with the changes adjusted for covariates at the base year (one row an observation of `changes`) by
/// regression_adjusted. Not for rates: error (usage) `effects_rate_not_adjustable`.
[[nodiscard]] Result<DidResult> matched_did_adjusted(const MatchedChanges& changes, const Eigen::MatrixXd& covariates,
                                                     Adjustment adjustment, SeKind kind, double confidence,
                                                     MissingOutcome missing = MissingOutcome::pair,
                                                     Target target = Target::adopters);

}  // namespace twinfirm::effects
