// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace twinfirm::ingest {

inline constexpr std::int64_t worksheet_rows = 1'048'576;
inline constexpr std::int64_t worksheet_columns = 16'384;

struct CellPlace {
    std::int64_t row = 0;     ///< 1-based
    std::int64_t column = 0;  ///< 1-based

    friend bool operator==(const CellPlace&, const CellPlace&) = default;
};

/// "A1", "XFD1048576". Nothing beyond a worksheet's last cell, no row 0, no lower case.
[[nodiscard]] std::optional<CellPlace> parse_cell_name(std::string_view name);
[[nodiscard]] std::string column_letters(std::int64_t column);
[[nodiscard]] std::string cell_name(const CellPlace& place);

/// What a number format shows of a number.
enum class NumberFormat : std::uint8_t { number, percent, date, time };
/// The formats a workbook may use without stating them (ECMA-376 part 1, 18.8.30, with those of East Asia).
[[nodiscard]] NumberFormat builtin_number_format(int id);
/// Looks at the first section of a format code: letters of days, months, years, hours and seconds outside quotes,
/// colours and escapes make it a date or time.
[[nodiscard]] NumberFormat custom_number_format(std::string_view code);

/// The number that a cell states, in the shortest decimal text that reads back as the same double; whole numbers keep
/// all their digits as they stand.
struct NumberText {
    std::string text;
    bool number = true;     ///< false: not a finite number; `text` is what stood there
    bool too_long = false;  ///< a whole number of 16 digits or more: a worksheet keeps 15
};
[[nodiscard]] NumberText number_text(std::string_view stored);

/// A serial day number as ISO text: YYYY-MM-DD, YYYY-MM-DDTHH:MM:SS, or HH:MM:SS for a time without a day. The day
/// 29 February 1900, which the 1900 system counts, is written as such. Nothing for days outside 1900 .. 9999.
[[nodiscard]] std::optional<std::string> serial_date_text(double serial, NumberFormat format, bool from_1904);

/// Undoes `_xHHHH_` in place; what would be half a character stays as it stands.
void unescape_cell_text(std::string& text);

}  // namespace twinfirm::ingest
