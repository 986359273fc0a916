// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/record_source.h"
#include "twinfirm/ingest/text_source.h"
#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// The rows of a file under a plan, from its first line on. Errors: those of TextFile, of Workbook::open and of
/// open_planned_sheet.
[[nodiscard]] Result<std::unique_ptr<RecordSource>> open_records(const std::filesystem::path& path,
                                                                 const ImportPlan& plan,
                                                                 const CancellationToken& token = {},
                                                                 Digest digest = Digest::sha256);

/// The plan's sheet: rows as wide as the plan's columns, merged cells of the header rows filled.
/// Errors: `workbook_sheet_unknown` (sheet, sheets), those of Workbook::open_sheet.
[[nodiscard]] Result<std::unique_ptr<Worksheet>> open_planned_sheet(Workbook& workbook, const ImportPlan& plan,
                                                                    const CancellationToken& token = {});

}  // namespace twinfirm::ingest
