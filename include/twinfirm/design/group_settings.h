// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace twinfirm::design {

enum class DerivedKind {
    ratio,       ///< `of` / `denominator` of the same firm and year; missing unless the denominator is above 0
    real,        ///< `of` at the prices of the base year: value * index(base year) / index(year)
    above_zero,  ///< 1 where `of` is above 0, else 0; its mean is the extensive margin (share of exporters)
    survival,    ///< 1 while in business, 0 from the year of closure on
};

/// A yearly variable made of others. Outcomes, covariates and breakdowns name it like a column of the panel.
struct DerivedVariable {
    std::string name;
    DerivedKind kind = DerivedKind::ratio;
    std::string of;  ///< panel variable; of survival the firms' year of closure, empty = by their last panel row
    std::string denominator;  ///< of a ratio only

    friend bool operator==(const DerivedVariable&, const DerivedVariable&) = default;
};

/// A price index, one row a year, as a table of the project.
struct PriceIndex {
    std::string table;  ///< empty = none
    std::string year = "year";
    std::string index = "index";
    int base_year = 0;  ///< whose prices real values are at

    friend bool operator==(const PriceIndex&, const PriceIndex&) = default;
};

/// The year that a firm's band is read from.
enum class BandYear {
    base,      ///< g - 1
    lagged,    ///< g - 2: not the year that changes are counted from
    averaged,  ///< mean of both
};

/// Which of the survey's two delivery indicators is read; both were published for the same number.
enum class Delivery {
    as_listed,  ///< the columns that the process indicator names
    on_time,
    lead_time
};

struct BeforeAfterSettings {
    double trim = 0.05;       ///< share cut off at each end for the trimmed mean of the firms' ratios
    double winsorise = 0.01;  ///< share drawn in at each end for the winsorised mean
    Delivery delivery = Delivery::as_listed;

    friend bool operator==(const BeforeAfterSettings&, const BeforeAfterSettings&) = default;
};

/// Upper limits of mean sales over three years, in 100 million won, that make a firm an SME and a small firm
/// (중소기업기본법 시행령 별표 1, 별표 3). They are those of base years from `from` on.
struct SizeThreshold {
    std::string division;
    int from = 0;
    double sme = 0;
    double small = 0;

    friend bool operator==(const SizeThreshold&, const SizeThreshold&) = default;
};

/// What is computed beside the effects of groups.
struct GroupSettings {
    double power = 0.8;                          ///< of the smallest effect that a cell can be expected to find
    int draws = 2000;                            ///< of the ranking; 0 = no ranking
    int top = 5;                                 ///< places that the ranking asks about
    std::string support;                         ///< attribute with the amount of support; empty = none
    double support_unit = 1e8;                   ///< the effect is given per so many won
    std::vector<std::string> zero_outcomes;      ///< outcomes in levels with many zeros; empty = found in the data
    std::vector<SizeThreshold> size_thresholds;  ///< empty = data/ksic_c.csv

    friend bool operator==(const GroupSettings&, const GroupSettings&) = default;
};

/// The built-in limits: SME from 2015 and from 2026, small firms from 2016 (also before) and from 2026 on; those in
/// force since 2025-09-01 count from the first whole year.
[[nodiscard]] std::vector<SizeThreshold> built_in_size_thresholds();

}  // namespace twinfirm::design
