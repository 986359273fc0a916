// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/missing_outcome.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::evaluation {

struct SmallSampleSettings {
    effects::ResamplingOptions resampling;
    double confidence = 0.95;
    effects::MissingOutcome missing = effects::MissingOutcome::pair;
    effects::Target target = effects::Target::adopters;
};

/// Fills `estimate.small_sample` where its error rests on too little:
/// - clustered by the column asked for, fewer than 20 clusters: wild cluster bootstrap, adjusted like the estimate;
/// - clustered by matched sets, fewer than 30 of them and at most 2,000 observations, not adjusted: permutation within
///   the sets. Where these share firms, or weigh the firms of an arm differently, there is no such test.
/// `covariates`: of the adjusted estimate, else null. Errors: those of the tests.
[[nodiscard]] Status add_small_sample_test(const effects::MatchedOutcomes& outcomes, const Eigen::MatrixXd* covariates,
                                           const SmallSampleSettings& settings, effects::Estimate& estimate);

}  // namespace twinfirm::evaluation
