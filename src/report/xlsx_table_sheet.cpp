// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <vector>

#include "twinfirm/report/number_format.h"
#include "xlsx_sheet_writer.h"

namespace twinfirm::report::xlsx {

namespace {

constexpr double narrowest = 7;
constexpr double widest = 60;
constexpr double width_per_unit = 11;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Columns of the sheet that a column of the table takes: one for each value of its fullest cell.
std::vector<std::size_t> values_per_column(const Table& table) {
    std::vector<std::size_t> counts(table.columns.size(), 1);
    for (const auto& row : table.rows) {
        for (std::size_t i = 0; i < row.size(); ++i) counts[i] = std::max(counts[i], row[i].values.size());
    }
    return counts;
}

/// What the value of a cell with several is, by the ending of its machine name.
std::string part_name(const std::string& csv_name, Language language) {
    const bool korean = language == Language::korean;
    if (csv_name.ends_with("low")) return korean ? "하한" : "lower";
    if (csv_name.ends_with("high")) return korean ? "상한" : "upper";
    if (csv_name == "n" || csv_name.ends_with("_n") || csv_name.starts_with("n_")) return "n";
    return korean ? "값" : "value";
}

class TableSheet {
  public:
    TableSheet(lxw_worksheet* sheet, Formats& formats, const Table& table, Language language)
        : sheet_(sheet), formats_(formats), table_(table), language_(language), counts_(values_per_column(table)) {
        for (const std::size_t count : counts_) {
            first_.push_back(width_);
            width_ += static_cast<lxw_col_t>(count);
        }
        split_ = std::any_of(counts_.begin(), counts_.end(), [](std::size_t count) { return count > 1; });
    }

    void write() {
        const auto last = static_cast<lxw_col_t>(width_ - 1);
        worksheet_write_string(sheet_, row_++, 0, full_caption(table_, language_).c_str(), formats_.caption());
        if (!table_.unit.empty()) {
            worksheet_write_string(sheet_, row_++, last, unit_line(table_, language_).c_str(), formats_.unit());
        }
        set_widths();
        const lxw_row_t first_header = row_;
        for (const auto& cells : table_.header_rows) write_header_row(cells);
        if (split_) write_part_names();
        if (row_ > first_header) {
            worksheet_freeze_panes(sheet_, row_, 0);
            worksheet_repeat_rows(sheet_, first_header, row_ - 1);
        }
        for (const auto& cells : table_.rows) write_row(cells);
        ++row_;
        for (const std::string& line : note_lines(table_.notes, language_)) write_note(line);
        const std::string source = source_line(table_.source, language_);
        if (!source.empty()) write_note(source);
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, 9);  // A4
        worksheet_fit_to_pages(sheet_, 1, 0);
    }

  private:
    void write_note(const std::string& line) {
        worksheet_write_string(sheet_, row_++, 0, line.c_str(), formats_.note());
    }

    void set_widths() {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            std::size_t longest = 0;
            for (const auto& row : table_.rows) {
                if (row[i].kind == CellKind::text && row[i].column_span == 1) {
                    longest = std::max(longest, row[i].text.size());
                }
            }
            const double asked =
                std::max(width_per_unit * table_.columns[i].relative_width, static_cast<double>(longest) * 0.8);
            const double width = std::clamp(asked / static_cast<double>(counts_[i]), narrowest, widest);
            worksheet_set_column(sheet_, first_[i], last_of(i), std::max(width, narrowest + 2), nullptr);
        }
    }

    [[nodiscard]] lxw_col_t last_of(std::size_t column) const {
        return static_cast<lxw_col_t>(first_[column] + counts_[column] - 1);
    }

    /// A text over the columns and rows that a cell spans.
    void write_text(const Cell& cell, std::size_t column, lxw_format* format) {
        const auto last_column = last_of(column + static_cast<std::size_t>(cell.column_span) - 1);
        const lxw_row_t last_row = row_ + static_cast<lxw_row_t>(cell.row_span) - 1;
        if (last_column > first_[column] || last_row > row_) {
            worksheet_merge_range(sheet_, row_, first_[column], last_row, last_column, cell.text.c_str(), format);
        } else {
            worksheet_write_string(sheet_, row_, first_[column], cell.text.c_str(), format);
        }
    }

    void write_header_row(const std::vector<Cell>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].covered) write_text(cells[i], i, formats_.header());
        }
        ++row_;
    }

    void write_part_names() {
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            for (std::size_t part = 0; part < counts_[i]; ++part) {
                const auto& names = table_.columns[i].csv_names;
                const bool named = counts_[i] > 1 && part < names.size();
                worksheet_write_string(sheet_, row_, static_cast<lxw_col_t>(first_[i] + part),
                                       named ? part_name(names[part], language_).c_str() : "", formats_.header());
            }
        }
        ++row_;
    }

    void write_row(const std::vector<Cell>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const Cell& cell = cells[i];
            if (cell.covered) continue;
            const Alignment alignment = table_.columns[i].alignment;
            if (cell.kind != CellKind::number || cell.values.empty()) {
                write_text(cell, i, formats_.cell(alignment, cell.emphasis));
                continue;
            }
            for (std::size_t part = 0; part < counts_[i]; ++part) write_number(cell, i, part, alignment);
        }
        ++row_;
    }

    void write_number(const Cell& cell, std::size_t column, std::size_t part, Alignment alignment) {
        const auto place = static_cast<lxw_col_t>(first_[column] + part);
        if (part >= cell.values.size() || !std::isfinite(cell.values[part])) {
            worksheet_write_string(sheet_, row_, place, std::string(not_available_mark).c_str(),
                                   formats_.cell(alignment, cell.emphasis));
            return;
        }
        const auto& names = table_.columns[column].csv_names;
        const bool is_count = part < names.size() && part_name(names[part], language_) == "n";
        worksheet_write_number(
            sheet_, row_, place, cell.values[part],
            formats_.cell(alignment, cell.emphasis, is_count ? "#,##0" : number_format_like(cell.text)));
    }

    lxw_worksheet* sheet_;
    Formats& formats_;
    const Table& table_;
    Language language_;
    std::vector<std::size_t> counts_;
    std::vector<lxw_col_t> first_;  ///< of each column of the table
    lxw_col_t width_ = 0;
    lxw_row_t row_ = 0;
    bool split_ = false;
};

}  // namespace

std::string number_format_like(std::string_view text) {
    const auto* const begin = std::find_if(text.begin(), text.end(), is_digit);
    if (begin == text.end()) return "General";
    auto position = static_cast<std::size_t>(begin - text.begin());
    while (position < text.size() && (is_digit(text[position]) || text[position] == ',')) ++position;
    std::size_t decimals = 0;
    if (position + 1 < text.size() && text[position] == '.' && is_digit(text[position + 1])) {
        ++position;
        while (position < text.size() && is_digit(text[position])) {
            ++position;
            ++decimals;
        }
    }
    std::string format = "#,##0";
    if (decimals > 0) format += "." + std::string(decimals, '0');
    // What stands behind a single number is its unit; behind the first of several it is something else.
    const std::string_view rest = text.substr(position);
    const bool single = std::none_of(rest.begin(), rest.end(), is_digit);
    if (single && !rest.empty() && rest.find('"') == std::string_view::npos) format += "\"" + std::string(rest) + "\"";
    return format;
}

lxw_format* Formats::get(const std::string& kind) {
    const auto [found, fresh] = made_.emplace(kind, nullptr);
    if (!fresh) return found->second;
    lxw_format* format = workbook_add_format(workbook_);
    found->second = format;
    format_set_font_name(format, "맑은 고딕");
    format_set_font_size(format, 10);
    if (kind == "title") format_set_font_size(format, 16);
    if (kind == "title" || kind == "caption" || kind == "header") format_set_bold(format);
    if (kind == "unit") format_set_align(format, LXW_ALIGN_RIGHT);
    if (kind == "note") format_set_font_size(format, 9);
    if (kind == "header") {
        format_set_align(format, LXW_ALIGN_CENTER);
        format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(format);
        format_set_bg_color(format, 0xE6E6E6);
        format_set_border(format, LXW_BORDER_THIN);
    }
    return format;
}

lxw_format* Formats::cell(Alignment alignment, bool emphasis, const std::string& number_format) {
    const std::string kind =
        "cell" + std::to_string(static_cast<int>(alignment)) + (emphasis ? "b" : "-") + number_format;
    const bool fresh = !made_.contains(kind);
    lxw_format* format = get(kind);
    if (!fresh) return format;
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(format, alignment == Alignment::left     ? LXW_ALIGN_LEFT
                             : alignment == Alignment::center ? LXW_ALIGN_CENTER
                                                              : LXW_ALIGN_RIGHT);
    if (emphasis) format_set_bold(format);
    if (number_format.empty()) {
        format_set_text_wrap(format);
    } else {
        format_set_num_format(format, number_format.c_str());
    }
    return format;
}

void write_table(lxw_worksheet* sheet, Formats& formats, const Table& table, Language language) {
    TableSheet(sheet, formats, table, language).write();
}

}  // namespace twinfirm::report::xlsx
