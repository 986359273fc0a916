// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "page_flow.h"
#include "twinfirm/base/language.h"
#include "twinfirm/report/table.h"

namespace twinfirm::render {

/// Draws a table of the report on as many pages as it needs.
class TableDrawing {
  public:
    TableDrawing(PageFlow& flow, const report::Table& table, Language language);

    /// With caption and notes, if it stood on one page.
    [[nodiscard]] double height() const;
    /// Room that is to be left on a page for it to begin there.
    [[nodiscard]] double height_to_begin() const;
    /// What is to stand right below it needs `behind`: the last rows go with it to the next page.
    void draw(double behind = 0);

  private:
    using Rows = std::vector<std::vector<report::Cell>>;

    void set_widths();
    [[nodiscard]] double longest_word(std::size_t column) const;
    [[nodiscard]] std::vector<double> row_heights(const Rows& rows, bool header) const;
    [[nodiscard]] double span_width(std::size_t column, int span) const;
    /// First row behind the ones that a merged cell ties to `row`.
    [[nodiscard]] std::size_t group_end(std::size_t row) const;
    /// Of caption, unit and header rows.
    [[nodiscard]] double head_height() const;
    void write_head();
    [[nodiscard]] QString notes() const;
    void draw_header();
    void draw_rows(const Rows& rows, const std::vector<double>& heights, std::size_t begin, std::size_t end,
                   bool header);
    void draw_cell(const report::Cell& cell, const QRectF& rect, report::Alignment alignment, bool header);
    void rule(double width);

    PageFlow& flow_;
    const report::Table& table_;
    Language language_;
    std::vector<double> widths_;
    std::vector<double> lefts_;
    std::vector<double> header_heights_;
    std::vector<double> heights_;
};

}  // namespace twinfirm::render
