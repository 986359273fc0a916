// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <QStringList>
#include <vector>

namespace twinfirm::ui {

enum class Scheme { light, dark };

/// A colour of the window by what it is for: `text`, `window`, `warning_background` ... Throws std::out_of_range for a
/// name that is not there.
[[nodiscard]] QColor scheme_color(Scheme scheme, const QString& role);

/// The roles, in the order of their table.
[[nodiscard]] QStringList color_roles();

/// A text and what it stands on.
struct TextPair {
    QString text;
    QString background;
};

/// Every pair that the window shows.
[[nodiscard]] std::vector<TextPair> text_pairs();

[[nodiscard]] QPalette scheme_palette(Scheme scheme);

/// A style sheet with its `@role` replaced by colours.
[[nodiscard]] QString colored(QString sheet, Scheme scheme);

/// The scheme that a widget is painted in.
[[nodiscard]] Scheme scheme_of(const QPalette& palette);

}  // namespace twinfirm::ui
