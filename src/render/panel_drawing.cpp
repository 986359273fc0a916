// SPDX-License-Identifier: GPL-3.0-or-later
#include "panel_drawing.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "hatched_bars.h"
#include "twinfirm/charts/palette.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

using charts::Fill;
using charts::Mark;
using charts::Series;
using charts::Shape;

QColor qt_color(charts::Color color) {
    return {color.red, color.green, color.blue};
}
QString qt_text(const std::string& text) {
    return QString::fromStdString(text);
}

QPainterPath vertical_tick(bool upright) {
    QPainterPath path;
    path.moveTo(upright ? QPointF(0, -2.7) : QPointF(-2.7, 0));
    path.lineTo(upright ? QPointF(0, 2.7) : QPointF(2.7, 0));
    return path;
}

QCPScatterStyle scatter_style(const Series& series, charts::Palette palette, double diameter, const QColor& background,
                              bool horizontal) {
    const QColor color = qt_color(charts::role_color(series.role, palette));
    const QPen outline(qt_color(charts::outline_color(series.role, palette)), 1.3);
    const QBrush brush(series.fill == Fill::hollow ? background : color);
    switch (series.shape) {
        case Shape::square:
            return {QCPScatterStyle::ssSquare, outline, brush, diameter};
        case Shape::diamond:
            return {QCPScatterStyle::ssDiamond, outline, brush, diameter};
        case Shape::tick:
            return {vertical_tick(horizontal), QPen(color, 1.2), Qt::NoBrush, 12};
        default:
            return {QCPScatterStyle::ssCircle, outline, brush, diameter};
    }
}

double diameter_of(const Series& series) {
    switch (series.shape) {
        case Shape::square:
        case Shape::diamond:
            return 12;
        default:
            return 8;
    }
}

Qt::PenStyle pen_style(charts::Dash dash) {
    switch (dash) {
        case charts::Dash::dashed:
            return Qt::DashLine;
        case charts::Dash::dotted:
            return Qt::DotLine;
        default:
            return Qt::SolidLine;
    }
}

}  // namespace

double text_width(const QString& text, const QFont& font) {
    const QFontMetricsF metrics(font);
    double width = 0;
    for (const QString& line : text.split('\n')) width = std::max(width, metrics.horizontalAdvance(line));
    return width;
}

PanelDrawing::PanelDrawing(QCustomPlot& plot, QCPAxisRect& rect, const charts::Panel& panel, charts::Palette palette,
                           QString family, const Appearance& appearance)
    : plot_(plot),
      rect_(rect),
      panel_(panel),
      palette_(palette),
      family_(std::move(family)),
      appearance_(appearance),
      position_axis_(rect.axis(horizontal() ? QCPAxis::atLeft : QCPAxis::atBottom)),
      value_axis_(rect.axis(horizontal() ? QCPAxis::atBottom : QCPAxis::atLeft)) {}

double PanelDrawing::right_margin() const {
    double width = 8;
    for (const charts::TextColumn& column : panel_.columns) {
        double widest = text_width(qt_text(column.header), pixel_font(family_, size::text, true));
        for (const charts::Tick& cell : column.cells) {
            widest = std::max(widest, text_width(qt_text(cell.label), pixel_font(family_, size::text)));
        }
        width += widest + size::column_gap;
    }
    for (const Series& series : panel_.series) {
        if (series.direct_label.empty()) continue;
        // Less than its width: the axis reaches beyond the last mark.
        width = std::max(width, text_width(qt_text(series.direct_label), pixel_font(family_, size::text, true)));
    }
    return width;
}

double PanelDrawing::top_margin() const {
    const bool labelled = std::any_of(panel_.lines.begin(), panel_.lines.end(),
                                      [](const charts::ReferenceLine& line) { return !line.label.empty(); });
    if (!panel_.columns.empty() || labelled) return 20;
    if (panel_.joins_above) return 0;
    return panel_.note.empty() ? 8 : 12;
}

void PanelDrawing::set_axis(QCPAxis& axis, const charts::Axis& model, bool values) {
    axis.setVisible(true);
    axis.setScaleType(model.scale == charts::Scale::logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    axis.setRange(model.low, model.high);
    axis.setRangeReversed(model.reversed);
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (const charts::Tick& tick : model.ticks) ticker->addTick(tick.position, qt_text(tick.label));
    axis.setTicker(ticker);
    axis.setSubTicks(false);
    axis.setTickLabels(model.tick_labels);
    axis.setTickLabelFont(pixel_font(family_, size::text));
    axis.setTickLabelColor(appearance_.text);
    axis.setTickLabelPadding(5);
    axis.setTickLength(0, values || !horizontal() ? 4 : 0);
    axis.setTickPen(QPen(appearance_.line, 1));
    axis.setBasePen(values && !horizontal() ? Qt::NoPen : QPen(appearance_.line, 1));
    axis.setLabel(qt_text(model.label));
    axis.setLabelFont(pixel_font(family_, size::axis_label));
    axis.setLabelColor(appearance_.text);
    axis.setLabelPadding(4);
    axis.grid()->setVisible(model.grid);
    axis.grid()->setPen(QPen(appearance_.grid, 1));
    axis.grid()->setZeroLinePen(QPen(appearance_.grid, 1));
    axis.grid()->setSubGridVisible(false);
}

void PanelDrawing::draw_marks() {
    set_axis(*position_axis_, panel_.position_axis, false);
    set_axis(*value_axis_, panel_.value_axis, true);
    draw_lines_and_bands();
    QCPBars* below = nullptr;
    for (const Series& series : panel_.series) {
        if (series.shape == Shape::bar) {
            draw_bars(series, below);
        } else {
            draw_points(series);
        }
    }
}

void PanelDrawing::draw_lines_and_bands() {
    const charts::Axis& values = panel_.value_axis;
    const charts::Axis& positions = panel_.position_axis;
    for (const charts::Band& band : panel_.bands) {
        auto* item = new QCPItemRect(&plot_);
        item->setLayer("background");
        item->setClipAxisRect(&rect_);
        place(*item->topLeft, band.low, values.low);
        place(*item->bottomRight, band.high, values.high);
        item->setPen(Qt::NoPen);
        item->setBrush(appearance_.band);
    }
    for (const charts::ReferenceLine& line : panel_.lines) {
        auto* item = new QCPItemLine(&plot_);
        item->setLayer("grid");
        item->setClipAxisRect(&rect_);
        if (line.on_value_axis) {
            place(*item->start, positions.low, line.at);
            place(*item->end, positions.high, line.at);
        } else {
            place(*item->start, line.at, values.low);
            place(*item->end, line.at, values.high);
        }
        item->setPen(QPen(appearance_.line, 1, pen_style(line.dash)));
    }
}

void PanelDrawing::draw_bars(const Series& series, QCPBars*& below) {
    QCPBars* bars = series.fill == Fill::hatched ? new HatchedBars(position_axis_, value_axis_)
                                                 : new QCPBars(position_axis_, value_axis_);
    bars->setName(qt_text(series.label));
    bars->setWidth(series.bar_width);
    bars->setPen(QPen(qt_color(charts::outline_color(series.role, palette_)), 0.7));
    bars->setBrush(qt_color(charts::role_color(series.role, palette_)));
    std::vector<Mark> shown;
    for (const Mark& mark : series.marks) {
        if (!std::isfinite(mark.value)) continue;
        bars->addData(mark.position, mark.value);
        shown.push_back(mark);
    }
    if (series.stacked && below != nullptr) bars->moveAbove(below);
    below = bars;
    if (!series.label.empty()) legend_.push_back(bars);
    if (series.whiskers) add_whiskers(series, shown, *bars);
}

void PanelDrawing::draw_points(const Series& series) {
    std::vector<Mark> shown;
    std::copy_if(series.marks.begin(), series.marks.end(), std::back_inserter(shown),
                 [](const Mark& mark) { return std::isfinite(mark.value); });
    if (shown.empty()) return;
    const double diameter = diameter_of(series);
    const bool sized = std::any_of(shown.begin(), shown.end(), [](const Mark& mark) { return mark.size != 1; });
    if (!sized) {
        QCPGraph* graph = add_points(series, shown, diameter);
        if (!series.label.empty()) legend_.push_back(graph);
        return;
    }
    // A graph has one symbol size, so each mark becomes its own graph; the largest one stands in the legend.
    QCPGraph* largest = nullptr;
    double largest_size = 0;
    for (const Mark& mark : shown) {
        QCPGraph* graph = add_points(series, {mark}, std::max(3.5, diameter * mark.size));
        if (mark.size > largest_size) {
            largest = graph;
            largest_size = mark.size;
        }
    }
    if (!series.label.empty() && largest != nullptr) legend_.push_back(largest);
}

QCPGraph* PanelDrawing::add_points(const Series& series, const std::vector<Mark>& marks, double diameter) {
    auto* graph = new QCPGraph(position_axis_, value_axis_);
    graph->setName(qt_text(series.label));
    graph->setLayer("marks");
    graph->setAdaptiveSampling(false);
    const bool line = series.shape == Shape::line;
    graph->setLineStyle(line ? QCPGraph::lsLine : QCPGraph::lsNone);
    const QColor color = qt_color(charts::role_color(series.role, palette_));
    graph->setPen(QPen(color, 2, series.fill == Fill::hollow ? Qt::DashLine : Qt::SolidLine));
    graph->setScatterStyle(scatter_style(series, palette_, line ? 7 : diameter, appearance_.background, horizontal()));
    for (const Mark& mark : marks) graph->addData(mark.position, mark.value);
    if (series.whiskers) add_whiskers(series, marks, *graph);
    return graph;
}

void PanelDrawing::add_whiskers(const Series& series, const std::vector<Mark>& marks, QCPAbstractPlottable& plottable) {
    // QCPErrorBars pairs by index with the sorted data of the plottable: the marks are in ascending position.
    QVector<double> below;
    QVector<double> above;
    bool any = false;
    for (const Mark& mark : marks) {
        const bool known = std::isfinite(mark.low) && std::isfinite(mark.high);
        below.push_back(known ? mark.value - mark.low : std::nan(""));
        above.push_back(known ? mark.high - mark.value : std::nan(""));
        any = any || known;
    }
    if (!any) return;
    auto* bars = new QCPErrorBars(position_axis_, value_axis_);
    bars->setDataPlottable(&plottable);
    bars->setErrorType(QCPErrorBars::etValueError);
    bars->setData(below, above);
    bars->setSymbolGap(0);
    bars->setWhiskerWidth(5);
    bars->setLayer(series.shape == Shape::bar ? "marks" : "main");
    bars->setPen(QPen(
        series.shape == Shape::bar ? appearance_.text : qt_color(charts::outline_color(series.role, palette_)), 1.4));
}

void PanelDrawing::place(QCPItemPosition& position, double along, double value) const {
    position.setAxisRect(&rect_);
    position.setAxes(rect_.axis(QCPAxis::atBottom), rect_.axis(QCPAxis::atLeft));
    position.setType(QCPItemPosition::ptPlotCoords);
    if (horizontal()) {
        position.setCoords(value, along);
    } else {
        position.setCoords(along, value);
    }
}

QCPItemText* PanelDrawing::add_text(const QString& text, double pixels, Qt::Alignment alignment, bool bold) {
    auto* item = new QCPItemText(&plot_);
    item->setLayer("texts");
    item->setClipToAxisRect(false);
    item->setText(text);
    item->setFont(pixel_font(family_, pixels, bold));
    item->setColor(appearance_.text);
    item->setPositionAlignment(alignment);
    return item;
}

void PanelDrawing::draw_texts() {
    draw_columns();
    draw_mark_labels();
    draw_direct_labels();
    const charts::Axis& values = panel_.value_axis;
    for (const charts::Band& band : panel_.bands) {
        if (band.label.empty()) continue;
        QCPItemText* item = add_text(qt_text(band.label), size::text, Qt::AlignLeft | Qt::AlignTop);
        item->setColor(appearance_.faint_text);
        item->setPadding(QMargins(5, 4, 0, 0));
        place(*item->position, band.low, values.reversed ? values.low : values.high);
    }
    for (const charts::ReferenceLine& line : panel_.lines) {
        if (line.label.empty()) continue;
        QCPItemText* item = add_text(qt_text(line.label), size::text, Qt::AlignHCenter | Qt::AlignBottom);
        item->setColor(appearance_.faint_text);
        item->setPadding(QMargins(0, 0, 0, 2));
        item->position->setType(QCPItemPosition::ptAbsolute);
        item->position->setCoords(value_axis_->coordToPixel(line.at), rect_.top());
    }
}

void PanelDrawing::draw_columns() {
    double x = rect_.right() + size::column_gap;
    for (const charts::TextColumn& column : panel_.columns) {
        double widest = text_width(qt_text(column.header), pixel_font(family_, size::text, true));
        for (const charts::Tick& cell : column.cells) {
            widest = std::max(widest, text_width(qt_text(cell.label), pixel_font(family_, size::text)));
        }
        QCPItemText* header = add_text(qt_text(column.header), size::text, Qt::AlignRight | Qt::AlignBottom, true);
        header->setPadding(QMargins(0, 0, 0, 3));
        header->position->setType(QCPItemPosition::ptAbsolute);
        header->position->setCoords(x + widest, rect_.top());
        for (const charts::Tick& cell : column.cells) {
            QCPItemText* item = add_text(qt_text(cell.label), size::text, Qt::AlignRight | Qt::AlignVCenter);
            item->position->setType(QCPItemPosition::ptAbsolute);
            item->position->setCoords(x + widest, position_axis_->coordToPixel(cell.position));
        }
        x += widest + size::column_gap;
    }
}

void PanelDrawing::draw_mark_labels() {
    const charts::Axis& values = panel_.value_axis;
    const double floor = std::clamp(0.0, values.low, values.high);
    for (const Series& series : panel_.series) {
        for (const Mark& mark : series.marks) {
            if (mark.label.empty() || (!mark.suppressed && !std::isfinite(mark.value))) continue;
            const bool bar = series.shape == Shape::bar;
            const bool negative = bar && mark.value < 0;
            double end = mark.suppressed ? (horizontal() ? values.low : floor) : mark.value;
            if (std::isfinite(mark.high)) end = negative ? mark.low : mark.high;
            const double gap = std::isfinite(mark.high) || bar ? 3 : 7;
            Qt::Alignment alignment = negative ? Qt::AlignHCenter | Qt::AlignTop : Qt::AlignHCenter | Qt::AlignBottom;
            QMarginsF padding(0, negative ? gap : 0, 0, negative ? 0 : gap);
            if (horizontal()) {
                alignment = (negative ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
                padding = QMarginsF(gap + 1, 0, gap + 1, 0);
            }
            QCPItemText* item = add_text(qt_text(mark.label), size::text, alignment);
            item->setPadding(padding.toMargins());
            place(*item->position, mark.position, end);
        }
    }
}

void PanelDrawing::draw_direct_labels() {
    struct Label {
        const Series* series;
        double x;
        double y;
    };
    std::vector<Label> labels;
    for (const Series& series : panel_.series) {
        if (series.direct_label.empty()) continue;
        const auto last = std::find_if(series.marks.rbegin(), series.marks.rend(),
                                       [](const Mark& mark) { return std::isfinite(mark.value); });
        if (last == series.marks.rend()) continue;
        labels.push_back(
            {&series, position_axis_->coordToPixel(last->position), value_axis_->coordToPixel(last->value)});
    }
    std::sort(labels.begin(), labels.end(), [](const Label& a, const Label& b) { return a.y < b.y; });
    const double height = QFontMetricsF(pixel_font(family_, size::text, true)).height() + 1;
    for (std::size_t i = 1; i < labels.size(); ++i) {
        const double overlap = labels[i - 1].y + height - labels[i].y;
        if (overlap <= 0) continue;
        labels[i - 1].y -= overlap / 2;
        labels[i].y += overlap / 2;
    }
    for (const Label& label : labels) {
        QCPItemText* item =
            add_text(qt_text(label.series->direct_label), size::text, Qt::AlignLeft | Qt::AlignVCenter, true);
        item->setColor(qt_color(charts::outline_color(label.series->role, palette_)));
        item->setPadding(QMargins(8, 0, 0, 0));
        item->position->setType(QCPItemPosition::ptAbsolute);
        item->position->setCoords(label.x, label.y);
    }
}

}  // namespace twinfirm::render
