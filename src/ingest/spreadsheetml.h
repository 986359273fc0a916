// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// XML Spreadsheet 2003: one sheet for each Worksheet.
[[nodiscard]] Result<std::shared_ptr<Workbook>> open_spreadsheetml(const std::filesystem::path& path,
                                                                   const CancellationToken& token);

}  // namespace twinfirm::ingest
