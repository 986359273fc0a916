// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::evaluation {

/// Strata of rows that agree in every covariate of the terms: exact matching.
/// Errors (usage): `variable_unknown`. As exact_strata().
[[nodiscard]] Result<std::vector<std::int32_t>> equal_covariates(const stats::Frame& frame,
                                                                 const std::vector<stats::Term>& terms);

/// Strata of rows whose coarsened covariates agree: coarsened exact matching. Each factor of the terms counts by itself
/// (`log(a)` is cut after taking the logarithm); numbers are cut by the settings' rule for the factor's text or its
/// column's name, else by Sturges' rule; levels of a group count as one. Rows with a missing value get -1 and are not
/// looked at for the cuts. Errors (usage): `variable_unknown`; `coarsening_unknown` {column} for a rule or group of a
/// covariate that the terms do not have; `coarsening_value` {column}; `coarsening_kind` {column} for cutpoints of a
/// category or a group of numbers; `level_unknown` {column, level}.
[[nodiscard]] Result<std::vector<std::int32_t>> coarsened_covariates(const stats::Frame& frame,
                                                                     const std::vector<stats::Term>& terms,
                                                                     const std::vector<std::size_t>& complete_rows,
                                                                     const design::MatchingSettings& settings);

/// Strata of rows that agree in both codings; an empty one divides nothing.
[[nodiscard]] std::vector<std::int32_t> both_strata(std::vector<std::int32_t> first,
                                                    const std::vector<std::int32_t>& second);

}  // namespace twinfirm::evaluation
