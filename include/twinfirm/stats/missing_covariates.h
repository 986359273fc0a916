// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::stats {

/// The level that a missing category gets.
inline constexpr std::string_view missing_level = "(missing)";

/// A frame in which the covariates of a formula are complete, and the formula that goes with it.
struct MarkedFrame {
    Frame frame;
    std::vector<Term> terms;
    Messages messages;  ///< `covariate_missing_marked` {covariate}, with the number of rows
};

/// Marks missing covariates instead of leaving their rows out (the missing-indicator method; Rosenbaum & Rubin 1984,
/// J. Am. Stat. Assoc. 79:516-524: balance on what is observed and on what is missing). A category gets the level
/// `missing_level`, as its last. A number `x` gets its (lower) median in place of what is missing, and a column
/// `x_missing` of 0 and 1, which enters the formula as a main effect if anything is missing; the fit does not depend on
/// the value filled in unless x stands in an interaction. The level and the column are there in any case, so that
/// frames of the same columns stay alike. A number with no value at all is left as it is.
///
/// It does not make the estimate valid where values are missing for reasons that bear on the outcome. O(rows log rows)
/// a column.
[[nodiscard]] MarkedFrame mark_missing_covariates(const Frame& frame, const std::vector<Term>& terms);

}  // namespace twinfirm::stats
