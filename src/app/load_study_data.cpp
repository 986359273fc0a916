// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/load_study_data.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "twinfirm/base/number_text.h"
#include "twinfirm/ingest/canonical_field.h"

namespace twinfirm::app {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Finds the column of a role; npos if the table has none.
constexpr std::size_t not_found = static_cast<std::size_t>(-1);

std::size_t find_column(const store::TableData& table, const std::string& field) {
    for (std::size_t i = 0; i < table.definitions.size(); ++i) {
        if (table.definitions[i].field == field) return i;
    }
    for (std::size_t i = 0; i < table.definitions.size(); ++i) {
        if (table.definitions[i].name == field) return i;
    }
    return not_found;
}

std::string column_key(const store::ColumnDefinition& definition) {
    return definition.field.empty() ? definition.name : definition.field;
}

double number_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return missing;
    switch (column.type()) {
        case store::ColumnType::integer:
            return static_cast<double>(column.integer(row));
        case store::ColumnType::real:
            return column.real(row);
        case store::ColumnType::text:
            break;
    }
    return missing;
}

std::string text_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row)) return {};
    if (column.type() == store::ColumnType::integer) return std::to_string(column.integer(row));
    if (column.type() == store::ColumnType::text) return std::string(column.text(row));
    return {};
}

/// Values outside are no years but codes or mistakes; within, they are safe to count with.
constexpr int earliest_year = 1800;
constexpr int latest_year = 2200;
/// A panel holds a value for each firm and year: a single mistyped year must not fill the memory.
constexpr int longest_panel = 100;

/// Levels are 1-5; a number beyond this is no level at all.
constexpr double largest_level = 1000;

bool plausible_year(double year) {
    return year >= earliest_year && year <= latest_year && year == std::floor(year);
}

/// The year of a date text or a year number; NaN if there is none.
double year_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row) || column.type() != store::ColumnType::text) return number_at(column, row);
    const std::string_view text = column.text(row);
    int year = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + std::min<std::size_t>(4, text.size()), year);
    return error == std::errc{} && end == text.data() + 4 ? year : missing;
}

/// The value as the table holds it, for a message.
std::string shown_at(const store::ColumnChunk& column, std::size_t row) {
    if (!column.has_value(row) || column.type() != store::ColumnType::real) return text_at(column, row);
    return shortest_text(column.real(row));
}

tl::unexpected<Error> no_year(const std::string& table, const std::string& field, const store::ColumnChunk& column,
                              std::size_t row) {
    return fail(
        ErrorKind::input, "role_column_type",
        {{"table", table}, {"field", field}, {"row", std::to_string(row + 1)}, {"value", shown_at(column, row)}});
}

/// A level as a number or in words ("Lv2", "기초2"); none if it is neither.
std::optional<int> level_at(const store::ColumnChunk& column, std::size_t row) {
    if (column.type() == store::ColumnType::text) return ingest::level_of_word(column.text(row));
    const double level = number_at(column, row);
    if (!(level >= 0 && level <= largest_level) || level != std::floor(level)) return std::nullopt;
    return static_cast<int>(level);
}

tl::unexpected<Error> role_missing(const std::string& table, const std::string& field) {
    return fail(ErrorKind::input, "role_column_missing", {{"table", table}, {"field", field}});
}

class FirmIndex {
  public:
    explicit FirmIndex(const std::vector<std::string>& ids) {
        positions_.reserve(ids.size());
        for (std::size_t i = 0; i < ids.size(); ++i) positions_.emplace(ids[i], i);
    }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view id) const {
        const auto found = positions_.find(id);
        return found == positions_.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    std::unordered_map<std::string_view, std::size_t> positions_;
};

/// Views of a text column, or texts made of an integer column.
class IdColumn {
  public:
    explicit IdColumn(const store::ColumnChunk& column) : column_(column) {}
    std::string_view at(std::size_t row) {
        if (column_.type() == store::ColumnType::text) return column_.has_value(row) ? column_.text(row) : "";
        buffer_ = text_at(column_, row);
        return buffer_;
    }

  private:
    const store::ColumnChunk& column_;
    std::string buffer_;
};

bool rows_equal(const store::TableData& table, std::size_t a, std::size_t b) {
    return std::all_of(table.columns.begin(), table.columns.end(), [&](const store::ColumnChunk& column) {
        if (column.status(a) != column.status(b)) return false;
        if (!column.has_value(a)) return true;
        switch (column.type()) {
            case store::ColumnType::integer:
                return column.integer(a) == column.integer(b);
            case store::ColumnType::real:
                return column.real(a) == column.real(b);
            case store::ColumnType::text:
                return column.text(a) == column.text(b);
        }
        return false;
    });
}

tl::unexpected<Error> rows_differ(const std::string& table, std::string_view firm, const std::string& year,
                                  std::size_t first, std::size_t second) {
    return fail(ErrorKind::input, "duplicate_rows_differ",
                {{"table", table},
                 {"firm", std::string(firm)},
                 {"year", year},
                 {"first", std::to_string(first + 1)},
                 {"second", std::to_string(second + 1)}});
}

struct Counts {
    std::int64_t equal_rows = 0;
    std::int64_t rows_without_firm = 0;
    std::int64_t rows_without_year = 0;
};

void note_counts(const std::string& table, const Counts& counts, Messages& messages) {
    const auto note = [&](const char* code, std::int64_t count) {
        if (count > 0) messages.push_back({code, Severity::warning, {{"table", table}}, count});
    };
    note("duplicate_rows_equal", counts.equal_rows);
    note("rows_without_firm", counts.rows_without_firm);
    note("rows_without_year", counts.rows_without_year);
}

Result<store::TableData> read_table(const store::Project& project, const std::string& name,
                                    const CancellationToken& token, evaluation::StudyData& data) {
    const auto info = project.table(name);
    if (!info) return tl::unexpected(info.error());
    data.tables.push_back({name, info->rows, info->content_hash});
    return project.read(name, {}, token);
}

void read_levels(const store::ColumnChunk& column, const std::vector<std::size_t>& rows, const design::Roles& roles,
                 stats::Panel& panel, Messages& messages) {
    std::int64_t unread = 0;
    std::string example;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!column.has_value(rows[i])) continue;
        if (const auto level = level_at(column, rows[i])) {
            panel.level[i] = *level;
        } else if (++unread == 1) {
            example = shown_at(column, rows[i]);
        }
    }
    if (unread == 0) return;
    messages.push_back({"levels_not_read",
                        Severity::warning,
                        {{"table", roles.firms_table}, {"field", roles.level}, {"value", std::move(example)}},
                        unread});
}

/// The register: firm ids in code-point order, attributes, adoption year and level.
Result<stats::Panel> read_register(const store::TableData& table, const design::Roles& roles, int first_year,
                                   int last_year, Messages& messages) {
    const std::size_t id = find_column(table, roles.firm_id);
    if (id == not_found) return role_missing(roles.firms_table, roles.firm_id);
    const std::size_t adoption = find_column(table, roles.adoption_year);
    if (adoption == not_found) return role_missing(roles.firms_table, roles.adoption_year);

    std::vector<std::pair<std::string, std::size_t>> firms;
    firms.reserve(table.rows);
    for (std::size_t row = 0; row < table.rows; ++row) {
        firms.emplace_back(text_at(table.columns[id], row), row);
        if (firms.back().first.empty()) {
            return fail(ErrorKind::input, "firm_id_missing",
                        {{"table", roles.firms_table}, {"row", std::to_string(row + 1)}});
        }
    }
    std::sort(firms.begin(), firms.end());
    Counts counts;
    std::vector<std::pair<std::string, std::size_t>> unique;
    unique.reserve(firms.size());
    for (auto& firm : firms) {
        if (unique.empty() || unique.back().first != firm.first) {
            unique.push_back(std::move(firm));
        } else if (rows_equal(table, unique.back().second, firm.second)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.firms_table, firm.first, "", unique.back().second, firm.second);
        }
    }
    note_counts(roles.firms_table, counts, messages);

    std::vector<std::string> ids;
    std::vector<std::size_t> rows;
    ids.reserve(unique.size());
    rows.reserve(unique.size());
    for (auto& [firm, row] : unique) {
        ids.push_back(std::move(firm));
        rows.push_back(row);
    }
    stats::Panel panel(std::move(ids), first_year, last_year);
    panel.adoption_year.assign(rows.size(), 0);
    panel.level.assign(rows.size(), 0);
    const std::size_t level = find_column(table, roles.level);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (table.columns[adoption].has_value(rows[i])) {
            // A value that is no year must not make an adopter pass for a non-adopter. 0 says never.
            const double year = year_at(table.columns[adoption], rows[i]);
            if (year != 0 && !plausible_year(year)) {
                return no_year(roles.firms_table, roles.adoption_year, table.columns[adoption], rows[i]);
            }
            panel.adoption_year[i] = static_cast<int>(year);
        }
    }
    if (level != not_found) read_levels(table.columns[level], rows, roles, panel, messages);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c == id) continue;
        const store::ColumnChunk& column = table.columns[c];
        const std::string key = column_key(table.definitions[c]);
        if (key == "founded") {
            std::vector<double> years(rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i) years[i] = year_at(column, rows[i]);
            panel.attributes().add(stats::Column::numbers(key, std::move(years)));
        } else if (column.type() == store::ColumnType::text) {
            std::vector<std::string> texts(rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i) texts[i] = text_at(column, rows[i]);
            panel.attributes().add(stats::Column::from_texts(key, texts));
        } else {
            std::vector<double> values(rows.size());
            for (std::size_t i = 0; i < rows.size(); ++i) values[i] = number_at(column, rows[i]);
            panel.attributes().add(stats::Column::numbers(key, std::move(values)));
        }
    }
    return panel;
}

/// A text column cannot be an outcome: the analyst must hear of it before the values are merely "missing".
Status require_numbers(const store::TableData& table, const std::string& name, const std::string& field) {
    const std::size_t column = find_column(table, field);
    if (column == not_found || table.columns[column].type() != store::ColumnType::text) return {};
    return fail(ErrorKind::input, "variable_is_text", {{"table", name}, {"field", field}});
}

Status fill_panel(const store::TableData& table, const design::Specification& specification, stats::Panel& panel,
                  Messages& messages) {
    const design::Roles& roles = specification.roles;
    for (const design::Outcome& outcome : specification.outcomes) {
        TWINFIRM_TRY(require_numbers(table, roles.panel_table, outcome.variable));
        TWINFIRM_TRY(require_numbers(table, roles.panel_table, outcome.denominator));
    }
    const std::size_t id = find_column(table, roles.firm_id);
    if (id == not_found) return role_missing(roles.panel_table, roles.firm_id);
    const std::size_t year_column = find_column(table, roles.year);

    const FirmIndex index(panel.ids());
    IdColumn ids(table.columns[id]);
    const std::size_t years = panel.years();
    std::vector<std::uint32_t> row_of(panel.firms() * years, UINT32_MAX);
    Counts counts;
    for (std::size_t row = 0; row < table.rows; ++row) {
        const double year = year_at(table.columns[year_column], row);
        const auto firm = index.find(ids.at(row));
        if (!firm || std::isnan(year)) {
            ++(firm ? counts.rows_without_year : counts.rows_without_firm);
            continue;
        }
        const auto cell = *firm * years + static_cast<std::size_t>(static_cast<int>(year) - panel.first_year());
        if (row_of[cell] == UINT32_MAX) {
            row_of[cell] = static_cast<std::uint32_t>(row);
        } else if (rows_equal(table, row_of[cell], row)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.panel_table, panel.ids()[*firm], std::to_string(static_cast<int>(year)),
                               row_of[cell], row);
        }
    }
    note_counts(roles.panel_table, counts, messages);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const store::ColumnChunk& column = table.columns[c];
        if (c == id || c == year_column || column.type() == store::ColumnType::text) continue;
        std::vector<double> values(row_of.size(), missing);
        for (std::size_t cell = 0; cell < row_of.size(); ++cell) {
            if (row_of[cell] != UINT32_MAX) values[cell] = number_at(column, row_of[cell]);
        }
        panel.add_variable(column_key(table.definitions[c]), std::move(values));
    }
    return {};
}

Status fill_survey(const store::TableData& table, const design::Specification& specification,
                   evaluation::StudyData& data) {
    const design::Roles& roles = specification.roles;
    const std::size_t id = find_column(table, roles.firm_id);
    if (id == not_found) return role_missing(roles.survey_table, roles.firm_id);
    const FirmIndex index(data.panel.ids());
    IdColumn ids(table.columns[id]);
    std::vector<std::uint32_t> row_of(data.panel.firms(), UINT32_MAX);
    Counts counts;
    for (std::size_t row = 0; row < table.rows; ++row) {
        const auto firm = index.find(ids.at(row));
        if (!firm) {
            ++counts.rows_without_firm;
        } else if (row_of[*firm] == UINT32_MAX) {
            row_of[*firm] = static_cast<std::uint32_t>(row);
        } else if (rows_equal(table, row_of[*firm], row)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.survey_table, data.panel.ids()[*firm], "", row_of[*firm], row);
        }
    }
    note_counts(roles.survey_table, counts, data.messages);
    for (const design::ProcessKpi& kpi : specification.process_kpis) {
        for (const std::string& field : {kpi.before, kpi.after}) {
            const std::size_t column = find_column(table, field);
            if (column == not_found) return role_missing(roles.survey_table, field);
            TWINFIRM_TRY(require_numbers(table, roles.survey_table, field));
            std::vector<double> values(row_of.size(), missing);
            for (std::size_t firm = 0; firm < row_of.size(); ++firm) {
                if (row_of[firm] != UINT32_MAX) values[firm] = number_at(table.columns[column], row_of[firm]);
            }
            data.survey[field] = std::move(values);
        }
    }
    return {};
}

}  // namespace

Result<evaluation::StudyData> load_study_data(const store::Project& project, const design::Specification& specification,
                                              const CancellationToken& token) {
    const design::Roles& roles = specification.roles;
    evaluation::StudyData data{stats::Panel({}, 0, 0), {}, {}, {}};
    const auto firms = read_table(project, roles.firms_table, token, data);
    if (!firms) return tl::unexpected(firms.error());
    const auto yearly = read_table(project, roles.panel_table, token, data);
    if (!yearly) return tl::unexpected(yearly.error());

    const std::size_t year_column = find_column(*yearly, roles.year);
    if (year_column == not_found) return role_missing(roles.panel_table, roles.year);
    int first_year = std::numeric_limits<int>::max();
    int last_year = std::numeric_limits<int>::min();
    for (std::size_t row = 0; row < yearly->rows; ++row) {
        const double year = year_at(yearly->columns[year_column], row);
        if (std::isnan(year)) continue;
        if (!plausible_year(year)) return no_year(roles.panel_table, roles.year, yearly->columns[year_column], row);
        first_year = std::min(first_year, static_cast<int>(year));
        last_year = std::max(last_year, static_cast<int>(year));
    }
    if (first_year > last_year) {
        return fail(ErrorKind::input, "panel_years_missing", {{"table", roles.panel_table}, {"field", roles.year}});
    }
    if (last_year - first_year >= longest_panel) {
        return fail(
            ErrorKind::input, "panel_too_long",
            {{"table", roles.panel_table}, {"first", std::to_string(first_year)}, {"last", std::to_string(last_year)}});
    }

    auto panel = read_register(*firms, roles, first_year, last_year, data.messages);
    if (!panel) return tl::unexpected(panel.error());
    data.panel = std::move(*panel);
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(fill_panel(*yearly, specification, data.panel, data.messages));
    TWINFIRM_TRY(token.check());
    if (!roles.survey_table.empty()) {
        const auto survey = read_table(project, roles.survey_table, token, data);
        if (!survey) return tl::unexpected(survey.error());
        TWINFIRM_TRY(fill_survey(*survey, specification, data));
    }
    return data;
}

}  // namespace twinfirm::app
