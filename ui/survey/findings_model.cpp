// SPDX-License-Identifier: GPL-3.0-or-later
#include "survey/findings_model.h"

#include "twinfirm/report/survey_report.h"

namespace twinfirm::ui {

namespace {

/// The figure's caption and notes are the chart's again.
charts::Chart whole_chart(const report::Figure& figure) {
    constexpr double title_mm = 6;
    constexpr double line_mm = 4.2;
    charts::Chart chart = figure.chart;
    chart.title = figure.caption;
    chart.notes = figure.notes;
    chart.source = report::source_line(figure.source, chart.language);
    chart.height_mm += title_mm + line_mm * static_cast<double>(1 + chart.notes.size());
    return chart;
}

}  // namespace

void FindingsModel::show(const survey::SurveyFindings& findings, Language language) {
    beginResetModel();
    rows_.clear();
    const report::Document document = report::build_survey_report(findings, language);
    for (const report::Section& section : document.sections) {
        std::vector<std::size_t> waiting;  // rows of figures whose table is still to come
        for (const report::Block& block : section.blocks) {
            if (const auto* figure = std::get_if<report::Figure>(&block)) {
                waiting.push_back(rows_.size());
                rows_.push_back({QString::fromStdString(figure->caption), true, whole_chart(*figure), {}});
            } else if (const auto* table = std::get_if<report::Table>(&block)) {
                for (const std::size_t row : waiting) rows_[row].table = *table;
                if (waiting.empty()) rows_.push_back({QString::fromStdString(table->caption), false, {}, *table});
                waiting.clear();
            }
        }
    }
    endResetModel();
}

void FindingsModel::clear() {
    beginResetModel();
    rows_.clear();
    endResetModel();
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const Row& row = rows_[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole:
        case Qt::ToolTipRole:
            return row.title;
        case Qt::AccessibleTextRole:
            return row.has_chart ? tr("%1 (chart and table)").arg(row.title) : tr("%1 (table)").arg(row.title);
        default:
            return {};
    }
}

Result<charts::Chart> FindingsModel::chart(int row) const {
    const Row& found = rows_.at(static_cast<std::size_t>(row));
    if (found.has_chart) return found.chart;
    return fail(ErrorKind::usage, "chart_without_numbers", {{"chart", found.title.toStdString()}});
}

}  // namespace twinfirm::ui
