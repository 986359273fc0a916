// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/charts/chart_editing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/axis_scale.h"
#include "twinfirm/charts/label_format.h"
#include "twinfirm/charts/palette.h"

namespace twinfirm::charts {
namespace {

constexpr int most_decimals = 6;

/// The row that a position belongs to: marks of one row stand beside each other around a whole number.
int row_of(double position) {
    return static_cast<int>(std::lround(position));
}

bool has_total(const Panel& panel, int row) {
    for (const Series& series : panel.series) {
        if (series.role != Role::total) continue;
        for (const Mark& mark : series.marks) {
            if (row_of(mark.position) == row) return true;
        }
    }
    return false;
}

/// A mark's value as a chart writes it.
struct TextForm {
    bool unit = false;
    bool plus = false;
    bool interval = false;
};

std::string written(const Mark& mark, const Panel& panel, const TextForm& form, int decimals, Language language) {
    std::string text = form.unit ? value_label(mark.value, panel.value_axis.unit, decimals, language, form.plus)
                                 : number_label(mark.value, decimals, language, form.plus);
    if (form.interval) text += " (" + interval_label(mark.low, mark.high, decimals, language) + ")";
    return text;
}

/// Writes the text anew if it is the value of that mark.
bool rewrite(const Mark& mark, const Panel& panel, int decimals, Language language, std::string& text) {
    if (!std::isfinite(mark.value) || text.empty()) return false;
    const bool bounded = std::isfinite(mark.low) && std::isfinite(mark.high);
    for (const bool unit : {true, false}) {
        for (const bool plus : {true, false}) {
            for (const bool interval : {true, false}) {
                if (interval && !bounded) continue;
                for (int now = 0; now <= most_decimals; ++now) {
                    const TextForm form{unit, plus, interval};
                    if (written(mark, panel, form, now, language) != text) continue;
                    text = written(mark, panel, form, decimals, language);
                    return true;
                }
            }
        }
    }
    return false;
}

class Editor {
  public:
    Editor(const design::ChartEdit& edit, Chart& chart) : edit_(edit), chart_(chart) {}

    Messages apply() {
        if (const std::string& title = edit_.title.in(chart_.language); !title.empty()) chart_.title = title;
        set_palette();
        set_decimals();
        for (const design::SeriesLabel& entry : edit_.series) name_series(entry);
        for (const design::RowLabel& entry : edit_.rows) name_row(entry);
        set_order();
        for (const design::AxisRange& range : edit_.ranges) set_range(range);
        return std::move(messages_);
    }

  private:
    void warn(const char* code, MessageArguments arguments = {}) {
        arguments["chart"] = edit_.chart;
        messages_.push_back({code, Severity::warning, std::move(arguments), 1});
    }

    void set_palette() {
        if (edit_.palette.empty()) return;
        const auto known = palette_of(edit_.palette);
        if (known) {
            chart_.palette = *known;
        } else {
            warn("chart_edit_palette", {{"palette", edit_.palette}});
        }
    }

    void set_decimals() {
        if (!edit_.decimals) return;
        const int decimals = *edit_.decimals;
        if (decimals < 0 || decimals > most_decimals) {
            return warn("chart_edit_decimals", {{"decimals", integer_text(decimals)}});
        }
        for (Panel& panel : chart_.panels) {
            for (TextColumn& column : panel.columns) {
                for (Tick& cell : column.cells) rewrite_cell(panel, decimals, cell);
            }
            for (Series& series : panel.series) {
                for (Mark& mark : series.marks) rewrite(mark, panel, decimals, chart_.language, mark.label);
            }
        }
    }

    void rewrite_cell(const Panel& panel, int decimals, Tick& cell) const {
        for (const Series& series : panel.series) {
            for (const Mark& mark : series.marks) {
                if (row_of(mark.position) != row_of(cell.position)) continue;
                if (rewrite(mark, panel, decimals, chart_.language, cell.label)) return;
            }
        }
    }

    void name_series(const design::SeriesLabel& entry) {
        const std::string& label = entry.label.in(chart_.language);
        bool found = false;
        for (Panel& panel : chart_.panels) {
            for (Series& series : panel.series) {
                if (series.key != entry.series) continue;
                found = true;
                if (label.empty()) continue;
                // A series without a name in the legend keeps none: its first panel has it.
                if (!series.label.empty()) series.label = label;
                if (!series.direct_label.empty()) series.direct_label = label;
            }
        }
        if (!found) warn("chart_edit_series", {{"series", entry.series}});
    }

    void name_row(const design::RowLabel& entry) {
        const std::string& label = entry.label.in(chart_.language);
        bool found = false;
        for (Panel& panel : chart_.panels) {
            for (Tick& tick : panel.position_axis.ticks) {
                if (!has_rows(chart_) || row_of(tick.position) != entry.row) continue;
                found = true;
                if (!label.empty() && !tick.label.empty()) tick.label = broken_label(label);
            }
        }
        if (!found) warn("chart_edit_row", {{"row", integer_text(entry.row)}});
    }

    void set_order() {
        if (edit_.order.empty()) return;
        std::set<int> rows;
        for (const Panel& panel : chart_.panels) {
            for (const Tick& tick : panel.position_axis.ticks) {
                if (!has_total(panel, row_of(tick.position))) rows.insert(row_of(tick.position));
            }
        }
        const std::set<int> asked(edit_.order.begin(), edit_.order.end());
        if (!has_rows(chart_) || asked != rows || asked.size() != edit_.order.size()) return warn("chart_edit_order");
        std::map<int, int> place;
        auto free = rows.begin();
        for (const int row : edit_.order) place[row] = *free++;
        const auto move = [&](double& position) {
            const int row = row_of(position);
            if (const auto to = place.find(row); to != place.end()) position += to->second - row;
        };
        for (Panel& panel : chart_.panels) {
            for (Series& series : panel.series) move_all(series.marks, move);
            for (TextColumn& column : panel.columns) move_all(column.cells, move);
            move_all(panel.position_axis.ticks, move);
        }
    }

    /// Marks stay in ascending position: intervals are paired with them by it.
    template <class Item, class Move>
    static void move_all(std::vector<Item>& items, const Move& move) {
        for (Item& item : items) move(item.position);
        std::stable_sort(items.begin(), items.end(),
                         [](const Item& a, const Item& b) { return a.position < b.position; });
    }

    void set_range(const design::AxisRange& range) {
        bool found = false;
        for (Panel& panel : chart_.panels) {
            if (!range.panel.empty() && panel.key != range.panel) continue;
            found = true;
            if (!(range.low < range.high) || panel.value_axis.scale == Scale::logarithmic) {
                warn("chart_edit_range", {{"panel", panel.key}});
                continue;
            }
            stretch(range, panel);
        }
        if (!found) warn("chart_edit_panel", {{"panel", range.panel}});
    }

    void stretch(const design::AxisRange& range, Panel& panel) {
        Extent needed = value_extent(panel.series, {range.low, range.high});
        if (std::any_of(panel.series.begin(), panel.series.end(),
                        [](const Series& series) { return series.shape == Shape::bar; })) {
            needed = {std::min(needed.low, 0.0), std::max(needed.high, 0.0)};
            hold_stacks(panel, needed);
        }
        for (const ReferenceLine& line : panel.lines) {
            if (line.on_value_axis) needed = {std::min(needed.low, line.at), std::max(needed.high, line.at)};
        }
        if (needed.low < range.low || needed.high > range.high) warn("chart_edit_range", {{"panel", panel.key}});
        Axis& axis = panel.value_axis;
        const bool mirrored = std::any_of(axis.ticks.begin(), axis.ticks.end(), [&](const Tick& tick) {
            return tick.position < 0 && tick.label == number_label(-tick.position, 0, chart_.language);
        });
        fit_linear_axis(axis, needed.low, needed.high, std::max(2, static_cast<int>(axis.ticks.size()) - 1),
                        chart_.language);
        std::erase_if(axis.ticks,
                      [&](const Tick& tick) { return tick.position < needed.low || tick.position > needed.high; });
        if (mirrored) {
            for (Tick& tick : axis.ticks) tick.label = number_label(std::abs(tick.position), 0, chart_.language);
        }
        axis.low = needed.low;
        axis.high = needed.high;
    }

    /// Bars that stand on others reach higher than their own value.
    static void hold_stacks(const Panel& panel, Extent& needed) {
        std::map<double, double> heights;
        for (const Series& series : panel.series) {
            for (const Mark& mark : series.marks) {
                if (series.shape != Shape::bar || !std::isfinite(mark.value)) continue;
                double& height = heights[mark.position];
                height = series.stacked ? height + mark.value : mark.value;
                needed = {std::min(needed.low, height), std::max(needed.high, height)};
            }
        }
    }

    const design::ChartEdit& edit_;
    Chart& chart_;
    Messages messages_;
};

}  // namespace

bool has_rows(const Chart& chart) {
    // The steps of the flow follow one another.
    if (chart.kind == ChartKind::flow || chart.panels.empty()) return false;
    return std::all_of(chart.panels.begin(), chart.panels.end(), [](const Panel& panel) {
        return panel.orientation == Orientation::horizontal && panel.position_axis.reversed;
    });
}

Messages edit_chart(const design::ChartEdit& edit, Chart& chart) {
    return Editor(edit, chart).apply();
}

Messages edit_chart(const std::vector<design::ChartEdit>& edits, Chart& chart) {
    for (const design::ChartEdit& edit : edits) {
        if (edit.chart == chart.key) return edit_chart(edit, chart);
    }
    return {};
}

}  // namespace twinfirm::charts
