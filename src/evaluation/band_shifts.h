// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "group_members.h"
#include "study_effects.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Where firms are divided into bands of an outcome's own base value: the same bands by the values of the base year, of
/// the year before and of both, each with its naive and its matched number, and a warning (`study_regression_to_mean`)
/// with how far the lowest band's growth shrinks. `estimators` are those of the breakdown itself; where they keep to
/// its bands, so does each other year's matching. Nothing for other breakdowns. Small groups are suppressed as
/// elsewhere.
[[nodiscard]] Status add_band_shifts(const StudyCohorts& study, const StudyEffects& estimators,
                                     const design::Breakdown& breakdown, const std::vector<Adopter>& adopters,
                                     const CancellationToken& token, Evaluation& result);

}  // namespace twinfirm::evaluation
