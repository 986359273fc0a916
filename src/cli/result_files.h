// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <initializer_list>
#include <vector>

#include "twinfirm/app/results.h"
#include "twinfirm/report/document.h"

namespace twinfirm::cli {

/// Draws the charts below `folder`/charts with each ending (`.png`, `.svg`, `.pdf`) and writes the document as each of
/// the files named (`report.pdf`). Where the program was built without drawing, no chart is drawn, figures show the
/// numbers behind them, and a PDF is passed over.
/// Errors: those of render_png(), write_report() and write_file_atomically().
[[nodiscard]] Status write_result_files(const std::vector<app::NamedChart>& charts,
                                        std::initializer_list<const char*> chart_endings,
                                        const report::Document& document,
                                        std::initializer_list<const char*> document_names,
                                        const std::filesystem::path& folder);

}  // namespace twinfirm::cli
