// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_reader.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace twinfirm::ingest {

CsvReader::CsvReader(std::unique_ptr<TextSource> source, CsvDialect dialect)
    : source_(std::move(source)), dialect_(dialect) {
    ends_field_[static_cast<unsigned char>(dialect.delimiter)] = true;
    ends_field_[static_cast<unsigned char>('\n')] = true;
    ends_field_[static_cast<unsigned char>('\r')] = true;
}

double CsvReader::progress() const {
    const auto total = static_cast<double>(std::max<std::int64_t>(source_->bytes_total(), 1));
    return static_cast<double>(source_->bytes_read()) / total;
}

Status CsvReader::refill() {
    if (begin_ > 0) {
        buffer_.erase(0, begin_);
        begin_ = 0;
    }
    const auto more = source_->read(buffer_);
    if (!more) return tl::unexpected(more.error());
    if (*more) return {};
    at_end_ = true;
    while (!buffer_.empty() && buffer_.back() == '\0') buffer_.pop_back();
    if (!buffer_.empty() && buffer_.back() == '\x1A') buffer_.pop_back();
    return {};
}

Status CsvReader::skip_lines(std::int64_t count) {
    while (count > 0) {
        const std::size_t end = buffer_.find_first_of("\r\n", begin_);
        const bool at_edge = end == std::string::npos || (buffer_[end] == '\r' && end + 1 == buffer_.size());
        if (at_edge && !at_end_) {
            if (buffer_.size() - begin_ > record_limit) begin_ = buffer_.size() - 1;
            TWINFIRM_TRY(refill());
            continue;
        }
        if (end == std::string::npos) {
            begin_ = buffer_.size();
            return {};
        }
        begin_ = end + (buffer_.compare(end, 2, "\r\n") == 0 ? 2 : 1);
        ++line_;
        --count;
    }
    return {};
}

/// From the opening quote at `at` to behind the closing one.
CsvReader::Scan CsvReader::scan_quoted(std::size_t& at) {
    quote_line_ = line_ + record_lines_;
    std::size_t from = at + 1;
    for (;;) {
        const void* found = std::memchr(buffer_.data() + from, dialect_.quote, buffer_.size() - from);
        if (found == nullptr) return at_end_ ? Scan::unclosed : Scan::more;
        const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
        if (place + 1 == buffer_.size() && !at_end_) return Scan::more;
        if (place + 1 < buffer_.size() && buffer_[place + 1] == dialect_.quote) {
            from = place + 2;
            continue;
        }
        for (std::size_t i = at + 1; i < place; ++i) {
            const char c = buffer_[i];
            if (c == '\n' || (c == '\r' && buffer_[i + 1] != '\n')) ++record_lines_;
        }
        at = place + 1;
        quote_line_ = 0;
        return Scan::complete;
    }
}

CsvReader::Scan CsvReader::scan_record() {
    fields_.clear();
    record_lines_ = 0;
    quote_line_ = 0;
    const char* const text = buffer_.data();
    const std::size_t size = buffer_.size();
    std::size_t at = begin_;
    for (;;) {
        const std::size_t begin = at;
        const bool quoted = at < size && dialect_.quote != 0 && text[at] == dialect_.quote;
        if (quoted) {
            const Scan scan = scan_quoted(at);
            if (scan != Scan::complete) return scan;
        }
        while (at < size && !ends_field_[static_cast<unsigned char>(text[at])]) ++at;
        if (at == size && !at_end_) return Scan::more;
        fields_.push_back({begin, at, quoted});
        if (at == size) break;
        if (text[at] == dialect_.delimiter) {
            ++at;
            continue;
        }
        if (text[at] == '\r') {
            if (at + 1 == size && !at_end_) return Scan::more;
            if (at + 1 < size && text[at + 1] == '\n') ++at;
        }
        ++at;
        ++record_lines_;
        break;
    }
    record_end_ = at;
    return Scan::complete;
}

/// Takes the quotes off in place.
std::string_view CsvReader::text_of(const Field& field) {
    if (!field.quoted) return {buffer_.data() + field.begin, field.end - field.begin};
    char* const text = buffer_.data();
    std::size_t to = field.begin;
    std::size_t from = field.begin + 1;
    while (from < field.end) {
        if (text[from] == dialect_.quote) {
            if (from + 1 < field.end && text[from + 1] == dialect_.quote) {
                text[to++] = dialect_.quote;
                from += 2;
                continue;
            }
            ++from;
            break;
        }
        text[to++] = text[from++];
    }
    std::size_t rest = from;
    while (rest < field.end && text[rest] == ' ') ++rest;
    if (rest < field.end) {
        ++stray_quotes_;
        while (from < field.end) text[to++] = text[from++];
    }
    return {text + field.begin, to - field.begin};
}

Result<bool> CsvReader::next(Record& record) {
    record.fields.clear();
    for (;;) {
        if (at_end_ && begin_ >= buffer_.size()) return false;
        const Scan scan = scan_record();
        if (scan == Scan::complete && record_end_ - begin_ <= record_limit) break;
        if (scan == Scan::unclosed) {
            return fail_at(ErrorKind::input, "csv_unclosed_quote", {{"line", std::to_string(quote_line_)}}, {},
                           quote_line_);
        }
        if (buffer_.size() - begin_ > record_limit) {
            const std::int64_t line = quote_line_ > 0 ? quote_line_ : line_;
            return fail_at(ErrorKind::input, "csv_record_too_long",
                           {{"line", std::to_string(line)}, {"limit", std::to_string(record_limit / (1024 * 1024))}},
                           {}, line);
        }
        TWINFIRM_TRY(refill());
    }
    record.line = line_;
    for (const Field& field : fields_) record.fields.push_back(text_of(field));
    line_ += record_lines_;
    begin_ = record_end_;
    return true;
}

}  // namespace twinfirm::ingest
