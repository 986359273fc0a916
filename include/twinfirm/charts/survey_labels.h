// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/survey/survey_findings.h"

namespace twinfirm::charts {

/// `한국`, `한국 중소기업`; a country or scope that is not known stays as it is written.
[[nodiscard]] std::string country_label(const MessageCatalogue& texts, std::string_view country,
                                        std::string_view scope = "national");
/// `전체` for an empty area.
[[nodiscard]] std::string area_label(const MessageCatalogue& texts, std::string_view area);
/// `Lv3 중간1`; 0 is `도입 전`.
[[nodiscard]] std::string stage_label(const MessageCatalogue& texts, int level);
/// `투자액 (백만원)`: a name with its unit; shares are in %.
[[nodiscard]] std::string question_label(const survey::QuestionFinding& question, Language language);
/// An answer as it is shown: 1 of a yes/no question is `예`.
[[nodiscard]] std::string answer_label(const MessageCatalogue& texts, const survey::QuestionFinding& question,
                                       std::string_view level);
/// Decimals of a question's numbers: 1 for shares, else some four digits.
[[nodiscard]] int question_decimals(const survey::QuestionFinding& question, double largest);

}  // namespace twinfirm::charts
