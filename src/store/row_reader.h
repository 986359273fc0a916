// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "database.h"
#include "twinfirm/store/project.h"

namespace twinfirm::store {

/// Rows of a table, counted from 0: from `first` to before `last`.
struct RowRange {
    std::int64_t first = 0;
    std::int64_t last = 0;
};

/// Reads chosen columns of a stored table in row order, any number of rows at a time. Everything that cannot be what
/// an import has written (a type, a row number, the number of rows) is `table_damaged`.
class RowReader {
  public:
    /// `columns`: positions in the definition, any order. `range`: within the rows of the table.
    [[nodiscard]] static Result<RowReader> start(const Database& database, std::int64_t id, const TableInfo& info,
                                                 std::vector<std::size_t> columns, RowRange range);

    /// Appends up to `rows` rows to the columns of `into`, which stand in the order asked for; returns how many.
    [[nodiscard]] Result<std::size_t> read(std::vector<ColumnChunk>& into, std::size_t rows);

  private:
    struct PartColumn {
        std::size_t target;   ///< position in what was asked for
        std::size_t in_part;  ///< position in the part
        ColumnType type;
    };
    struct Part {
        Statement statement;
        std::vector<PartColumn> columns;
        std::size_t width;  ///< columns of the part, read or not
    };

    RowReader(const Database& database, const TableInfo& info, RowRange range)
        : database_(&database), info_(&info), row_(range.first), last_(range.last) {}
    [[nodiscard]] bool read_row(Part& part, std::vector<ColumnChunk>& into) const;
    [[nodiscard]] tl::unexpected<Error> damaged() const;

    const Database* database_;
    const TableInfo* info_;
    std::vector<Part> parts_;
    std::int64_t row_;  ///< the last row that was read, as SQLite counts them: from 1
    std::int64_t last_;
};

}  // namespace twinfirm::store
