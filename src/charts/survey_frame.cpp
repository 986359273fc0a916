// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey_frame.h"

#include <cmath>

#include "twinfirm/base/number_text.h"

namespace twinfirm::charts {

Chart survey_frame(const survey::SurveyFindings& findings, const MessageCatalogue& texts, ChartKind kind,
                   std::string key) {
    Chart chart;
    chart.kind = kind;
    chart.key = std::move(key);
    chart.language = texts.language();
    const std::string& source = findings.source.in(texts.language());
    const MessageArguments arguments{
        {"source", source}, {"version", findings.engine_version}, {"hash", findings.specification_hash.substr(0, 8)}};
    chart.source = texts.text(source.empty() ? "chart_survey_source_own" : "chart_survey_source", arguments);
    return chart;
}

std::string confidence_text(const survey::SurveyFindings& findings) {
    return shortest_text(std::round(findings.confidence * 10000) / 100);
}

}  // namespace twinfirm::charts
