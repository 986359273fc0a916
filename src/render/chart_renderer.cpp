// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/render/chart_renderer.h"

#include <qcustomplot.h>

#include <QApplication>
#include <QBuffer>
#include <QImage>
#include <QMetaObject>
#include <QPageSize>
#include <QPdfWriter>
#include <QSvgGenerator>
#include <QThread>
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>

#include "indexed_image.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/render/chart_plot.h"
#include "twinfirm/render/fonts.h"

namespace twinfirm::render {
namespace {

constexpr double pixels_per_mm = 96 / 25.4;  ///< of the one canvas that every output shares

QSizeF size_in_mm(const charts::Chart& chart, PictureSize wanted) {
    return wanted.isEmpty() ? QSizeF(chart.width_mm, chart.height_mm) : wanted;
}

QSizeF logical_size(QSizeF millimetres) {
    return {std::round(millimetres.width() * pixels_per_mm), std::round(millimetres.height() * pixels_per_mm)};
}

tl::unexpected<Error> not_written(const std::filesystem::path& path) {
    return fail(ErrorKind::access, "picture_not_written", {{"path", path.string()}});
}

/// A plot is a widget, and lives and dies on the window's thread.
struct LetGo {
    void operator()(QCustomPlot* plot) const {
        if (QThread::currentThread() == plot->thread()) {
            delete plot;
        } else {
            QMetaObject::invokeMethod(
                qApp, [plot] { delete plot; }, Qt::QueuedConnection);
        }
    }
};
using Plot = std::unique_ptr<QCustomPlot, LetGo>;

/// It is put together on the window's thread, which takes a few milliseconds, and drawn, which takes longer, on the
/// thread that asks for it: nobody else knows the plot.
Plot make_plot(const charts::Chart& chart, QSizeF logical, const QString& family) {
    Plot plot;
    const auto make = [&] {
        plot.reset(new QCustomPlot);
        put_chart(*plot, chart, logical, family);
        // A new plot asks to be painted on the screen, at the same time as it would be drawn here.
        QCoreApplication::removePostedEvents(plot.get());
    };
    if (QThread::currentThread() == qApp->thread()) {
        make();
    } else {
        QMetaObject::invokeMethod(qApp, make, Qt::BlockingQueuedConnection);
    }
    return plot;
}

/// Draws on the device, `scale` device units to a logical pixel.
Status draw(const charts::Chart& chart, QPaintDevice& device, QSizeF logical, double scale, bool vectors) {
    const Result<QString> family = chart_font_family();
    if (!family) return tl::unexpected(family.error());
    const Plot plot = make_plot(chart, logical, *family);
    QCPPainter painter;
    if (!painter.begin(&device)) return fail(ErrorKind::access, "picture_not_written", {{"path", {}}});
    painter.setMode(QCPPainter::pmVectorized, vectors);
    painter.setMode(QCPPainter::pmNoCaching, true);
    painter.setMode(QCPPainter::pmNonCosmetic, true);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    plot->toPainter(&painter, static_cast<int>(logical.width()), static_cast<int>(logical.height()));
    return {};
}

Status store(const std::filesystem::path& path, const QByteArray& bytes) {
    if (bytes.isEmpty()) return not_written(path);
    return write_file_atomically(path, std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())));
}

}  // namespace

Result<QImage> render_image(const charts::Chart& chart, int dpi, PictureSize size) {
    const QSizeF logical = logical_size(size_in_mm(chart, size));
    const double scale = dpi / 96.0;
    QImage image((logical * scale).toSize(), QImage::Format_RGB32);
    if (image.isNull()) return not_written({});
    image.fill(Qt::white);
    TWINFIRM_TRY(draw(chart, image, logical, scale, false));
    image.setDotsPerMeterX(static_cast<int>(std::lround(dpi / 0.0254)));
    image.setDotsPerMeterY(image.dotsPerMeterX());
    return image;
}

Result<report::Picture> render_picture_bytes(const charts::Chart& chart, int dpi, PictureSize size) {
    const auto image = render_image(chart, dpi, size);
    if (!image) return tl::unexpected(image.error());
    QByteArray bytes;
    QBuffer buffer(&bytes);
    constexpr int quick = 70;  // zlib level 3: hardly larger, in half the time
    if (!indexed_image(*image).save(&buffer, "PNG", quick) || bytes.isEmpty()) return not_written({});
    const QSizeF millimetres = size_in_mm(chart, size);
    return report::Picture{bytes.toStdString(), image->width(), image->height(), millimetres.width(),
                           millimetres.height()};
}

Status render_png(const charts::Chart& chart, const std::filesystem::path& path, int dpi, PictureSize size) {
    auto picture = render_picture_bytes(chart, dpi, size);
    if (!picture) {
        if (picture.error().code == "picture_not_written") return not_written(path);
        return tl::unexpected(picture.error());
    }
    return write_file_atomically(path, picture->png);
}

Result<std::string> render_svg_bytes(const charts::Chart& chart, PictureSize size) {
    const QSizeF logical = logical_size(size_in_mm(chart, size));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(logical.toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), logical));
    generator.setTitle(QString::fromStdString(chart.title));
    TWINFIRM_TRY(draw(chart, generator, logical, 1, true));
    return bytes.toStdString();
}

Status render_svg(const charts::Chart& chart, const std::filesystem::path& path, PictureSize size) {
    const auto bytes = render_svg_bytes(chart, size);
    if (!bytes) return tl::unexpected(bytes.error());
    return write_file_atomically(path, *bytes);
}

Status render_pdf(const charts::Chart& chart, const std::filesystem::path& path, PictureSize size) {
    const QSizeF logical = logical_size(size_in_mm(chart, size));
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        constexpr int resolution = 1200;
        writer.setResolution(resolution);
        writer.setPageSize(QPageSize(logical / 96 * 72, QPageSize::Point, {}, QPageSize::ExactMatch));
        writer.setPageMargins(QMarginsF(0, 0, 0, 0));
        writer.setTitle(QString::fromStdString(chart.title));
        TWINFIRM_TRY(draw(chart, writer, logical, resolution / 96.0, true));
    }
    return store(path, bytes);
}

Status render_picture(const charts::Chart& chart, const std::filesystem::path& path, PictureSize size) {
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (ending == ".png") return render_png(chart, path, 300, size);
    if (ending == ".svg") return render_svg(chart, path, size);
    if (ending == ".pdf") return render_pdf(chart, path, size);
    return fail(ErrorKind::usage, "picture_format_unknown", {{"path", path.string()}});
}

Status paint_chart(const charts::Chart& chart, QCPPainter& painter, const QRectF& target, double units_per_mm) {
    const Result<QString> family = chart_font_family();
    if (!family) return tl::unexpected(family.error());
    const QSizeF logical = logical_size(target.size() / units_per_mm);
    const Plot plot = make_plot(chart, logical, *family);
    painter.save();
    painter.translate(target.topLeft());
    painter.scale(units_per_mm / pixels_per_mm, units_per_mm / pixels_per_mm);
    plot->toPainter(&painter, static_cast<int>(logical.width()), static_cast<int>(logical.height()));
    painter.restore();
    return {};
}

}  // namespace twinfirm::render
