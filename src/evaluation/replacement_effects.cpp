// SPDX-License-Identifier: GPL-3.0-or-later
#include "replacement_effects.h"

#include <cmath>
#include <limits>

#include "neighbors_of_arm.h"
#include "twinfirm/effects/estimated_score.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::evaluation {

ReplacementEffects::ReplacementEffects(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                                       const std::vector<double>& outcome, const EffectSettings& settings)
    : match_(match), treated_(treated), outcome_(outcome), settings_(settings) {
    matching_.treated = treated_;
    matching_.matches = effects::pair_neighbors(complete_pairs(), treated_.size());
    if (settings_.error != StandardError::ai_homoscedastic) find_local_variances();
    if (settings_.adjustment != OutcomeAdjustment::bias) return;
    const Eigen::Index columns = match_.design.x.cols() - 1;
    covariates_ = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(treated_.size()), columns);
    for (std::size_t i = 0; i < match_.design.rows.size(); ++i) {
        covariates_.row(static_cast<Eigen::Index>(match_.design.rows[i])) =
            match_.design.x.row(static_cast<Eigen::Index>(i)).tail(columns);
    }
}

/// Pairs whose outcomes are known; by the rule `pair` of sets without any missing one.
std::vector<matching::Pair> ReplacementEffects::complete_pairs() const {
    const std::vector<matching::Pair>& pairs = match_.sample.pairs;
    std::vector<matching::Pair> complete;
    for (std::size_t begin = 0; begin < pairs.size();) {
        const std::size_t kept = complete.size();
        bool whole = !std::isnan(outcome_[pairs[begin].focal]);
        const bool focal_known = whole;
        std::size_t end = begin;
        for (; end < pairs.size() && pairs[end].focal == pairs[begin].focal; ++end) {
            const bool known = !std::isnan(outcome_[pairs[end].match]);
            whole = whole && known;
            if (known && focal_known) complete.push_back(pairs[end]);
        }
        if (!whole && settings_.missing == effects::MissingOutcome::pair) complete.resize(kept);
        begin = end;
    }
    return complete;
}

std::vector<std::uint8_t> ReplacementEffects::took_part() const {
    std::vector<std::uint8_t> present(treated_.size(), 0);
    for (const std::size_t row : match_.design.rows) {
        const matching::Reason reason = match_.sample.reason[row];
        present[row] = reason != matching::Reason::missing_covariate && reason != matching::Reason::outside_support &&
                       !std::isnan(outcome_[row]);
    }
    return present;
}

void ReplacementEffects::find_local_variances() {
    const std::vector<std::uint8_t> present = took_part();
    const auto neighbors = static_cast<std::size_t>(settings_.variance_neighbors) + 1;
    const effects::NeighborSets wide = neighbors_of_arm(match_, treated_, present, {}, neighbors);
    if (match_.stratum.empty()) {
        local_variance_ = effects::local_variances(wide, {}, outcome_);
    } else {
        const effects::NeighborSets within = neighbors_of_arm(match_, treated_, present, match_.stratum, neighbors);
        local_variance_ = effects::local_variances(within, wide, outcome_);
    }
}

Result<effects::Estimate> ReplacementEffects::of_group(const std::vector<std::uint8_t>& member) const {
    effects::AbadieImbensOptions options;
    options.variance = settings_.error == StandardError::ai_homoscedastic ? effects::AiVariance::homoscedastic
                                                                          : effects::AiVariance::robust;
    options.local_variance = local_variance_;
    options.confidence = settings_.confidence;
    options.target = member;
    if (settings_.adjustment == OutcomeAdjustment::bias) options.covariates = &covariates_;
    auto estimate = effects::abadie_imbens(matching_, outcome_, options);
    if (!estimate || settings_.error != StandardError::ai_estimated) return estimate;
    return with_estimated_score(*estimate);
}

effects::Estimate ReplacementEffects::with_estimated_score(effects::Estimate estimate) const {
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < match_.design.rows.size(); ++i) {
        if (!std::isnan(outcome_[match_.design.rows[i]])) rows.push_back(static_cast<Eigen::Index>(i));
    }
    const auto n = static_cast<Eigen::Index>(rows.size());
    Eigen::MatrixXd design(n, match_.design.x.cols());
    std::vector<double> probability;
    std::vector<double> outcome;
    std::vector<std::uint8_t> adopter;
    matching::CovariatePoints points;
    const matching::CovariatePoints all = matching::covariate_points(
        match_.design, treated_.size(), treated_, design::ScoreKind::mahalanobis, design::MetricCovariance::total);
    points.dimensions = all.dimensions;
    for (Eigen::Index i = 0; i < n; ++i) {
        const Eigen::Index from = rows[static_cast<std::size_t>(i)];
        const std::size_t row = match_.design.rows[static_cast<std::size_t>(from)];
        design.row(i) = match_.design.x.row(from);
        probability.push_back(match_.fit.probability[from]);
        outcome.push_back(outcome_[row]);
        adopter.push_back(treated_[row]);
        const std::span<const double> point = all.of(row);
        points.coordinate.insert(points.coordinate.end(), point.begin(), point.end());
    }
    const effects::ScoreTarget target = settings_.target == effects::Target::all ? effects::ScoreTarget::all
                                        : settings_.target == effects::Target::adopters
                                            ? effects::ScoreTarget::adopters
                                            : effects::ScoreTarget::non_adopters;
    const effects::EstimatedScore score{design, probability, match_.fit.covariance, &points};
    const double variance = estimate.std_error * estimate.std_error +
                            effects::estimated_score_variance(score, adopter, outcome, estimate.estimate, target);
    const double infinity = std::numeric_limits<double>::infinity();
    effects::Estimate adjusted = estimate;
    adjusted.se_kind = standard_error_code(StandardError::ai_estimated);
    for (double* value : {&adjusted.std_error, &adjusted.df, &adjusted.ci_low, &adjusted.ci_high, &adjusted.p_value}) {
        *value = effects::not_available;
    }
    // In a small sample the correction may exceed what it corrects: there is then no error to show.
    if (variance > 0) effects::set_uncertainty(adjusted, std::sqrt(variance), infinity, settings_.confidence);
    return adjusted;
}

}  // namespace twinfirm::evaluation
