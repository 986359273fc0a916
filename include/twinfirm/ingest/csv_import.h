// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/pseudonym_key.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/import_audit.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// Whether a file still has the header that a plan was made for: `plan_does_not_fit`, or what keeps it from being read.
[[nodiscard]] Status check_plan_header(const std::filesystem::path& path, const ImportPlan& plan,
                                       const CancellationToken& token = {});

/// Reads a delimited text file after a plan and hands its rows to `sink` in runs of some thousand, in the file's order.
/// Memory is bounded by the longest record (16 MiB) and one run of rows, whatever the file's size.
///
/// The stored columns are the plan's kept columns in the file's order. Money is stored in whole won (unit "원"); a cell
/// that is no whole number of won is rounded half away from zero, counted and listed. A row with too few or too many
/// fields, a footnote, a total and a row with an unreadable cell (unless its column says `missing`) are not stored but
/// listed. Rows that are equal are all stored.
///
/// Columns that identify persons are dropped or replaced as the plan says (PersonalData).
///
/// @param key  for pseudonyms; `pseudonym_key_missing` if the plan needs one and there is none
/// Errors: `plan_does_not_fit` (the header row is not the plan's), `plan_no_columns`, those of CsvReader and of `sink`,
/// `file_not_found`, `file_not_readable`, `cancelled`. After an error the sink holds part of the rows: its owner drops
/// them. Stage: `ingest_load`.
[[nodiscard]] Result<ImportAudit> import_csv(const std::filesystem::path& path, const ImportPlan& plan,
                                             const std::string& table_name, store::RowSink& sink,
                                             const CancellationToken& token = {}, const ProgressSink& progress = {},
                                             const PseudonymKey* key = nullptr);

}  // namespace twinfirm::ingest
