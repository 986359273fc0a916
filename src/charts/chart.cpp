// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/chart.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/palette.h"

namespace twinfirm::charts {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::array<std::string_view, 12> kind_names{"overlap", "love_plot",   "before_after", "process_change",
                                                      "forest",  "event_study", "flow",         "survey_estimates",
                                                      "stages",  "technology",  "market",       "suppliers"};
constexpr std::array<std::string_view, 11> role_names{"adopter",
                                                      "non_adopter",
                                                      "adopter_before",
                                                      "adopter_after",
                                                      "non_adopter_before",
                                                      "non_adopter_after",
                                                      "unadjusted",
                                                      "adjusted",
                                                      "effect",
                                                      "total",
                                                      "naive"};
constexpr std::array<std::string_view, 6> shape_names{"bar", "line", "circle", "square", "diamond", "tick"};
constexpr std::array<std::string_view, 3> fill_names{"solid", "hollow", "hatched"};
constexpr std::array<std::string_view, 2> scale_names{"linear", "logarithmic"};
constexpr std::array<std::string_view, 3> dash_names{"solid", "dashed", "dotted"};
constexpr std::array<std::string_view, 2> orientation_names{"vertical", "horizontal"};

template <class Enum, std::size_t N>
std::string_view name_of(const std::array<std::string_view, N>& names, Enum value) {
    return names.at(static_cast<std::size_t>(value));
}

Json number(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

template <class T, class Function>
Json array_of(const std::vector<T>& values, Function to_json) {
    Json array = Json::array();
    for (const T& value : values) array.push_back(to_json(value));
    return array;
}

Json mark_json(const Mark& mark) {
    return {{"position", number(mark.position)},
            {"value", number(mark.value)},
            {"low", number(mark.low)},
            {"high", number(mark.high)},
            {"n", mark.n ? Json(*mark.n) : Json(nullptr)},
            {"size", number(mark.size)},
            {"label", mark.label},
            {"suppressed", mark.suppressed}};
}

Json series_json(const Series& series) {
    return {{"key", series.key},
            {"label", series.label},
            {"role", role_name(series.role)},
            {"shape", name_of(shape_names, series.shape)},
            {"fill", name_of(fill_names, series.fill)},
            {"whiskers", series.whiskers},
            {"stacked", series.stacked},
            {"bar_width", number(series.bar_width)},
            {"direct_label", series.direct_label},
            {"marks", array_of(series.marks, mark_json)}};
}

Json tick_json(const Tick& tick) {
    return {{"position", number(tick.position)}, {"label", tick.label}};
}

Json axis_json(const Axis& axis) {
    return {{"label", axis.label},
            {"unit", axis.unit},
            {"low", number(axis.low)},
            {"high", number(axis.high)},
            {"scale", name_of(scale_names, axis.scale)},
            {"reversed", axis.reversed},
            {"grid", axis.grid},
            {"tick_labels", axis.tick_labels},
            {"ticks", array_of(axis.ticks, tick_json)}};
}

Json line_json(const ReferenceLine& line) {
    return {{"on_value_axis", line.on_value_axis},
            {"at", number(line.at)},
            {"dash", name_of(dash_names, line.dash)},
            {"label", line.label}};
}

Json band_json(const Band& band) {
    return {{"low", number(band.low)}, {"high", number(band.high)}, {"label", band.label}};
}

Json column_json(const TextColumn& column) {
    return {{"header", column.header}, {"cells", array_of(column.cells, tick_json)}};
}

Json panel_json(const Panel& panel) {
    return {{"key", panel.key},
            {"title", panel.title},
            {"note", panel.note},
            {"orientation", name_of(orientation_names, panel.orientation)},
            {"position_axis", axis_json(panel.position_axis)},
            {"value_axis", axis_json(panel.value_axis)},
            {"series", array_of(panel.series, series_json)},
            {"lines", array_of(panel.lines, line_json)},
            {"bands", array_of(panel.bands, band_json)},
            {"columns", array_of(panel.columns, column_json)},
            {"row", panel.row},
            {"column", panel.column},
            {"stretch", number(panel.stretch)},
            {"joins_above", panel.joins_above}};
}

/// What stands at that position: the tick's label, else the number itself.
std::string position_text(const Axis& axis, double position) {
    for (const Tick& tick : axis.ticks) {
        if (tick.position == position) return tick.label.substr(0, tick.label.find('\n'));
    }
    return shortest_text(position);
}

}  // namespace

std::string_view kind_name(ChartKind kind) {
    return name_of(kind_names, kind);
}
std::string_view role_name(Role role) {
    return name_of(role_names, role);
}

std::string chart_to_json(const Chart& chart) {
    Json json = {{"kind", kind_name(chart.kind)},
                 {"key", chart.key},
                 {"language", language_tag(chart.language)},
                 {"title", chart.title},
                 {"subtitle", chart.subtitle},
                 {"panels", array_of(chart.panels, panel_json)},
                 {"notes", chart.notes},
                 {"source", chart.source},
                 {"width_mm", number(chart.width_mm)},
                 {"height_mm", number(chart.height_mm)}};
    if (chart.palette != Palette::standard) json["palette"] = palette_name(chart.palette);
    return json.dump(2) + "\n";
}

ChartTable chart_table(const Chart& chart) {
    const MessageCatalogue texts(chart.language);
    ChartTable table;
    for (const std::string_view column : {"panel", "series", "position", "value", "low", "high", "n", "unit"}) {
        table.columns.push_back(texts.text("chart_table_" + std::string(column), {}));
    }
    for (const Panel& panel : chart.panels) {
        for (const Series& series : panel.series) {
            for (const Mark& mark : series.marks) {
                std::vector<std::string> row{panel.title.empty() ? panel.value_axis.label : panel.title,
                                             series.label.empty() ? series.direct_label : series.label,
                                             position_text(panel.position_axis, mark.position)};
                if (mark.suppressed) {
                    row.insert(row.end(), {"X", "X", "X", "X"});
                } else {
                    row.insert(row.end(), {shortest_text(mark.value), shortest_text(mark.low), shortest_text(mark.high),
                                           mark.n ? integer_text(*mark.n) : std::string()});
                }
                row.push_back(panel.value_axis.unit);
                table.rows.push_back(std::move(row));
            }
        }
    }
    return table;
}

}  // namespace twinfirm::charts
