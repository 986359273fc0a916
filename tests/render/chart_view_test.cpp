// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_view.h"

#include <gtest/gtest.h>
#include <qcustomplot.h>

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

#include "charts/sample_charts.h"
#include "render/picture_folder.h"

namespace twinfirm::render {
namespace {

charts::Chart sample() {
    return charts::love_plot(charts::SampleEvaluation::make(), Language::korean).value();
}

TEST(ChartView, ShowsAChartAndNamesItForScreenReaders) {
    ChartView view;
    view.resize(640, 480);
    view.show();
    EXPECT_FALSE(view.save("nothing.png"));
    ASSERT_TRUE(view.show_chart(sample()));
    EXPECT_EQ(view.accessibleName().toStdString(), sample().title);
    const auto* plot = view.findChild<QCustomPlot*>();
    ASSERT_NE(plot, nullptr);
    EXPECT_GT(plot->plottableCount(), 0);
    view.clear();
    EXPECT_EQ(plot->plottableCount(), 0);
    EXPECT_TRUE(view.accessibleName().isEmpty());
}

TEST(ChartView, FollowsItsSizeAndTheDarkPalette) {
    ChartView view;
    view.resize(640, 480);
    view.show();
    ASSERT_TRUE(view.show_chart(sample()));
    const auto light = view.grab().toImage().pixelColor(3, 3);
    EXPECT_EQ(light, QColor(Qt::white));
    view.resize(900, 700);
    QPalette palette = view.palette();
    palette.setColor(QPalette::Window, QColor(0x20, 0x20, 0x20));
    view.setPalette(palette);
    EXPECT_LT(view.grab().toImage().pixelColor(3, 3).lightness(), 64);
}

TEST(ChartView, SavesAndCopies) {
    const PictureFolder folder;
    ChartView view;
    ASSERT_TRUE(view.show_chart(sample()));
    EXPECT_TRUE(view.save(folder.path("love.png")));
    EXPECT_TRUE(view.save(folder.path("love.svg")));
    EXPECT_TRUE(view.save(folder.path("love.pdf")));
    ASSERT_TRUE(view.copy());
    const QMimeData* content = QGuiApplication::clipboard()->mimeData();
    EXPECT_TRUE(content->hasImage());
    EXPECT_TRUE(content->text().contains("매출액(로그)\t1.09"));
    EXPECT_TRUE(content->html().contains("<td>매출액(로그)</td><td>1.09"));
    EXPECT_TRUE(content->data("image/svg+xml").contains("<svg"));
    ASSERT_TRUE(view.copy_numbers());
    const QMimeData* numbers = QGuiApplication::clipboard()->mimeData();
    EXPECT_FALSE(numbers->hasImage());
    EXPECT_TRUE(numbers->text().contains("매출액(로그)\t1.09"));
}

}  // namespace
}  // namespace twinfirm::render
