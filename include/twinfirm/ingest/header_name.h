// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::ingest {

/// Spaces, no-break and ideographic spaces, tabs and invisible marks taken off both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// A header cell as a name for people: conjoining Hangul letters composed (NFC), invisible marks dropped, every run of
/// white space (line breaks too) one space, none at the ends.
[[nodiscard]] std::string display_name(std::string_view header);

/// True where a text holds marks that nobody sees: zero-width characters and changes of writing direction.
[[nodiscard]] bool has_invisible_characters(std::string_view text);

/// A name reduced to what is compared: display_name, full-width letters as ASCII, lower case, a unit in brackets at the
/// end left out, then without spaces, brackets and punctuation. `매출액 (백만원)` -> `매출액`.
[[nodiscard]] std::string comparable_name(std::string_view header);

/// The unit in brackets at the end of a header or in a line like `(단위: 백만원)`; empty = none that is known.
/// Known units stand in data/fields.json.
[[nodiscard]] std::string unit_in_header(std::string_view header);
[[nodiscard]] std::string unit_in_line(std::string_view line);

/// Powers of ten of the won units (백만원: 6); -1 = no won unit.
[[nodiscard]] int won_power(std::string_view unit);

}  // namespace twinfirm::ingest
