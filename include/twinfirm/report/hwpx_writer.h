// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/result.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/picture.h"

namespace twinfirm::report {

/// The document as an HWPX file (OWPML, KS X 6101; Hancom Office 2014 and later): A4 with margins of 20 mm, page
/// numbers, headings as outline styles, tables with merged cells and header rows repeated on every page, captions of
/// tables above and of figures below, notes and source below. Fonts are named, not embedded. A figure without a picture
/// shows the numbers behind its chart as a table. The same document gives the same bytes.
/// Error: `document_not_packed`.
[[nodiscard]] Result<std::string> document_to_hwpx(const Document& document, const Pictures& pictures = {});

}  // namespace twinfirm::report
