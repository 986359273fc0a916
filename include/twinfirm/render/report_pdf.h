// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/report/document.h"

class QPagedPaintDevice;

namespace twinfirm::render {

/// The report's A4 pages on a device: a PDF writer or a printer (with full pages), at its resolution.
/// On any thread, as paint_chart(). Errors: `font_without_hangul`, `device_not_painted`, those of the charts;
/// `cancelled`, within a block of the document.
[[nodiscard]] Status paint_report(const report::Document& document, QPagedPaintDevice& device,
                                  const CancellationToken& token = {}, const ProgressSink& progress = {});

/// The report as a PDF: A4, margins of 20 mm, pages numbered `- 1 -`, charts as vectors, fonts embedded, text
/// searchable. Tables have their caption above, the unit right above the grid, the header rows again on every page and
/// the notes below; figures have their caption below. Needs a QApplication (offscreen will do). Written whole or not at
/// all. Errors: those of paint_report() and write_file_atomically().
/// `progress` hears after each block how far it is (stage `write`).
[[nodiscard]] Status write_report_pdf(const report::Document& document, const std::filesystem::path& path,
                                      const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::render
