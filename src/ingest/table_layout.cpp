// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/table_layout.h"

#include <algorithm>
#include <array>

#include "record_layout.h"
#include "sample_reading.h"
#include "twinfirm/base/calendar.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t header_within = 30;
constexpr std::size_t most_header_rows = 3;

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

struct HeaderPlace {
    std::size_t first = 0;  ///< index among the records
    std::size_t last = 0;
};

/// Index of the header row among the records, and of a row of group titles above it; sets what is doubtful about it.
HeaderPlace find_header(const SampleReading& sample, TableLayout& layout) {
    const auto& records = sample.records;
    const std::size_t half = std::max<std::size_t>(std::min<std::size_t>(2, sample.width), (sample.width + 1) / 2);
    std::size_t first = 0;
    const std::size_t last = std::min(records.size(), header_within);
    while (first < last && filled(records[first].fields) < half) ++first;
    if (first == last) return {};
    const bool row_above = first > 0 && records[first - 1].fields.size() == records[first].fields.size() &&
                           records[first - 1].line + 1 == records[first].line;
    const auto& cells = records[first].fields;
    if (!has_plain_number(cells) && numbers_in(cells) < filled(cells)) {
        const bool titles_above = row_above && filled(records[first - 1].fields) >= 2 &&
                                  unit_in_line(joined(records[first - 1].fields)).empty();
        if (titles_above) return {first - 1, first};
        // The same where the row of group titles fills half of the columns itself.
        if (first + 1 < records.size() && filled(cells) < sample.width && numbers_in(cells) > 0 &&
            numbers_in(records[first + 1].fields) == 0 && filled(records[first + 1].fields) == sample.width) {
            return {first, first + 1};
        }
        return {first, first};
    }
    // Data at once: a sparse row right above it is a header with empty names.
    if (row_above && numbers_in(records[first - 1].fields) == 0) return {first - 1, first - 1};
    layout.header_doubtful = true;
    return {first, first};
}

/// Columns that hold numbers in nearly all rows from `first` on.
std::vector<std::size_t> number_columns(const SampleReading& sample, std::size_t first) {
    constexpr std::size_t enough_numbers = 3;
    std::vector<std::size_t> found;
    for (std::size_t column = 0; column < sample.width; ++column) {
        std::size_t numbers = 0;
        std::size_t texts = 0;
        for (std::size_t row = first; row < sample.records.size(); ++row) {
            const auto& fields = sample.records[row].fields;
            if (column >= fields.size() || trim(fields[column]).empty()) continue;
            ++(is_number(fields[column]) ? numbers : texts);
        }
        if (numbers >= enough_numbers && numbers >= 4 * texts) found.push_back(column);
    }
    return found;
}

/// Rows below a header that still belong to it: the same names again, or texts over all columns of numbers.
std::size_t last_header_row(const SampleReading& sample, std::size_t header) {
    const auto& records = sample.records;
    std::size_t last = header;
    while (last + 1 < records.size() && last - header + 1 < most_header_rows) {
        const auto& cells = records[last + 1].fields;
        const std::vector<std::size_t> columns = number_columns(sample, last + 2);
        const bool same = cells == records[last].fields && filled(cells) >= 2 && !columns.empty();
        const bool texts = columns.size() >= 2 && cells.size() == sample.width &&
                           std::all_of(columns.begin(), columns.end(), [&](std::size_t column) {
                               const std::string_view cell = trim(cells[column]);
                               return !cell.empty() && !is_number(cells[column]) && !missing_status(cell);
                           });
        if (!same && !texts) break;
        ++last;
    }
    return last;
}

/// Cells merged over several lines in the header rows say how far these reach.
void extend_over_merged(const SampleReading& sample, HeaderPlace& header, TableLayout& layout) {
    const auto& records = sample.records;
    std::int64_t reach = 0;
    for (std::size_t i = header.first; i <= header.last; ++i) reach = std::max(reach, records[i].merged_to);
    while (header.last + 1 < records.size() && header.last - header.first + 1 < most_header_rows &&
           records[header.last + 1].line <= reach) {
        ++header.last;
        layout.header_rows_stated = true;
    }
}

}  // namespace

std::vector<std::string> merged_header(const std::vector<std::vector<std::string>>& rows) {
    std::size_t width = 0;
    for (const auto& row : rows) width = std::max(width, row.size());
    std::vector<std::string> names(width);
    std::vector<std::string> above(width);  // a name over several rows counts once
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::string title;  // of the merged cell that reaches into the next columns
        for (std::size_t column = 0; column < width; ++column) {
            const std::string cell = column < rows[i].size() ? rows[i][column] : std::string();
            const bool group = i + 1 < rows.size();
            if (!trim(cell).empty()) title = cell;
            const std::string& part = group ? title : cell;
            if (trim(part).empty() || part == above[column]) continue;
            above[column] = part;
            if (!names[column].empty()) names[column] += ' ';
            names[column] += part;
        }
    }
    return names;
}

Result<std::vector<std::string>> read_header(RecordSource& source, std::int64_t rows) {
    std::vector<std::vector<std::string>> found;
    Record record;
    while (static_cast<std::int64_t>(found.size()) < rows) {
        const auto more = source.next(record);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        if (!found.empty() && record.blank()) continue;
        found.emplace_back(record.fields.begin(), record.fields.end());
    }
    if (found.empty()) return std::vector<std::string>();
    if (found.size() == 1) return std::move(found.front());
    return merged_header(found);
}

TableLayout detect_layout(std::string_view sample, char quote, QuoteRepair repair) {
    TableLayout layout;
    SampleReading best = best_reading(sample, quote, layout.unusual_delimiter);
    constexpr std::size_t enough_records = 3;
    if (best.records_of_width >= enough_records && best.width >= 2) layout.usual_fields = best.width;
    if (layout.usual_fields == 0 && best.unclosed_quote_line > 0 && repair == QuoteRepair::automatic) {
        // An open quote hides the rows below it; their delimiters still tell how many fields they have.
        CsvDialect literal = best.dialect;
        literal.quote = '\0';
        const SampleReading rows = read_sample(sample, literal, separator_line(sample) != '\0' ? 1 : 0);
        if (rows.records_of_width >= enough_records && rows.width >= 2) layout.usual_fields = rows.width;
    }
    if (layout.usual_fields > 0 || repair == QuoteRepair::automatic) {
        const std::int64_t unclosed = best.unclosed_quote_line;
        best = read_sample(sample, best.dialect, separator_line(sample) != '\0' ? 1 : 0, layout.usual_fields, repair);
        if (repair != QuoteRepair::automatic) best.unclosed_quote_line = unclosed;
    }
    layout.dialect = best.dialect;
    layout.unclosed_quote_line = best.unclosed_quote_line;
    lay_out_records(best, layout);
    return layout;
}

void lay_out_records(const SampleReading& best, TableLayout& layout) {
    layout.columns = best.width;
    if (best.records.empty()) return;

    HeaderPlace header = find_header(best, layout);
    if (!layout.header_doubtful) {
        header.last = last_header_row(best, header.last);
        extend_over_merged(best, header, layout);
    }
    const auto& lowest = best.records[header.last].fields;
    layout.columns = std::max(best.width, lowest.size());
    if (best.records.size() == 1) layout.columns = best.records[0].fields.size();
    layout.preamble_lines = best.records[header.first].line - 1;
    layout.header_cells = lowest;
    layout.header_rows = header.last - header.first + 1;
    for (std::size_t i = header.first; i <= header.last; ++i) {
        layout.header_row_cells.push_back(best.records[i].fields);
        layout.header_row_lines.push_back(best.records[i].line);
    }
    if (!layout.header_doubtful && layout.header_cells.size() >= 2) layout.columns = layout.header_cells.size();
    for (std::size_t i = 0; i < header.first; ++i) {
        layout.preamble.push_back(joined(best.records[i].fields));
        if (layout.unit.empty()) layout.unit = unit_in_line(layout.preamble.back());
    }
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
