// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/chart_edit.h"

namespace twinfirm::design {

/// What an analyst wrote instead of a generated sentence, in one language.
struct RewrittenText {
    std::string text;      ///< empty = the generated one stays
    std::string replaces;  ///< the generated sentence as it was then; where it has changed since, the report warns

    friend bool operator==(const RewrittenText&, const RewrittenText&) = default;
};

struct RewrittenSentence {
    std::string key;  ///< of the sentence: `summary.effects`, `outcome.sales`
    RewrittenText ko;
    RewrittenText en;

    [[nodiscard]] const RewrittenText& in(Language language) const { return language == Language::korean ? ko : en; }
    friend bool operator==(const RewrittenSentence&, const RewrittenSentence&) = default;
};

/// How the report is titled and what stands in it. None of it changes a number, so it stands beside the specification
/// in study.json (`report`) and not in it. Caveats, warnings and notes can be neither rewritten nor left out.
struct ReportSettings {
    LocalizedText title{};  ///< empty = the specification's
    LocalizedText organisation{};
    LocalizedText author{};
    std::string date{};                    ///< YYYY-MM-DD; empty = none
    std::vector<std::string> only{};       ///< names of tables and charts; empty = all
    std::vector<std::string> leave_out{};  ///< names of tables and charts
    std::vector<RewrittenSentence> sentences{};
    std::vector<ChartEdit> charts{};  ///< how single charts look

    friend bool operator==(const ReportSettings&, const ReportSettings&) = default;
};

/// The member `report` of a study.json; without one the defaults.
/// Errors (usage): those of reading a specification; `specification_report_date` {key, date};
/// `specification_report_sentence_twice` {key}; `specification_report_chart_twice` {chart}.
[[nodiscard]] Result<ReportSettings> report_settings_of_study(std::string_view json);
/// The canonical JSON of the member.
[[nodiscard]] std::string report_settings_to_json(const ReportSettings& settings);

}  // namespace twinfirm::design
