// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::app {

/// The years of a column of whole numbers, decimals or text (`2015`, `2015.0`, `2015년`); `missing` where there is
/// none. Error (input): `did_year_not_read` {name, value, row}.
[[nodiscard]] Result<std::vector<int>> years_of(const stats::Column& column, int missing);

/// Years of adoption, 0 = never: missing, 0, infinity, and the words never, none, inf, NA, 미도입, 없음 and -.
[[nodiscard]] Result<std::vector<int>> adoption_years_of(const stats::Column& column);

}  // namespace twinfirm::app
