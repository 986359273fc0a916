// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/batch_reports.h"
#include "twinfirm/app/results.h"

namespace twinfirm::cli {

/// In which formats things leave the program.
struct OutputFormats {
    std::vector<std::string> reports{"pdf", "xlsx", "hwpx"};
    std::vector<std::string> pictures{"png", "svg", "pdf"};
    int dots_per_inch = 300;  ///< of PNG pictures
};

/// `pdf,xlsx,hwpx,html` (`csv`: tables alone, which are always written) and `png,svg,pdf`; empty = none.
/// Errors (usage): `report_format_unknown`, `picture_format_unknown` (path), `picture_resolution` (dpi) for another
/// than 150, 300 or 600.
[[nodiscard]] Result<OutputFormats> output_formats(const std::string& reports, const std::string& pictures, int dpi);

/// `report.pdf, report.xlsx`: what write_result_files() makes of a document.
[[nodiscard]] std::string report_names(const OutputFormats& formats);

/// Draws the charts below `folder`/charts and writes each document as report.FORMAT into its own folder. Where the
/// program was built without drawing, no chart is drawn, figures show the numbers behind them, and a PDF is passed
/// over. Errors: those of render_png(), write_report() and write_file_atomically().
[[nodiscard]] Status write_result_files(const std::vector<app::NamedChart>& charts, const std::filesystem::path& folder,
                                        const std::vector<app::PlacedDocument>& documents,
                                        const OutputFormats& formats);

}  // namespace twinfirm::cli
