// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/palette.h"
#include "twinfirm/report/number_format.h"
#include "xlsx_sheet_writer.h"

namespace twinfirm::report::xlsx {

namespace {

using charts::ChartKind;
using charts::Mark;
using charts::Panel;
using charts::Series;

constexpr lxw_row_t rows_of_chart = 22;
constexpr double label_width = 26;

/// One column of numbers: a series' values, or the lower or upper limits of their intervals.
struct NumberColumn {
    const Series* series = nullptr;
    double Mark::*part = &Mark::value;
    std::string header;
};

/// Bars of one category stand beside each other, at positions of their own around the category's tick.
double category_of(const Panel& panel, double position) {
    constexpr double reach = 0.5;
    for (const charts::Tick& tick : panel.position_axis.ticks) {
        if (std::abs(tick.position - position) < reach) return tick.position;
    }
    return position;
}

/// Whether marks are told apart by the category alone; bins of a histogram are not.
bool by_category(const Panel& panel) {
    return std::all_of(panel.series.begin(), panel.series.end(), [&](const Series& series) {
        std::set<double> categories;
        for (const Mark& mark : series.marks) categories.insert(category_of(panel, mark.position));
        return categories.size() == series.marks.size();
    });
}

/// The rows of a panel's numbers: where any series has a mark.
std::vector<double> positions_of(const Panel& panel, bool categories) {
    std::set<double> positions;
    for (const Series& series : panel.series) {
        for (const Mark& mark : series.marks) {
            positions.insert(categories ? category_of(panel, mark.position) : mark.position);
        }
    }
    return {positions.begin(), positions.end()};
}

std::string label_at(const Panel& panel, double position) {
    for (const charts::Tick& tick : panel.position_axis.ticks) {
        if (tick.position != position) continue;
        std::string label = tick.label;
        std::replace(label.begin(), label.end(), '\n', ' ');
        return label;
    }
    return shortest_text(position);
}

/// The legend names a series once, in whichever panel shows it first.
std::string name_of(const Series& series, const charts::Chart& chart) {
    for (const Panel& panel : chart.panels) {
        for (const Series& other : panel.series) {
            if (other.key != series.key) continue;
            if (!other.label.empty()) return other.label;
            if (!other.direct_label.empty()) return other.direct_label;
        }
    }
    return series.key;
}

class FigureSheet {
  public:
    FigureSheet(lxw_workbook* workbook, lxw_worksheet* sheet, Formats& formats, const Figure& figure, Language language)
        : workbook_(workbook), sheet_(sheet), formats_(formats), figure_(figure), language_(language) {}

    void write() {
        worksheet_write_string(sheet_, row_++, 0, full_caption(figure_, language_).c_str(), formats_.caption());
        worksheet_set_column(sheet_, 0, 0, label_width, nullptr);
        worksheet_set_column(sheet_, 1, 30, 12, nullptr);
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, 9);  // A4
        worksheet_fit_to_pages(sheet_, 1, 0);
        for (const Panel& panel : figure_.chart.panels) write_panel(panel);
        for (const std::string& line : note_lines(figure_.notes, language_)) write_note(line);
        const std::string source = source_line(figure_.source, language_);
        if (!source.empty()) write_note(source);
    }

  private:
    void write_note(const std::string& line) {
        worksheet_write_string(sheet_, row_++, 0, line.c_str(), formats_.note());
    }

    [[nodiscard]] std::vector<NumberColumn> columns_of(const Panel& panel) const {
        const bool korean = language_ == Language::korean;
        std::vector<NumberColumn> columns;
        for (const Series& series : panel.series) {
            const std::string name = name_of(series, figure_.chart);
            columns.push_back({&series, &Mark::value, name});
            const bool limits = std::any_of(series.marks.begin(), series.marks.end(),
                                            [](const Mark& mark) { return std::isfinite(mark.low); });
            if (!series.whiskers || !limits) continue;
            columns.push_back({&series, &Mark::low, name + (korean ? " 하한" : " lower")});
            columns.push_back({&series, &Mark::high, name + (korean ? " 상한" : " upper")});
        }
        return columns;
    }

    void write_panel(const Panel& panel) {
        const bool categories = by_category(panel);
        const std::vector<double> positions = positions_of(panel, categories);
        if (positions.empty()) return;
        const std::vector<NumberColumn> columns = columns_of(panel);
        ++row_;
        if (!panel.title.empty()) {
            worksheet_write_string(sheet_, row_++, 0, panel.title.c_str(), formats_.caption());
        }
        const lxw_row_t header = row_;
        constexpr double three_lines = 46;  // names of series are long, and wrapped
        worksheet_set_row(sheet_, row_, three_lines, nullptr);
        worksheet_write_string(sheet_, row_, 0, panel.position_axis.label.c_str(), formats_.header());
        for (std::size_t i = 0; i < columns.size(); ++i) {
            worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(i + 1), columns[i].header.c_str(),
                                   formats_.header());
        }
        ++row_;
        for (const double position : positions) {
            worksheet_write_string(sheet_, row_, 0, label_at(panel, position).c_str(),
                                   formats_.cell(Alignment::left, false));
            for (std::size_t i = 0; i < columns.size(); ++i) {
                write_mark(columns[i], i + 1, [&](const Mark& mark) {
                    return (categories ? category_of(panel, mark.position) : mark.position) == position;
                });
            }
            ++row_;
        }
        const auto anchor = static_cast<lxw_col_t>(columns.size() + 2);
        insert_chart(panel, columns, header, static_cast<lxw_row_t>(positions.size()), anchor);
        row_ = std::max(row_, header + rows_of_chart) + 1;
    }

    template <class IsHere>
    void write_mark(const NumberColumn& column, std::size_t place, const IsHere& is_here) {
        const auto& marks = column.series->marks;
        const auto mark = std::find_if(marks.begin(), marks.end(), is_here);
        const auto at = static_cast<lxw_col_t>(place);
        if (mark == marks.end()) return;
        if (mark->suppressed) {
            worksheet_write_string(sheet_, row_, at, std::string(suppressed_mark).c_str(),
                                   formats_.cell(Alignment::right, false));
        } else if (std::isfinite((*mark).*(column.part))) {
            worksheet_write_number(sheet_, row_, at, (*mark).*(column.part),
                                   formats_.cell(Alignment::right, false, "#,##0.0##"));
        }
    }

    void insert_chart(const Panel& panel, const std::vector<NumberColumn>& columns, lxw_row_t header, lxw_row_t rows,
                      lxw_col_t anchor) {
        const bool bars = std::any_of(panel.series.begin(), panel.series.end(),
                                      [](const Series& series) { return series.shape == charts::Shape::bar; });
        const bool stacked =
            std::any_of(panel.series.begin(), panel.series.end(), [](const Series& series) { return series.stacked; });
        lxw_chart* chart = workbook_add_chart(
            workbook_, bars ? (stacked ? LXW_CHART_COLUMN_STACKED : LXW_CHART_COLUMN) : LXW_CHART_LINE);
        const char* name = sheet_->name;
        std::size_t whiskered = 0;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool limit = columns[i].part != &Mark::value;
            if (limit && bars) continue;  // a column chart has no place for them
            whiskered += columns[i].part == &Mark::low ? 1U : 0U;
            const auto place = static_cast<lxw_col_t>(i + 1);
            lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
            chart_series_set_categories(series, name, header + 1, 0, header + rows, 0);
            chart_series_set_values(series, name, header + 1, place, header + rows, place);
            chart_series_set_name_range(series, name, header, place);
            style(series, *columns[i].series, bars, limit);
        }
        if (whiskered == 1) {
            lxw_chart_line line{};
            line.color = 0x404040;
            line.width = 1;
            chart_set_high_low_lines(chart, &line);
        }
        chart_title_set_name(chart, (panel.title.empty() ? figure_.caption : panel.title).c_str());
        chart_axis_set_name(chart->y_axis, panel.value_axis.label.c_str());
        if (bars && panel.value_axis.low >= 0) chart_axis_set_min(chart->y_axis, 0);
        if (!panel.position_axis.label.empty()) chart_axis_set_name(chart->x_axis, panel.position_axis.label.c_str());
        chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
        lxw_chart_options options{};
        options.x_scale = 1.3;
        options.y_scale = 1.4;
        worksheet_insert_chart_opt(sheet_, header, anchor, chart, &options);
    }

    void style(lxw_chart_series* series, const Series& shown, bool bars, bool limit) const {
        const charts::Color rgb = charts::role_color(shown.role, figure_.chart.palette);
        const auto color = static_cast<lxw_color_t>((rgb.red << 16) | (rgb.green << 8) | rgb.blue);
        if (bars) {
            lxw_chart_fill fill{};
            fill.color = color;
            chart_series_set_fill(series, &fill);
            return;
        }
        lxw_chart_line line{};
        line.color = color;
        line.none = limit || shown.shape != charts::Shape::line ? LXW_TRUE : LXW_FALSE;
        chart_series_set_line(series, &line);
        chart_series_set_marker_type(series, limit ? LXW_CHART_MARKER_SHORT_DASH : LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(series, limit ? 5 : 7);
        lxw_chart_fill fill{};
        fill.color = shown.fill == charts::Fill::hollow ? 0xFFFFFF : color;
        chart_series_set_marker_fill(series, &fill);
        lxw_chart_line outline{};
        outline.color = color;
        chart_series_set_marker_line(series, &outline);
    }

    lxw_workbook* workbook_;
    lxw_worksheet* sheet_;
    Formats& formats_;
    const Figure& figure_;
    Language language_;
    lxw_row_t row_ = 0;
};

}  // namespace

void write_figure(lxw_workbook* workbook, lxw_worksheet* sheet, Formats& formats, const Figure& figure,
                  Language language) {
    FigureSheet(workbook, sheet, formats, figure, language).write();
}

}  // namespace twinfirm::report::xlsx
