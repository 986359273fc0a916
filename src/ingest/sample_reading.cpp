// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample_reading.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <utility>

namespace twinfirm::ingest {

namespace {

constexpr std::size_t records_looked_at = 200;
constexpr std::size_t bytes_looked_at = std::size_t{256} * 1024;  ///< for the places of quotes

class SampleText : public TextSource {
  public:
    explicit SampleText(std::string_view text) : text_(text) {}
    Result<bool> read(std::string& out) override {
        if (done_) return false;
        out += text_;
        done_ = true;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return done_ ? bytes_total() : 0; }
    [[nodiscard]] std::int64_t bytes_total() const override { return static_cast<std::int64_t>(text_.size()); }
    [[nodiscard]] std::string hex_digest() override { return {}; }

  private:
    std::string_view text_;
    bool done_ = false;
};

bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/// Where the quotes of a text stand.
struct QuotePlaces {
    std::size_t quotes = 0;
    std::size_t opening = 0;    ///< behind a delimiter or line end
    std::size_t closing = 0;    ///< before one
    std::size_t explained = 0;  ///< either of them, or doubled, or escaped
};

QuotePlaces quote_places(std::string_view text, const CsvDialect& dialect) {
    QuotePlaces places;
    if (dialect.quote == '\0') return places;
    const auto is_edge = [&](char c) { return c == dialect.delimiter || is_line_end(c); };
    text = text.substr(0, bytes_looked_at);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != dialect.quote) continue;
        std::size_t before = i;
        std::size_t after = i + 1;
        while (dialect.padded && before > 0 && text[before - 1] == ' ') --before;
        while (dialect.delimiter != ' ' && after < text.size() && text[after] == ' ') ++after;
        const bool opens = before == 0 || is_edge(text[before - 1]);
        const bool closes = after == text.size() || is_edge(text[after]);
        const bool doubled = (i > 0 && text[i - 1] == dialect.quote) ||
                             (i + 1 < text.size() && text[i + 1] == dialect.quote) || (i > 0 && text[i - 1] == '\\');
        ++places.quotes;
        places.opening += opens && !closes;
        places.closing += closes && !opens;
        places.explained += opens || closes || doubled;
    }
    return places;
}

/// Whether spaces stand on the same side of nearly every delimiter outside of quotes.
bool is_padded(std::string_view text, char delimiter, char quote) {
    std::size_t delimiters = 0;
    std::size_t space_after = 0;
    std::size_t space_before = 0;
    std::size_t lines = 0;
    bool quoted = false;
    text = text.substr(0, bytes_looked_at);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quote != '\0' && c == quote) quoted = !quoted;
        // An odd quote should not turn the rest of the text inside out.
        if (is_line_end(c)) quoted = false;
        if (c == '\n') ++lines;
        if (quoted || c != delimiter) continue;
        ++delimiters;
        space_after += i + 1 < text.size() && text[i + 1] == ' ';
        space_before += i > 0 && text[i - 1] == ' ';
    }
    return lines >= 2 && delimiters >= 4 && std::max(space_after, space_before) * 10 >= delimiters * 9;
}

/// Share of fields with characters that are delimiters rather than text.
double odd_share(const std::vector<SampleRecord>& records) {
    if (records.size() < 2) return 0;
    double odd = 0;
    std::size_t fields = 0;
    for (const SampleRecord& record : records) {
        fields += record.fields.size();
        for (const std::string& field : record.fields) {
            if (field.size() > 200) continue;
            if (field.find_first_of("\t|") != std::string::npos) odd += 1;
        }
    }
    return fields == 0 ? 0 : odd / static_cast<double>(fields);
}

/// `'` quotes fields if that evens out the records; a text may hold apostrophes without meaning anything by them.
void prefer_apostrophes(std::string_view text, std::int64_t skipped_lines, SampleReading& best) {
    if (best.dialect.quote == '\0') return;
    CsvDialect dialect = best.dialect;
    const QuotePlaces usual = quote_places(text, dialect);
    dialect.quote = '\'';
    const QuotePlaces places = quote_places(text, dialect);
    const std::size_t pairs = std::min(places.opening, places.closing);
    constexpr std::size_t enough_pairs = 2;
    if (pairs < enough_pairs || pairs <= 4 * std::min(usual.opening, usual.closing)) return;
    SampleReading other = read_sample(text, dialect, skipped_lines);
    const bool evener = other.records_of_width * best.records.size() > best.records_of_width * other.records.size();
    const bool even = other.records_of_width == other.records.size() && other.width == best.width &&
                      other.faulty == 0 && pairs >= other.records.size() && places.opening == places.closing;
    if (evener || even) best = std::move(other);
}

void prefer_escapes(std::string_view text, std::int64_t skipped_lines, SampleReading& best) {
    if (best.dialect.quote == '\0' || text.find("\\" + std::string(1, best.dialect.quote)) == std::string_view::npos) {
        return;
    }
    CsvDialect dialect = best.dialect;
    dialect.escape = '\\';
    SampleReading other = read_sample(text, dialect, skipped_lines);
    const auto faults = [](const SampleReading& reading) {
        return reading.faulty + (reading.unclosed_quote_line > 0 ? 1 : 0);
    };
    if (2 * faults(other) <= faults(best) && faults(best) > 0 && other.records_of_width >= best.records_of_width)
        best = std::move(other);
}

/// Spaces divide words as well as fields: they are delimiters where quoted fields stand between them, or where every
/// record has the same number of them.
bool space_divides(std::string_view text, const SampleReading& reading) {
    const QuotePlaces places = quote_places(text, reading.dialect);
    constexpr std::size_t enough = 3;
    const bool by_quotes = std::min(places.opening, places.closing) >= enough &&
                           places.explained * 20 >= places.quotes * 19 && reading.faulty == 0;
    const bool by_width = reading.width >= enough && reading.records.size() >= enough &&
                          reading.records_of_width == reading.records.size();
    return reading.width >= enough && (by_quotes || by_width);
}

}  // namespace

char separator_line(std::string_view text) {
    return text.starts_with("sep=") && text.size() > 5 && is_line_end(text[5]) ? text[4] : '\0';
}

SampleReading read_sample(std::string_view text, const CsvDialect& dialect, std::int64_t skipped_lines,
                          std::size_t expected_fields, QuoteRepair repair) {
    SampleReading sample;
    sample.dialect = dialect;
    CsvReader reader(std::make_unique<SampleText>(text), dialect);
    reader.expect_fields(expected_fields, repair);
    Record record;
    if (!reader.skip_lines(skipped_lines)) return sample;
    std::map<std::size_t, std::size_t> widths;
    while (sample.records.size() < records_looked_at) {
        const auto more = reader.next(record);
        if (!more && more.error().code == "csv_unclosed_quote") sample.unclosed_quote_line = more.error().line;
        if (!more || !*more) break;
        if (record.blank()) continue;
        ++widths[record.fields.size()];
        sample.records.push_back({record.line, {record.fields.begin(), record.fields.end()}});
    }
    sample.faulty = reader.faulty_records();
    for (const auto& [width, count] : widths) {
        if (width >= 2 && count >= sample.records_of_width) {
            sample.width = width;
            sample.records_of_width = count;
        }
    }
    if (sample.width == 0) {
        sample.width = 1;
        sample.records_of_width = sample.records.size();
        return sample;
    }
    const double share = static_cast<double>(sample.records_of_width) / static_cast<double>(sample.records.size());
    const QuotePlaces places = quote_places(text, dialect);
    const double explained =
        places.quotes == 0 ? 1 : static_cast<double>(places.explained) / static_cast<double>(places.quotes);
    const double even = 1 - odd_share(sample.records);
    sample.score = share * share * (1 - 1 / static_cast<double>(sample.width)) * (0.2 + 0.8 * explained) * even * even;
    return sample;
}

SampleReading best_reading(std::string_view text, char quote, bool& unusual) {
    const char stated = separator_line(text);
    if (stated != '\0') return read_sample(text, {stated, quote}, 1);
    const auto reading_with = [&](char delimiter) {
        CsvDialect dialect{delimiter, quote};
        dialect.padded = delimiter != ' ' && is_padded(text, delimiter, quote);
        SampleReading reading = read_sample(text, dialect, 0);
        prefer_apostrophes(text, 0, reading);
        prefer_escapes(text, 0, reading);
        return reading;
    };
    SampleReading best = reading_with(',');
    for (const char delimiter : {'\t', ';', '|'}) {
        SampleReading other = reading_with(delimiter);
        if (other.score > best.score) best = std::move(other);
    }
    constexpr double uneven = 0.1;
    if (best.score >= uneven) return best;
    for (const char delimiter : {'~', '^', '\x1F', '\x01'}) {
        SampleReading other = reading_with(delimiter);
        if (other.score > best.score && other.score > uneven) {
            best = std::move(other);
            unusual = true;
        }
    }
    if (best.score >= uneven) return best;
    SampleReading spaced = reading_with(' ');
    if (space_divides(text, spaced)) {
        best = std::move(spaced);
        unusual = true;
    }
    return best;
}

}  // namespace twinfirm::ingest
