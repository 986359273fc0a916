// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <string>
#include <vector>

namespace twinfirm::ui {

/// Texts of the visible widgets that are cut: labels and buttons smaller than they need to be, choices, tabs, headers,
/// cells and list entries wider than their place, and widgets that lie over one another or beyond their parent.
[[nodiscard]] std::vector<std::string> cut_texts(const QWidget& window);

/// Visible, enabled widgets whose text stands out from what is painted behind it by less than 4.5 to 1
/// (WCAG 2.1, 1.4.3).
[[nodiscard]] std::vector<std::string> faint_texts(QWidget& window);

/// Contrast of two colours, 1 to 21 (WCAG 2.1, definition of contrast ratio).
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

}  // namespace twinfirm::ui
