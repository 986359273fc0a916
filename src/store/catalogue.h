// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "database.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

/// Everything of a project but the rows: small, always read and checked as a whole. A SHA-256 over all of it stands in
/// the file, so that damage is found at opening.
struct Catalogue {
    std::map<std::int64_t, TableInfo> tables;          ///< by the number in the internal names
    std::map<std::int64_t, std::int64_t> replaced_by;  ///< former versions of tables: number -> that of the next one
    std::int64_t next_table = 1;                       ///< numbers are never used again
    std::string specification;
    std::string record_head;  ///< empty = no record was begun

    /// The present entry with that name, or tables.end().
    [[nodiscard]] std::map<std::int64_t, TableInfo>::const_iterator find(const std::string& name) const;
    /// What this table replaced, or tables.end().
    [[nodiscard]] std::map<std::int64_t, TableInfo>::const_iterator former_version(std::int64_t id) const;
};

/// `project_damaged` if anything is missing, too much or changed.
[[nodiscard]] Result<Catalogue> load_catalogue(const Database& database);

/// The following run inside a transaction; `seal_catalogue` ends the change.
[[nodiscard]] Status insert_table(const Database& database, Catalogue& catalogue, std::int64_t id, TableInfo info);
[[nodiscard]] Status drop_rows_and_entry(const Database& database, Catalogue& catalogue, std::int64_t id);
/// @param successor  0 = the table is a present one
[[nodiscard]] Status set_replaced_by(const Database& database, Catalogue& catalogue, std::int64_t id,
                                     std::int64_t successor);
[[nodiscard]] Status seal_catalogue(const Database& database, const Catalogue& catalogue);

}  // namespace twinfirm::store
