// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace twinfirm::design {

enum class Estimand { att, ate, atc };
enum class MatchMethod {
    nearest,    ///< each unit in turn takes its nearest
    optimal,    ///< as many pairs as possible, then the smallest total distance
    full,       ///< sets of one and many with the smallest total distance, everybody in one
    quick,      ///< generalised full matching: sets of both arms with a nearly smallest widest distance
    subclass,   ///< bands of the score
    cem,        ///< strata of coarsened covariates
    exact,      ///< strata of equal covariates
    kernel,     ///< everybody near counts, the nearer the more
    weighting,  ///< no sets: weights that make the arms alike
    none,       ///< the arms as they are
};
/// What units are matched on: a fitted probability or its linear predictor, or a column of the data.
enum class ScoreKind {
    logit,
    linear_logit,
    probit,
    linear_probit,
    cloglog,
    linear_cloglog,
    firth,         ///< probability of a logit with Firth's penalty
    linear_firth,  ///< its log-odds
    column,        ///< MatchingSettings::score_column
    // No score: a distance of the covariates.
    mahalanobis,
    robust_mahalanobis,  ///< on ranks
    scaled_euclidean,    ///< each covariate over its SD
};

/// Whether a kind has no score, but a distance of the covariates.
[[nodiscard]] constexpr bool is_covariate_distance(ScoreKind kind) {
    return kind == ScoreKind::mahalanobis || kind == ScoreKind::robust_mahalanobis ||
           kind == ScoreKind::scaled_euclidean;
}

enum class MetricCovariance { pooled, total };     ///< within the arms, or over both arms together
enum class Separation { stop, firth };             ///< where no finite estimate of the score exists
enum class MissingCovariates { drop, indicator };  ///< leave the unit out, or mark the value as missing
enum class CaliperUnit { sd, raw };                ///< in standard deviations, or in the variable's own unit
enum class CaliperSd { pooled, all };              ///< sqrt((s1^2+s0^2)/2), or SD over all units
enum class MatchOrder { largest, smallest, closest, data, random, farthest };
enum class Discard { none, treated, control, both };
enum class Kernel { epanechnikov, gaussian, uniform };
enum class Weighting { ipw, overlap, entropy, cbps };

/// How the values of a number are coarsened into bins for coarsened exact matching.
struct Coarsening {
    enum class Rule {
        sturges,    ///< equally wide bins, as many as Sturges' rule says
        bins,       ///< `count` equally wide bins
        quantiles,  ///< `count` bins of about as many units each
        cutpoints,  ///< between `points`, rising
    };
    std::string column;
    Rule rule = Rule::sturges;
    int count = 0;
    std::vector<double> points;

    friend bool operator==(const Coarsening&, const Coarsening&) = default;
};

/// Levels of a category that count as one in coarsened exact matching.
struct LevelGroup {
    std::string column;
    std::vector<std::string> levels;

    friend bool operator==(const LevelGroup&, const LevelGroup&) = default;
};

/// The widest difference of a covariate allowed within a pair.
struct CovariateCaliper {
    std::string column;
    double width = 0;
    CaliperUnit unit = CaliperUnit::raw;

    friend bool operator==(const CovariateCaliper&, const CovariateCaliper&) = default;
};

/// How adopters get their matched non-adopters.
struct MatchingSettings {
    Estimand estimand = Estimand::att;
    ScoreKind score = ScoreKind::linear_logit;
    int ratio = 1;
    bool replace = false;
    std::optional<double> caliper;
    CaliperUnit caliper_unit = CaliperUnit::sd;
    CaliperSd caliper_sd = CaliperSd::pooled;
    MatchOrder order = MatchOrder::largest;
    Discard discard = Discard::none;
    std::vector<std::string> exact;  ///< columns that must be equal within a pair
    std::uint64_t seed = 1;          ///< for the random order
    MatchMethod method = MatchMethod::nearest;
    std::string score_column;  ///< for ScoreKind::column
    Separation separation = Separation::stop;
    MissingCovariates missing_covariates = MissingCovariates::drop;
    std::string sample_weights;  ///< column of weights for the fit of the score; empty = none
    bool reestimate = false;     ///< fit the score again on the units that the discard rule leaves
    int max_reuse = 0;           ///< sets a candidate may stand in; 0 = 1 without replacement, no limit with it
    /// Both above 0: each focal unit gets between them, `ratio` on average (variable ratio). In full matching controls
    /// for each adopter of a set, 1/k = one for k adopters; 0 = no limit.
    double min_controls = 0;
    double max_controls = 0;
    std::vector<CovariateCaliper> covariate_calipers;
    std::vector<std::string> anti_exact;   ///< columns that must differ within a pair
    std::vector<std::string> mahalanobis;  ///< columns by whose Mahalanobis distance pairs are made within the caliper
    MetricCovariance metric_covariance = MetricCovariance::pooled;
    bool smallest_caliper = false;        ///< the smallest caliper with which every focal unit can be matched
    int subclasses = 6;                   ///< for MatchMethod::subclass
    int min_n = 1;                        ///< units of each arm that every subclass must have
    std::vector<Coarsening> coarsenings;  ///< for MatchMethod::cem; numbers not named by Sturges' rule
    std::vector<LevelGroup> level_groups;
    bool k2k = false;  ///< for MatchMethod::cem: pairs within the strata, the others are left out
    Kernel kernel = Kernel::epanechnikov;
    std::optional<double> bandwidth;  ///< for MatchMethod::kernel, in the score's unit; nothing = from the data
    Weighting weighting = Weighting::ipw;
    bool keep_ties = false;    ///< with replacement: all candidates as near as the last of the nearest are matches
    double tie_tolerance = 0;  ///< from when on distances are equal, in the distance's unit

    friend bool operator==(const MatchingSettings&, const MatchingSettings&) = default;
};

}  // namespace twinfirm::design
