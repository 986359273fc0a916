// SPDX-License-Identifier: GPL-3.0-or-later
#include "small_sample.h"

#include "twinfirm/effects/permutation_test.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/effects/wild_cluster_bootstrap.h"

namespace twinfirm::evaluation {

namespace {

constexpr double few_sets_below = 30;
constexpr std::size_t most_observations = 2000;

bool by_sets(const effects::Estimate& estimate) {
    return estimate.se_kind == "cr0" || estimate.se_kind == "cr1" || estimate.se_kind == "paired" ||
           estimate.se_kind == "two-way";
}

}  // namespace

Status add_small_sample_test(const effects::MatchedOutcomes& outcomes, const Eigen::MatrixXd* covariates,
                             const SmallSampleSettings& settings, effects::Estimate& estimate) {
    if (!outcomes.cluster.empty()) {
        if (!effects::has_few_clusters(estimate)) return {};
        const Eigen::MatrixXd none(static_cast<Eigen::Index>(outcomes.value.size()), 0);
        auto test = effects::wild_cluster_bootstrap(outcomes, covariates == nullptr ? none : *covariates,
                                                    effects::Adjustment::interacted, settings.resampling,
                                                    settings.confidence, settings.missing, settings.target);
        if (!test) return tl::unexpected(test.error());
        estimate.small_sample = std::move(*test);
        return {};
    }
    const bool few = by_sets(estimate) && estimate.df + 1 < few_sets_below;
    if (!few || covariates != nullptr || outcomes.value.size() > most_observations) return {};
    const auto test = effects::permutation_test(outcomes, settings.resampling, settings.missing);
    if (!test) {
        const bool undefined =
            test.error().code == "permutation_with_replacement" || test.error().code == "permutation_unequal_weights";
        return undefined ? Status{} : tl::unexpected(test.error());
    }
    effects::SmallSampleTest& result = estimate.small_sample;
    result.kind = "permutation";
    result.p_value = test->effect.p_value;
    result.draws = test->assignments;
    result.exact = test->exact;
    return {};
}

}  // namespace twinfirm::evaluation
