// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/groups.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// Fills before_after, effects and heterogeneity of the result: for all adopters and for each group of each breakdown.
/// `adopters` are all adopters of the cohorts, `sets` the matched ones (each set's adopter is one of them),
/// `covariates` their values in the base year, one row a firm in a set; for all adopters together the adjusted estimate
/// stands beside the plain one.
[[nodiscard]] Status add_effect_rows(const design::Specification& specification, const StudyData& data,
                                     const std::vector<Adopter>& adopters, const std::vector<effects::MatchedSet>& sets,
                                     const Eigen::MatrixXd& covariates, const CancellationToken& token,
                                     const ProgressSink& progress, Evaluation& result);

}  // namespace twinfirm::evaluation
