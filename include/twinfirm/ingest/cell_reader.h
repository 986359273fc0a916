// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "twinfirm/ingest/conversion_rule.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/region_name.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// Why a cell cannot be stored under its column's plan.
enum class CellFault : std::uint8_t {
    none,
    unreadable,    ///< the text has no meaning under the column's type
    out_of_range,  ///< a number that the store cannot hold exactly (beyond an int64)
};
/// The reason in the import audit: "unreadable_cell", "value_too_large".
[[nodiscard]] std::string_view cell_fault_name(CellFault fault);

/// What a cell holds under its column's plan.
struct CellValue {
    store::ValueStatus status = store::ValueStatus::value;
    CellFault fault = CellFault::none;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;     ///< of the cell, or of `iso`
    std::array<char, 10> iso;  ///< room for a date
    bool is_iso = false;
    std::string made;         ///< room for a text that does not stand in the cell
    std::string rest;         ///< industry codes behind the first
    std::uint64_t rules = 0;  ///< one bit for each ConversionRule used

    [[nodiscard]] bool bad() const { return fault != CellFault::none; }
    void use(ConversionRule rule) { rules |= std::uint64_t{1} << static_cast<unsigned>(rule); }
    [[nodiscard]] bool used(ConversionRule rule) const { return (rules >> static_cast<unsigned>(rule) & 1U) != 0; }
};

struct ProposedReading;

/// Reads the cells of one column.
class CellReader {
  public:
    explicit CellReader(const ColumnPlan& plan);

    /// `value.text` refers to `cell` or, for dates, to `value` itself.
    void read(std::string_view cell, CellValue& value) const;

  private:
    void read_number(std::string_view text, CellValue& value) const;
    void read_day(std::string_view text, CellValue& value) const;
    void read_region(std::string_view text, CellValue& value) const;
    void read_industry(std::string_view text, CellValue& value) const;
    void read_year(std::string_view text, CellValue& value) const;
    void read_word(std::string_view text, CellValue& value) const;
    [[nodiscard]] bool read_confirmed(std::string_view text, CellValue& value) const;
    void take(const ProposedReading& reading, CellValue& value) const;
    [[nodiscard]] bool read_missing(std::string_view text, CellValue& value) const;

    const ColumnPlan& plan_;
    int won_power_;
    std::optional<RegionCodes> region_codes_;
};

/// Appends to a chunk of the column's stored type.
void append(const CellValue& value, store::ColumnChunk& chunk);

}  // namespace twinfirm::ingest
