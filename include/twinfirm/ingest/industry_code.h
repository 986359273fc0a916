// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace twinfirm::ingest {

/// Codes of the Korean standard industrial classification (9th to 11th revision) in one cell, main code first.
struct IndustryCodes {
    std::vector<std::string> codes;  ///< two to five digits, without the letter of the section

    /// The codes behind the first, as "26421, 26429".
    [[nodiscard]] std::string rest() const;
};

/// Reads 25, 025, C25, C 25112, 25112, 25112(금속문 제조업), and several: "26410, 26421, 26429" (parted by , ; / or a
/// line break). A zero before two digits of manufacturing (025) is dropped; codes of agriculture (01110) keep theirs.
/// Nothing if a part is no code. Cost: O(length).
[[nodiscard]] std::optional<IndustryCodes> parse_industry_codes(std::string_view text);

}  // namespace twinfirm::ingest
