// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "firm_rows.h"
#include "study_table.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::app {

/// Reads the table of adoptions into StudyData::adoptions and makes the first event of each firm its adoption: year,
/// level, and the attributes that the table holds (programme, solution, grant ...). Events are in order of the year;
/// those of one year by level before, level after, programme, solution and amounts, whatever the order of the rows.
///
/// Where the register names another year for a firm, the table of adoptions holds (`adoption_register_differs`); where
/// only the register names one, the firm stays an adopter of that year with one event made of it
/// (`adoption_only_in_register`). A level that the first event does not have is the register's. Counted and told
/// besides: `adoption_repeated` (firms with several events), `adoption_same_year`, `adoption_before_founded`,
/// `adoption_level_fell` (after below before), `adoption_attribute_differs`, `duplicate_rows_equal`,
/// `rows_without_firm`, `rows_without_year`, `levels_not_read`.
/// Errors: `role_column_missing`, `role_column_type` {row, value}. Cost: O(rows log rows).
[[nodiscard]] Status read_adoptions(const StudyTable& table, const FirmRows& firms, const design::Roles& roles,
                                    evaluation::StudyData& data);

}  // namespace twinfirm::app
