// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_plot.h"

#include <qcustomplot.h>

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "panel_drawing.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

constexpr int outer_margin = 10;

/// The text broken into lines of at most that width, between words where there are any.
QString wrapped(const QString& text, const QFont& font, double width) {
    const QFontMetricsF metrics(font);
    QString result;
    QString line;
    for (const QString& word : text.split(' ')) {
        const QString longer = line.isEmpty() ? word : line + ' ' + word;
        if (!line.isEmpty() && metrics.horizontalAdvance(longer) > width) {
            result += line + '\n';
            line = word;
        } else {
            line = longer;
        }
    }
    return result + line;
}

class ChartComposer {
  public:
    ChartComposer(QCustomPlot& plot, const charts::Chart& chart, QSizeF size, QString family,
                  const Appearance& appearance)
        : plot_(plot), chart_(chart), size_(size), family_(std::move(family)), appearance_(appearance) {}

    void compose() {
        prepare();
        if (!chart_.title.empty()) add_paragraph(chart_.title, size::title, true, appearance_.text);
        if (!chart_.subtitle.empty()) add_paragraph(chart_.subtitle, size::subtitle, false, appearance_.text);
        // Elements know their plot only once they stand in its layout.
        auto* legend = new QCPLayoutGrid;
        add_row(legend);
        auto* panels = new QCPLayoutGrid;
        add_row(panels);
        plot_.plotLayout()->setRowStretchFactor(plot_.plotLayout()->rowCount() - 1, 1000);
        panels->setRowSpacing(6);
        panels->setColumnSpacing(10);
        for (const charts::Panel& panel : chart_.panels) add_panel(*panels, panel);
        if (legend_entries_.empty()) {
            // An empty grid would hold the whole layout narrow.
            plot_.plotLayout()->remove(legend);
            plot_.plotLayout()->simplify();
        } else {
            add_legend(*legend);
        }
        for (const std::string& note : chart_.notes) {
            add_paragraph("※ " + note, size::note, false, appearance_.faint_text);
        }
        if (!chart_.source.empty()) add_paragraph(chart_.source, size::note, false, appearance_.faint_text);
        // The texts beside the marks need the places of the axes.
        lay_out();
        for (const auto& drawing : drawings_) drawing->draw_texts();
    }

  private:
    void prepare() {
        plot_.setAutoAddPlottableToLegend(false);
        plot_.setNoAntialiasingOnDrag(false);
        plot_.setAntialiasedElements(QCP::aeAll);
        plot_.setBackground(QBrush(appearance_.background));
        for (const char* layer : {"marks", "texts"}) {
            if (plot_.layer(layer) == nullptr) plot_.addLayer(layer);
        }
        plot_.plotLayout()->setRowSpacing(2);
        plot_.plotLayout()->setMargins(QMargins(outer_margin, outer_margin, outer_margin, outer_margin));
    }

    void lay_out() {
        plot_.setViewport(QRect(QPoint(0, 0), size_.toSize()));
        for (const auto phase :
             {QCPLayoutElement::upPreparation, QCPLayoutElement::upMargins, QCPLayoutElement::upLayout}) {
            plot_.plotLayout()->update(phase);
        }
    }

    void add_row(QCPLayoutElement* element) {
        plot_.plotLayout()->addElement(plot_.plotLayout()->rowCount(), 0, element);
        plot_.plotLayout()->setRowStretchFactor(plot_.plotLayout()->rowCount() - 1, 0.001);
    }

    QCPTextElement* text_element(const QString& text, double pixels, bool bold, const QColor& color) {
        auto* element = new QCPTextElement(&plot_, text, pixel_font(family_, pixels, bold));
        element->setTextFlags(Qt::AlignLeft | Qt::AlignVCenter);
        element->setTextColor(color);
        element->setMargins(QMargins(0, 0, 0, 0));
        return element;
    }

    void add_paragraph(const std::string& text, double pixels, bool bold, const QColor& color) {
        const QFont font = pixel_font(family_, pixels, bold);
        const double width = size_.width() - 2 * outer_margin - 4;
        add_row(text_element(wrapped(QString::fromStdString(text), font, width), pixels, bold, color));
    }

    QCPMarginGroup* margin_group(QCP::MarginSide side, int place) {
        QCPMarginGroup*& group = margin_groups_[{static_cast<int>(side), place}];
        if (group == nullptr) group = new QCPMarginGroup(&plot_);
        return group;
    }

    void add_panel(QCPLayoutGrid& panels, const charts::Panel& panel) {
        auto* cell = new QCPLayoutGrid;
        cell->setRowSpacing(0);
        int row = 0;
        const auto add_line = [&](const std::string& text, double pixels, bool bold, const QColor& color) {
            if (text.empty()) return;
            cell->addElement(row, 0, text_element(QString::fromStdString(text), pixels, bold, color));
            cell->setRowStretchFactor(row++, 0.001);
        };
        add_line(panel.title, size::panel_title, true, appearance_.text);
        add_line(panel.note, size::note, false, appearance_.faint_text);
        auto* rect = new QCPAxisRect(&plot_, true);
        for (QCPAxis* axis : rect->axes()) axis->setVisible(false);
        cell->addElement(row, 0, rect);
        cell->setRowStretchFactor(row, 1);
        panels.addElement(panel.row, panel.column, cell);
        const bool side_by_side = std::any_of(chart_.panels.begin(), chart_.panels.end(),
                                              [](const charts::Panel& other) { return other.column > 0; });
        if (side_by_side) panels.setColumnStretchFactor(panel.column, panel.stretch);
        if (panel.column == 0) panels.setRowStretchFactor(panel.row, side_by_side ? 1 : panel.stretch);

        drawings_.push_back(std::make_unique<PanelDrawing>(plot_, *rect, panel, chart_.palette, family_, appearance_));
        PanelDrawing& drawing = *drawings_.back();
        drawing.draw_marks();
        const int right = static_cast<int>(drawing.right_margin());
        rect->setMinimumMargins(QMargins(4, static_cast<int>(drawing.top_margin()), right, 4));
        join(panels, panel, *rect);
        rect->setMarginGroup(QCP::msLeft, margin_group(QCP::msLeft, panel.column));
        rect->setMarginGroup(QCP::msRight, margin_group(QCP::msRight, panel.column));
        if (side_by_side) {
            rect->setMarginGroup(QCP::msTop, margin_group(QCP::msTop, panel.row));
            rect->setMarginGroup(QCP::msBottom, margin_group(QCP::msBottom, panel.row));
        }
        for (QCPAbstractPlottable* entry : drawing.legend_entries()) legend_entries_.push_back(entry);
    }

    /// No gap between panels that belong together: the upper one keeps no bottom margin, the lower one no top margin.
    void join(QCPLayoutGrid& panels, const charts::Panel& panel, QCPAxisRect& rect) {
        const bool joined_below =
            std::any_of(chart_.panels.begin(), chart_.panels.end(), [&](const charts::Panel& other) {
                return other.joins_above && other.row == panel.row + 1 && other.column == panel.column;
            });
        QCP::MarginSides automatic = QCP::msAll;
        if (panel.joins_above) automatic &= ~QCP::msTop;
        if (joined_below) {
            automatic &= ~QCP::msBottom;
            rect.axis(QCPAxis::atBottom)->setTickLength(0, 0);
            panels.setRowSpacing(0);
        }
        rect.setMinimumMargins(rect.minimumMargins() - QMargins(0, 0, 0, joined_below ? 4 : 0));
        rect.setAutoMargins(automatic);
    }

    /// The entries from left to right, as many a row as fit.
    void add_legend(QCPLayoutGrid& row) {
        const QFont font = pixel_font(family_, size::text);
        double widest = 0;
        for (const QCPAbstractPlottable* entry : legend_entries_) {
            widest = std::max(widest, text_width(entry->name(), font));
        }
        constexpr double icon = 34;
        const auto fitting = static_cast<int>((size_.width() - 2 * outer_margin) / (widest + icon + 12));
        const auto entries = static_cast<int>(legend_entries_.size());
        int per_row = std::clamp(fitting, 1, entries);
        const int rows = (entries + per_row - 1) / per_row;
        per_row = (entries + rows - 1) / rows;
        auto* legend = new QCPLegend;
        row.addElement(0, 0, legend);
        row.addElement(0, 1, new QCPLayoutElement(&plot_));
        row.setColumnStretchFactor(0, 0.001);
        legend->setLayer("texts");
        legend->setFont(font);
        legend->setTextColor(appearance_.text);
        legend->setBorderPen(Qt::NoPen);
        legend->setBrush(Qt::NoBrush);
        legend->setMargins(QMargins(0, 4, 0, 4));
        legend->setIconSize(22, 15);
        legend->setColumnSpacing(14);
        legend->setRowSpacing(1);
        legend->setFillOrder(QCPLayoutGrid::foColumnsFirst, false);
        legend->setWrap(per_row);
        for (QCPAbstractPlottable* entry : legend_entries_) {
            auto* item = new QCPPlottableLegendItem(legend, entry);
            item->setFont(font);
            item->setTextColor(appearance_.text);
            legend->addItem(item);
        }
    }

    QCustomPlot& plot_;
    const charts::Chart& chart_;
    QSizeF size_;
    QString family_;
    const Appearance& appearance_;
    std::vector<std::unique_ptr<PanelDrawing>> drawings_;
    std::vector<QCPAbstractPlottable*> legend_entries_;
    std::map<std::pair<int, int>, QCPMarginGroup*> margin_groups_;
};

}  // namespace

Appearance Appearance::dark() {
    Appearance appearance;
    appearance.background = QColor(0x23, 0x26, 0x29);
    appearance.text = QColor(0xEE, 0xEE, 0xEE);
    appearance.faint_text = QColor(0xBB, 0xBB, 0xBB);
    appearance.line = QColor(0x99, 0x99, 0x99);
    appearance.grid = QColor(0x3C, 0x40, 0x44);
    appearance.band = QColor(0x2D, 0x31, 0x35);
    return appearance;
}

void put_chart(QCustomPlot& plot, const charts::Chart& chart, QSizeF size, const QString& family,
               const Appearance& appearance) {
    clear_chart(plot);
    ChartComposer(plot, chart, size, family, appearance).compose();
}

void clear_chart(QCustomPlot& plot) {
    plot.clearItems();
    plot.clearPlottables();
    plot.plotLayout()->clear();
}

}  // namespace twinfirm::render
