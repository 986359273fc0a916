// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/report/document.h"

class QPagedPaintDevice;

namespace twinfirm::render {

/// The report's A4 pages on a device: a PDF writer or a printer (with full pages), at its resolution.
/// Errors: `font_without_hangul`, `device_not_painted`, those of the charts.
[[nodiscard]] Status paint_report(const report::Document& document, QPagedPaintDevice& device,
                                  const ProgressSink& progress = {});

/// The report as a PDF: A4, margins of 20 mm, pages numbered `- 1 -`, charts as vectors, fonts embedded, text
/// searchable. Tables have their caption above, the unit right above the grid, the header rows again on every page and
/// the notes below; figures have their caption below. Needs a QApplication (offscreen will do). Written whole or not at
/// all. Errors: those of paint_report() and write_file_atomically().
/// `progress` hears after each block how far it is (stage `write`), so that a window can stay alive: charts are drawn
/// with widgets, which belong to the thread of the window.
[[nodiscard]] Status write_report_pdf(const report::Document& document, const std::filesystem::path& path,
                                      const ProgressSink& progress = {});

}  // namespace twinfirm::render
