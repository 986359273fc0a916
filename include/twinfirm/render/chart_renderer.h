// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QRectF>
#include <QSizeF>
#include <filesystem>
#include <string>

#include "twinfirm/base/result.h"
#include "twinfirm/charts/chart.h"
#include "twinfirm/report/picture.h"

class QCPPainter;

namespace twinfirm::render {

/// Millimetres; an empty size means the chart's own.
using PictureSize = QSizeF;

/// A chart as a file, always on white. Files are written whole or not at all. Need a QApplication (offscreen will do).
/// May be called on any thread: of the work, the window's thread does the few milliseconds that widgets bind to it, and
/// must handle its events meanwhile. The bytes are the same on every thread.
/// Errors: `font_without_hangul`, `picture_not_written` (path), those of write_file_atomically().
[[nodiscard]] Status render_png(const charts::Chart& chart, const std::filesystem::path& path, int dpi = 300,
                                PictureSize size = {});
[[nodiscard]] Status render_svg(const charts::Chart& chart, const std::filesystem::path& path, PictureSize size = {});
[[nodiscard]] Status render_pdf(const charts::Chart& chart, const std::filesystem::path& path, PictureSize size = {});

/// The picture itself, and the bytes of what render_svg() writes.
[[nodiscard]] Result<QImage> render_image(const charts::Chart& chart, int dpi = 300, PictureSize size = {});
[[nodiscard]] Result<std::string> render_svg_bytes(const charts::Chart& chart, PictureSize size = {});

/// The bytes of what render_png() writes, with the measures of the picture.
[[nodiscard]] Result<report::Picture> render_picture_bytes(const charts::Chart& chart, int dpi = 300,
                                                           PictureSize size = {});

/// By the ending of the path: .png (300 dpi), .svg, .pdf. Error: `picture_format_unknown` (path).
[[nodiscard]] Status render_picture(const charts::Chart& chart, const std::filesystem::path& path,
                                    PictureSize size = {});

/// Draws a chart into a rectangle of a painter with `units_per_mm` units to the millimetre, as vectors.
[[nodiscard]] Status paint_chart(const charts::Chart& chart, QCPPainter& painter, const QRectF& target,
                                 double units_per_mm);

}  // namespace twinfirm::render
