// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/app/did_file.h"
#include "twinfirm/app/output_protection.h"
#include "twinfirm/app/survey_table.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::app {

/// Which parts of a whole must be hidden: those on fewer than three units, and further ones until none of them can be
/// worked out from the total and the rest (disclosure/cell_suppression.h). Parts that are more than the total (units
/// that stand in several) have no sum; then the small ones alone.
[[nodiscard]] std::vector<bool> hidden_parts(std::int64_t total, const std::vector<std::int64_t>& parts);

/// Takes the numbers of rows away that must not be shown; their number of units becomes evaluation::hidden_count.
/// Returns how many they are. Without protection none.
/// Groups of one column are the parts of all units, arm by arm.
[[nodiscard]] std::int64_t hide_rows(const OutputProtection& protection, std::vector<evaluation::SingleEffect>& rows);
/// Adopters of one year are a part of all. Aggregates by year or time that a hidden one stands in are hidden too, since
/// together they would give it away; the overall means are not.
[[nodiscard]] std::int64_t hide_rows(const OutputProtection& protection, DidResult& result);
/// Groups of a column are the parts of all answers to an item; tests of a hidden group go with it.
[[nodiscard]] std::int64_t hide_rows(const OutputProtection& protection, SurveyResult& result);

/// Error (usage): `disclosure_without_reason`.
[[nodiscard]] Status check_protection(const OutputProtection& protection);
/// `output_hidden` or `output_unprotected`; nothing where nothing was hidden.
void tell_of_protection(const OutputProtection& protection, std::int64_t hidden, Messages& messages);

/// X in place of a hidden number of units or of a number of such a row.
void write_count(CsvWriter& csv, std::int64_t count);
void write_number(CsvWriter& csv, double value, std::int64_t count);

}  // namespace twinfirm::app
