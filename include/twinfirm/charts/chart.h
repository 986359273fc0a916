// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"

namespace twinfirm::charts {

enum class ChartKind {
    overlap,
    love_plot,
    before_after,
    process_change,
    forest,
    event_study,
    flow,
    survey_estimates,
    stages,
    technology,
    market,
    suppliers
};

/// Whom or what a series shows; the palette gives each role its colour.
enum class Role {
    adopter,
    non_adopter,
    adopter_before,
    adopter_after,
    non_adopter_before,
    non_adopter_after,
    unadjusted,  ///< balance before matching
    adjusted,    ///< balance after matching
    effect,
    total,  ///< all adopters, beside the groups
    naive,  ///< the before/after number without a comparison, never the message of a chart
};

enum class Shape { bar, line, circle, square, diamond, tick };

/// The second cue beside colour, so that the series stay apart in grey.
enum class Fill { solid, hollow, hatched };

/// The colours of the roles; every palette passes the same tests.
enum class Palette { standard, purple_green, grey };

/// One number with its interval. All numbers are in the unit of the panel's value axis, as shown (7.7 for 7.7 %).
/// NaN = not there: nothing is drawn.
struct Mark {
    double position = 0;  ///< on the position axis: category number, year, centre of a bin
    double value = std::numeric_limits<double>::quiet_NaN();
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
    std::optional<std::int64_t> n;  ///< firms behind the number
    double size = 1;                ///< side of a square relative to the largest one of the series, (0, 1]
    std::string label;              ///< text beside the mark; empty = none
    bool suppressed = false;        ///< too few firms: value, interval and n are absent, an X stands in their place
};

struct Series {
    std::string key;    ///< stable, e.g. `adopter_matched`
    std::string label;  ///< in the legend; empty = not in the legend
    Role role = Role::effect;
    Shape shape = Shape::circle;
    Fill fill = Fill::solid;
    bool whiskers = false;     ///< draw low..high
    bool stacked = false;      ///< bars stand on those of the series before
    double bar_width = 0.8;    ///< in units of the position axis
    std::string direct_label;  ///< text at the last mark, in place of a legend
    std::vector<Mark> marks;   ///< by ascending position
};

struct Tick {
    double position = 0;
    std::string label;
};

enum class Scale { linear, logarithmic };

/// The range holds every mark, interval and reference line, so that nothing depends on clipping.
struct Axis {
    std::string label;  ///< with the unit in brackets
    std::string unit;   ///< as shown: %, %p, 억원, 명
    double low = 0;
    double high = 1;
    Scale scale = Scale::linear;
    bool reversed = false;  ///< grows downwards or leftwards
    bool grid = false;
    bool tick_labels = true;
    std::vector<Tick> ticks;
};

enum class Dash { solid, dashed, dotted };

struct ReferenceLine {
    bool on_value_axis = true;  ///< else on the position axis
    double at = 0;
    Dash dash = Dash::solid;
    std::string label;
};

/// A shaded stretch of the position axis.
struct Band {
    double low = 0;
    double high = 0;
    std::string label;
};

/// Texts to the right of the panel, one a position.
struct TextColumn {
    std::string header;
    std::vector<Tick> cells;
};

enum class Orientation { vertical, horizontal };  ///< of the value axis

struct Panel {
    std::string key;
    std::string title;
    std::string note;  ///< one line below the title
    Orientation orientation = Orientation::vertical;
    Axis position_axis;
    Axis value_axis;
    std::vector<Series> series;
    std::vector<ReferenceLine> lines;
    std::vector<Band> bands;
    std::vector<TextColumn> columns;
    int row = 0;  ///< place in the grid of panels
    int column = 0;
    double stretch = 1;        ///< share of the height (or width) among the panels of the grid
    bool joins_above = false;  ///< no gap to the panel above: they share the position axis
};

/// A chart as plain data: what it shows, not how it is drawn. All texts are in one language.
struct Chart {
    ChartKind kind = ChartKind::forest;
    std::string key;  ///< stable name, good for files: `forest_sales_size`
    Language language = Language::korean;
    std::string title;
    std::string subtitle;
    std::vector<Panel> panels;
    std::vector<std::string> notes;
    std::string source;
    double width_mm = 160;
    double height_mm = 100;
    Palette palette = Palette::standard;
};

[[nodiscard]] std::string_view kind_name(ChartKind kind);
[[nodiscard]] std::string_view role_name(Role role);

/// Canonical JSON: every key present (`palette` where it is not the standard one), fixed order, 2 spaces, shortest
/// numbers, NaN as null.
[[nodiscard]] std::string chart_to_json(const Chart& chart);

/// The numbers behind a chart: one row a mark, as plain decimal text (`-` for negative; `X` = suppressed; empty =
/// absent).
struct ChartTable {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
};
[[nodiscard]] ChartTable chart_table(const Chart& chart);

}  // namespace twinfirm::charts
