// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// What a cell must be to be shown: `기계` = the text holds it (letters A to Z in either case), `>100`, `<=5`, `=0`,
/// `!=0` = a comparison of numbers, `10..20` = between both, `=` = without a value.
struct RowFilter {
    enum class Kind { contains, equal, unequal, less, at_most, greater, at_least, between, absent };
    Kind kind = Kind::contains;
    std::string text;  ///< in small letters
    double low = 0;
    double high = 0;

    friend bool operator==(const RowFilter&, const RowFilter&) = default;
};
/// Nothing for an empty text: every row is shown.
[[nodiscard]] std::optional<RowFilter> parse_row_filter(std::string_view text);

/// The rows of a stored table, to be looked at: read once into memory (some 9 bytes a number, the length of a text),
/// then any cell at once from any thread. It is not meant for computing.
class StoredRows {
  public:
    /// Reads by a connection of its own, so that the project can be used meanwhile. Errors: those of the project,
    /// `table_not_found`. O(cells).
    [[nodiscard]] static Result<std::shared_ptr<const StoredRows>> read(const std::filesystem::path& project,
                                                                        const std::string& table,
                                                                        const CancellationToken& token = {},
                                                                        const ProgressSink& progress = {});

    [[nodiscard]] const std::vector<store::ColumnDefinition>& columns() const { return columns_; }
    [[nodiscard]] std::int64_t rows() const { return rows_; }
    /// Numbers as the shortest text; empty for a cell without a value.
    [[nodiscard]] std::string text(std::int64_t row, std::size_t column) const;
    [[nodiscard]] store::ValueStatus status(std::int64_t row, std::size_t column) const;

    /// Rows whose cell in that column passes, in stored order. O(rows).
    [[nodiscard]] Result<std::vector<std::int64_t>> matching(std::size_t column, const RowFilter& filter,
                                                             const CancellationToken& token = {}) const;

  private:
    struct Piece {
        std::int64_t first;  ///< its first row
        store::RowChunk rows;
    };
    [[nodiscard]] const Piece& piece_of(std::int64_t row) const;

    std::vector<store::ColumnDefinition> columns_;
    std::vector<Piece> pieces_;
    std::int64_t rows_ = 0;
};

}  // namespace twinfirm::app
