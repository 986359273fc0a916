// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_plot.h"

#include <gtest/gtest.h>
#include <qcustomplot.h>

#include <cmath>
#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include "charts/sample_charts.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

using charts::Chart;

QSizeF pixels(const Chart& chart) {
    return {std::round(chart.width_mm * 96 / 25.4), std::round(chart.height_mm * 96 / 25.4)};
}

std::unique_ptr<QCustomPlot> drawn(const Chart& chart) {
    auto plot = std::make_unique<QCustomPlot>();
    put_chart(*plot, chart, pixels(chart), chart_font_family().value());
    return plot;
}

/// Position, value, low, high.
using Interval = std::tuple<double, double, double, double>;

std::multiset<Interval> intervals_of_model(const Chart& chart) {
    std::multiset<Interval> result;
    for (const auto& panel : chart.panels) {
        for (const auto& series : panel.series) {
            for (const auto& mark : series.marks) {
                if (series.whiskers && std::isfinite(mark.value) && std::isfinite(mark.low) &&
                    std::isfinite(mark.high)) {
                    result.emplace(mark.position, mark.value, mark.low, mark.high);
                }
            }
        }
    }
    return result;
}

std::multiset<Interval> intervals_drawn(QCustomPlot& plot) {
    std::multiset<Interval> result;
    for (int i = 0; i < plot.plottableCount(); ++i) {
        auto* bars = qobject_cast<QCPErrorBars*>(plot.plottable(i));
        if (bars == nullptr) continue;
        auto* marks = bars->dataPlottable()->interface1D();
        for (int k = 0; k < marks->dataCount(); ++k) {
            const QCPErrorBarsData& error = bars->data()->at(k);
            const double value = marks->dataMainValue(k);
            if (std::isnan(error.errorMinus)) continue;
            result.emplace(marks->dataMainKey(k), value, value - error.errorMinus, value + error.errorPlus);
        }
    }
    return result;
}

void expect_same_intervals(const Chart& chart) {
    const auto expected = intervals_of_model(chart);
    const auto plot = drawn(chart);
    const auto actual = intervals_drawn(*plot);
    ASSERT_EQ(actual.size(), expected.size()) << chart.key;
    auto at = actual.begin();
    for (const Interval& interval : expected) {
        EXPECT_NEAR(std::get<0>(*at), std::get<0>(interval), 0) << chart.key;
        EXPECT_NEAR(std::get<1>(*at), std::get<1>(interval), 1e-9) << chart.key;
        EXPECT_NEAR(std::get<2>(*at), std::get<2>(interval), 1e-9) << chart.key;
        EXPECT_NEAR(std::get<3>(*at), std::get<3>(interval), 1e-9) << chart.key;
        ++at;
    }
}

TEST(ChartPlot, EachIntervalBelongsToItsEstimate) {
    for (const Chart& chart : charts::sample_charts(Language::korean)) expect_same_intervals(chart);
}

TEST(ChartPlot, AMarkWithoutAnIntervalMovesNoOther) {
    Chart chart = charts::forest_chart(charts::SampleEvaluation::make(), "sales", "size", Language::korean).value();
    auto& marks = chart.panels[0].series[1].marks;
    marks[1].low = std::nan("");
    marks[2].value = std::nan("");
    expect_same_intervals(chart);
    for (auto& mark : marks) mark.size = 1;  // one graph with all marks
    expect_same_intervals(chart);
}

struct PlacedText {
    QString text;
    QRectF rect;
};

std::vector<PlacedText> placed_texts(QCustomPlot& plot) {
    std::vector<PlacedText> texts;
    for (int i = 0; i < plot.itemCount(); ++i) {
        auto* item = qobject_cast<QCPItemText*>(plot.item(i));
        if (item == nullptr) continue;
        const QMargins padding = item->padding();
        QRectF rect(item->topLeft->pixelPosition(), item->bottomRight->pixelPosition());
        rect.adjust(padding.left(), padding.top(), -padding.right(), -padding.bottom());
        texts.push_back({item->text(), rect});
    }
    std::vector<QCPLayoutElement*> waiting{plot.plotLayout()};
    while (!waiting.empty()) {
        QCPLayoutElement* element = waiting.back();
        waiting.pop_back();
        if (auto* layout = qobject_cast<QCPLayout*>(element)) {
            for (QCPLayoutElement* child : layout->elements(false)) {
                if (child != nullptr) waiting.push_back(child);
            }
        }
        const auto* text = qobject_cast<QCPTextElement*>(element);
        if (text != nullptr) texts.push_back({text->text(), text->outerRect()});
        auto* entry = qobject_cast<QCPPlottableLegendItem*>(element);
        if (entry != nullptr) texts.push_back({entry->plottable()->name(), entry->outerRect()});
    }
    return texts;
}

TEST(ChartPlot, TextsNeitherOverlapNorLeaveTheCanvas) {
    for (const Language language : {Language::korean, Language::english}) {
        for (const Chart& chart : charts::sample_charts(language)) {
            const auto plot = drawn(chart);
            QImage image(pixels(chart).toSize(), QImage::Format_RGB32);
            QCPPainter painter(&image);
            plot->toPainter(&painter, image.width(), image.height());
            painter.end();
            const auto texts = placed_texts(*plot);
            EXPECT_GT(texts.size(), 3U);
            const QRectF canvas(QPointF(-0.5, -0.5), pixels(chart) + QSizeF(1, 1));
            for (std::size_t i = 0; i < texts.size(); ++i) {
                EXPECT_TRUE(canvas.contains(texts[i].rect)) << chart.key << ": " << texts[i].text.toStdString();
                for (std::size_t j = i + 1; j < texts.size(); ++j) {
                    // One pixel of touching is the line spacing of the font.
                    EXPECT_FALSE(texts[i].rect.adjusted(1, 1, -1, -1).intersects(texts[j].rect.adjusted(1, 1, -1, -1)))
                        << chart.key << ": " << texts[i].text.toStdString() << " / " << texts[j].text.toStdString();
                }
            }
        }
    }
}

TEST(ChartPlot, NoMarkLeavesItsPanel) {
    for (const Chart& chart : charts::sample_charts(Language::korean)) {
        const auto plot = drawn(chart);
        for (int i = 0; i < plot->plottableCount(); ++i) {
            QCPAbstractPlottable* plottable = plot->plottable(i);
            auto* marks = plottable->interface1D();
            if (qobject_cast<QCPErrorBars*>(plottable) != nullptr) continue;
            for (int k = 0; k < marks->dataCount(); ++k) {
                EXPECT_TRUE(plottable->keyAxis()->range().contains(marks->dataMainKey(k))) << chart.key;
                EXPECT_TRUE(plottable->valueAxis()->range().contains(marks->dataMainValue(k))) << chart.key;
            }
        }
    }
}

TEST(ChartPlot, CanBeReplacedByAnotherChart) {
    const auto all = charts::sample_charts(Language::korean);
    QCustomPlot plot;
    const QString family = chart_font_family().value();
    put_chart(plot, all.front(), pixels(all.front()), family);
    put_chart(plot, all.back(), pixels(all.back()), family, Appearance::dark());
    const auto once = drawn(all.back());
    EXPECT_EQ(plot.plottableCount(), once->plottableCount());
    EXPECT_EQ(plot.itemCount(), once->itemCount());
}

}  // namespace
}  // namespace twinfirm::render
