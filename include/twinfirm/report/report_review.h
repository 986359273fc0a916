// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/design/report_settings.h"
#include "twinfirm/report/document.h"

namespace twinfirm::report {

/// What the analyst must look at after a report was made with these settings. Warnings: `report_sentence_outdated`
/// {key, written, generated} where the generated sentence is no longer the one that was replaced;
/// `report_sentence_unchecked` {key} where the settings do not tell which one it was; `report_sentence_numbers` {key,
/// numbers} where the rewritten sentence has numbers that the generated one has not; `report_sentence_unknown` {key}
/// and `report_part_unknown` {name} for sentences, tables and charts that the report does not have.
[[nodiscard]] Messages report_messages(const Document& document, const design::ReportSettings& settings);

/// The text of sentences.json: every sentence that can be rewritten, by key, as generated in both languages, to be
/// copied into `report.sentences` of the study. Both documents are of one evaluation.
[[nodiscard]] std::string sentences_json(const Document& korean, const Document& english);

}  // namespace twinfirm::report
