// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "twinfirm/report/document.h"

namespace twinfirm::ui {

/// The report as a text to read on the screen: all sentences and tables, the charts by their captions. Each section's
/// heading is an anchor `section-N`, N from 0.
[[nodiscard]] QString document_html(const report::Document& document);

/// Number and heading of a section.
[[nodiscard]] QString section_title(const report::Section& section);

}  // namespace twinfirm::ui
