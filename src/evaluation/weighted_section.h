// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::evaluation {

/// Weights the units of a fitted section by the settings' way: fills its balancing weights and its sample, which has
/// weights and reasons and no pairs.
/// Errors: those of the weights; `setting_not_for_method` {method, setting} (usage) for settings of matching;
/// `weighting_needs_score` (usage) where inverse probability or overlap weights have no fitted score;
/// `outside_common_support`'s own.
[[nodiscard]] Status weight_section(CrossSection& section, const std::vector<std::uint8_t>& treated,
                                    const std::vector<double>& sample_weights,
                                    const design::MatchingSettings& settings);

/// The effect of a weighted section in a group of its units: one flag a row of the frame. `percent` gets the effect as
/// a fraction of the counterfactual mean. Settings with an error by observation (hc0 ...) take the weights as given.
[[nodiscard]] Result<effects::Estimate> weighted_section_effect(const CrossSection& section,
                                                                const std::vector<std::uint8_t>& treated,
                                                                const std::vector<double>& outcome,
                                                                const std::vector<std::uint8_t>& member,
                                                                const EffectSettings& settings, double& percent);

}  // namespace twinfirm::evaluation
