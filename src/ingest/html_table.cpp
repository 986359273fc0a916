// SPDX-License-Identifier: GPL-3.0-or-later
#include "html_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "markup_text.h"
#include "sheet_grid.h"
#include "twinfirm/base/text_encoding.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t tables_limit = 1000;
constexpr std::int64_t span_limit = 1000;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_without_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// One `<name attributes>` or `</name>`.
struct Tag {
    std::string name;
    bool closing = false;
    std::string_view attributes;

    [[nodiscard]] std::int64_t span(std::string_view wanted) const {
        for (std::size_t at = 0; at < attributes.size(); ++at) {
            if ((at > 0 && !is_space(attributes[at - 1])) ||
                !equal_without_case(attributes.substr(at, wanted.size()), wanted)) {
                continue;
            }
            std::size_t from = attributes.find_first_not_of(" =\"'\t\r\n", at + wanted.size());
            std::int64_t value = 1;
            if (from != std::string_view::npos) {
                std::from_chars(attributes.data() + from, attributes.data() + attributes.size(), value);
            }
            return std::clamp<std::int64_t>(value, 1, span_limit);
        }
        return 1;
    }
};

/// &amp; &#44032; &#xAC00; and the few names that tables hold.
void append_entity(std::string& out, std::string_view name) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> names = {{{"amp", "&"},
                                                                                     {"lt", "<"},
                                                                                     {"gt", ">"},
                                                                                     {"quot", "\""},
                                                                                     {"apos", "'"},
                                                                                     {"nbsp", " "},
                                                                                     {"middot", "·"},
                                                                                     {"deg", "°"}}};
    if (name.starts_with('#')) {
        const bool hexadecimal = name.size() > 1 && lower(name[1]) == 'x';
        std::uint32_t code = 0;
        const char* const begin = name.data() + (hexadecimal ? 2 : 1);
        const char* const end = name.data() + name.size();
        const auto [stop, status] = std::from_chars(begin, end, code, hexadecimal ? 16 : 10);
        if (status == std::errc{} && stop == end && code > 0 && code < 0x110000 && !(code >= 0xD800 && code < 0xE000)) {
            append_utf8(out, code == 0xA0 ? U' ' : static_cast<char32_t>(code));
            return;
        }
    }
    for (const auto& [known, text] : names) {
        if (known == name) {
            out += text;
            return;
        }
    }
    out += '&';
    out += name;
    out += ';';
}

class Table {
  public:
    void begin_row() {
        end_cell();
        ++row_;
        column_ = 0;
        grid->begin_row(row_);
    }

    void begin_cell(const Tag& tag) {
        end_cell();
        if (row_ == 0) begin_row();
        ++column_;
        while (covered(column_)) ++column_;
        const std::int64_t columns = tag.span("colspan");
        const std::int64_t rows = tag.span("rowspan");
        if (columns > 1 || rows > 1) {
            grid->merged.push_back({{row_, column_}, {row_ + rows - 1, column_ + columns - 1}});
        }
        if (const auto end = static_cast<std::size_t>(column_ + columns); covered_to_.size() < end) {
            covered_to_.resize(end);
        }
        for (std::int64_t i = 0; i < columns; ++i) covered_to_[static_cast<std::size_t>(column_ + i)] = row_ + rows - 1;
        text_column_ = column_;
        column_ += columns - 1;
        text_.clear();
        in_cell_ = true;
    }

    void end_cell() {
        if (!in_cell_) return;
        in_cell_ = false;
        grid->add(text_column_, trim(text_));
    }

    void add_space() {
        if (!text_.empty() && !is_space(text_.back())) text_ += ' ';
    }
    void add_line_end() {
        while (!text_.empty() && text_.back() == ' ') text_.pop_back();
        text_ += '\n';
    }
    [[nodiscard]] std::string* text() { return in_cell_ ? &text_ : nullptr; }
    [[nodiscard]] bool too_wide() const { return column_ > worksheet_columns; }

    std::shared_ptr<SheetGrid> grid = std::make_shared<SheetGrid>();

  private:
    [[nodiscard]] bool covered(std::int64_t column) const {
        const auto i = static_cast<std::size_t>(column);
        return i < covered_to_.size() && covered_to_[i] >= row_;
    }

    std::int64_t row_ = 0;
    std::int64_t column_ = 0;
    std::int64_t text_column_ = 0;
    std::vector<std::int64_t> covered_to_;  ///< by column, the last row that a cell from above reaches
    std::string text_;
    bool in_cell_ = false;
};

class HtmlTables {
  public:
    explicit HtmlTables(std::string_view page) : page_(page) {}

    [[nodiscard]] Status read(const CancellationToken& token) {
        std::size_t steps = 0;
        while (at_ < page_.size()) {
            if (++steps % 65536 == 0) TWINFIRM_TRY(token.check());
            const char c = page_[at_];
            if (c == '<') {
                TWINFIRM_TRY(read_tag());
            } else {
                read_character(c);
            }
        }
        while (!open_.empty()) close_table();
        return {};
    }

    std::vector<std::shared_ptr<SheetGrid>> found;

  private:
    void read_character(char c) {
        std::string* const text = open_.empty() ? nullptr : open_.back().text();
        if (c == '&') {
            constexpr std::size_t longest = 10;
            const std::size_t end = page_.substr(at_, longest).find(';');
            if (end != std::string_view::npos) {
                if (text != nullptr) append_entity(*text, page_.substr(at_ + 1, end - 1));
                at_ += end + 1;
                return;
            }
        }
        ++at_;
        if (text == nullptr) return;
        if (is_space(c)) {
            open_.back().add_space();
        } else {
            *text += c;
        }
    }

    [[nodiscard]] Status read_tag() {
        if (page_.substr(at_, 4) == "<!--") {
            const std::size_t end = page_.find("-->", at_ + 4);
            at_ = end == std::string_view::npos ? page_.size() : end + 3;
            return {};
        }
        const char next = at_ + 1 < page_.size() ? lower(page_[at_ + 1]) : ' ';
        if (!(next == '/' || next == '!' || next == '?' || (next >= 'a' && next <= 'z'))) {
            read_character('<');
            return {};
        }
        std::size_t end = at_ + 1;
        for (char quote = '\0'; end < page_.size() && (quote != '\0' || page_[end] != '>'); ++end) {
            const char c = page_[end];
            if (quote == '\0' && (c == '"' || c == '\'') && page_[end - 1] == '=') {
                quote = c;
            } else if (c == quote) {
                quote = '\0';
            }
        }
        std::string_view inside = page_.substr(at_ + 1, end - at_ - 1);
        at_ = std::min(end + 1, page_.size());
        Tag tag;
        if (inside.starts_with('/')) {
            tag.closing = true;
            inside.remove_prefix(1);
        }
        std::size_t name = 0;
        while (name < inside.size() && !is_space(inside[name]) && inside[name] != '/')
            tag.name += lower(inside[name++]);
        tag.attributes = inside.substr(name);
        return apply(tag);
    }

    [[nodiscard]] Status apply(const Tag& tag) {
        if (!tag.closing && (tag.name == "script" || tag.name == "style")) skip_element(tag.name);
        if (tag.name == "table") {
            if (tag.closing) {
                if (!open_.empty()) close_table();
            } else if (found.size() + open_.size() < tables_limit) {
                open_.emplace_back();
            }
            return {};
        }
        if (open_.empty()) return {};
        Table& table = open_.back();
        if (tag.name == "tr") {
            tag.closing ? table.end_cell() : table.begin_row();
        } else if (tag.name == "td" || tag.name == "th") {
            tag.closing ? table.end_cell() : table.begin_cell(tag);
        } else if (tag.name == "br" && table.text() != nullptr) {
            table.add_line_end();
        } else if ((tag.name == "p" || tag.name == "div") && table.text() != nullptr) {
            table.add_space();
        }
        if (table.too_wide()) {
            return fail(
                ErrorKind::input, "too_many_columns",
                {{"count", std::to_string(worksheet_columns + 1)}, {"limit", std::to_string(worksheet_columns)}});
        }
        if (table.grid->bytes() > grid_bytes_limit) return too_much_text();
        return {};
    }

    /// What stands in scripts and styles is no text.
    void skip_element(const std::string& name) {
        const std::string end = "</" + name;
        while (at_ < page_.size() && !equal_without_case(page_.substr(at_, end.size()), end)) ++at_;
    }

    void close_table() {
        open_.back().end_cell();
        if (open_.back().grid->cells() > 0) found.push_back(std::move(open_.back().grid));
        open_.pop_back();
    }

    std::string_view page_;
    std::size_t at_ = 0;
    std::vector<Table> open_;
};

}  // namespace

Result<std::shared_ptr<Workbook>> open_html_tables(const std::filesystem::path& path, const CancellationToken& token) {
    const auto page = read_markup(path, token);
    if (!page) return tl::unexpected(page.error());
    HtmlTables tables(*page);
    TWINFIRM_TRY(tables.read(token));
    if (tables.found.empty()) return fail(ErrorKind::input, "html_no_table");
    std::vector<SheetInfo> sheets;
    std::vector<std::shared_ptr<const SheetGrid>> grids;
    for (auto& grid : tables.found) {
        sheets.push_back({"table " + std::to_string(sheets.size() + 1), false, false});
        grids.push_back(std::move(grid));
    }
    return make_grid_workbook(path, std::move(sheets), std::move(grids));
}

}  // namespace twinfirm::ingest
