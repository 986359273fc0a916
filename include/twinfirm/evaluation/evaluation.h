// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/message.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/effects/before_after.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/omitted_variable_bias.h"
#include "twinfirm/evaluation/disclosure_report.h"
#include "twinfirm/evaluation/group.h"
#include "twinfirm/evaluation/group_results.h"
#include "twinfirm/evaluation/over_time.h"
#include "twinfirm/evaluation/study_record.h"
#include "twinfirm/evaluation/warning_list.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::evaluation {

/// A number of firms in each arm.
struct ArmCount {
    std::int64_t treated = 0;
    std::int64_t control = 0;
};

/// One step of the flow of firms: `loaded`, `eligible`, `complete`, `in_support`, `matched`.
struct FlowStep {
    std::string step;
    ArmCount firms;  ///< adopters; non-adopter firm-cohorts, each firm counted once a cohort
};

struct ReasonCount {
    matching::Reason reason = matching::Reason::matched;
    ArmCount firms;
};

struct Coefficient {
    std::string term;
    double estimate = 0;
    double std_error = 0;
    double z = 0;
    double p_value = 0;
};

/// The check of a finished matching against its own rules (matching/verify_match.h).
struct MatchCheck {
    std::int64_t pairs_checked = 0;
    std::int64_t nearest_checked = 0;  ///< adopters whose match was looked for by brute force
    std::int64_t sets_checked = 0;     ///< matched sets, looked at one by one
    std::int64_t units_checked = 0;    ///< firms whose reason, weight and set were held against each other
    std::int64_t violations = 0;       ///< must be 0
};

/// How much a matched or weighted sample is worth.
struct SampleSize {
    std::int64_t pairs = 0;                       ///< adopter and non-adopter; 0 where the method makes none
    std::int64_t sets = 0;                        ///< matched sets; 0 for weights alone
    double ess_treated = effects::not_available;  ///< effective number of firms, (sum w)^2 / sum w^2
    double ess_control = effects::not_available;
};

/// The matching of the firms that adopted in one year, on their values of the year before.
struct Cohort {
    int year = 0;
    std::vector<FlowStep> flow;
    std::vector<ReasonCount> reasons;
    std::vector<Coefficient> coefficients;
    double log_likelihood = 0;
    double auc = 0;
    int iterations = 0;
    double caliper_raw = 0;
    double caliper_sd = 0;
    double mean_distance = effects::not_available;  ///< within pairs; NaN without any
    double largest_distance = effects::not_available;
    double bandwidth = effects::not_available;  ///< of kernel matching
    SampleSize size;
    MatchCheck check;
    Messages messages;
};

/// One bin of the mirrored histogram of the score (all cohorts).
struct OverlapBin {
    double low = 0;
    double high = 0;
    std::int64_t treated_matched = 0;
    std::int64_t treated_unmatched = 0;
    std::int64_t control_matched = 0;
    std::int64_t control_unmatched = 0;
};

/// What kept a number from meaning what it seems to mean, shown beside it: codes of the message catalogue, e.g.
/// `trap_regression_to_mean`, `trap_tiny_denominator`, `trap_small_cell`, `trap_zero_base`.
using Traps = std::vector<std::string>;

/// A sum with its two largest contributions by size; NaN = not a sum of amounts.
struct Contributions {
    double total = effects::not_available;
    double largest = effects::not_available;
    double second = effects::not_available;
};

/// The naive before/after number of the adopters.
struct BeforeAfterRow {
    std::string outcome;  ///< key of an outcome or a process KPI
    Group group;
    std::optional<int> event_time;  ///< years since adoption of `after`; none for the survey's before/after
    effects::BeforeAfter change;
    Traps traps;
    bool median_hidden = false;  ///< of too few firms to be shown
    Contributions before_sum{};  ///< for disclosure control, which clears them; in no output
    Contributions after_sum{};
};

/// The matched number: adopters against their matched non-adopters, change from the base year g-1.
struct EffectRow {
    std::string outcome;
    Group group;
    std::optional<int> event_time;  ///< none = mean over the years 0 .. lags since adoption
    std::string estimator;          ///< `did`; adjusted: `did_adjusted`, `did_bias_corrected`, `did_aipw`, `did_ipwra`
    effects::Estimate effect;       ///< log points, the outcome's stored unit, or units per 100 for a pooled rate
    double p_holm = effects::not_available;  ///< p value adjusted for the groups of the breakdown (Holm 1979)
    double p_bh = effects::not_available;    ///< the same for the share of false findings (Benjamini & Hochberg 1995)
    /// Smallest effect of either sign that would be found with the power asked for.
    double minimum_detectable = effects::not_available;
    double percent = effects::not_available;  ///< fraction of the counterfactual mean; exp(effect)-1 for logs
    double percent_low = effects::not_available;
    double percent_high = effects::not_available;
    double treated_base = effects::not_available;  ///< means of the analysed sample, stored unit
    double treated_after = effects::not_available;
    double control_base = effects::not_available;
    double control_after = effects::not_available;
    effects::LevelMargins margins;  ///< of these means: of all adopters, in designs with pairs
    Traps traps;
};

/// Do the groups of a breakdown differ by more than chance? Cochran's Q.
struct Heterogeneity {
    std::string outcome;
    std::string breakdown;
    double q = effects::not_available;
    double df = effects::not_available;
    double p_value = effects::not_available;
    std::string covariance{};  ///< between groups: `shared_firms`, `independent` (taken as such)
};

/// Rosenbaum's bounds at one Gamma, of a one-sided test in the effect's direction.
struct GammaRow {
    double gamma = 1;
    double p_high = effects::not_available;
    double estimate_low = effects::not_available;  ///< Hodges-Lehmann; of pairs alone
    double estimate_high = effects::not_available;
};

/// What a hidden factor would have to be to explain an outcome's mean effect over the years 0 .. lags away.
struct SensitivityRow {
    std::string outcome;
    double estimate = effects::not_available;  ///< the plain effect
    double std_error = effects::not_available;
    std::string test;  ///< `signed_rank` (pairs), `m_statistic` (sets of one and several); empty = no bounds
    std::int64_t sets = 0;
    std::int64_t sets_left_out = 0;                 ///< that share a non-adopter with a set of an earlier year
    double largest_gamma = effects::not_available;  ///< NaN: not significant without any hidden bias
    std::vector<GammaRow> gammas;
    double e_value = effects::not_available;
    double e_value_interval = effects::not_available;
    effects::OmittedVariableBias regression;  ///< with the covariates and the adoption year, classical errors
    Messages messages;
};

/// What was analysed. Nothing in it depends on the order of the input rows, on file names or on the time.
struct DataSummary {
    std::int64_t firms = 0;
    int first_year = 0;
    int last_year = 0;
    std::int64_t adopters = 0;
    std::int64_t adopters_outside_window = 0;  ///< adopted in a year without a base year in the data
    std::int64_t survey_respondents = 0;
    struct Table {
        std::string name;
        std::int64_t rows = 0;
        std::string content_hash;
    };
    std::vector<Table> tables;
};

/// The result of a study: an immutable value tree. Window, command line and report read this one.
struct Evaluation {
    design::Specification specification;
    std::string specification_hash;
    std::string engine_version;
    std::string estimand;        ///< ATT, ATE, ATC, ATO: whose average effect all effects are
    std::string adjustment;      ///< design::adjustment_code() of the adjusted effects
    std::string standard_error;  ///< design::standard_error_code() of all effects
    DataSummary data;
    std::vector<FlowStep> flow;
    SampleSize size;  ///< over all cohorts, a non-adopter once with all it weighs
    std::vector<ReasonCount> reasons;
    std::vector<Cohort> cohorts;
    std::vector<OverlapBin> overlap;
    OverlapBin overlap_total;                               ///< over all bins
    std::string overlap_axis;                               ///< `linear_predictor` or `probability`
    std::vector<balance::BalanceRow> balance;               ///< all cohorts stacked
    std::vector<balance::BalanceRow> balance_interactions;  ///< squares and products, where the specification asks
    std::vector<BeforeAfterRow> before_after;
    std::vector<EffectRow> effects;
    std::vector<Heterogeneity> heterogeneity;
    std::vector<SensitivityRow> sensitivity;
    OverTime over_time;
    StudyRecord record;  ///< of the project, beside the analysis: filled in by those who run it
    GroupResults groups;
    DisclosureReport disclosure;
    Messages messages;
    /// What the messages are about; not part of result.json. Lists of firms leave the program without protection only.
    WarningLists lists;
};

}  // namespace twinfirm::evaluation
