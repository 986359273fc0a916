// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/load_study_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "adoption_events.h"
#include "firm_rows.h"
#include "study_table.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/evaluation/derived_variables.h"

namespace twinfirm::app {

namespace {

/// A panel holds a value for each firm and year: a single mistyped year must not fill the memory.
constexpr int longest_panel = 100;

struct Reading {
    const store::Project& project;
    unsigned threads;
    const CancellationToken& token;
};

Result<store::TableData> read_table(const Reading& reading, const std::string& name, evaluation::StudyData& data) {
    const auto info = reading.project.table(name);
    if (!info) return tl::unexpected(info.error());
    data.tables.push_back({name, info->rows, info->content_hash});
    return reading.project.read_checked(name, reading.threads, reading.token);
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

/// What the register says of each firm, by the row that it stands in.
stats::Column attribute(const store::ColumnChunk& column, const std::string& key,
                        const std::vector<std::size_t>& rows) {
    if (column.type() == store::ColumnType::text && key != "founded" && key != "closed") {
        std::vector<std::string> texts(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) texts[i] = text_at(column, rows[i]);
        return stats::Column::from_texts(key, texts);
    }
    const bool year = key == "founded" || key == "closed";
    std::vector<double> values(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        values[i] = year ? year_at(column, rows[i]) : number_at(column, rows[i]);
    return stats::Column::numbers(key, std::move(values));
}

/// The register: firm ids in code-point order, attributes, adoption year and level.
Result<stats::Panel> read_register(const store::TableData& table, const design::Roles& roles, int first_year,
                                   int last_year, unsigned threads, std::vector<std::uint32_t>& firm_of_row,
                                   Messages& messages) {
    const std::size_t id = find_column(table, roles.firm_id);
    if (id == no_column) return role_missing(roles.firms_table, roles.firm_id);
    const std::size_t adoption = find_column(table, roles.adoption_year);
    if (adoption == no_column && roles.adoption_table.empty()) {
        return role_missing(roles.firms_table, roles.adoption_year);
    }

    std::vector<std::pair<std::string, std::size_t>> firms;
    firms.reserve(table.rows);
    for (std::size_t row = 0; row < table.rows; ++row) {
        firms.emplace_back(text_at(table.columns[id], row), row);
        if (firms.back().first.empty()) {
            return fail(ErrorKind::input, "firm_id_missing",
                        {{"table", roles.firms_table}, {"row", std::to_string(row + 1)}});
        }
    }
    if (!std::is_sorted(firms.begin(), firms.end())) std::sort(firms.begin(), firms.end());
    RowCounts counts;
    std::vector<std::pair<std::string, std::size_t>> unique;
    unique.reserve(firms.size());
    firm_of_row.resize(table.rows);
    for (auto& firm : firms) {
        if (unique.empty() || unique.back().first != firm.first) {
            unique.emplace_back(std::move(firm.first), firm.second);
        } else if (rows_equal(table, unique.back().second, firm.second)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.firms_table, firm.first, "", unique.back().second, firm.second);
        }
        firm_of_row[firm.second] = static_cast<std::uint32_t>(unique.size() - 1);
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
        if (adoption != no_column && table.columns[adoption].has_value(rows[i])) {
            // A value that is no year must not make an adopter pass for a non-adopter. 0 says never.
            const double year = year_at(table.columns[adoption], rows[i]);
            if (year != 0 && !plausible_year(year)) {
                return no_year(roles.firms_table, roles.adoption_year, table.columns[adoption], rows[i]);
            }
            panel.adoption_year[i] = static_cast<int>(year);
        }
    }
    if (level != no_column) read_levels(table.columns[level], rows, roles, panel, messages);
    std::vector<std::optional<stats::Column>> attributes(table.columns.size());
    parallel_chunks(attributes.size(), 1, threads, [&](std::size_t c, std::size_t) {
        if (c != id) attributes[c] = attribute(table.columns[c], column_key(table.definitions[c]), rows);
    });
    for (std::optional<stats::Column>& column : attributes) {
        if (column) panel.attributes().add(std::move(*column));
    }
    return panel;
}

Status fill_panel(const store::TableData& table, const FirmRows& firms, const design::Specification& specification,
                  unsigned threads, stats::Panel& panel, Messages& messages) {
    const design::Roles& roles = specification.roles;
    for (const design::Outcome& outcome : specification.outcomes) {
        TWINFIRM_TRY(require_numbers(table, roles.panel_table, outcome.variable));
        TWINFIRM_TRY(require_numbers(table, roles.panel_table, outcome.denominator));
    }
    const std::size_t year_column = find_column(table, roles.year);

    const std::size_t years = panel.years();
    std::vector<std::uint32_t> row_of(panel.firms() * years, UINT32_MAX);
    RowCounts counts;
    for (std::size_t row = 0; row < table.rows; ++row) {
        const double year = year_at(table.columns[year_column], row);
        const std::uint32_t firm = firms.firm[row];
        if (firm == no_firm || std::isnan(year)) {
            if (firm != no_firm) ++counts.rows_without_year;
            if (firm == no_firm && !firms.linked) ++counts.rows_without_firm;
            continue;
        }
        const auto cell = firm * years + static_cast<std::size_t>(static_cast<int>(year) - panel.first_year());
        if (row_of[cell] == UINT32_MAX) {
            row_of[cell] = static_cast<std::uint32_t>(row);
        } else if (rows_equal(table, row_of[cell], row)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.panel_table, panel.ids()[firm], std::to_string(static_cast<int>(year)),
                               row_of[cell], row);
        }
    }
    note_counts(roles.panel_table, counts, messages);
    std::vector<std::optional<std::vector<double>>> variables(table.columns.size());
    parallel_chunks(variables.size(), 1, threads, [&](std::size_t c, std::size_t) {
        const store::ColumnChunk& column = table.columns[c];
        const bool is_key = std::find(firms.columns.begin(), firms.columns.end(), c) != firms.columns.end();
        if (is_key || c == year_column || column.type() == store::ColumnType::text) return;
        std::vector<double>& values = variables[c].emplace(row_of.size(), missing);
        for (std::size_t cell = 0; cell < row_of.size(); ++cell) {
            if (row_of[cell] != UINT32_MAX) values[cell] = number_at(column, row_of[cell]);
        }
    });
    for (std::size_t c = 0; c < variables.size(); ++c) {
        if (variables[c]) panel.add_variable(column_key(table.definitions[c]), std::move(*variables[c]));
    }
    return {};
}

Status fill_survey(const store::TableData& table, const FirmRows& firms, const design::Specification& specification,
                   evaluation::StudyData& data) {
    const design::Roles& roles = specification.roles;
    std::vector<std::uint32_t> row_of(data.panel.firms(), UINT32_MAX);
    RowCounts counts;
    for (std::size_t row = 0; row < table.rows; ++row) {
        const std::uint32_t firm = firms.firm[row];
        if (firm == no_firm) {
            if (!firms.linked) ++counts.rows_without_firm;
        } else if (row_of[firm] == UINT32_MAX) {
            row_of[firm] = static_cast<std::uint32_t>(row);
        } else if (rows_equal(table, row_of[firm], row)) {
            ++counts.equal_rows;
        } else {
            return rows_differ(roles.survey_table, data.panel.ids()[firm], "", row_of[firm], row);
        }
    }
    note_counts(roles.survey_table, counts, data.messages);
    for (const design::ProcessKpi& kpi : specification.process_kpis) {
        for (const std::string& field : {kpi.before, kpi.after}) {
            const std::size_t column = find_column(table, field);
            if (column == no_column) return role_missing(roles.survey_table, field);
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

/// The table of price indices: one row a year.
Status read_prices(const store::TableData& table, const design::PriceIndex& prices, evaluation::StudyData& data) {
    const std::size_t year_column = find_column(table, prices.year);
    if (year_column == no_column) return role_missing(prices.table, prices.year);
    const std::size_t index_column = find_column(table, prices.index);
    if (index_column == no_column) return role_missing(prices.table, prices.index);
    TWINFIRM_TRY(require_numbers(table, prices.table, prices.index));
    std::map<int, std::size_t> row_of;
    for (std::size_t row = 0; row < table.rows; ++row) {
        if (!table.columns[year_column].has_value(row)) continue;
        const double year = year_at(table.columns[year_column], row);
        if (!plausible_year(year)) return no_year(prices.table, prices.year, table.columns[year_column], row);
        const auto [known, added] = row_of.emplace(static_cast<int>(year), row);
        if (!added && !rows_equal(table, known->second, row)) {
            return fail(ErrorKind::input, "price_year_twice",
                        {{"table", prices.table}, {"year", std::to_string(known->first)}});
        }
        const double index = number_at(table.columns[index_column], row);
        if (index > 0) data.price_index[static_cast<int>(year)] = index;
    }
    return {};
}

}  // namespace

Result<evaluation::StudyData> load_study_data(const store::Project& project, const design::Specification& specification,
                                              const CancellationToken& token, const std::filesystem::path& key_file,
                                              unsigned threads) {
    const design::Roles& roles = specification.roles;
    const Reading reading{project, threads, token};
    evaluation::StudyData data{stats::Panel({}, 0, 0), {}, {}, {}, {}, {}};
    const auto firms = read_table(reading, roles.firms_table, data);
    if (!firms) return tl::unexpected(firms.error());
    const auto yearly = read_table(reading, roles.panel_table, data);
    if (!yearly) return tl::unexpected(yearly.error());

    const std::size_t year_column = find_column(*yearly, roles.year);
    if (year_column == no_column) return role_missing(roles.panel_table, roles.year);
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

    TWINFIRM_TRY(token.check());
    std::vector<std::uint32_t> register_firms;
    auto panel = read_register(*firms, roles, first_year, last_year, threads, register_firms, data.messages);
    if (!panel) return tl::unexpected(panel.error());
    data.panel = std::move(*panel);
    TWINFIRM_TRY(token.check());

    std::optional<store::TableData> mapping;
    std::optional<StudyTable> crosswalk;
    if (!roles.crosswalk_table.empty()) {
        auto read = read_table(reading, roles.crosswalk_table, data);
        if (!read) return tl::unexpected(read.error());
        crosswalk = StudyTable{roles.crosswalk_table, &mapping.emplace(std::move(*read))};
    }
    const FirmFinder finder(project, specification, {roles.firms_table, &*firms}, std::move(register_firms), crosswalk,
                            data.panel, key_file);
    const auto panel_firms = finder.find({roles.panel_table, &*yearly}, roles.panel_key, data.messages);
    if (!panel_firms) return tl::unexpected(panel_firms.error());
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(fill_panel(*yearly, *panel_firms, specification, threads, data.panel, data.messages));
    TWINFIRM_TRY(token.check());
    if (!roles.survey_table.empty()) {
        const auto survey = read_table(reading, roles.survey_table, data);
        if (!survey) return tl::unexpected(survey.error());
        const auto survey_firms = finder.find({roles.survey_table, &*survey}, roles.survey_key, data.messages);
        if (!survey_firms) return tl::unexpected(survey_firms.error());
        TWINFIRM_TRY(fill_survey(*survey, *survey_firms, specification, data));
    }
    if (!roles.adoption_table.empty()) {
        const auto events = read_table(reading, roles.adoption_table, data);
        if (!events) return tl::unexpected(events.error());
        const StudyTable table{roles.adoption_table, &*events};
        const auto event_firms = finder.find(table, roles.adoption_key, data.messages);
        if (!event_firms) return tl::unexpected(event_firms.error());
        TWINFIRM_TRY(read_adoptions(table, *event_firms, roles, data));
    }
    if (!specification.prices.table.empty()) {
        const auto prices = read_table(reading, specification.prices.table, data);
        if (!prices) return tl::unexpected(prices.error());
        TWINFIRM_TRY(read_prices(*prices, specification.prices, data));
    }
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(evaluation::derive_variables(specification, data));
    return data;
}

}  // namespace twinfirm::app
