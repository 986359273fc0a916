// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/picture.h"

namespace twinfirm::render {

/// The document's figures as PNG pictures at their own size, by figure name. Needs a QApplication (offscreen will do);
/// on any thread, as render_png(). Errors: those of render_png(); `cancelled`.
[[nodiscard]] Result<report::Pictures> draw_figures(const report::Document& document, int dpi = 200,
                                                    const CancellationToken& token = {},
                                                    const ProgressSink& progress = {});

/// The document as a file by the ending of its path: .pdf, .hwpx, .xlsx or .html, written whole or not at all.
/// Errors: `report_format_unknown` (path), those of the writers and of write_file_atomically(); `cancelled`.
/// Stage: `write`.
[[nodiscard]] Status write_report(const report::Document& document, const std::filesystem::path& path,
                                  const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::render
