// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::disclosure {

/// One number of a published table, and what the rules of disclosure ask about it. NaN = not known.
struct Cell {
    std::string name;
    double value = 0;  ///< the count, or the sum of a magnitude (won, persons, ...)
    /// Enterprises behind the number; in a table of counts the value itself where it is not given.
    double contributors = std::numeric_limits<double>::quiet_NaN();
    double treated = std::numeric_limits<double>::quiet_NaN();  ///< of these, where the arms can be told apart
    double control = std::numeric_limits<double>::quiet_NaN();
    double largest = std::numeric_limits<double>::quiet_NaN();  ///< the largest contribution, magnitudes only
    double second = std::numeric_limits<double>::quiet_NaN();   ///< the second largest
    bool known = false;  ///< published elsewhere already: hiding it here would protect nothing
    /// Part of a sum, but of no publication: what is left of a total beside the groups that are shown. It counts as
    /// hidden; where the rules name it, it must not follow from the rest either.
    bool unpublished = false;
};

/// cell `total` = sum of the cells `parts`.
struct Relation {
    std::size_t total = 0;
    std::vector<std::size_t> parts;
};

enum class Content { counts, magnitudes };

/// The places of the cells of a table that is a full product of dimensions, in row-major order (last dimension
/// fastest).
struct Grid {
    std::vector<std::size_t> shape;  ///< codes in each dimension
    /// [dimension][code]: the lowest-level codes under the same total, itself among them; empty for a code that is a
    /// total, and for one that is part of no total.
    std::vector<std::vector<std::vector<std::size_t>>> siblings;
    /// [dimension][code]: whether other codes are its parts.
    std::vector<std::vector<bool>> is_total;
};

/// Cells and everything a reader knows about how they add up: margins, levels of hierarchies, and cells that several
/// linked tables share. The reader is taken to know that no cell is negative (unless one is).
struct AggregateTable {
    Content content = Content::counts;
    std::vector<Cell> cells;
    std::vector<Relation> relations;
    std::optional<Grid> grid;  ///< makes the suppression of large tables fast; nothing else depends on it

    /// Cells that are the total of a relation.
    [[nodiscard]] std::vector<bool> totals() const;
    /// Whether a reader may take every cell for at least 0.
    [[nodiscard]] bool non_negative() const;
};

/// Errors (input): `disclosure_cell_number` (a value is not finite, or a count is negative or not whole),
/// `disclosure_cell_unknown` (a relation names a cell that is not there), `disclosure_sum_differs` (a total is not the
/// sum of its parts within 1e-9 of the largest of them). O(cells + relations).
[[nodiscard]] Status check_table(const AggregateTable& table);

}  // namespace twinfirm::disclosure
