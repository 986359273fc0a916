// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "table_builder.h"

namespace twinfirm::report {

/// The columns that every table of before/after changes has: n and the change by its three definitions, in percent,
/// and what misleads about them.
void add_change_columns(TableBuilder& table, const Words& words, const design::Specification& specification);
/// Fills them in the present row.
void add_change_cells(TableBuilder& table, const evaluation::BeforeAfterRow& row);

}  // namespace twinfirm::report
