// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/survey_estimate_chart.h"

#include <algorithm>
#include <cmath>

#include "survey_frame.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/survey_labels.h"

namespace twinfirm::charts {

namespace {

using survey::QuestionFinding;
using survey::QuestionRow;

struct Line {
    std::string label;
    const QuestionRow* row = nullptr;
    bool total = false;
};

std::vector<Line> lines_of(const QuestionFinding& question, std::string_view column, std::string_view level,
                           const MessageCatalogue& texts) {
    std::vector<Line> lines;
    if (column.empty()) {
        for (const QuestionRow& row : question.rows)
            if (row.column.empty()) lines.push_back({answer_label(texts, question, row.level), &row, false});
        if (question.multiple) {
            std::stable_sort(lines.begin(), lines.end(), [](const Line& a, const Line& b) {
                return a.row->estimate.value > b.row->estimate.value;
            });
        }
        if (lines.size() == 1) lines.front().label = question.label.in(texts.language());
        return lines;
    }
    const std::string wanted = level.empty() ? question.rows.front().level : std::string(level);
    const QuestionRow* all = nullptr;
    for (const QuestionRow& row : question.rows) {
        if (row.level != wanted) continue;
        if (row.column.empty()) all = &row;
        if (row.column == column) lines.push_back({row.group, &row, false});
    }
    if (!lines.empty() && all != nullptr) lines.push_back({texts.text("chart_survey_all", {}), all, true});
    return lines;
}

std::string flag_text(const QuestionRow& row, const MessageCatalogue& texts) {
    const std::string code(survey::reliability_code(row.estimate.reliability()));
    return code == "caution" || code == "unreliable" ? texts.text("chart_survey_flag_" + code, {}) : "";
}

Panel panel_of(const std::vector<Line>& lines, const QuestionFinding& question, const MessageCatalogue& texts,
               const std::string& confidence) {
    const Language language = texts.language();
    const double scale = question.shares ? 100 : 1;
    double largest = 0;
    for (const Line& line : lines)
        if (std::isfinite(line.row->estimate.value))
            largest = std::max(largest, std::abs(scale * line.row->estimate.value));
    const int decimals = question_decimals(question, largest);
    Panel panel;
    panel.key = "groups";
    panel.orientation = Orientation::horizontal;
    panel.position_axis.reversed = true;
    panel.position_axis.low = 0.4;
    panel.position_axis.high = static_cast<double>(lines.size()) + 0.6;
    panel.value_axis.unit = question.unit;
    panel.value_axis.label = question_label(question, language);
    panel.value_axis.grid = true;
    Series good;
    good.key = "estimates";
    good.label = texts.text("chart_survey_estimate", {});
    good.whiskers = true;
    Series weak = good;
    weak.key = "caution";
    weak.label = texts.text("chart_survey_weak", {});
    weak.fill = Fill::hollow;
    Series total = good;
    total.key = "total";
    total.label = texts.text("chart_survey_all", {});
    total.role = Role::total;
    total.shape = Shape::diamond;
    panel.columns = {{texts.text("chart_estimate_column", {{"level", confidence}}), {}},
                     {texts.text("chart_survey_n_column", {}), {}}};
    bool flagged = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const QuestionRow& row = *lines[i].row;
        const double position = static_cast<double>(i) + 1;
        Mark mark;
        mark.position = position;
        mark.value = scale * row.estimate.value;
        mark.low = scale * row.interval.low;
        mark.high = scale * row.interval.high;
        mark.n = row.estimate.n;
        panel.position_axis.ticks.push_back({position, broken_label(lines[i].label)});
        std::string estimate = number_label(mark.value, decimals, language);
        const std::string interval = interval_label(mark.low, mark.high, decimals, language);
        if (!interval.empty()) estimate += " (" + interval + ")";
        panel.columns[0].cells.push_back({position, estimate});
        panel.columns[1].cells.push_back({position, count_label(row.estimate.n)});
        const std::string flag = flag_text(row, texts);
        if (!flag.empty()) {
            if (!flagged) panel.columns.push_back({texts.text("chart_survey_flag_column", {}), {}});
            flagged = true;
            panel.columns[2].cells.push_back({position, flag});
        }
        (lines[i].total ? total : flag.empty() ? good : weak).marks.push_back(std::move(mark));
    }
    for (Series* series : {&good, &weak, &total})
        if (!series->marks.empty()) panel.series.push_back(std::move(*series));
    const Extent extent = value_extent(panel.series, {0, 0});
    fit_linear_axis(panel.value_axis, extent.low, extent.high * 1.03, 5, language);
    return panel;
}

}  // namespace

Result<Chart> survey_estimate_chart(const survey::SurveyFindings& findings, std::string_view question,
                                    std::string_view column, std::string_view level, Language language) {
    const QuestionFinding* finding = nullptr;
    if (findings.status) {
        for (const QuestionFinding& item : findings.status->questions)
            if (item.key == question) finding = &item;
    }
    if (finding == nullptr) {
        return fail(ErrorKind::usage, "chart_outcome_unknown", {{"outcome", std::string(question)}});
    }
    const MessageCatalogue texts(language);
    Chart chart = survey_frame(findings, texts, ChartKind::survey_estimates,
                               "survey_" + std::string(question) + (column.empty() ? "" : "_" + std::string(column)));
    const std::vector<Line> lines = lines_of(*finding, column, level, texts);
    const bool any = std::any_of(lines.begin(), lines.end(),
                                 [](const Line& line) { return std::isfinite(line.row->estimate.value); });
    if (!any) return fail(ErrorKind::statistics, "chart_without_numbers", {{"chart", chart.key}});
    std::string name = finding->label.in(language);
    const std::string answer = answer_label(texts, *finding, lines.front().row->level);
    const bool several = std::any_of(finding->rows.begin(), finding->rows.end(),
                                     [&](const QuestionRow& row) { return row.level != finding->rows.front().level; });
    if (!column.empty() && several) name += ": " + answer;
    chart.title = column.empty()
                      ? name
                      : texts.text("chart_survey_by_title", {{"question", name}, {"column", std::string(column)}});
    chart.subtitle = finding->base.empty() ? texts.text("chart_survey_base_all", {})
                                           : texts.text("chart_survey_base", {{"base", finding->base}});
    const std::string confidence = confidence_text(findings);
    chart.notes.push_back(texts.text("chart_interval_note", {{"level", confidence}}));
    chart.panels = {panel_of(lines, *finding, texts, confidence)};
    if (chart.panels.front().columns.size() > 2) chart.notes.push_back(texts.text("chart_survey_flag_note", {}));
    if (finding->multiple) chart.notes.push_back(texts.text("chart_survey_multiple_note", {}));
    const auto& ticks = chart.panels.front().position_axis.ticks;
    const bool breaks = std::any_of(ticks.begin(), ticks.end(),
                                    [](const Tick& tick) { return tick.label.find('\n') != std::string::npos; });
    chart.height_mm = 58 + (breaks ? 11.0 : 8.0) * static_cast<double>(lines.size());
    return chart;
}

}  // namespace twinfirm::charts
