// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "twinfirm/ingest/workbook.h"

namespace twinfirm::ingest {

/// The tables of a page: each that holds cells of its own is a sheet, named "table 1", "table 2" ... A cell over
/// several columns or rows (colspan, rowspan) is a merged cell. Spaces and line ends count as one space, <br> as a line
/// end.
[[nodiscard]] Result<std::shared_ptr<Workbook>> open_html_tables(const std::filesystem::path& path,
                                                                 const CancellationToken& token);

}  // namespace twinfirm::ingest
