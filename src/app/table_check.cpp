// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/table_check.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "study_table.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/table_quality.h"
#include "twinfirm/design/industry_division.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/ingest/region_name.h"

namespace twinfirm::app {

namespace {

constexpr std::size_t most_texts = 40;
constexpr std::size_t most_codes = 2000;

MissingMap missing_map(const store::TableData& table) {
    MissingMap map;
    const std::size_t year_column = find_column(table, "year");
    std::vector<std::size_t> place(table.rows, 0);
    if (year_column == no_column) {
        map.rows.push_back(static_cast<std::int64_t>(table.rows));
    } else {
        std::map<int, std::size_t> known;
        std::vector<int> years(table.rows, 0);
        for (std::size_t row = 0; row < table.rows; ++row) {
            const double year = year_at(table.columns[year_column], row);
            if (plausible_year(year)) years[row] = static_cast<int>(year);
            known.emplace(years[row], 0);
        }
        known.erase(0);  // rows without a year are told by the import and the quality check
        for (auto& [year, at] : known) {
            at = map.years.size();
            map.years.push_back(year);
        }
        map.rows.assign(map.years.size(), 0);
        for (std::size_t row = 0; row < table.rows; ++row) {
            const auto found = known.find(years[row]);
            place[row] = found == known.end() ? no_column : found->second;
            if (found != known.end()) ++map.rows[found->second];
        }
    }
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        MissingMap::Column column{table.definitions[c].name, std::vector<std::int64_t>(map.rows.size(), 0)};
        for (std::size_t row = 0; row < table.rows; ++row) {
            if (place[row] != no_column && !table.columns[c].has_value(row)) ++column.missing[place[row]];
        }
        map.columns.push_back(std::move(column));
    }
    return map;
}

/// The division of an industry code, a leading section letter left out; empty if it has none.
std::string division_of(const std::string& code) {
    const std::size_t begin = code.find_first_of("0123456789");
    return begin == std::string::npos || begin > 1 ? std::string() : code.substr(begin, 2);
}

class CodeReader {
  public:
    CodeReader() : divisions_(design::manufacturing_divisions()) {}

    void look_up(const std::string& type, CodeList::Code& code) const {
        using Known = CodeList::Known;
        if (type == "ksic") {
            const std::string division = division_of(code.value);
            const auto found = std::find_if(divisions_.begin(), divisions_.end(),
                                            [&](const auto& known) { return known.code == division; });
            code.known = found == divisions_.end() ? Known::no : Known::yes;
            if (found != divisions_.end()) code.meaning = found->name;
        } else if (type == "region") {
            const auto region = ingest::region_of_name(code.value);
            code.known = region ? Known::yes : Known::no;
            if (region) code.meaning = {*region, *region};
        } else if (type == "level") {
            code.known =
                code.value.size() == 1 && code.value[0] >= '0' && code.value[0] <= '5' ? Known::yes : Known::no;
        }
    }

  private:
    std::vector<design::IndustryDivision> divisions_;
};

std::vector<CodeList> code_lists(const store::TableData& table) {
    const CodeReader reader;
    std::vector<CodeList> lists;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const store::ColumnDefinition& definition = table.definitions[c];
        const ingest::CanonicalField* field = ingest::find_canonical_field(definition.field);
        const std::string type = field == nullptr ? std::string() : field->type;
        const bool listed = type == "ksic" || type == "region" || type == "level";
        const bool identifies = field != nullptr && (field->sensitive || type == "id");
        if (identifies || (!listed && definition.type != store::ColumnType::text)) continue;
        std::map<std::string, std::int64_t> counts;
        const std::size_t most = listed ? most_codes : most_texts;
        for (std::size_t row = 0; row < table.rows && counts.size() <= most; ++row) {
            if (table.columns[c].has_value(row)) ++counts[shown_at(table.columns[c], row)];
        }
        if (counts.empty() || counts.size() > most) continue;
        CodeList list{definition.name, definition.field, {}};
        for (const auto& [value, rows] : counts) {
            CodeList::Code code{value, rows, CodeList::Known::without_list, {}};
            reader.look_up(type, code);
            list.codes.push_back(std::move(code));
        }
        std::stable_partition(list.codes.begin(), list.codes.end(),
                              [](const CodeList::Code& code) { return code.known == CodeList::Known::no; });
        lists.push_back(std::move(list));
    }
    return lists;
}

}  // namespace

Result<TableCheck> check_table(const std::filesystem::path& path, const std::string& table,
                               const std::string& register_table, const CancellationToken& token,
                               const ProgressSink& progress) {
    report_progress(progress, "read", 0);
    const auto project = open_project(path, Access::read_only);
    if (!project) return tl::unexpected(project.error());
    const auto rows = project->read_checked(table, 0, token);
    if (!rows) return tl::unexpected(rows.error());
    auto issues = table_quality(*project, table, token, register_table == table ? std::string() : register_table);
    if (!issues) return tl::unexpected(issues.error());
    return TableCheck{std::move(*issues), missing_map(*rows), code_lists(*rows)};
}

}  // namespace twinfirm::app
