// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// The text of result.json: keys in a fixed order, numbers as text that reads back the same double, null where a number
/// is not available, "inf" for the degrees of freedom of a normal interval. Same evaluation, same bytes, whatever the
/// number of threads (0: all processors).
[[nodiscard]] std::string evaluation_to_json(const Evaluation& evaluation, unsigned threads = 0);

/// One place where two results differ.
struct Difference {
    std::string pointer;  ///< JSON pointer, e.g. /effects/3/effect/estimate
    std::string expected;
    std::string found;
};

/// Compares two texts of result.json value by value (the order of keys does not matter). Errors: `result_not_json` with
/// the place.
[[nodiscard]] Result<std::vector<Difference>> compare_results(std::string_view expected, std::string_view found);

}  // namespace twinfirm::evaluation
