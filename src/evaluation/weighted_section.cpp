// SPDX-License-Identifier: GPL-3.0-or-later
#include "weighted_section.h"

#include <cmath>
#include <utility>

#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/weighted_effect.h"
#include "twinfirm/matching/common_support.h"

namespace twinfirm::evaluation {

namespace {

using design::MatchingSettings;

/// Settings that speak of pairs.
Status refuse_matching_settings(const MatchingSettings& settings) {
    const std::pair<bool, const char*> foreign[] = {{settings.caliper.has_value(), "caliper"},
                                                    {settings.smallest_caliper, "caliper"},
                                                    {settings.ratio != 1, "ratio"},
                                                    {settings.replace, "replace"},
                                                    {settings.min_controls != 0, "min-controls"},
                                                    {settings.max_controls != 0, "max-controls"},
                                                    {!settings.exact.empty(), "exact"},
                                                    {!settings.anti_exact.empty(), "anti-exact"},
                                                    {!settings.covariate_calipers.empty(), "covariate-caliper"},
                                                    {!settings.mahalanobis.empty(), "mahalanobis"}};
    for (const auto& [present, name] : foreign) {
        if (!present) continue;
        return fail(ErrorKind::usage, "setting_not_for_method", {{"method", "weighting"}, {"setting", name}});
    }
    return {};
}

Result<matching::BalancingWeights> balancing_weights(const CrossSection& section,
                                                     const matching::WeightingProblem& problem,
                                                     const std::vector<double>& sample_weights,
                                                     design::Weighting weighting) {
    switch (weighting) {
        case design::Weighting::ipw:
            return matching::inverse_probability_weights(problem, section.fit, sample_weights);
        case design::Weighting::overlap:
            return matching::overlap_weights(problem, section.fit, sample_weights);
        case design::Weighting::entropy:
            return matching::entropy_balancing(problem);
        case design::Weighting::cbps:
            break;
    }
    return matching::covariate_balancing_weights(problem);
}

/// The non-zero weights of each arm average 1.
void scale_to_mean_one(matching::MatchedSample& sample) {
    double sum[2] = {0, 0};
    double units[2] = {0, 0};
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        if (!(sample.weight[i] > 0)) continue;
        sum[sample.treated[i]] += sample.weight[i];
        ++units[sample.treated[i]];
    }
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        const std::size_t arm = sample.treated[i];
        if (sample.weight[i] > 0) sample.weight[i] *= units[arm] / sum[arm];
    }
}

/// Looks the weights over: none negative or not finite, and none for a unit that was left out.
void check_weights(matching::MatchedSample& sample) {
    sample.verification.units_checked = sample.weight.size();
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        const bool in_use = sample.reason[i] == matching::Reason::matched;
        const bool right =
            std::isfinite(sample.weight[i]) && sample.weight[i] >= 0 && (in_use || sample.weight[i] == 0);
        if (!right) ++sample.verification.unit_violations;
    }
}

/// Values of the frame's rows at the rows of the design matrix.
template <class T>
std::vector<T> at_design_rows(const CrossSection& section, const std::vector<T>& values) {
    std::vector<T> picked;
    picked.reserve(section.design.rows.size());
    for (const std::size_t row : section.design.rows) picked.push_back(values[row]);
    return picked;
}

effects::SeKind kind_of(StandardError error) {
    if (error == StandardError::cluster) return effects::SeKind::cluster_cr1;
    if (error == StandardError::cluster_cr0) return effects::SeKind::cluster_cr0;
    if (error == StandardError::hc0) return effects::SeKind::hc0;
    return error == StandardError::hc1 ? effects::SeKind::hc1 : effects::SeKind::hc3;
}

effects::WeightedEstimator estimator_of(OutcomeAdjustment adjustment) {
    if (adjustment == OutcomeAdjustment::aipw) return effects::WeightedEstimator::aipw;
    return adjustment == OutcomeAdjustment::ipwra ? effects::WeightedEstimator::ipwra
                                                  : effects::WeightedEstimator::difference;
}

/// The weights taken as known numbers.
Result<effects::Estimate> effect_of_fixed_weights(const CrossSection& section, const std::vector<std::uint8_t>& adopter,
                                                  const std::vector<double>& value,
                                                  const std::vector<std::uint8_t>& member,
                                                  const EffectSettings& settings, double& percent) {
    effects::MatchedOutcomes outcomes;
    std::vector<Eigen::Index> rows;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (member[i] == 0 || !(section.balancing->weight[i] > 0)) continue;
        outcomes.set.push_back(-1);
        outcomes.firm.push_back(static_cast<std::int32_t>(i));
        outcomes.treated.push_back(adopter[i]);
        outcomes.weight.push_back(section.balancing->weight[i]);
        outcomes.value.push_back(value[i]);
        rows.push_back(static_cast<Eigen::Index>(i));
    }
    if (!settings.cluster.empty()) {
        for (const Eigen::Index row : rows) {
            outcomes.cluster.push_back(settings.cluster[section.design.rows[static_cast<std::size_t>(row)]]);
        }
    }
    const effects::SeKind kind = kind_of(settings.error);
    if (settings.adjustment == OutcomeAdjustment::none) {
        const auto share =
            effects::percent_of_counterfactual(outcomes, outcomes.value, kind, settings.confidence, settings.missing);
        if (share) percent = share->percent;
        return effects::difference_in_means(outcomes, kind, settings.confidence, settings.missing);
    }
    Eigen::MatrixXd covariates(static_cast<Eigen::Index>(rows.size()), section.design.x.cols() - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        covariates.row(static_cast<Eigen::Index>(i)) = section.design.x.row(rows[i]).tail(covariates.cols());
    }
    return effects::regression_adjusted(outcomes, covariates, effects::Adjustment::interacted, kind,
                                        settings.confidence, settings.missing, settings.target);
}

}  // namespace

Status weight_section(CrossSection& section, const std::vector<std::uint8_t>& treated,
                      const std::vector<double>& sample_weights, const MatchingSettings& settings) {
    TWINFIRM_TRY(refuse_matching_settings(settings));
    const bool from_score =
        settings.weighting == design::Weighting::ipw || settings.weighting == design::Weighting::overlap;
    if (from_score && section.fit.probability.size() == 0) return fail(ErrorKind::usage, "weighting_needs_score");

    matching::MatchedSample& sample = section.sample;
    sample.treated = treated;
    sample.form = matching::SampleForm::weights;
    sample.subclass.assign(treated.size(), -1);
    sample.weight.assign(treated.size(), 0);
    sample.reason.assign(treated.size(), matching::Reason::missing_covariate);
    for (const std::size_t row : section.design.rows) {
        sample.reason[row] = section.preset.empty() ? matching::Reason::matched : section.preset[row];
    }
    if (section.preset.empty() && settings.discard != design::Discard::none) {
        std::vector<std::uint8_t> usable(treated.size());
        for (std::size_t i = 0; i < usable.size(); ++i) usable[i] = !std::isnan(section.score[i]);
        const auto outside = matching::outside_common_support(section.score, treated, usable, settings.discard);
        for (std::size_t i = 0; i < outside.size(); ++i) {
            if (outside[i] != 0) sample.reason[i] = matching::Reason::outside_support;
        }
    }
    const std::vector<std::uint8_t> adopter = at_design_rows(section, treated);
    std::vector<std::uint8_t> used;
    for (const std::size_t row : section.design.rows) used.push_back(sample.reason[row] == matching::Reason::matched);
    const matching::WeightingProblem problem{section.design, adopter, used, settings.estimand};
    auto weights = balancing_weights(section, problem, sample_weights, settings.weighting);
    if (!weights) return tl::unexpected(weights.error());
    section.balancing = std::move(*weights);
    for (std::size_t i = 0; i < adopter.size(); ++i) {
        sample.weight[section.design.rows[i]] = section.balancing->weight[i];
    }
    scale_to_mean_one(sample);
    check_weights(sample);
    sample.messages = matching::weighting_messages(*section.balancing, adopter);
    return {};
}

Result<effects::Estimate> weighted_section_effect(const CrossSection& section, const std::vector<std::uint8_t>& treated,
                                                  const std::vector<double>& outcome,
                                                  const std::vector<std::uint8_t>& member,
                                                  const EffectSettings& settings, double& percent) {
    const std::vector<std::uint8_t> adopter = at_design_rows(section, treated);
    const std::vector<double> value = at_design_rows(section, outcome);
    const std::vector<std::uint8_t> used = at_design_rows(section, member);
    if (settings.error != StandardError::m_estimation) {
        return effect_of_fixed_weights(section, adopter, value, used, settings, percent);
    }
    auto effect = effects::weighted_effect(*section.balancing, adopter, value, estimator_of(settings.adjustment),
                                           settings.confidence, used);
    if (!effect) return tl::unexpected(effect.error());
    if (!settings.cluster.empty() && !effect->influence.empty()) {
        const std::vector<std::int32_t> cluster = at_design_rows(section, settings.cluster);
        effects::Estimate by_cluster = effect->effect;
        by_cluster.std_error = by_cluster.ci_low = by_cluster.ci_high = by_cluster.p_value = effects::not_available;
        effects::set_uncertainty(by_cluster, effects::stacked_variance_by_cluster(effect->influence, cluster),
                                 settings.confidence);
        effect->effect = by_cluster;
    }
    const double counterfactual = effect->counterfactual_mean;
    if (counterfactual > 0) percent = effect->effect.estimate / counterfactual;
    return effect->effect;
}

}  // namespace twinfirm::evaluation
