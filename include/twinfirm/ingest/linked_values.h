// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/ingest/linkage.h"
#include "twinfirm/store/project.h"

namespace twinfirm::ingest {

/// Two linked rows that do not say the same.
struct ValueConflict {
    std::size_t left_row = 0;
    std::size_t right_row = 0;
};

/// A canonical field that both tables hold.
struct FieldComparison {
    std::string field;
    std::size_t left_column = 0;  ///< places in the tables
    std::size_t right_column = 0;
    std::int64_t compared = 0;  ///< pairs of linked rows in which both have a value
    /// Pairs that cannot be compared: one is a keyed hash and there is no key, or the units differ.
    std::int64_t not_compared = 0;
    std::vector<ValueConflict> conflicts;  ///< in the order of the keys
};

/// Compares the values of linked rows in all canonical fields that both tables hold but those in `passed_over` (the key
/// and the year). Where both sides have years, rows of one year are compared. Rows of which both sides have several
/// are not compared, as nothing says which belongs to which.
///
/// Equal are: numbers that are equal; names and addresses of one identity (firm_identity); industry codes of which one
/// begins with the other; a date and its year; other texts without white space around them.
/// Cost: O(linked rows x common fields).
[[nodiscard]] std::vector<FieldComparison> compare_linked(const store::TableData& left, const LinkSide& left_side,
                                                          const store::TableData& right, const LinkSide& right_side,
                                                          const Linkage& linkage,
                                                          const std::vector<std::string>& passed_over,
                                                          const PseudonymKey* key);

}  // namespace twinfirm::ingest
