// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"
#include "unit_setup.h"

namespace twinfirm::matching {

/// A setting that a method does not know, with its name as the specification writes it.
struct ForeignSetting {
    bool present = false;
    std::string_view name;
};

/// Error `setting_not_for_method` {method, setting} (usage) for the first that is present.
[[nodiscard]] Status refuse(std::string_view method, std::initializer_list<ForeignSetting> settings);

/// Turns sets into a sample. `set` has one entry a unit, -1 = in none; a set has units of both arms. Units that take
/// part and are in no set must have their reason in `setup.sample` already. Weights: where a set has n1 adopters and n0
/// others, ATT 1 and n1/n0, ATC n0/n1 and 1, ATE (n1+n0)/n1 and (n1+n0)/n0; then the weights of each arm are scaled to
/// mean 1. Warns of units of the estimand's arm that are lost. All is looked over again.
[[nodiscard]] Result<MatchedSample> finish_sets(const MatchProblem& problem, const design::MatchingSettings& settings,
                                                UnitSetup& setup, const std::vector<std::int32_t>& set,
                                                std::vector<Pair> links = {});

/// Adds the warning that more than 5 % of the units whose effect is asked for are in no set.
void warn_of_lost_units(const design::MatchingSettings& settings, const UnitSetup& setup, MatchedSample& sample);

/// The weight of a unit in a set with `same` units of its own arm and `other` units of the other: how many units of the
/// target it stands for.
[[nodiscard]] double set_weight(design::Estimand estimand, bool treated, double same, double other);

}  // namespace twinfirm::matching
