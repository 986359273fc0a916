// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/disclosure/aggregate_table.h"

namespace twinfirm::disclosure {

/// A value that a dimension can take; `parent` is the code that it adds up to.
struct Code {
    std::string name;
    std::optional<std::size_t> parent;  ///< index in the dimension, smaller than its own; none = part of no total
};

/// A dimension with its levels: total, sections, divisions, ... Any depth.
struct Dimension {
    std::string name;
    std::vector<Code> codes;
};

/// The cell of one combination of lowest-level codes.
struct Leaf {
    std::vector<std::size_t> codes;  ///< one a dimension
    Cell cell;                       ///< its name is made here
};

/// The table of all combinations of codes with every margin: sums of values and contributors, and the two largest
/// contributions of all parts. An enterprise is taken to stand in one leaf only. A combination that is not given has no
/// contributors. Names are "code / code". Errors (input): `disclosure_code` (a leaf that is not at the lowest level, or
/// given twice, or a parent after its part), `disclosure_too_many_cells` (above 2,000,000). O(cells * dimensions).
[[nodiscard]] Result<AggregateTable> build_cross_table(Content content, const std::vector<Dimension>& dimensions,
                                                       const std::vector<Leaf>& leaves);

}  // namespace twinfirm::disclosure
