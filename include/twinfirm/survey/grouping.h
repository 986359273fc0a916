// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/stats/frame.h"

namespace twinfirm::survey {

/// Rows divided into labelled groups: strata, clusters, domains. `codes` index `labels`, -1 = the row is in none.
/// No codes at all: the rows are not divided.
struct Grouping {
    std::vector<std::int32_t> codes;
    std::vector<std::string> labels;

    friend bool operator==(const Grouping&, const Grouping&) = default;
};

/// The groups of a column: texts in code-point order, numbers in rising order under their shortest text; levels without
/// rows are left out, so that neither labels nor codes depend on the order of the rows. Cost: O(n log n).
[[nodiscard]] Grouping grouping_of(const stats::Column& column);

}  // namespace twinfirm::survey
