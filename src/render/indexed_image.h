// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>

namespace twinfirm::render {

/// The image with a table of its 256 most frequent colours, which charts are drawn in; the others, shades of smoothed
/// edges, take the nearest of them. A quarter of the bytes and of the time of a PNG file in true colour. Resolution is
/// kept. Same image, same bytes. O(pixels + colours * 256).
[[nodiscard]] QImage indexed_image(const QImage& image);

}  // namespace twinfirm::render
