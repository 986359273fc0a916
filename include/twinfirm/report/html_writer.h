// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "twinfirm/report/document.h"

namespace twinfirm::report {

/// The document as one HTML file that needs nothing besides itself: no scripts, no files, no network. All texts are
/// escaped. `drawings` holds an SVG element by figure name, put in as it is; a figure without one shows the numbers
/// behind its chart as a table.
[[nodiscard]] std::string document_to_html(const Document& document,
                                           const std::map<std::string, std::string>& drawings = {});

}  // namespace twinfirm::report
