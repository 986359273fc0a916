// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study_effects.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

// Further numbers of all adopters together, from the matched sets of a study; nothing where its method makes none.

/// The matched effect over the amount of support, of the adopters whose amount is known and above 0: fills
/// `groups.support`. Pooled rates have none. Error (usage): `variable_unknown`, `support_not_numeric`.
[[nodiscard]] Status add_support_effects(const StudyCohorts& study, const StudyEffects& estimators, Evaluation& result);

/// Outcomes in levels with many zeros (those with an indicator in the panel, see derive_variables()) by level, by
/// extensive margin and by Poisson pseudo-likelihood: fills `groups.margins`.
[[nodiscard]] Status add_zero_margins(const StudyCohorts& study, const GroupEffects& everyone, Evaluation& result);

/// The mean effect of outcomes in levels with the changes of both arms drawn in at their ends: rows of the estimator
/// `did_winsorised`.
[[nodiscard]] Status add_winsorised_effects(const StudyCohorts& study, const GroupEffects& everyone,
                                            Evaluation& result);

/// Whom the matched adopters stand for: fills `groups.representation`, and warns (`study_matched_not_representative`)
/// where a twentieth or more of the adopters are left out and those that are left differ in a covariate by more than a
/// tenth of a standard deviation.
void add_representation(const StudyCohorts& study, Evaluation& result);

/// Firms without a year of adoption that have a level or answered the programme's survey:
/// `study_controls_look_treated`.
void warn_of_treated_controls(const StudyData& data, Evaluation& result);

}  // namespace twinfirm::evaluation
