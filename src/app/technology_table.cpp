// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/technology_table.h"

#include <algorithm>
#include <cmath>

#include "source_table.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"

namespace twinfirm::app {

namespace {

std::string scope_of(const std::string& text) {
    if (text.empty() || text == "국가" || text == "전체" || text == "National") return "national";
    if (text == "중소기업" || text == "SME") return "sme";
    return text;
}

/// The columns of the table, by their wanted or usual names.
class Reader {
  public:
    explicit Reader(const SourceTable& table) : table_(table) {}

    Status texts(const std::string& wanted, std::initializer_list<std::string_view> usual, bool needed,
                 std::vector<std::string>& to) {
        const auto name = name_of(wanted, usual, needed);
        if (!name) return tl::unexpected(name.error());
        to.assign(table_.frame.rows(), "");
        if (name->empty()) return {};
        auto values = table_.texts(*name);
        if (!values) return tl::unexpected(values.error());
        to = std::move(*values);
        return {};
    }

    Status numbers(const std::string& wanted, std::initializer_list<std::string_view> usual, bool needed,
                   std::vector<double>& to) {
        const auto name = name_of(wanted, usual, needed);
        if (!name) return tl::unexpected(name.error());
        to.assign(table_.frame.rows(), std::numeric_limits<double>::quiet_NaN());
        if (name->empty()) return {};
        auto values = table_.numbers(*name);
        if (!values) return tl::unexpected(values.error());
        to = std::move(*values);
        return {};
    }

  private:
    [[nodiscard]] Result<std::string> name_of(const std::string& wanted, std::initializer_list<std::string_view> usual,
                                              bool needed) const {
        auto name = table_.name_of(wanted, usual);
        if (name && name->empty() && needed) {
            return fail_at(ErrorKind::usage, "survey_column_unknown", {{"column", std::string(*usual.begin())}},
                           table_.place);
        }
        return name;
    }

    const SourceTable& table_;
};

Result<std::vector<survey::TechnologyLevel>> levels_of(const SourceTable& table, const TechnologyRequest& request) {
    Reader reader(table);
    std::vector<double> year;
    std::vector<double> level;
    std::vector<double> gap;
    std::vector<std::string> country;
    std::vector<std::string> scope;
    std::vector<std::string> area;
    std::vector<std::string> best;
    TWINFIRM_TRY(reader.numbers(request.year, {"year", "연도", "조사연도"}, true, year));
    TWINFIRM_TRY(reader.texts(request.country, {"country", "국가"}, true, country));
    TWINFIRM_TRY(reader.texts(request.scope, {"scope", "구분", "범위"}, false, scope));
    TWINFIRM_TRY(reader.texts(request.area, {"area", "분야"}, false, area));
    TWINFIRM_TRY(reader.numbers(request.level, {"level", "level_pct", "기술수준", "수준"}, true, level));
    TWINFIRM_TRY(reader.numbers(request.gap, {"gap_years", "gap", "기술격차", "격차"}, false, gap));
    TWINFIRM_TRY(reader.texts(request.best, {"best_country", "best", "최고기술국", "최고국"}, false, best));
    std::vector<survey::TechnologyLevel> levels;
    for (std::size_t row = 0; row < year.size(); ++row) {
        const int whole = year[row] >= -9999 && year[row] <= 9999 ? static_cast<int>(year[row]) : 0;
        levels.push_back(
            {whole, country[row], scope_of(scope[row]), area[row], level[row], gap[row], best[row], row + 1});
    }
    return levels;
}

std::string levels_csv(const TechnologyResult& result) {
    CsvWriter csv;
    csv.header({"year", "country", "scope", "area", "level", "gap_years", "best", "group"});
    for (const survey::TechnologyLevel& level : result.levels) {
        csv.integer(level.year).text(level.country).text(level.scope).text(level.area);
        csv.number(level.level).number(level.gap_years).text(level.best);
        csv.text(survey::technology_group_code(survey::technology_group(level.level)));
        csv.end_row();
    }
    return csv.bytes();
}

std::string changes_csv(const TechnologyResult& result) {
    CsvWriter csv;
    csv.header({"country", "scope", "area", "from", "to", "level_from", "level_to", "change_pp", "gap_change_years",
                "group_from", "group_to"});
    for (const survey::TechnologyChange& change : result.changes) {
        csv.text(change.country).text(change.scope).text(change.area).integer(change.from).integer(change.to);
        csv.number(change.level_from).number(change.level_to).number(change.change).number(change.gap_change);
        csv.text(survey::technology_group_code(change.group_from));
        csv.text(survey::technology_group_code(change.group_to));
        csv.end_row();
    }
    return csv.bytes();
}

std::string gaps_csv(const TechnologyResult& result, const std::string& country) {
    CsvWriter csv;
    csv.header({"scope", "area", "country", "other", "level", "other_level", "difference_pp", "gap_years"});
    for (const survey::TechnologyGap& gap : result.gaps) {
        csv.text(gap.scope).text(gap.area).text(country).text(gap.other);
        csv.number(gap.level).number(gap.other_level).number(gap.difference).number(gap.gap_years);
        csv.end_row();
    }
    return csv.bytes();
}

}  // namespace

Result<TechnologyResult> analyse_technology(const TechnologyRequest& request, const std::filesystem::path& folder,
                                            const CancellationToken& token, const ProgressSink& progress) {
    const auto table = read_source(request.source, token, progress);
    if (!table) return tl::unexpected(table.error());
    TechnologyResult result;
    result.messages = table->messages;
    auto levels = levels_of(*table, request);
    if (!levels) return tl::unexpected(levels.error());
    auto checked = survey::checked_levels(std::move(*levels), result.messages);
    if (!checked) return tl::unexpected(at_file(checked.error(), table->place));
    result.levels = std::move(*checked);
    if (result.levels.empty()) return fail_at(ErrorKind::input, "technology_no_level", {}, table->place);
    result.from = request.from.value_or(result.levels.front().year);
    result.to = request.to.value_or(result.levels.back().year);
    if (result.from != result.to) {
        result.changes = survey::technology_changes(result.levels, result.from, result.to, result.messages);
    }
    result.gaps = survey::technology_gaps(result.levels, result.to, request.focus);
    if (folder.empty()) return result;
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "levels.csv", levels_csv(result)));
    TWINFIRM_TRY(write_file_atomically(folder / "changes.csv", changes_csv(result)));
    TWINFIRM_TRY(write_file_atomically(folder / "gaps.csv", gaps_csv(result, request.focus)));
    return result;
}

}  // namespace twinfirm::app
