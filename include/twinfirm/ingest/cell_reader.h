// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// Ways in which the stored value differs from the cell's text; each use is counted in the import audit.
enum class ConversionRule : std::uint8_t {
    thousands_separators,
    triangle_minus,
    parentheses_minus,
    trailing_minus,
    other_minus,
    full_width_digits,
    won_sign,
    percent_sign,
    decimal_comma,
    scaled_to_won,
    rounded_to_won,
    year_spelling,
    year_of_date,
    date_spelling,
    boolean_word,
    level_word,
    trimmed,
    missing_code,
    not_applicable_code,
    suppressed_code,
    formula_guard,  ///< the apostrophe that an export put before a text like a formula
};
inline constexpr std::size_t conversion_rules = 21;
[[nodiscard]] std::string_view conversion_rule_name(ConversionRule rule);

/// What a cell holds under its column's plan.
struct CellValue {
    store::ValueStatus status = store::ValueStatus::value;
    bool bad = false;  ///< the text has no meaning under the column's type
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;     ///< of the cell, or of `iso`
    std::array<char, 10> iso;  ///< room for a date
    bool is_iso = false;
    std::uint32_t rules = 0;  ///< one bit for each ConversionRule used

    void use(ConversionRule rule) { rules |= 1U << static_cast<unsigned>(rule); }
    [[nodiscard]] bool used(ConversionRule rule) const { return (rules >> static_cast<unsigned>(rule) & 1U) != 0; }
};

/// Reads the cells of one column.
class CellReader {
  public:
    explicit CellReader(const ColumnPlan& plan);

    /// `value.text` refers to `cell` or, for dates, to `value` itself.
    void read(std::string_view cell, CellValue& value) const;

  private:
    void read_number(std::string_view text, CellValue& value) const;
    void read_day(std::string_view text, CellValue& value) const;
    void read_year(std::string_view text, CellValue& value) const;
    void read_word(std::string_view text, CellValue& value) const;
    [[nodiscard]] bool read_missing(std::string_view text, CellValue& value) const;

    const ColumnPlan& plan_;
    int won_power_;
};

/// Appends to a chunk of the column's stored type.
void append(const CellValue& value, store::ColumnChunk& chunk);

}  // namespace twinfirm::ingest
