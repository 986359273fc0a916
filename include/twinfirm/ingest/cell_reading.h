// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/calendar.h"
#include "twinfirm/ingest/conversion_rule.h"

namespace twinfirm::ingest {

/// What a cell would be under a rule that needs the analyst's word.
struct ProposedReading {
    enum class Kind { number, won, year, day };
    ConversionRule rule = ConversionRule::korean_amount;
    Kind kind = Kind::number;
    std::int64_t number = 0;   ///< number, won (amount in won) or year
    CalendarDate day;          ///< of a day
    bool counts_unit = false;  ///< a number of a column's own money unit (12천 백만원)

    /// 350000000 or 2017-03-01.
    [[nodiscard]] std::string text() const;
};

/// The readings of a text under one rule; nothing if the rule has nothing to say about it.
[[nodiscard]] std::optional<ProposedReading> read_by_rule(std::string_view text, ConversionRule rule);

/// All readings of a text that no plain form has; several where it is ambiguous (17.03.01).
[[nodiscard]] std::vector<ProposedReading> proposed_readings(std::string_view text);

/// Years that say all four digits: 2017, 2017.0, 2017년, 2017년도. '17, 17년 and FY2017 need a rule.
[[nodiscard]] std::optional<int> plain_year(std::string_view text);

}  // namespace twinfirm::ingest
