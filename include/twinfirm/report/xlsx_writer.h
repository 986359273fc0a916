// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/result.h"
#include "twinfirm/report/document.h"

namespace twinfirm::report {

/// The document's tables and figures as a workbook: a cover with the document's title, its list of sheets and its
/// fingerprints; a sheet for each table; a sheet for each figure with the numbers behind it and a chart of the
/// spreadsheet's own that can be edited. Numbers are numbers, unrounded and shown with the report's decimals; a cell
/// with an interval takes a column for each limit. `-` and `X` stay text. Texts are never formulas. Intervals are drawn
/// as lines between a lower and an upper series. The same document gives the same bytes.
/// Errors: `document_not_packed`, those of the temporary folder.
[[nodiscard]] Result<std::string> document_to_xlsx(const Document& document);

}  // namespace twinfirm::report
