// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/study_data.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Reads the tables that a specification names from a project, proves them by their content hashes (`table_damaged`)
/// and lays them out as firms x years.
///
/// A column is found by its canonical field, else by its name. Rows may stand in any order. Rows of one firm and year
/// that are equal in every value are counted (`duplicate_rows_equal`) and used once; if they differ, the data cannot be
/// analysed (`duplicate_rows_differ` names firm, year and both rows). Panel and survey rows of firms that the register
/// does not hold, or without a year, are counted and left out (`rows_without_firm`, `rows_without_year`); levels that
/// are neither numbers nor words of a level are counted (`levels_not_read`).
///
/// A table with a key of its own (`roles.panel_key` ...) is linked to the register through the crosswalk, or directly
/// where the register holds that key: rows and firms that stay unmatched are counted (`link_rows_unmatched`,
/// `link_rows_without_key`, `link_firms_unmatched`); a key that fits several firms is an error (`link_ambiguous`).
/// Names that stand as texts in one table and as keyed hashes in another need the key file (`link_key_missing`).
///
/// With `roles.adoption_table` the first adoption of each firm is its adoption; all are kept in StudyData::adoptions
/// (what is told of them: src/app/adoption_events.h).
/// Errors (input): `table_not_found`, `role_column_missing`, `role_column_type` {row, value}, `duplicate_rows_differ`,
/// `firm_id_missing`, `variable_is_text`, `panel_years_missing`, `panel_too_long`, `link_ambiguous` {table, rows},
/// `link_column_missing`, `link_keys_differ`, `link_key_missing` (access).
/// @param key_file  for pseudonyms; empty: default_pseudonym_key_path
/// @param threads  0: as many as the machine has processors
/// Cost: O(rows) with one hash look-up a row.
[[nodiscard]] Result<evaluation::StudyData> load_study_data(const store::Project& project,
                                                            const design::Specification& specification,
                                                            const CancellationToken& token = {},
                                                            const std::filesystem::path& key_file = {},
                                                            unsigned threads = 0);

}  // namespace twinfirm::app
