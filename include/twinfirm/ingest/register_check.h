// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "twinfirm/ingest/quality.h"

namespace twinfirm::ingest {

/// Looks over a table (a panel, a survey, adoptions) against the register of its firms:
/// - `firm_not_in_register`, `firm_without_rows` (one case each firm; of the latter the row is the register's)
/// - `year_before_founded`, `year_after_closed`: a panel's year lies before the year of foundation or behind the year
/// of
///   closure that the register has
/// - `no_year_before_adoption`: a firm that adopts in the register has no row of a year before
/// - `adopted_before_founded`: the table's year of adoption lies before the register's year of foundation
/// - `adoption_differs`: the first adoption of a firm in the table is not the register's
///
/// Firms are found by firm_id, else brn, else crn, whichever both tables have; none if there is none. Nothing is
/// changed, and no rule of an import plan applies, as a plan knows one table only. Cost: O(n log n).
[[nodiscard]] std::vector<QualityIssue> check_against_register(const store::TableData& table,
                                                               const store::TableData& firms);

}  // namespace twinfirm::ingest
