// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// Adds the specification's derived variables to the panel, in their order, so that one may be made of another.
/// Outcomes in levels with many zeros (named, or a tenth or more of the adopters' values) get their indicator of values
/// above 0 besides (above_zero_name()).
///
/// Survival: 1 in the years before the year of closure, else 0; without a column of closures 1 up to the last year in
/// which the panel says anything of the firm. Missing before the first such year.
/// Errors (usage): `derived_source_unknown` {name, variable}; (input): `price_base_year_missing` {table, year}. A year
/// without an index has no real values: message `price_years_missing`. Cost: O(variables * firms * years).
[[nodiscard]] Status derive_variables(const design::Specification& specification, StudyData& data);

/// The name of the indicator of a variable's values above 0.
[[nodiscard]] std::string above_zero_name(std::string_view variable);

/// The variables that a variable is made of, itself among them.
[[nodiscard]] std::vector<std::string_view> sources_of(const design::Specification& specification,
                                                       std::string_view variable);

}  // namespace twinfirm::evaluation
