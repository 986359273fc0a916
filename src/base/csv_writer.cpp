// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/csv_writer.h"

#include "twinfirm/base/number_text.h"

namespace twinfirm {

CsvWriter::CsvWriter(bool byte_order_mark, std::string_view line_end) : line_end_(line_end) {
    if (byte_order_mark) bytes_ = "\xEF\xBB\xBF";
}

void CsvWriter::separate() {
    if (row_started_) bytes_ += ',';
    row_started_ = true;
}

CsvWriter& CsvWriter::text(std::string_view value) {
    separate();
    const bool edge_space = !value.empty() && (value.front() == ' ' || value.back() == ' ');
    if (!edge_space && value.find_first_of(",\"\r\n") == std::string_view::npos) {
        bytes_ += value;
        return *this;
    }
    bytes_ += '"';
    for (const char c : value) {
        if (c == '"') bytes_ += '"';
        bytes_ += c;
    }
    bytes_ += '"';
    return *this;
}

CsvWriter& CsvWriter::number(double value) {
    separate();
    bytes_ += shortest_text(value);
    return *this;
}

CsvWriter& CsvWriter::integer(std::int64_t value) {
    separate();
    bytes_ += integer_text(value);
    return *this;
}

CsvWriter& CsvWriter::missing() {
    separate();
    return *this;
}

void CsvWriter::end_row() {
    bytes_ += line_end_;
    row_started_ = false;
}

void CsvWriter::header(std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) text(name);
    end_row();
}

}  // namespace twinfirm
