// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/study_data.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Reads the tables that a specification names from a project and lays them out as firms x years.
///
/// A column is found by its canonical field, else by its name. Rows may stand in any order. Rows of one firm and year
/// that are equal in every value are counted (`duplicate_rows_equal`) and used once; if they differ, the data cannot be
/// analysed (`duplicate_rows_differ` names firm, year and both rows). Panel and survey rows of firms that the register
/// does not hold, or without a year, are counted and left out (`rows_without_firm`, `rows_without_year`); levels that
/// are neither numbers nor words of a level are counted (`levels_not_read`).
/// Errors (input): `table_not_found`, `role_column_missing`, `role_column_type` {row, value}, `duplicate_rows_differ`,
/// `firm_id_missing`, `variable_is_text`, `panel_years_missing`, `panel_too_long`.
/// Cost: O(rows) with one hash look-up a row.
[[nodiscard]] Result<evaluation::StudyData> load_study_data(const store::Project& project,
                                                            const design::Specification& specification,
                                                            const CancellationToken& token = {});

}  // namespace twinfirm::app
