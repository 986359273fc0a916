// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace twinfirm::report::hwpx {

/// Lengths in HWPUNIT: 1/7200 inch.
constexpr int units_per_point = 100;
[[nodiscard]] constexpr int from_mm(double mm) {
    return static_cast<int>(mm * 7200 / 25.4 + 0.5);
}
constexpr int page_width = 59528;
constexpr int page_height = 84188;
constexpr int page_margin = from_mm(20);
constexpr int text_width = page_width - 2 * page_margin;

/// Character properties, by the id they have in header.xml.
enum class Char : int { body, title, heading, subheading, caption, cell, cell_bold, small, count };
/// Paragraph properties.
enum class Para : int {
    body,
    title,
    center,
    right,
    heading,
    subheading,
    cell_left,
    cell_center,
    cell_right,
    item0,
    item1,
    item2,
    item3,
    note,
    count
};
enum class Style : int { normal, body, outline1, outline2, caption, count };
/// Borders and fills; ids begin with 1.
enum class Border : int { none = 1, text = 2, cell = 3, header = 4 };

/// The namespaces that the roots of header.xml and section0.xml declare.
[[nodiscard]] std::string_view namespaces();
/// Contents/header.xml.
[[nodiscard]] std::string header_xml();

}  // namespace twinfirm::report::hwpx
