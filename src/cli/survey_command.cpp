// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <charconv>
#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/survey_table.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

const std::map<std::string, survey::LonelyPsu> lonely{{"fail", survey::LonelyPsu::fail},
                                                      {"certainty", survey::LonelyPsu::certainty},
                                                      {"remove", survey::LonelyPsu::certainty},
                                                      {"adjust", survey::LonelyPsu::adjust},
                                                      {"average", survey::LonelyPsu::average}};
const std::map<std::string, app::SurveyDf> freedoms{
    {"domain", app::SurveyDf::domain}, {"design", app::SurveyDf::design}, {"normal", app::SurveyDf::normal}};
const std::map<std::string, app::SurveyTest> tests{{"t", app::SurveyTest::t}, {"chi2", app::SurveyTest::chi_squared}};

struct Options {
    bool no_protect = false;
    app::SurveyRequest request;
    std::string source;
    std::string project;
    std::string kind = "mean";
    std::string interval = "logit";
    std::string test;
    std::string lonely = "fail";
    std::string df = "domain";
    std::string coding;
    std::vector<std::string> multiple;
    std::vector<std::string> base;
    std::vector<std::string> margins;
    std::string out;
};

template <class T>
std::vector<std::string> names(const std::map<std::string, T>& choices) {
    std::vector<std::string> result;
    for (const auto& [name, value] : choices) result.push_back(name);
    return result;
}

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts{""};
    for (const char letter : text) {
        if (letter == separator) {
            parts.emplace_back();
        } else {
            parts.back() += letter;
        }
    }
    return parts;
}

Status wrong(const std::string& option, const std::string& value) {
    return fail(ErrorKind::usage, "cli_usage", {{"reason", option + " " + value}});
}

/// `NAME=VALUE`
Result<std::pair<std::string, std::string>> assignment(const std::string& option, const std::string& text) {
    const std::size_t place = text.find('=');
    if (place == std::string::npos || place == 0 || place + 1 == text.size()) {
        return tl::unexpected(wrong(option, text).error());
    }
    return std::pair{text.substr(0, place), text.substr(place + 1)};
}

/// mean | proportion | total | ratio:DENOM | quantile:P
Status read_kind(const std::string& text, app::SurveyRequest& request) {
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const std::string argument = colon == std::string::npos ? "" : text.substr(colon + 1);
    const bool plain = colon == std::string::npos;
    if (name == "mean" && plain) {
        request.kind = app::SurveyKind::mean;
    } else if (name == "proportion" && plain) {
        request.kind = app::SurveyKind::proportion;
    } else if (name == "total" && plain) {
        request.kind = app::SurveyKind::total;
    } else if (name == "ratio" && !argument.empty()) {
        request.kind = app::SurveyKind::ratio;
        request.denominator = argument;
    } else if (name == "quantile" && !argument.empty()) {
        request.kind = app::SurveyKind::quantile;
        const char* end = argument.data() + argument.size();
        const auto read = std::from_chars(argument.data(), end, request.quantile);
        const bool whole = read.ec == std::errc{} && read.ptr == end;
        if (!whole || !(request.quantile > 0) || !(request.quantile < 1)) return wrong("--kind", text);
    } else {
        return wrong("--kind", text);
    }
    return {};
}

Status read_options(Options& options, bool interval_given) {
    app::SurveyRequest& request = options.request;
    TWINFIRM_TRY(read_kind(options.kind, request));
    if (options.project.empty()) {
        request.source.file = options.source;
    } else {
        request.source.project = options.project;
        request.source.table = options.source;
    }
    request.skew = options.interval == "skew";
    // Shares have no use for the correction: among their intervals Wilson's holds best.
    request.interval = *survey::parse_proportion_interval(request.skew ? "wilson" : options.interval);
    request.interval_given = interval_given && !request.skew;
    request.lonely = lonely.at(options.lonely);
    request.df = freedoms.at(options.df);
    if (!options.test.empty()) request.test = tests.at(options.test);
    if (!options.coding.empty()) request.coding = survey::parse_answer_coding(options.coding);
    for (const std::string& text : options.multiple) {
        const auto parts = assignment("--multiple", text);
        if (!parts) return tl::unexpected(parts.error());
        request.multiple.push_back({parts->first, split(parts->second, '+')});
    }
    for (const std::string& text : options.base) {
        const auto parts = assignment("--base", text);
        if (!parts) return tl::unexpected(parts.error());
        request.base[parts->first] = split(parts->second, ';');
    }
    for (const std::string& text : options.margins) {
        const auto parts = assignment("--margin", text);
        if (!parts) return tl::unexpected(parts.error());
        request.margins.push_back({parts->first, parts->second});
    }
    return {};
}

Json estimate_json(const app::SurveyRow& row) {
    const survey::SurveyEstimate& estimate = row.estimate;
    Json json = {{"item", row.item},
                 {"level", row.level},
                 {"by_column", row.by_column},
                 {"by", row.by},
                 {"n", estimate.n == evaluation::hidden_count ? nlohmann::ordered_json("X")
                                                              : nlohmann::ordered_json(estimate.n)},
                 {"estimate", estimate.value},
                 {"std_error", estimate.std_error},
                 {"cv", estimate.cv()},
                 {"ci_low", row.interval.low},
                 {"ci_high", row.interval.high},
                 {"margin", row.margin},
                 {"deff", estimate.deff},
                 {"flag", survey::reliability_code(estimate.reliability())}};
    if (!std::isnan(row.of_answers.value)) json["of_answers"] = row.of_answers.value;
    return json;
}

void print_json(const app::SurveyResult& result, const Options& options) {
    Json json = {{"out", options.out},
                 {"rows", result.rows},
                 {"strata", result.strata},
                 {"sampling_units", result.units},
                 {"df", result.df},
                 {"population", result.population},
                 {"weight_effect", result.weight_effect},
                 {"estimates", Json::array()},
                 {"tests", Json::array()},
                 {"warnings", Json::array()}};
    for (const app::SurveyRow& row : result.estimates) json["estimates"].push_back(estimate_json(row));
    for (const app::SurveyTestRow& row : result.tests) {
        json["tests"].push_back({{"item", row.item},
                                 {"level", row.level},
                                 {"by_column", row.by_column},
                                 {"first", row.first},
                                 {"second", row.second},
                                 {"difference", row.difference},
                                 {"std_error", row.std_error},
                                 {"ci_low", row.interval.low},
                                 {"ci_high", row.interval.high},
                                 {"statistic", row.statistic},
                                 {"df1", row.df1},
                                 {"df2", row.df2},
                                 {"p_value", row.p_value},
                                 {"p_holm", row.p_holm}});
    }
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

std::string shown(double value, int decimals) {
    return std::isnan(value) ? "-" : fixed_text(value, decimals);
}

/// Shares in per cent; other numbers with some five digits.
std::string shown_as(const app::SurveyRow& row, double value) {
    if (std::isnan(value)) return "-";
    if (row.share) return fixed_text(100 * value, 1) + "%";
    const double size = std::abs(row.estimate.value);
    return fixed_text(value, size >= 10000 ? 0 : size >= 10 ? 2 : 4);
}

std::string count_text(std::int64_t count) {
    return count == evaluation::hidden_count ? "X" : std::to_string(count);
}

void print_row(const app::SurveyRow& row, const Session& session) {
    std::string name = row.item;
    if (!row.level.empty()) name += " = " + row.level;
    if (!row.by.empty()) name = "  " + row.by_column + " " + row.by + ": " + name;
    const std::string code(survey::reliability_code(row.estimate.reliability()));
    const bool flagged = code == "caution" || code == "unreliable";
    fmt::print("{}\n", session.text("cli_survey_row", {{"name", name},
                                                       {"estimate", shown_as(row, row.estimate.value)},
                                                       {"low", shown_as(row, row.interval.low)},
                                                       {"high", shown_as(row, row.interval.high)},
                                                       {"margin", shown_as(row, row.margin)},
                                                       {"n", count_text(row.estimate.n)},
                                                       {"flag", flagged ? session.text("cli_survey_" + code) : ""}}));
}

void print(const app::SurveyResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    fmt::print("{}\n", session.text("cli_survey_sample", {{"rows", std::to_string(result.rows)},
                                                          {"strata", std::to_string(result.strata)},
                                                          {"units", std::to_string(result.units)},
                                                          {"population", shown(result.population, 0)},
                                                          {"effect", shown(result.weight_effect, 2)}}));
    for (const app::SurveyRow& row : result.estimates) print_row(row, session);
    for (const app::SurveyTestRow& row : result.tests) {
        const MessageArguments arguments{{"item", row.level.empty() ? row.item : row.item + " = " + row.level},
                                         {"by", row.by_column},
                                         {"first", row.first},
                                         {"second", row.second},
                                         {"difference", shown(row.difference, 4)},
                                         {"statistic", shown(row.statistic, 3)},
                                         {"df1", shown(row.df1, 2)},
                                         {"df2", shown(row.df2, 1)},
                                         {"p", shown(row.p_value, 4)},
                                         {"holm", shown(row.p_holm, 4)}};
        fmt::print("{}\n", session.text(row.first.empty() ? "cli_survey_chi2" : "cli_survey_t", arguments));
    }
    fmt::print("{}\n", session.text("cli_survey_done", {{"out", options.out}}));
}

}  // namespace

void add_survey_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("survey", session.text("cli_survey"));
    app::SurveyRequest& request = options->request;
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("file", options->source, text("cli_source_file"))->required();
    command->add_option("--project", options->project, text("cli_source_project"));
    command->add_option("--strata", request.strata, text("cli_survey_strata"));
    command->add_option("--weight", request.weight, text("cli_survey_weight"));
    command->add_option("--population-size", request.population, text("cli_survey_population"));
    command->add_option("--cluster", request.cluster, text("cli_survey_cluster"));
    command->add_option("--items", request.items, text("cli_survey_items"))->delimiter(',');
    command->add_option("--by", request.by, text("cli_survey_by"))->delimiter(',');
    command->add_option("--kind", options->kind, text("cli_survey_kind"));
    CLI::Option* interval =
        command->add_option("--interval", options->interval, text("cli_survey_interval"))
            ->check(CLI::IsMember({"linear", "logit", "wilson", "skew", "likelihood", "arcsine", "beta"}));
    command->add_option("--test", options->test, text("cli_survey_test"))->check(CLI::IsMember(names(tests)));
    command->add_option("--confidence", request.confidence, text("cli_did_confidence"))->check(CLI::Range(0.5, 0.9999));
    command->add_option("--lonely", options->lonely, text("cli_survey_lonely"))->check(CLI::IsMember(names(lonely)));
    command->add_option("--df", options->df, text("cli_survey_df"))->check(CLI::IsMember(names(freedoms)));
    command->add_option("--coding", options->coding, text("cli_survey_coding"))
        ->check(CLI::IsMember({"auto", "1/0", "1/2", "marked"}));
    command->add_option("--multiple", options->multiple, text("cli_survey_multiple"));
    command->add_option("--base", options->base, text("cli_survey_base"));
    command->add_option("--margin", options->margins, text("cli_survey_margin"));
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    CLI::Option* no_protect =
        command->add_flag("--no-protect", options->no_protect, session.text("cli_output_no_protect"));
    command->add_option("--reason", request.protection.reason, session.text("cli_run_reason"))->needs(no_protect);
    command->callback([options, interval, &session] {
        if (const Status read = read_options(*options, interval->count() > 0); !read) return session.fail(read.error());
        options->request.protection.enabled = !options->no_protect;
        const auto result = app::analyse_survey(options->request, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.json ? print_json(*result, *options) : print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
