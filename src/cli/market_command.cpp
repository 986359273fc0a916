// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/market_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

struct Options {
    double first = 0;
    double last = 0;
    double intervals = 0;
    double rate = 0;  ///< per cent
    std::string years;
    std::string sources;
    std::string project;
    std::string out;
};

Status wrong_years(const std::string& text) {
    return fail(ErrorKind::usage, "cli_usage", {{"reason", "--years " + text}});
}

/// `2024-2028` gives the first year and four intervals; `2024` the first year alone.
Status read_years(const std::string& text, app::MarketRequest& request) {
    const char* end = text.data() + text.size();
    int first = 0;
    const auto read = std::from_chars(text.data(), end, first);
    if (read.ec != std::errc{} || (read.ptr != end && *read.ptr != '-')) return wrong_years(text);
    request.first_year = first;
    if (read.ptr == end) return {};
    int last = 0;
    const auto rest = std::from_chars(read.ptr + 1, end, last);
    if (rest.ec != std::errc{} || rest.ptr != end || last <= first) return wrong_years(text);
    if (!request.question) request.question.emplace();
    request.question->intervals = last - first;
    return {};
}

Json to_json(const app::MarketResult& result, const Options& options) {
    Json json = {{"out", options.out}, {"growth", nullptr}, {"sources", Json::array()}};
    if (const auto& growth = result.growth) {
        json["growth"] = {{"solved", growth->solved},       {"first", growth->first}, {"last", growth->last},
                          {"intervals", growth->intervals}, {"rate", growth->rate},   {"path", Json::array()}};
        for (const survey::GrowthPoint& point : growth->path)
            json["growth"]["path"].push_back({{"interval", point.interval}, {"value", point.value}});
    }
    for (const survey::MarketComparison& comparison : result.comparisons) {
        json["sources"].push_back({{"market", comparison.market},
                                   {"year", comparison.year},
                                   {"count", comparison.figures.size()},
                                   {"low", comparison.low},
                                   {"high", comparison.high},
                                   {"disagreement", comparison.disagreement}});
    }
    return json;
}

void print(const app::MarketResult& result, const app::MarketRequest& request, const Session& session) {
    session.print(result.messages);
    if (const auto& growth = result.growth) {
        fmt::print("{}\n", session.text("cli_market_growth", {{"first", fixed_text(growth->first, 2)},
                                                              {"last", fixed_text(growth->last, 2)},
                                                              {"intervals", fixed_text(growth->intervals, 2)},
                                                              {"rate", fixed_text(100 * growth->rate, 2)}}));
        for (const survey::GrowthPoint& point : growth->path) {
            const double year = point.interval + request.first_year.value_or(0);
            const bool whole = std::abs(year - std::round(year)) < 1e-9;
            fmt::print("  {}: {}\n", fixed_text(year, whole ? 0 : 2), fixed_text(point.value, 2));
        }
    }
    for (const survey::MarketComparison& comparison : result.comparisons) {
        fmt::print("{}\n",
                   session.text("cli_market_sources", {{"market", comparison.market},
                                                       {"year", std::to_string(comparison.year)},
                                                       {"count", std::to_string(comparison.figures.size())},
                                                       {"low", fixed_text(comparison.low, 2)},
                                                       {"high", fixed_text(comparison.high, 2)},
                                                       {"percent", fixed_text(100 * comparison.disagreement, 1)}}));
    }
}

}  // namespace

void add_market_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("market", session.text("cli_market"));
    const auto text = [&](const char* code) { return session.text(code); };
    CLI::Option* first = command->add_option("--first", options->first, text("cli_market_first"));
    CLI::Option* last = command->add_option("--last", options->last, text("cli_market_last"));
    CLI::Option* intervals = command->add_option("--intervals", options->intervals, text("cli_market_intervals"));
    CLI::Option* rate = command->add_option("--rate", options->rate, text("cli_market_rate"));
    CLI::Option* years = command->add_option("--years", options->years, text("cli_market_years"));
    years->excludes(intervals);
    CLI::Option* sources = command->add_option("--sources", options->sources, text("cli_market_sources_option"));
    command->add_option("--project", options->project, text("cli_source_project"))->needs(sources);
    command->add_option("--out", options->out, text("cli_option_out"));
    command->callback([=, &session] {
        app::MarketRequest request;
        if (first->count() + last->count() + intervals->count() + rate->count() > 0) {
            survey::GrowthQuestion question;
            if (first->count() > 0) question.first = options->first;
            if (last->count() > 0) question.last = options->last;
            if (intervals->count() > 0) question.intervals = options->intervals;
            if (rate->count() > 0) question.rate = options->rate / 100;
            request.question = question;
        }
        if (years->count() > 0) {
            if (const Status read = read_years(options->years, request); !read) return session.fail(read.error());
        }
        if (sources->count() > 0) {
            request.sources = options->project.empty() ? app::TableSource{options->sources, {}, {}}
                                                       : app::TableSource{{}, options->project, options->sources};
        }
        const auto result = app::analyse_market(request, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        if (!session.json) return print(*result, request, session);
        fmt::print("{}\n", to_json(*result, *options).dump(1, ' ', false, Json::error_handler_t::replace));
    });
}

}  // namespace twinfirm::cli
