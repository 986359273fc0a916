// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/validation/comparison.h"
#include "twinfirm/validation/reference_folder.h"

namespace twinfirm::validation {

/// The units of a reference's matched sample, and the data row of each.
struct ReferenceSample {
    effects::MatchedOutcomes outcomes;
    std::vector<std::size_t> rows;
};

[[nodiscard]] ReferenceSample reference_sample(const ReferenceTable& units, const std::vector<double>& outcome);

/// Every unit with weight 1 and in no set.
[[nodiscard]] effects::MatchedOutcomes unmatched_outcomes(const std::vector<std::uint8_t>& treated,
                                                          const std::vector<double>& values);

/// Difference in means with this standard error; units without an outcome are left out singly.
[[nodiscard]] effects::Estimate reference_difference(const effects::MatchedOutcomes& outcomes, effects::SeKind kind);

/// A number of the reference's where it has one.
void compare_entry(CaseReport& report, const std::string& quantity, double ours, const nlohmann::json& entry,
                   const char* key, double scale);

/// Scale of an estimate: the larger of it and its standard error, since an effect near 0 has the rounding of the means
/// it is the difference of.
[[nodiscard]] double effect_scale(const nlohmann::json& entry);

}  // namespace twinfirm::validation
