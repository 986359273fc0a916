// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::survey {

/// Compound annual growth: three of the four are given, the fourth is solved for.
struct GrowthQuestion {
    std::optional<double> first;      ///< V0, > 0
    std::optional<double> last;       ///< V1, > 0
    std::optional<double> intervals;  ///< n: years *between* the two values, one less than the years counted; > 0
    std::optional<double> rate;       ///< g, as a fraction: 0.22 for 22 % a year; > -1
};

struct GrowthPoint {
    double interval = 0;  ///< 0 .. n, whole but perhaps for the last
    double value = 0;
};

struct Growth {
    double first = 0;
    double last = 0;
    double intervals = 0;
    double rate = 0;
    std::string solved;  ///< "first" | "last" | "intervals" | "rate"
    std::vector<GrowthPoint> path;
};

/// V1 = V0 (1 + g)^n solved for the one that is missing: g = (V1/V0)^(1/n) - 1, n = log(V1/V0) / log(1 + g). The path
/// is what the constant rate implies at each interval; no source said it. Errors (usage): `growth_unknowns` {count}
/// unless exactly one is missing; `growth_value` {name, value} for a value out of its range; `growth_unreachable` where
/// no n > 0 leads from V0 to V1 at this rate; `growth_too_long` {intervals} above 200 intervals.
[[nodiscard]] Result<Growth> solve_growth(const GrowthQuestion& question);

/// One source's statement about a market.
struct MarketFigure {
    std::string source;
    std::string market;
    int year = 0;
    double value = 0;          ///< in its own currency and unit
    double exchange_rate = 1;  ///< units of the common currency for one of its own; as the source or the user states it
    double rate = std::numeric_limits<double>::quiet_NaN();  ///< growth it states, as a fraction
};

/// The sources that speak of one market and year.
struct MarketComparison {
    std::string market;
    int year = 0;
    std::vector<std::size_t> figures;  ///< places in the list, by source name
    double low = 0;                    ///< in the common currency
    double high = 0;
    double disagreement = 0;  ///< high / low - 1; 0 for one source
    double rate_low = std::numeric_limits<double>::quiet_NaN();
    double rate_high = std::numeric_limits<double>::quiet_NaN();
};

/// Puts figures of the same market and year side by side, in order of market and year. They are never averaged: sources
/// differ in what they count. Errors (input): `growth_value` for a value or exchange rate that is not > 0.
[[nodiscard]] Result<std::vector<MarketComparison>> compare_sources(const std::vector<MarketFigure>& figures);

}  // namespace twinfirm::survey
