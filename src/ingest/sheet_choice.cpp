// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet_choice.h"

#include <algorithm>
#include <array>
#include <utility>

#include "record_layout.h"
#include "twinfirm/base/decimal.h"
#include "twinfirm/ingest/header_name.h"

namespace twinfirm::ingest {

namespace {

constexpr std::size_t rows_looked_at = 200;
constexpr std::int64_t header_within = 30;

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

std::vector<std::string> names_of(const std::vector<SheetInfo>& sheets) {
    std::vector<std::string> names;
    for (const SheetInfo& sheet : sheets) names.push_back(sheet.name);
    return names;
}

std::size_t last_filled(const std::vector<std::string>& fields) {
    std::size_t width = fields.size();
    while (width > 0 && trim(fields[width - 1]).empty()) --width;
    return width;
}

}  // namespace

tl::unexpected<Error> unknown_sheet(const std::vector<SheetInfo>& sheets, const std::string& name) {
    return fail(ErrorKind::usage, "workbook_sheet_unknown", {{"sheet", name}, {"sheets", listed(names_of(sheets))}});
}

Result<SheetChoice> choose_sheet(const std::vector<SheetInfo>& sheets,
                                 const std::map<std::string, std::string>& answers) {
    const std::string id = "workbook_sheet";
    SheetChoice choice;
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (!sheets[i].empty && !sheets[i].hidden) candidates.push_back(i);
    }
    for (std::size_t i = 0; candidates.empty() && i < sheets.size(); ++i) {
        if (!sheets[i].empty) candidates.push_back(i);
    }
    if (candidates.empty()) candidates.push_back(0);
    choice.sheet = candidates.front();
    std::vector<std::string> choices;
    for (const std::size_t i : candidates) choices.push_back(sheets[i].name);
    const auto answer = answers.find(id);
    if (answer != answers.end()) {
        const auto found = std::find_if(sheets.begin(), sheets.end(),
                                        [&](const SheetInfo& sheet) { return sheet.name == answer->second; });
        if (found == sheets.end()) return unknown_sheet(sheets, answer->second);
        choice.sheet = static_cast<std::size_t>(found - sheets.begin());
        choices = names_of(sheets);
    }
    if (choices.size() > 1 || answer != answers.end()) {
        choice.question = Question{id, id, {{"count", std::to_string(candidates.size())}}, std::move(choices), 0, 0};
    }
    const SheetInfo& chosen = sheets[choice.sheet];
    if (chosen.hidden) {
        choice.problems.push_back(
            {{"workbook_hidden_sheet_read", Severity::warning, {{"sheet", chosen.name}}, 1}, 0, 0});
    }
    std::vector<std::string> others;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        if (i != choice.sheet && !sheets[i].empty) others.push_back(sheets[i].name);
    }
    if (!others.empty()) {
        choice.problems.push_back({{"workbook_other_sheets",
                                    Severity::info,
                                    {{"sheet", chosen.name}, {"sheets", listed(others)}},
                                    static_cast<std::int64_t>(others.size())},
                                   0,
                                   0});
    }
    return choice;
}

Result<TableLayout> detect_sheet_layout(Workbook& workbook, std::size_t sheet, LineRange lines,
                                        const CancellationToken& token) {
    auto rows = workbook.open_sheet(sheet, token);
    if (!rows) return tl::unexpected(rows.error());
    (*rows)->fill_merged_to(lines.first - 1 + header_within);
    SampleReading sample;
    Record record;
    while (sample.records.size() < rows_looked_at) {
        const auto more = (*rows)->next(record);
        if (!more) return tl::unexpected(more.error());
        if (!*more || (lines.last > 0 && record.line > lines.last)) break;
        if (record.line < lines.first) continue;
        sample.records.push_back(
            {record.line, {record.fields.begin(), record.fields.end()}, (*rows)->merged_reach(record.line)});
        const auto& fields = sample.records.back().fields;
        const auto filled =
            std::count_if(fields.begin(), fields.end(), [](const std::string& field) { return !trim(field).empty(); });
        // A title or a unit line may stand far to the right of the table.
        if (filled >= 2 || sample.width == 0) sample.width = std::max(sample.width, last_filled(fields));
    }
    TableLayout layout;
    if (sample.width == 0) return layout;
    for (SampleRecord& row : sample.records) row.fields.resize(std::max(sample.width, last_filled(row.fields)));
    sample.records_of_width = sample.records.size();
    lay_out_records(sample, layout);
    layout.columns = std::max(layout.columns, last_filled(layout.header_cells));
    // A single value, or a single row with numbers, is no header of nothing.
    if (sample.records.size() == 1) {
        const auto& fields = sample.records.front().fields;
        const bool number = std::any_of(fields.begin(), fields.end(),
                                        [](const std::string& field) { return parse_decimal(field).has_value(); });
        layout.header = sample.width > 1 && !number;
        layout.header_doubtful = false;
    }
    return layout;
}

std::optional<Problem> misleading_name(const std::filesystem::path& path, FileFormat format) {
    constexpr std::array<std::pair<std::string_view, FileFormat>, 8> endings = {{{".xlsx", FileFormat::xlsx},
                                                                                 {".xlsm", FileFormat::xlsx},
                                                                                 {".xls", FileFormat::xls},
                                                                                 {".csv", FileFormat::text},
                                                                                 {".tsv", FileFormat::text},
                                                                                 {".txt", FileFormat::text},
                                                                                 {".html", FileFormat::html},
                                                                                 {".htm", FileFormat::html}}};
    std::string ending = path.extension().string();
    for (char& c : ending) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    const auto* const found =
        std::find_if(endings.begin(), endings.end(), [&](const auto& entry) { return entry.first == ending; });
    if (found == endings.end() || found->second == format) return std::nullopt;
    return Problem{{"file_name_misleading",
                    Severity::warning,
                    {{"extension", ending}, {"format", std::string(file_format_name(format))}},
                    1},
                   0,
                   0};
}

}  // namespace twinfirm::ingest
