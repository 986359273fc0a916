// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/linkage.h"
#include "twinfirm/store/project.h"

namespace twinfirm::ingest {

/// By what a table's rows are found: `firm_id`, `brn`, `crn`, `name`, `name+address`, or the name of a field or column.
struct LinkKey {
    std::string name;
    std::vector<std::string> fields;  ///< canonical fields or column names whose cells together are the key
    bool unique = true;               ///< LinkSide::key_is_unique
};
[[nodiscard]] LinkKey parse_link_key(std::string_view text);

/// The place of a field's column: the first of that canonical field, else of that name, else the column of join keys
/// kept in place of a dropped one. Null if the table has none.
[[nodiscard]] const store::ColumnChunk* find_link_column(const store::TableData& table, std::string_view field);
[[nodiscard]] bool has_link_key(const store::TableData& table, const LinkKey& key);

/// What is compared of a cell: a keyed hash as it is, any other text as firm_identity, hashed if there is a key. Empty
/// if the cell has no value or nothing that is a firm's own.
[[nodiscard]] std::string link_text(std::string_view field, const store::ColumnChunk& column, std::size_t row,
                                    const PseudonymKey* key);

/// Whether a column's texts stand as read, were replaced by keyed hashes, or both (as where only persons' names were).
struct LinkForms {
    bool plain = false;
    bool hashed = false;

    /// Hashes compare with plain texts only by the key that made them.
    [[nodiscard]] bool mixed() const { return plain && hashed; }
    void add(const LinkForms& other) { plain |= other.plain, hashed |= other.hashed; }
};
[[nodiscard]] LinkForms link_forms(const store::TableData& table, std::string_view field);
/// Of the key's fields together, by field in order.
[[nodiscard]] std::vector<LinkForms> link_forms(const store::TableData& table, const LinkKey& key);

/// The rows of a table by a key. Years are of the column `year`; who a row's firm is besides says, for names, the first
/// of firm_id, brn and crn that the table has; for numbers the firm_id.
/// @param key  for tables that hold both hashes and plain texts; else null
/// Error: `link_column_missing` {table, field}. Cost: O(rows).
[[nodiscard]] Result<LinkSide> link_side(const store::TableData& table, const std::string& table_name,
                                         const LinkKey& link_key, const PseudonymKey* key);

}  // namespace twinfirm::ingest
