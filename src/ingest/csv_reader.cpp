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

/// Behind a quote and the spaces after it.
std::size_t CsvReader::behind_quote(std::size_t quote) const {
    std::size_t at = quote + 1;
    while (at < buffer_.size() && buffer_[at] == ' ') ++at;
    return at;
}

/// From the opening quote at `at` to behind the closing one.
CsvReader::Scan CsvReader::scan_quoted(std::size_t& at, Closing closing) {
    quote_line_ = line_ + record_lines_;
    std::size_t from = at + 1;
    for (;;) {
        // NOLINTNEXTLINE(bugprone-not-null-terminated-result): the buffer is no C string
        const void* found = std::memchr(buffer_.data() + from, dialect_.quote, buffer_.size() - from);
        if (found == nullptr) return at_end_ ? Scan::unclosed : Scan::more;
        const auto place = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
        if (place + 1 == buffer_.size() && !at_end_) return Scan::more;
        if (dialect_.escape != '\0') {
            std::size_t escapes = 0;
            while (place - escapes > at + 1 && buffer_[place - escapes - 1] == dialect_.escape) ++escapes;
            if (escapes % 2 == 1) {
                from = place + 1;
                continue;
            }
        }
        if (place + 1 < buffer_.size() && buffer_[place + 1] == dialect_.quote) {
            from = place + 2;
            continue;
        }
        if (closing == Closing::before_delimiter) {
            const std::size_t next = behind_quote(place);
            if (next == buffer_.size() && !at_end_) return Scan::more;
            if (next < buffer_.size() && !ends_field_[static_cast<unsigned char>(buffer_[next])]) {
                from = place + 1;
                continue;
            }
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

CsvReader::Scan CsvReader::scan_record(Closing closing) {
    fields_.clear();
    record_lines_ = 0;
    quote_line_ = 0;
    faulty_ = false;
    const char* const text = buffer_.data();
    const std::size_t size = buffer_.size();
    std::size_t at = begin_;
    for (;;) {
        FieldSpan field{at, at, FieldSpan::unquoted};
        std::size_t first = at;
        while (dialect_.padded && first < size && text[first] == ' ') ++first;
        if (first < size && dialect_.quote != 0 && text[first] == dialect_.quote) {
            field.begin = at = first;
            const Scan scan = scan_quoted(at, closing);
            if (scan != Scan::complete) return scan;
            field.close = at - 1;
            while (at < size && text[at] == ' ' && dialect_.delimiter != ' ') ++at;
            if (at < size && !ends_field_[static_cast<unsigned char>(text[at])]) faulty_ = true;
        }
        while (at < size && !ends_field_[static_cast<unsigned char>(text[at])]) ++at;
        if (at == size && !at_end_) return Scan::more;
        field.end = at;
        fields_.push_back(field);
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

bool CsvReader::divide_first_line(const CsvDialect& dialect, LineFaults faults) {
    const std::size_t end = std::min(buffer_.find_first_of("\r\n", begin_), buffer_.size());
    const std::string_view line(buffer_.data() + begin_, end - begin_);
    auto spans = split_faulty_line(line, dialect, expected_, faults);
    if (!spans) return false;
    fields_ = std::move(*spans);
    for (FieldSpan& field : fields_) {
        field.begin += begin_;
        field.end += begin_;
        if (field.close != FieldSpan::unquoted) field.close += begin_;
    }
    record_end_ = end;
    if (end < buffer_.size()) record_end_ += buffer_.compare(end, 2, "\r\n") == 0 ? 2 : 1;
    record_lines_ = 1;
    quote_line_ = 0;
    return true;
}

/// One row written with another delimiter than the rest.
bool CsvReader::divide_by_other_delimiter() {
    constexpr std::size_t enough_fields = 3;
    constexpr std::size_t enough_words = 6;
    const std::size_t end = std::min(buffer_.find_first_of("\r\n", begin_), buffer_.size());
    if (record_end_ < end || expected_ < enough_fields) return false;
    for (const char delimiter : {',', ';', '\t', '|', ' '}) {
        if (delimiter == dialect_.delimiter || (delimiter == ' ' && expected_ < enough_words)) continue;
        CsvDialect other = dialect_;
        other.delimiter = delimiter;
        const CsvDialect own = std::exchange(dialect_, other);
        const std::vector<FieldSpan> fields = fields_;
        const auto ends = ends_field_;
        ends_field_[static_cast<unsigned char>(own.delimiter)] = false;
        ends_field_[static_cast<unsigned char>(delimiter)] = true;
        const std::size_t record_end = record_end_;
        const std::int64_t lines = record_lines_;
        const bool fits = scan_record(Closing::first_quote) == Scan::complete && !faulty_ &&
                          fields_.size() == expected_ && record_lines_ == lines;
        dialect_ = own;
        ends_field_ = ends;
        if (fits) return true;
        fields_ = fields;
        record_end_ = record_end;
        record_lines_ = lines;
        faulty_ = false;
    }
    return false;
}

/// Reads the record at `begin_` anew where its quotes are faulty.
CsvReader::Scan CsvReader::repaired(Scan scan) {
    const bool counts = repair_ == QuoteRepair::automatic && expected_ > 0;
    const bool open = scan == Scan::unclosed;
    if (repair_ == QuoteRepair::none || (open && repair_ != QuoteRepair::automatic)) return scan;
    const bool misfit = counts && !open && !faulty_ && fields_.size() != expected_ &&
                        !(fields_.size() == 1 && fields_[0].begin == fields_[0].end);
    if (!faulty_ && !open && !misfit) return scan;
    const bool faulty = faulty_;
    const auto note = [&] {
        if (++repaired_records_ == 1) first_repaired_line_ = line_;
        faulty_ = false;
        return Scan::complete;
    };
    if (misfit) {
        const bool divided = (fields_.size() < expected_ && divide_first_line(dialect_, LineFaults::delimiters)) ||
                             divide_by_other_delimiter();
        return divided ? note() : scan;
    }
    if (expected_ > 0 && divide_first_line(dialect_, LineFaults::quotes)) return note();
    if (counts && divide_first_line(dialect_, LineFaults::quotes_and_delimiters)) return note();
    if (faulty || open) {
        const Scan wide = scan_record(Closing::before_delimiter);
        if (wide == Scan::complete &&
            (expected_ == 0 ? repair_ == QuoteRepair::automatic : fields_.size() == expected_)) {
            return note();
        }
        if (wide == Scan::unclosed && repair_ == QuoteRepair::automatic && (open || expected_ == 0)) {
            // An open quote reaches to the end of the file.
            std::size_t begin = begin_;
            if (!fields_.empty()) begin = fields_.back().end + 1;
            while (begin < buffer_.size() && buffer_[begin] != dialect_.quote) ++begin;
            std::size_t end = buffer_.size();
            if (end > begin + 1 && buffer_[end - 1] == '\n') --end;
            if (end > begin + 1 && buffer_[end - 1] == '\r') --end;
            fields_.push_back({begin, end, end});
            record_end_ = buffer_.size();
            record_lines_ = std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_), buffer_.end(), '\n');
            quote_line_ = 0;
            return note();
        }
        constexpr std::size_t far_enough = std::size_t{1024} * 1024;
        if (wide == Scan::more && buffer_.size() - begin_ < far_enough) return wide;
    }
    return scan_record(Closing::first_quote);
}

/// Takes the quotes off in place.
std::string_view CsvReader::quoted_text(const FieldSpan& field) {
    char* const text = buffer_.data();
    std::size_t to = field.begin + 1;
    std::size_t from = to;
    // Up to the first quote or escape nothing moves.
    while (from < field.close && text[from] != dialect_.quote &&
           (dialect_.escape == '\0' || text[from] != dialect_.escape)) {
        ++from;
    }
    to = from;
    while (from < field.close) {
        const bool pair =
            from + 1 < field.close && ((text[from] == dialect_.quote && text[from + 1] == dialect_.quote) ||
                                       (dialect_.escape != '\0' && text[from] == dialect_.escape &&
                                        (text[from + 1] == dialect_.quote || text[from + 1] == dialect_.escape)));
        if (pair) ++from;
        text[to++] = text[from++];
    }
    std::size_t rest = field.close + 1;
    while (rest < field.end && text[rest] == ' ') ++rest;
    if (rest < field.end) {
        for (from = field.close + 1; from < field.end; ++from) text[to++] = text[from];
    }
    return {text + field.begin + 1, to - field.begin - 1};
}

std::string_view CsvReader::text_of(const FieldSpan& field) {
    if (field.close != FieldSpan::unquoted) return quoted_text(field);
    std::string_view text(buffer_.data() + field.begin, field.end - field.begin);
    while (dialect_.padded && text.starts_with(' ')) text.remove_prefix(1);
    while (dialect_.padded && text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

Result<bool> CsvReader::next(Record& record) {
    record.fields.clear();
    for (;;) {
        if (at_end_ && begin_ >= buffer_.size()) return false;
        Scan scan = scan_record(Closing::first_quote);
        if (scan != Scan::more) scan = repaired(scan);
        if (scan == Scan::complete && record_end_ - begin_ <= record_limit) break;
        if (scan == Scan::unclosed) {
            return fail_at(ErrorKind::input, "csv_unclosed_quote", {{"line", std::to_string(quote_line_)}}, {},
                           quote_line_);
        }
        if (buffer_.size() - begin_ > record_limit) {
            if (quote_line_ > 0 && repair_ == QuoteRepair::automatic && expected_ > 0 &&
                divide_first_line(dialect_, LineFaults::quotes)) {
                if (++repaired_records_ == 1) first_repaired_line_ = line_;
                break;
            }
            const std::int64_t line = quote_line_ > 0 ? quote_line_ : line_;
            return fail_at(
                ErrorKind::input, "csv_record_too_long",
                {{"line", std::to_string(line)}, {"limit", std::to_string(record_limit / (std::size_t{1024} * 1024))}},
                {}, line);
        }
        TWINFIRM_TRY(refill());
    }
    if (faulty_) ++faulty_records_;
    record.line = line_;
    for (const FieldSpan& field : fields_) record.fields.push_back(text_of(field));
    line_ += record_lines_;
    record_bytes_ = record_end_ - begin_;
    begin_ = record_end_;
    return true;
}

}  // namespace twinfirm::ingest
