// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_renderer.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QFile>
#include <QImage>
#include <QXmlStreamReader>
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "charts/sample_charts.h"
#include "render/picture_folder.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/charts/palette.h"

namespace twinfirm::render {
namespace {

charts::Chart forest() {
    return charts::forest_chart(charts::SampleEvaluation::make(), "sales", "size", Language::korean).value();
}

TEST(ChartRenderer, PngHasTheResolutionAndSizeAskedFor) {
    const PictureFolder folder;
    const auto path = folder.path("forest.png");
    ASSERT_TRUE(render_png(forest(), path, 300, {120, 90}));
    const QImage image(QString::fromStdString(path.string()));
    EXPECT_NEAR(image.width(), 120 / 25.4 * 300, 4);
    EXPECT_NEAR(image.height(), 90 / 25.4 * 300, 4);
    EXPECT_NEAR(image.dotsPerMeterX() * 0.0254, 300, 0.1);
    EXPECT_EQ(image.pixelColor(2, 2), QColor(Qt::white));
}

TEST(ChartRenderer, PngHasTheColoursOfThePaletteToTheBit) {
    const charts::Chart chart = forest();
    const auto drawn = render_image(chart, 300);
    ASSERT_TRUE(drawn);
    const auto bytes = render_picture_bytes(chart, 300);
    ASSERT_TRUE(bytes);
    const QImage read = QImage::fromData(QByteArray::fromStdString(bytes->png)).convertToFormat(QImage::Format_RGB32);
    ASSERT_EQ(read.size(), drawn->size());
    const charts::Color color = charts::role_color(charts::Role::effect);
    int of_palette = 0;
    int far = 0;
    for (int y = 0; y < read.height(); ++y) {
        for (int x = 0; x < read.width(); ++x) {
            const QColor wanted = drawn->pixelColor(x, y);
            const QColor found = read.pixelColor(x, y);
            if (wanted == QColor(color.red, color.green, color.blue)) {
                ++of_palette;
                EXPECT_EQ(found, wanted);
            }
            const int apart = std::max({std::abs(found.red() - wanted.red()), std::abs(found.green() - wanted.green()),
                                        std::abs(found.blue() - wanted.blue())});
            EXPECT_LE(apart, 64);
            far += apart > 24 ? 1 : 0;  // a tenth of the range: not to be seen at an edge
        }
    }
    EXPECT_GT(of_palette, 100);
    EXPECT_LT(far, 1e-4 * read.width() * read.height());
}

TEST(ChartRenderer, SameChartGivesTheSameBytes) {
    const PictureFolder folder;
    for (const char* name : {"one.png", "two.png", "one.svg", "two.svg"}) {
        ASSERT_TRUE(render_picture(forest(), folder.path(name)));
    }
    EXPECT_EQ(read_whole_file(folder.path("one.png")).value(), read_whole_file(folder.path("two.png")).value());
    EXPECT_EQ(read_whole_file(folder.path("one.svg")).value(), read_whole_file(folder.path("two.svg")).value());
}

TEST(ChartRenderer, PdfKeepsTheSpacesOfHangulAndEmbedsItsFonts) {
    const PictureFolder folder;
    const auto path = folder.path("forest.pdf");
    ASSERT_TRUE(render_pdf(forest(), path));
    const QString text = output_of("pdftotext", {"-layout", QString::fromStdString(path.string()), "-"});
    EXPECT_TRUE(text.contains("10인 미만")) << text.toStdString();
    EXPECT_TRUE(text.contains("+12.1% (5.4~19.2)")) << text.toStdString();
    const QStringList fonts =
        output_of("pdffonts", {QString::fromStdString(path.string())}).split('\n', Qt::SkipEmptyParts).mid(2);
    EXPECT_GE(fonts.size(), 2);
    for (const QString& font : fonts) {
        EXPECT_TRUE(font.startsWith("NanumBarunGothic")) << font.toStdString();
        EXPECT_TRUE(font.contains(" yes ")) << font.toStdString();
    }
}

TEST(ChartRenderer, SvgStaysInsideItsViewBox) {
    const PictureFolder folder;
    const auto path = folder.path("chart.svg");
    for (const charts::Chart& chart : charts::sample_charts(Language::korean)) {
        ASSERT_TRUE(render_svg(chart, path));
        QFile file(QString::fromStdString(path.string()));
        ASSERT_TRUE(file.open(QIODevice::ReadOnly));
        QXmlStreamReader xml(&file);
        double width = 0;
        double height = 0;
        int lines = 0;
        bool title_found = false;
        while (!xml.atEnd()) {
            if (xml.readNext() != QXmlStreamReader::StartElement) continue;
            if (xml.name() == u"svg") {
                const auto box = xml.attributes().value("viewBox").toString().split(' ');
                width = box.at(2).toDouble();
                height = box.at(3).toDouble();
            } else if (xml.name() == u"text") {
                title_found = title_found || xml.readElementText() == QString::fromStdString(chart.title);
            } else if (xml.name() == u"polyline") {
                // Marks carry their place in a transformation; the lines are in the coordinates of the canvas.
                ++lines;
                const QString points = xml.attributes().value("points").toString();
                for (const QString& point : points.split(' ', Qt::SkipEmptyParts)) {
                    const QStringList xy = point.split(',');
                    EXPECT_LE(xy.at(0).toDouble(), width) << chart.key;
                    EXPECT_LE(xy.at(1).toDouble(), height) << chart.key;
                }
            }
        }
        EXPECT_FALSE(xml.hasError()) << chart.key << ": " << xml.errorString().toStdString();
        EXPECT_TRUE(title_found) << chart.key;
        EXPECT_GT(lines, 0) << chart.key;
    }
}

TEST(ChartRenderer, AnotherThreadGivesTheSameBytes) {
    const auto drawn = [] {
        std::vector<std::string> bytes;
        for (const charts::Chart& chart : charts::sample_charts(Language::korean)) {
            bytes.push_back(render_picture_bytes(chart, 150).value().png);
            bytes.push_back(render_svg_bytes(chart).value());
        }
        return bytes;
    };
    const std::vector<std::string> here = drawn();
    std::vector<std::string> there;
    std::atomic<bool> done = false;
    std::thread worker([&] {
        there = drawn();
        done = true;
    });
    while (!done) QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    worker.join();
    EXPECT_FALSE(here.empty());
    EXPECT_TRUE(here == there);
}

TEST(ChartRenderer, SaysWhatItCannotDo) {
    const PictureFolder folder;
    EXPECT_EQ(render_picture(forest(), folder.path("chart.bmp")).error().code, "picture_format_unknown");
    EXPECT_EQ(render_png(forest(), folder.path("no/such/folder/chart.png")).error().kind, ErrorKind::access);
}

}  // namespace
}  // namespace twinfirm::render
