// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::store {

/// What a stored column holds. Dates are ISO text (YYYY-MM-DD), truth values the integers 0 and 1, money whole won.
enum class ColumnType { text, integer, real };

/// Why a cell has a value or none. A missing value is never a zero and never an empty text.
enum class ValueStatus : std::uint8_t { value, missing, not_applicable, suppressed };

struct ColumnDefinition {
    std::string name;   ///< as in the file, made unique
    std::string field;  ///< canonical field (data/fields.json), empty = none
    ColumnType type = ColumnType::text;
    std::string unit;  ///< unit of the stored values, empty = none

    friend bool operator==(const ColumnDefinition&, const ColumnDefinition&) = default;
};

struct TableDefinition {
    std::string name;
    std::vector<ColumnDefinition> columns;
};

/// Values of one column for a run of rows: the only transport between the store and everything else.
/// Exactly one of `integers`, `reals`, `text ends` is filled, by `type`; a cell without a value holds 0 or "" there.
class ColumnChunk {
  public:
    explicit ColumnChunk(ColumnType type = ColumnType::text) : type_(type) {}

    [[nodiscard]] ColumnType type() const { return type_; }
    [[nodiscard]] std::size_t size() const { return status_.size(); }

    void append_integer(std::int64_t value) { integers_.push_back(value), status_.push_back(ValueStatus::value); }
    void append_real(double value) { reals_.push_back(value), status_.push_back(ValueStatus::value); }
    void append_text(std::string_view value) {
        bytes_ += value;
        ends_.push_back(bytes_.size());
        status_.push_back(ValueStatus::value);
    }
    /// `status` is not `value`.
    void append_absent(ValueStatus status) {
        if (type_ == ColumnType::integer) integers_.push_back(0);
        if (type_ == ColumnType::real) reals_.push_back(0);
        if (type_ == ColumnType::text) ends_.push_back(bytes_.size());
        status_.push_back(status);
    }
    /// The cells of another chunk of the same type.
    void append(const ColumnChunk& more);
    /// Room for that many cells; of text, for their ends only.
    void reserve(std::size_t cells) {
        if (type_ == ColumnType::integer) integers_.reserve(cells);
        if (type_ == ColumnType::real) reals_.reserve(cells);
        if (type_ == ColumnType::text) ends_.reserve(cells);
        status_.reserve(cells);
    }
    void clear() { integers_.clear(), reals_.clear(), bytes_.clear(), ends_.clear(), status_.clear(); }

    [[nodiscard]] ValueStatus status(std::size_t row) const { return status_[row]; }
    [[nodiscard]] bool has_value(std::size_t row) const { return status_[row] == ValueStatus::value; }
    [[nodiscard]] std::int64_t integer(std::size_t row) const { return integers_[row]; }
    [[nodiscard]] double real(std::size_t row) const { return reals_[row]; }
    [[nodiscard]] std::string_view text(std::size_t row) const {
        const std::size_t begin = row == 0 ? 0 : ends_[row - 1];
        return std::string_view(bytes_).substr(begin, ends_[row] - begin);
    }

  private:
    ColumnType type_;
    std::vector<std::int64_t> integers_;
    std::vector<double> reals_;
    std::string bytes_;
    std::vector<std::size_t> ends_;
    std::vector<ValueStatus> status_;
};

/// A run of rows, column by column; all columns have `rows` cells.
struct RowChunk {
    std::size_t rows = 0;
    std::vector<ColumnChunk> columns;
};

/// More columns than that are refused (`too_many_columns`).
inline constexpr std::size_t maximum_columns = 50'000;

/// Where a reader puts its rows. `begin` once, `append` any number of times.
class RowSink {
  public:
    RowSink() = default;
    RowSink(const RowSink&) = delete;
    RowSink& operator=(const RowSink&) = delete;
    virtual ~RowSink() = default;

    [[nodiscard]] virtual Status begin(const TableDefinition& definition) = 0;
    [[nodiscard]] virtual Status append(const RowChunk& chunk) = 0;
};

}  // namespace twinfirm::store
