// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"

namespace twinfirm::survey {

/// One cell of a technology-level survey (기술수준조사).
struct TechnologyLevel {
    int year = 0;
    std::string country;
    std::string scope;                                            ///< "national" or "sme", or as the file says
    std::string area;                                             ///< field of technology; empty = all
    double level = std::numeric_limits<double>::quiet_NaN();      ///< % of the best country, 0 .. 100
    double gap_years = std::numeric_limits<double>::quiet_NaN();  ///< years behind the best, >= 0
    std::string best;                                             ///< country that is 100; empty = not named
    std::size_t row = 0;                                          ///< 1-based, for messages
};

/// Place in the race: 선도 (>= 80 %), 추격 (60 to below 80), 후발 (below 60).
enum class TechnologyGroup { leading, following, late, unknown };
[[nodiscard]] TechnologyGroup technology_group(double level);
/// "leading" | "following" | "late" | ""
[[nodiscard]] std::string_view technology_group_code(TechnologyGroup group);

/// Checks a table and puts it in order of year, scope, area and country.
/// Errors (input), each with {row}: `technology_level_range` {value} outside 0 .. 100 (a level above 100 would be the
/// new best), `technology_gap_range` {value}, `technology_year` {value} outside 1990 .. 2100, `technology_country`;
/// `technology_repeated` {year, country, area} for a cell that is there twice with different values.
/// Messages: `technology_best_missing` (years and areas in which no country is the best at 100 or named),
/// `technology_best_contradicts` (the country named best is below another), `technology_gap_contradicts` (a country
/// with a higher level is more years behind), `technology_rows_equal`. Cost: O(n log n).
[[nodiscard]] Result<std::vector<TechnologyLevel>> checked_levels(std::vector<TechnologyLevel> levels,
                                                                  Messages& messages);

/// A country's move in an area between two years of survey.
struct TechnologyChange {
    std::string country;
    std::string scope;
    std::string area;
    int from = 0;
    int to = 0;
    double level_from = 0;
    double level_to = 0;
    double change = 0;                                             ///< percentage points (%p), never per cent
    double gap_change = std::numeric_limits<double>::quiet_NaN();  ///< years; negative = catching up
    TechnologyGroup group_from = TechnologyGroup::unknown;
    TechnologyGroup group_to = TechnologyGroup::unknown;
};

/// All cells with a level in both years, in order of scope, area and country; of `to` less `from`.
/// A different best country in the two years makes the change a mixture of two distances; `technology_best_changed`
/// counts such areas. `levels` as checked_levels gives them.
[[nodiscard]] std::vector<TechnologyChange> technology_changes(const std::vector<TechnologyLevel>& levels, int from,
                                                               int to, Messages& messages);

/// Distance of one country from another, and from the best.
struct TechnologyGap {
    std::string scope;
    std::string area;
    std::string other;
    double level = 0;
    double other_level = 0;
    double difference = 0;                                        ///< percentage points; positive = ahead of the other
    double gap_years = std::numeric_limits<double>::quiet_NaN();  ///< years behind the other; negative = ahead
};

/// `country` against every other country in the same scope, or nationally where its scope has no others (as when a
/// country's SMEs are compared with whole countries). In order of scope, area and falling level of the other.
[[nodiscard]] std::vector<TechnologyGap> technology_gaps(const std::vector<TechnologyLevel>& levels, int year,
                                                         std::string_view country);

}  // namespace twinfirm::survey
