// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <set>
#include <string>

#include "twinfirm/report/document.h"

namespace twinfirm::ui {

/// The report as a text to read on the screen. Anchors: `titles`, `section-N` (N from 0), `sentence-KEY`, `part-NAME`.
/// A sentence that can be rewritten is a link to `sentence:KEY`, and marked where it was; the picture of a chart is
/// asked for as `figure:NAME`, at most `widest` pixels wide.
[[nodiscard]] QString document_html(const report::Document& document, int widest);

/// Number and heading of a section.
[[nodiscard]] QString section_title(const report::Section& section);

/// The sentence that stands as that text in a list of the document and is none of those `seen`; null = none does.
[[nodiscard]] const report::SentenceRecord* sentence_of(const report::Document& document, const std::string& text,
                                                        const std::set<std::string>& seen);

}  // namespace twinfirm::ui
