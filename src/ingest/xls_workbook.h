// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// Excel 97-2003, by FreeXL, which holds the cells in memory: files up to 128 MiB.
[[nodiscard]] Result<std::shared_ptr<Workbook>> open_xls_workbook(const std::filesystem::path& path,
                                                                  const CancellationToken& token);

}  // namespace twinfirm::ingest
