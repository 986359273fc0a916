// SPDX-License-Identifier: GPL-3.0-or-later
#include "table_builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "twinfirm/report/press_tables.h"

namespace twinfirm::report {

namespace {

std::string bare_letter(std::size_t index) {
    return std::string(1, static_cast<char>('a' + index % 26));
}

std::string letter(std::size_t index) {
    return bare_letter(index) + ")";
}

}  // namespace

TableBuilder::TableBuilder(const Words& words, std::string name, std::string_view caption_code,
                           const MessageArguments& arguments)
    : words_(words) {
    table_.name = std::move(name);
    table_.caption = words(caption_code, arguments);
}

TableBuilder& TableBuilder::text_column(std::vector<std::string> csv_names, std::string header, double relative_width) {
    table_.columns.push_back({std::move(csv_names), Alignment::left, relative_width});
    headers_.push_back(std::move(header));
    return *this;
}

TableBuilder& TableBuilder::number_column(std::vector<std::string> csv_names, std::string header,
                                          double relative_width) {
    table_.columns.push_back({std::move(csv_names), Alignment::right, relative_width});
    headers_.push_back(std::move(header));
    return *this;
}

TableBuilder& TableBuilder::header_above(std::size_t first, std::size_t count, std::string text) {
    upper_header_.resize(table_.columns.size());
    for (std::size_t i = first; i < first + count; ++i) {
        upper_header_[i].text = text;
        upper_header_[i].covered = i > first;
    }
    upper_header_[first].column_span = static_cast<int>(count);
    return *this;
}

TableBuilder& TableBuilder::unit(std::string text) {
    table_.unit = std::move(text);
    return *this;
}

TableBuilder& TableBuilder::note(std::string text) {
    table_.notes.push_back(std::move(text));
    return *this;
}

TableBuilder& TableBuilder::begin_row(bool emphasis) {
    table_.rows.emplace_back();
    emphasis_ = emphasis;
    return *this;
}

Cell& TableBuilder::add(CellKind kind, std::string text) {
    Cell cell;
    cell.kind = kind;
    cell.text = std::move(text);
    cell.emphasis = emphasis_;
    return table_.rows.back().emplace_back(std::move(cell));
}

TableBuilder& TableBuilder::text(std::string text, std::string key) {
    add(CellKind::text, std::move(text)).key = std::move(key);
    return *this;
}

TableBuilder& TableBuilder::count(std::int64_t value) {
    if (value == evaluation::hidden_count) return suppressed();
    add(CellKind::number, words_.format().count(value)).values = {static_cast<double>(value)};
    return *this;
}

TableBuilder& TableBuilder::missing(std::string_view reason, std::size_t values) {
    reasons_.emplace(reason);
    add(CellKind::not_available, std::string(not_available_mark)).values.assign(values, effects::not_available);
    return *this;
}

TableBuilder& TableBuilder::number(double value, int decimals, std::string_view reason) {
    if (!std::isfinite(value)) return missing(reason, 1);
    add(CellKind::number, words_.format().number(value, decimals)).values = {value};
    return *this;
}

TableBuilder& TableBuilder::adaptive(double value, std::string_view reason) {
    if (!std::isfinite(value)) return missing(reason, 1);
    add(CellKind::number, words_.format().adaptive(value)).values = {value};
    return *this;
}

TableBuilder& TableBuilder::p_value(double value) {
    if (!std::isfinite(value)) return missing("report_missing_error", 1);
    add(CellKind::number, words_.format().p_value(value)).values = {value};
    return *this;
}

TableBuilder& TableBuilder::interval(double low, double high, int decimals) {
    if (!std::isfinite(low) || !std::isfinite(high)) return missing("report_missing_error", 2);
    add(CellKind::number, words_.format().interval(low, high, decimals)).values = {low, high};
    return *this;
}

TableBuilder& TableBuilder::estimate(const Shown& shown, std::string_view reason) {
    if (!std::isfinite(shown.estimate)) return missing(reason, 3);
    const std::string interval = words_.format().interval(shown.low, shown.high, shown.decimals);
    if (interval == not_available_mark) reasons_.emplace("report_missing_error");
    Cell& cell = add(CellKind::number, words_.format().number(shown.estimate, shown.decimals) + "\n" + interval);
    cell.values = {shown.estimate, shown.low, shown.high};
    return *this;
}

TableBuilder& TableBuilder::estimate_with_n(const Shown& shown, std::int64_t n, std::string_view reason) {
    estimate(shown, reason);
    Cell& cell = table_.rows.back().back();
    cell.values.push_back(static_cast<double>(n));
    if (cell.kind == CellKind::number) cell.text.insert(cell.text.find('\n'), " " + words_.format().sample_size(n));
    return *this;
}

TableBuilder& TableBuilder::suppressed() {
    suppressed_ = true;
    add(CellKind::suppressed, std::string(suppressed_mark));
    return *this;
}

std::size_t TableBuilder::place_of(const std::string& trap) {
    auto known = std::find(traps_.begin(), traps_.end(), trap);
    if (known == traps_.end()) known = traps_.insert(traps_.end(), trap);
    return static_cast<std::size_t>(known - traps_.begin());
}

TableBuilder& TableBuilder::caution(const evaluation::Traps& traps) {
    if (traps.empty()) return *this;
    std::set<std::size_t> places;
    for (const std::string& trap : traps) places.insert(place_of(trap));
    std::string mark(caution_mark);
    for (const std::size_t place : places) mark += bare_letter(place);
    std::string& text = table_.rows.back().back().text;
    text.insert(std::min(text.find('\n'), text.size()), " " + mark);
    cautioned_ = true;
    return *this;
}

TableBuilder& TableBuilder::traps(const evaluation::Traps& traps) {
    std::string letters;
    std::string codes;
    for (const std::string& code : traps) {
        letters += (letters.empty() ? "" : " ") + letter(place_of(code));
        codes += (codes.empty() ? "" : ";") + code;
    }
    return text(std::move(letters), std::move(codes));
}

TableBuilder& TableBuilder::merge_equal_rows(std::size_t column) {
    std::size_t first = 0;
    for (std::size_t row = 1; row < table_.rows.size(); ++row) {
        Cell& cell = table_.rows[row][column];
        Cell& head = table_.rows[first][column];
        if (cell.text == head.text && cell.key == head.key) {
            cell.covered = true;
            ++head.row_span;
        } else {
            first = row;
        }
    }
    return *this;
}

void TableBuilder::add_trap_notes() {
    if (!cautioned_) {
        for (std::size_t i = 0; i < traps_.size(); ++i) table_.notes.push_back(letter(i) + " " + words_(traps_[i]));
        return;
    }
    // A grid has many of them, on a page that it fills: in short here, in full among the caveats.
    std::string marks;
    for (std::size_t i = 0; i < traps_.size(); ++i) {
        marks +=
            (marks.empty() ? "" : ", ") + std::string(caution_mark) + letter(i) + " " + words_(traps_[i] + "_short");
    }
    table_.notes.push_back(words_("report_note_cautions", {{"marks", marks}}));
}

Table TableBuilder::finish() {
    std::vector<Cell> lower;
    for (std::string& header : headers_) {
        Cell cell;
        cell.text = std::move(header);
        lower.push_back(std::move(cell));
    }
    if (!upper_header_.empty()) {
        for (std::size_t i = 0; i < lower.size(); ++i) {
            if (!upper_header_[i].text.empty()) continue;
            upper_header_[i] = lower[i];
            upper_header_[i].row_span = 2;
            lower[i].covered = true;
        }
        table_.header_rows.push_back(std::move(upper_header_));
    }
    table_.header_rows.push_back(std::move(lower));
    add_trap_notes();
    for (const std::string& reason : reasons_) table_.notes.push_back(words_(reason));
    if (suppressed_) table_.notes.push_back(words_("report_note_suppressed"));
    table_.source = words_("report_source_own");
    return std::move(table_);
}

}  // namespace twinfirm::report
