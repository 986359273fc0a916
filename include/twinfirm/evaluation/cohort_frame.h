// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/stats/frame.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// The firms that can enter the matching of one cohort, with what is known of them before adoption.
struct CohortFirms {
    int year = 0;                       ///< adoption year g of the cohort
    std::vector<std::size_t> firms;     ///< firm numbers of the panel, ascending
    std::vector<std::uint8_t> adopter;  ///< 1 = adopted in g, 0 = to be compared with
    int pool_after = 0;                 ///< > 0: adopters of later years than this are compared with, too
};

/// Adopters of year g and firms that never adopt, as far as they were observed (any variable) in the base year g-1.
/// `pool_after` > 0: firms that adopt in a later year than that count among those that never adopt. Firms flagged in
/// `left_out` (one flag a firm; empty = nobody) are in neither arm. That a firm is known to survive or not (a variable
/// of `derived`) is no observation.
[[nodiscard]] CohortFirms cohort_firms(const stats::Panel& panel, int year, int pool_after = 0,
                                       std::span<const std::uint8_t> left_out = {},
                                       std::span<const design::DerivedVariable> derived = {});

/// The value of a variable in the base year g-1 for these firms, never of a later year. A name is looked up as
///   - a panel variable: its value at g-1;
///   - `NAME_growth`: log of the panel variable NAME at g-1 minus that at g-2 (missing where not positive);
///   - `firm_age`: g-1 minus the founding year (attribute `founded`);
///   - `exporter`: 1 where `export` at g-1 is above 0;
///   - `industry`: the division (first two digits) of the attribute `ksic`, a leading section letter left out;
///   - `region`: the attribute `sido`;
///   - `cohort`: the adoption year g;
///   - `legal_class`: micro, small, medium, middle_market by sales over three years, division and employees;
///   - the key of a breakdown: the firm's group in it, as a category;
///   - an attribute of the firm.
/// Error (usage): `variable_unknown`.
[[nodiscard]] Result<stats::Column> base_year_column(const std::string& name, const stats::Panel& panel,
                                                     const design::Specification& specification, int cohort_year,
                                                     std::span<const std::size_t> firms);

/// The variable of a breakdown in the year that its bands are read from (BandYear).
[[nodiscard]] Result<stats::Column> band_year_column(const design::Breakdown& breakdown, const stats::Panel& panel,
                                                     const design::Specification& specification, int cohort_year,
                                                     std::span<const std::size_t> firms);

/// The group of each of these firms as a category; missing = in none.
[[nodiscard]] Result<stats::Column> group_column(const design::Breakdown& breakdown, const stats::Panel& panel,
                                                 const design::Specification& specification, int cohort_year,
                                                 std::span<const std::size_t> firms);

/// Columns for every name that the score, the exact strata and the breakdowns of the specification use.
[[nodiscard]] Result<stats::Frame> cohort_frame(const stats::Panel& panel, const design::Specification& specification,
                                                const CohortFirms& cohort);

}  // namespace twinfirm::evaluation
