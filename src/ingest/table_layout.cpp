// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/table_layout.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>

#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t records_looked_at = 200;
constexpr std::size_t header_within = 30;

struct SampleRecord {
    std::int64_t line = 0;
    std::vector<std::string> fields;
};

struct Sample {
    CsvDialect dialect;
    std::vector<SampleRecord> records;  ///< none blank
    std::size_t width = 0;              ///< the most frequent number of fields
    double score = 0;
    std::int64_t unclosed_quote_line = 0;
};

Sample read_sample(std::string_view text, CsvDialect dialect, std::int64_t skipped_lines) {
    Sample sample;
    sample.dialect = dialect;
    CsvReader reader(std::make_unique<TextInMemory>(std::string(text)), dialect);
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
    std::size_t most = 0;
    for (const auto& [width, count] : widths) {
        if (width >= 2 && count >= most) {
            sample.width = width;
            most = count;
        }
    }
    if (sample.width == 0) {
        sample.width = 1;
        return sample;
    }
    const double share = static_cast<double>(most) / static_cast<double>(sample.records.size());
    sample.score = share * share * (1 - 1 / static_cast<double>(sample.width));
    return sample;
}

std::size_t filled(const std::vector<std::string>& fields) {
    return static_cast<std::size_t>(
        std::count_if(fields.begin(), fields.end(), [](const std::string& cell) { return !trim(cell).empty(); }));
}

bool is_number(const std::string& cell) {
    return parse_decimal(cell).has_value();
}

std::size_t numbers_in(const std::vector<std::string>& fields) {
    return static_cast<std::size_t>(std::count_if(fields.begin(), fields.end(), is_number));
}

/// Numbers that are no years: a header may hold 2014, 2015 ...
bool has_plain_number(const std::vector<std::string>& fields) {
    return std::any_of(fields.begin(), fields.end(),
                       [](const std::string& cell) { return is_number(cell) && !parse_year(cell); });
}

std::string joined(const std::vector<std::string>& fields) {
    std::string out;
    for (const std::string& cell : fields) {
        const std::string name = display_name(cell);
        if (name.empty()) continue;
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

/// Index of the header row among the records; sets what is doubtful about it.
std::size_t find_header(const Sample& sample, TableLayout& layout) {
    const auto& records = sample.records;
    const std::size_t half = std::max<std::size_t>(std::min<std::size_t>(2, sample.width), (sample.width + 1) / 2);
    std::size_t first = 0;
    const std::size_t last = std::min(records.size(), header_within);
    while (first < last && filled(records[first].fields) < half) ++first;
    if (first == last) return 0;
    const bool row_above = first > 0 && records[first - 1].fields.size() == records[first].fields.size() &&
                           records[first - 1].line + 1 == records[first].line;
    const auto& cells = records[first].fields;
    if (!has_plain_number(cells) && numbers_in(cells) < filled(cells)) {
        layout.two_header_rows = row_above && filled(records[first - 1].fields) >= 2 &&
                                 unit_in_line(joined(records[first - 1].fields)).empty();
        // The same where the row of group titles fills half of the columns itself.
        if (!layout.two_header_rows && first + 1 < records.size() && filled(cells) < sample.width &&
            numbers_in(cells) > 0 && numbers_in(records[first + 1].fields) == 0 &&
            filled(records[first + 1].fields) == sample.width) {
            layout.two_header_rows = true;
            return first + 1;
        }
        return first;
    }
    // Data at once: a sparse row right above it is a header with empty names.
    if (row_above && numbers_in(records[first - 1].fields) == 0) return first - 1;
    layout.header_doubtful = true;
    return first;
}

char separator_line(std::string_view sample) {
    return sample.starts_with("sep=") && sample.size() > 5 && (sample[5] == '\r' || sample[5] == '\n') ? sample[4]
                                                                                                       : '\0';
}

}  // namespace

TableLayout detect_layout(std::string_view sample, char quote) {
    TableLayout layout;
    const char stated = separator_line(sample);
    const std::int64_t skipped = stated != '\0' ? 1 : 0;
    Sample best;
    if (stated != '\0') {
        best = read_sample(sample, {stated, quote}, skipped);
    } else {
        best = read_sample(sample, {',', quote}, 0);
        for (const char delimiter : {'\t', ';', '|'}) {
            Sample other = read_sample(sample, {delimiter, quote}, 0);
            if (other.score > best.score) best = std::move(other);
        }
        constexpr double uneven = 0.1;
        if (best.score < uneven) {
            for (const char delimiter : {'~', '^', '\x1F', '\x01'}) {
                Sample other = read_sample(sample, {delimiter, quote}, 0);
                if (other.score > best.score && other.score > uneven) {
                    best = std::move(other);
                    layout.unusual_delimiter = true;
                }
            }
        }
    }
    layout.dialect = best.dialect;
    layout.unclosed_quote_line = best.unclosed_quote_line;
    layout.columns = best.width;
    if (best.records.empty()) return layout;

    const std::size_t header = find_header(best, layout);
    layout.columns = std::max(best.width, best.records[header].fields.size());
    if (best.records.size() == 1) layout.columns = best.records[0].fields.size();
    layout.preamble_lines = best.records[header].line - 1;
    layout.header_cells = best.records[header].fields;
    if (!layout.header_doubtful && layout.header_cells.size() >= 2) layout.columns = layout.header_cells.size();
    for (std::size_t i = 0; i < header; ++i) {
        layout.preamble.push_back(joined(best.records[i].fields));
        if (layout.unit.empty()) layout.unit = unit_in_line(layout.preamble.back());
    }
    return layout;
}

bool is_footnote(const std::vector<std::string_view>& fields) {
    const std::string_view first = trim(fields[0]);
    if (first.empty()) return false;
    if (!std::all_of(fields.begin() + 1, fields.end(), [](std::string_view cell) { return trim(cell).empty(); })) {
        return false;
    }
    constexpr std::array<std::string_view, 12> marks = {
        "주)", "주:", "주 ", "주1)", "자료:", "자료 :", "자료)", "출처:", "출처 ", "※", "* ", "<자료"};
    return std::any_of(marks.begin(), marks.end(), [&](std::string_view mark) { return first.starts_with(mark); });
}

bool is_total_row(const std::vector<std::string_view>& fields) {
    constexpr std::array<std::string_view, 8> words = {"합계", "소계",  "총계",  "총합계",
                                                       "누계", "합 계", "소 계", "총 계"};
    for (const std::string_view cell : fields) {
        const std::string_view text = trim(cell);
        if (text.empty()) continue;
        return std::find(words.begin(), words.end(), text) != words.end();
    }
    return false;
}

}  // namespace twinfirm::ingest
