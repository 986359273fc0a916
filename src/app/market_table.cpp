// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/market_table.h"

#include <cmath>

#include "source_table.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"

namespace twinfirm::app {

namespace {

/// A column that must be there, under one of its usual names.
Result<std::string> required(const SourceTable& table, std::initializer_list<std::string_view> usual) {
    auto name = table.name_of("", usual);
    if (name && name->empty()) {
        return fail_at(ErrorKind::usage, "survey_column_unknown", {{"column", std::string(*usual.begin())}},
                       table.place);
    }
    return name;
}

Result<std::vector<survey::MarketFigure>> figures_of(const SourceTable& table) {
    const auto source = required(table, {"source", "출처"});
    if (!source) return tl::unexpected(source.error());
    const auto year = required(table, {"year", "연도"});
    if (!year) return tl::unexpected(year.error());
    const auto value = required(table, {"value", "값", "시장규모"});
    if (!value) return tl::unexpected(value.error());
    const auto sources = table.texts(*source);
    const auto years = table.numbers(*year);
    const auto values = table.numbers(*value);
    if (!sources) return tl::unexpected(sources.error());
    if (!years) return tl::unexpected(years.error());
    if (!values) return tl::unexpected(values.error());
    std::vector<survey::MarketFigure> figures;
    for (std::size_t row = 0; row < values->size(); ++row) {
        const double number = (*years)[row];
        if (!(number >= 1900) || !(number <= 2200)) {
            return fail_at(ErrorKind::input, "market_year", {{"row", std::to_string(row + 1)}}, table.place);
        }
        survey::MarketFigure figure;
        figure.source = (*sources)[row];
        figure.year = static_cast<int>(number);
        figure.value = (*values)[row];
        figures.push_back(std::move(figure));
    }
    const auto optional_numbers = [&](std::initializer_list<std::string_view> usual, auto take) -> Status {
        const auto name = table.name_of("", usual);
        if (!name) return tl::unexpected(name.error());
        if (name->empty()) return {};
        const auto numbers = table.numbers(*name);
        if (!numbers) return tl::unexpected(numbers.error());
        for (std::size_t row = 0; row < figures.size(); ++row)
            if (!std::isnan((*numbers)[row])) take(figures[row], (*numbers)[row]);
        return {};
    };
    TWINFIRM_TRY(optional_numbers({"exchange_rate", "환율"},
                                  [](survey::MarketFigure& figure, double rate) { figure.exchange_rate = rate; }));
    TWINFIRM_TRY(optional_numbers({"rate", "증가율", "성장률"},
                                  [](survey::MarketFigure& figure, double rate) { figure.rate = rate / 100; }));
    const auto market = table.name_of("", {"market", "시장"});
    if (!market) return tl::unexpected(market.error());
    if (!market->empty()) {
        const auto markets = table.texts(*market);
        if (!markets) return tl::unexpected(markets.error());
        for (std::size_t row = 0; row < figures.size(); ++row) figures[row].market = (*markets)[row];
    }
    return figures;
}

std::string growth_csv(const survey::Growth& growth, const std::optional<int>& first_year) {
    CsvWriter csv;
    csv.text("year").text("value");
    csv.end_row();
    for (const survey::GrowthPoint& point : growth.path) {
        csv.number(point.interval + first_year.value_or(0)).number(point.value);
        csv.end_row();
    }
    return csv.bytes();
}

std::string sources_csv(const MarketResult& result) {
    CsvWriter csv;
    csv.header(
        {"market", "year", "source", "value", "exchange_rate", "common_value", "rate", "low", "high", "disagreement"});
    for (const survey::MarketComparison& comparison : result.comparisons) {
        for (const std::size_t place : comparison.figures) {
            const survey::MarketFigure& figure = result.figures[place];
            csv.text(comparison.market).integer(comparison.year).text(figure.source).number(figure.value);
            csv.number(figure.exchange_rate).number(figure.value * figure.exchange_rate).number(figure.rate);
            csv.number(comparison.low).number(comparison.high).number(comparison.disagreement);
            csv.end_row();
        }
    }
    return csv.bytes();
}

}  // namespace

Result<MarketResult> analyse_market(const MarketRequest& request, const std::filesystem::path& folder,
                                    const CancellationToken& token, const ProgressSink& progress) {
    if (!request.question && !request.sources) return fail(ErrorKind::usage, "market_nothing");
    MarketResult result;
    if (request.question) {
        auto growth = survey::solve_growth(*request.question);
        if (!growth) return tl::unexpected(growth.error());
        result.growth = std::move(*growth);
    }
    if (request.sources) {
        const auto table = read_source(*request.sources, token, progress);
        if (!table) return tl::unexpected(table.error());
        result.messages = table->messages;
        auto figures = figures_of(*table);
        if (!figures) return tl::unexpected(figures.error());
        result.figures = std::move(*figures);
        auto comparisons = survey::compare_sources(result.figures);
        if (!comparisons) return tl::unexpected(at_file(comparisons.error(), table->place));
        result.comparisons = std::move(*comparisons);
    }
    if (folder.empty()) return result;
    TWINFIRM_TRY(create_folders(folder));
    if (result.growth) {
        TWINFIRM_TRY(write_file_atomically(folder / "growth.csv", growth_csv(*result.growth, request.first_year)));
    }
    if (request.sources) TWINFIRM_TRY(write_file_atomically(folder / "sources.csv", sources_csv(result)));
    return result;
}

}  // namespace twinfirm::app
