// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "matchit_data.h"
#include "twinfirm/validation/comparison.h"

namespace twinfirm::validation {

/// Pairs and weights on MatchIt's own scores, so that nothing depends on the fit of the score.
void compare_nearest_neighbors(CaseReport& report, const MatchItFiles& files, const MatchItCase& item);
/// The same from its pieces; our sample.
matching::MatchedSample compare_pairs(CaseReport& report, const design::MatchingSettings& settings,
                                      const std::vector<double>& score, const std::vector<std::uint8_t>& treated,
                                      const ReferenceTable& data, const std::vector<matching::Pair>& pairs,
                                      const std::vector<double>& weight, bool ties);
/// Pairs by covariates.
void compare_covariate_pairs(CaseReport& report, const MatchItFiles& files, const MetricCase& item);
/// MatchIt's search by covariates passes over nearer controls on the set firms_a: its picks, one by one.
void compare_picks(CaseReport& report, const MatchItFiles& files);
/// From the data by our own score to pairs, balance and, where no ties move pairs, the effect.
void compare_end_to_end(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                        const ReferenceTable& balance);
/// The methods beside nearest neighbour, on MatchIt's scores.
void compare_matched_sets(CaseReport& report, const MatchItFiles& files, const MatchItCase& item);
/// The score fitted again on the units that the rule of common support leaves.
void compare_refit(CaseReport& report, const MatchItFiles& files, const MatchItCase& item);
/// The balance table of MatchIt's own pairs or sets.
void compare_balance(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                     const ReferenceTable& balance);
/// Effects and standard errors of MatchIt's own matched sets against R's lm and sandwich.
void compare_effects(CaseReport& report, const MatchItFiles& files);

}  // namespace twinfirm::validation
