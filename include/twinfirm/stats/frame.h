// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::stats {

enum class ColumnKind { number, category };

/// A named column of a data frame: numbers (missing = NaN) or categories (codes into `levels`, missing = -1).
/// Copying costs O(rows); nothing is shared.
class Column {
  public:
    static Column numbers(std::string name, std::vector<double> values);
    /// `codes` index `levels`, -1 = missing. Levels keep the order given: the first is the reference of a factor.
    /// Throws std::invalid_argument if a code is outside -1 .. levels - 1.
    static Column categories(std::string name, std::vector<std::string> levels, std::vector<std::int32_t> codes);
    /// Levels in code-point order; an empty text is missing.
    static Column from_texts(std::string name, const std::vector<std::string>& texts);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] ColumnKind kind() const { return kind_; }
    [[nodiscard]] std::size_t size() const { return kind_ == ColumnKind::number ? values_.size() : codes_.size(); }
    [[nodiscard]] std::span<const double> values() const { return values_; }
    [[nodiscard]] std::span<const std::int32_t> codes() const { return codes_; }
    [[nodiscard]] const std::vector<std::string>& levels() const { return levels_; }
    [[nodiscard]] bool missing(std::size_t row) const;
    /// The rows at these 0-based places, in that order; levels are kept.
    [[nodiscard]] Column select(std::span<const std::size_t> rows) const;
    [[nodiscard]] Column renamed(std::string name) const;

  private:
    std::string name_;
    ColumnKind kind_ = ColumnKind::number;
    std::vector<double> values_;
    std::vector<std::int32_t> codes_;
    std::vector<std::string> levels_;
};

/// Columns of equal length, found by name. A wrong length or place is a mistake of the calling code, not of the data:
/// it throws (std::invalid_argument, std::out_of_range).
class Frame {
  public:
    explicit Frame(std::size_t rows = 0) : rows_(rows) {}

    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
    /// nullptr if there is none of that name.
    [[nodiscard]] const Column* find(std::string_view name) const;
    /// Replaces a column of the same name. The length must equal rows() (the first column sets it).
    void add(Column column);
    [[nodiscard]] Frame select(std::span<const std::size_t> rows) const;

  private:
    std::size_t rows_;
    std::vector<Column> columns_;
};

}  // namespace twinfirm::stats
