// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/event_study_tests.h"
#include "twinfirm/effects/lee_bounds.h"
#include "twinfirm/effects/relative_magnitudes.h"

namespace twinfirm::evaluation {

/// An estimate of a path over time with both its intervals, in the outcome's stored unit (log points for percent).
struct TimedEffect {
    std::optional<int> at;  ///< years since adoption, adoption year or calendar year; none = overall
    double estimate = effects::not_available;
    double std_error = effects::not_available;
    double ci_low = effects::not_available;  ///< pointwise
    double ci_high = effects::not_available;
    double p_value = effects::not_available;  ///< two-sided, of no effect
    double band_low =
        effects::not_available;  ///< holds all estimates of its path at once with the confidence asked for
    double band_high = effects::not_available;
    std::int64_t n_treated = 0;
    std::int64_t n_control = 0;
    bool suppressed = false;  ///< fewer adopters than the minimum cell: the numbers are not there
};

/// ATT(g,t) of Callaway & Sant'Anna 2021.
struct GroupTime {
    int group = 0;
    int time = 0;
    bool reference = false;
    TimedEffect effect;
};

struct TimedAggregate {
    std::string kind;                          ///< `simple`, `dynamic`, `group`, `calendar`
    double critical = effects::not_available;  ///< of the band, in place of 1.96
    TimedEffect overall;
    std::vector<TimedEffect> by;  ///< rising `at`
    std::int64_t left_out = 0;    ///< ATT(g,t) that belong in it but could not be estimated
};

/// Does the gap widen, and how far would differing trends have to go?
struct PathTests {
    effects::WaldTest pretrend;
    effects::EffectTrend trend;
    std::vector<effects::RelativeMagnitudes> magnitudes;  ///< of each year since adoption, then of their mean
};

/// Staggered adoption of one outcome.
struct StaggeredOutcome {
    std::string outcome;
    std::vector<GroupTime> effects;
    std::vector<TimedAggregate> aggregates;  ///< simple, dynamic, group, calendar
    std::optional<PathTests> tests;
    std::int64_t firms = 0;
    std::int64_t clusters = 0;
    Messages messages;
};

/// The matched effect of one outcome by years since adoption, with the covariance between the years.
struct MatchedOutcomePath {
    std::string outcome;
    std::string se_kind;
    bool fixed_composition = false;
    bool same_sets = true;      ///< the same sets stand behind every year from adoption on
    std::int64_t left_out = 0;  ///< sets that lack a year, with a fixed composition
    double critical = effects::not_available;
    std::vector<TimedEffect> by;
    std::optional<PathTests> tests;
};

/// An effect that must be 0 where the design is right.
struct PlaceboRow {
    std::string kind;     ///< `pseudo_adoption`, `outcome`
    std::string design;   ///< `matched`, `staggered`
    std::string outcome;  ///< key of an outcome, or the variable that cannot react
    int years = 0;        ///< by how many adoption was put earlier
    TimedEffect effect;   ///< mean over the years from (pseudo-)adoption on
    Messages messages;
};

/// The mean effect over the years 0 .. lags under one design.
struct DesignRow {
    std::string
        design;  ///< `study`; `pool_never`, `pool_not_by_horizon`, `single_projects`, `with_pre_outcomes`,
                 ///< `without_pre_outcomes`, `with_growth`, `without_growth`, `fixed_composition`, `staggered_*`
    std::string outcome;
    effects::Estimate effect;
    double percent = effects::not_available;  ///< fraction; exp(effect) - 1 for logs
    double percent_low = effects::not_available;
    double percent_high = effects::not_available;
    Messages messages;
};

/// How the firms to be compared with were chosen, and what differs under the other rule.
struct ControlPoolSummary {
    std::string rule;                     ///< `never`, `not-by-horizon`
    std::int64_t never = 0;               ///< firms that adopt in no year of the data
    std::int64_t later = 0;               ///< adopters that could serve an earlier cohort under `not-by-horizon`
    std::int64_t repeated = 0;            ///< adopters with a further project
    std::int64_t repeated_in_window = 0;  ///< with one within `lags` years after the first
};

/// Firms that were not observed afterwards, at the last year of the window.
struct AttritionRow {
    std::string outcome;
    int event_time = 0;
    std::int64_t treated = 0;  ///< matched firms with a value in the base year, of cohorts whose year the panel holds
    std::int64_t control = 0;
    std::int64_t observed_treated = 0;
    std::int64_t observed_control = 0;
    effects::Estimate plain;     ///< of the sets of which every firm was observed
    effects::Estimate weighted;  ///< of the firms observed, each weighted by the inverse of its chance to be
    std::optional<effects::LeeBounds> bounds;
    Messages messages;
};

/// A survey that not every adopter answered.
struct ResponseRow {
    std::string kpi;
    std::int64_t adopters = 0;
    std::int64_t answered = 0;
    effects::Estimate plain;     ///< mean relative change of those who answered
    effects::Estimate weighted;  ///< each weighted by the inverse of its chance to answer
    /// Of the mean over all adopters, were those who did not answer all at the 5th, or all at the 95th percentile of
    /// those who did.
    double bound_low = effects::not_available;
    double bound_high = effects::not_available;
    Messages messages;
};

/// What a study says about its effects over time, besides the effects themselves.
struct OverTime {
    ControlPoolSummary pool;
    std::vector<StaggeredOutcome> staggered;
    std::vector<MatchedOutcomePath> matched;
    std::vector<PlaceboRow> placebos;
    std::vector<DesignRow> designs;
    std::vector<AttritionRow> attrition;
    std::vector<ResponseRow> responses;
    Messages messages;
};

}  // namespace twinfirm::evaluation
