// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QString>

#include "twinfirm/base/result.h"

namespace twinfirm::render {

/// Registers the bundled NanumBarunGothic (regular and bold; it keeps its spaces in PDFs, which NanumGothic does not)
/// and returns its family. Needs a QGuiApplication. Error: `font_without_hangul` (font) when the family cannot draw
/// Hangul, for instance on a platform without fonts.
[[nodiscard]] Result<QString> chart_font_family();

/// Error `font_without_hangul` unless the font has glyphs for Hangul, Latin letters, digits and the signs of figures.
[[nodiscard]] Status require_hangul(const QFont& font);

/// The family at a size in logical pixels (1/96 inch), unhinted, so that screen, PNG, SVG and PDF agree.
[[nodiscard]] QFont pixel_font(const QString& family, double pixels, bool bold = false);

}  // namespace twinfirm::render
