// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "study_effects.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/groups.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// Fills before_after, effects and heterogeneity of the result: for all adopters and for each group of each breakdown.
/// `adopters` are all adopters of the cohorts; for all adopters together the adjusted estimate stands beside the plain
/// one. Breakdowns are worked out on up to `threads` threads; the same bits for any number of them.
[[nodiscard]] Status add_effect_rows(const StudyCohorts& study, const StudyData& data,
                                     const std::vector<Adopter>& adopters, unsigned threads,
                                     const CancellationToken& token, const ProgressSink& progress, Evaluation& result);

}  // namespace twinfirm::evaluation
