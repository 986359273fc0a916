// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_effects.h"

#include "small_sample.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/permutation_test.h"

namespace twinfirm::evaluation {

std::unique_ptr<StudyEffects> study_effects(const StudyCohorts& study) {
    switch (design::effect_design(study.specification.matching)) {
        case design::EffectDesign::pairs:
        case design::EffectDesign::replacement:
            return paired_effects(study);
        case design::EffectDesign::sets:
            return set_effects(study);
        case design::EffectDesign::strata:
        case design::EffectDesign::weights:
        case design::EffectDesign::estimated:
            break;
    }
    return weight_effects(study);
}

effects::DidOutcome did_outcome(const design::Outcome& outcome) {
    return {outcome.variable, outcome.metric == design::ChangeMetric::per_hundred ? outcome.denominator : "",
            outcome.metric == design::ChangeMetric::percent};
}

effects::Target effect_target(const design::MatchingSettings& matching) {
    const bool overlap =
        matching.method == design::MatchMethod::weighting && matching.weighting == design::Weighting::overlap;
    if (overlap || matching.estimand == design::Estimand::ate) return effects::Target::all;
    return matching.estimand == design::Estimand::atc ? effects::Target::non_adopters : effects::Target::adopters;
}

effects::SeKind clustered_kind(design::StandardError error) {
    switch (error) {
        case design::StandardError::cr0:
            return effects::SeKind::cr0;
        case design::StandardError::cr1:
            return effects::SeKind::cr1;
        case design::StandardError::firm:
            return effects::SeKind::firm;
        case design::StandardError::cluster:
            return effects::SeKind::cluster_cr1;
        case design::StandardError::cluster_cr0:
            return effects::SeKind::cluster_cr0;
        default:
            return effects::SeKind::two_way;
    }
}

void add_clusters(const StudyCohorts& study, effects::MatchedOutcomes& outcomes) {
    if (study.cluster.empty()) return;
    outcomes.cluster.clear();
    for (const std::int32_t firm : outcomes.firm) {
        outcomes.cluster.push_back(study.cluster[static_cast<std::size_t>(firm)]);
    }
}

Status add_small_sample_test(const StudyCohorts& study, const effects::MatchedChanges& changes,
                             effects::MissingOutcome missing, const Eigen::MatrixXd* covariates,
                             effects::DidResult& result) {
    if (!changes.base_denominator.empty()) return {};
    const design::Specification& specification = study.specification;
    const SmallSampleSettings settings{
        {static_cast<std::uint32_t>(specification.effects.replications), specification.seed, 0},
        specification.confidence_level,
        missing,
        effect_target(specification.matching)};
    return add_small_sample_test(changes.outcomes, covariates, settings, result.effect);
}

Status resample(const StudyCohorts& study, const effects::MatchedChanges& changes, effects::MissingOutcome missing,
                const Eigen::MatrixXd* covariates, effects::DidResult& result) {
    const design::Specification& specification = study.specification;
    const design::StandardError error = study.choice.error;
    if (error != design::StandardError::bootstrap && error != design::StandardError::permutation) return {};
    if (!changes.base_denominator.empty()) return {};
    const effects::ResamplingOptions options{static_cast<std::uint32_t>(specification.effects.replications),
                                             specification.seed, 0};
    const double confidence = specification.confidence_level;
    const auto estimate = [&]() -> Result<effects::Estimate> {
        if (error == design::StandardError::permutation) {
            auto test = effects::permutation_test(changes.outcomes, options, missing);
            if (!test) return tl::unexpected(test.error());
            return test->effect;
        }
        if (covariates == nullptr) {
            return effects::bootstrap_difference(changes.outcomes, options, confidence, missing);
        }
        return effects::bootstrap_regression(changes.outcomes, *covariates, effects::Adjustment::interacted, options,
                                             confidence, missing, effect_target(specification.matching));
    }();
    if (!estimate) {
        const bool shared = estimate.error().code == "bootstrap_with_replacement" ||
                            estimate.error().code == "permutation_with_replacement";
        if (!shared) return tl::unexpected(estimate.error());
        return fail(ErrorKind::usage, "study_resampling_shared_firms",
                    {{"error", std::string(design::standard_error_code(error))}});
    }
    result.effect = *estimate;
    const double percent = result.percent.percent;
    result.percent = {};
    if (changes.log) {
        result.percent = effects::percent_from_log(result.effect);
    } else {
        result.percent.percent = percent;
    }
    return {};
}

}  // namespace twinfirm::evaluation
