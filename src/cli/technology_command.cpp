// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/technology_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

struct Options {
    app::TechnologyRequest request;
    std::string source;
    std::string project;
    int from = 0;
    int to = 0;
    std::string out;
};

std::string shown(double value, int decimals) {
    return std::isnan(value) ? "-" : fixed_text(value, decimals);
}

std::string signed_text(double value) {
    return (value > 0 ? "+" : "") + shown(value, 1);
}

std::string group_text(double level, const Session& session) {
    const std::string code(survey::technology_group_code(survey::technology_group(level)));
    return code.empty() ? "" : session.text("cli_technology_" + code);
}

void print_json(const app::TechnologyResult& result, const Options& options) {
    Json json = {{"out", options.out},           {"from", result.from},      {"to", result.to},
                 {"rows", result.levels.size()}, {"changes", Json::array()}, {"gaps", Json::array()},
                 {"warnings", Json::array()}};
    for (const survey::TechnologyChange& change : result.changes) {
        json["changes"].push_back({{"country", change.country},
                                   {"scope", change.scope},
                                   {"area", change.area},
                                   {"level_from", change.level_from},
                                   {"level_to", change.level_to},
                                   {"change_pp", change.change},
                                   {"gap_change_years", change.gap_change},
                                   {"group", survey::technology_group_code(change.group_to)}});
    }
    for (const survey::TechnologyGap& gap : result.gaps) {
        json["gaps"].push_back({{"scope", gap.scope},
                                {"area", gap.area},
                                {"other", gap.other},
                                {"difference_pp", gap.difference},
                                {"gap_years", gap.gap_years}});
    }
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

void print(const app::TechnologyResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    const auto area = [](const std::string& name) { return name.empty() ? std::string() : " " + name; };
    for (const survey::TechnologyChange& change : result.changes) {
        fmt::print("{}\n", session.text("cli_technology_change", {{"country", change.country},
                                                                  {"scope", change.scope},
                                                                  {"area", area(change.area)},
                                                                  {"from", std::to_string(change.from)},
                                                                  {"to", std::to_string(change.to)},
                                                                  {"level_from", shown(change.level_from, 1)},
                                                                  {"level_to", shown(change.level_to, 1)},
                                                                  {"change", signed_text(change.change)},
                                                                  {"group", group_text(change.level_to, session)}}));
    }
    for (const survey::TechnologyGap& gap : result.gaps) {
        fmt::print("{}\n", session.text("cli_technology_gap", {{"country", options.request.focus},
                                                               {"scope", gap.scope},
                                                               {"area", area(gap.area)},
                                                               {"other", gap.other},
                                                               {"difference", signed_text(gap.difference)},
                                                               {"years", shown(gap.gap_years, 1)}}));
    }
    fmt::print("{}\n", session.text("cli_survey_done", {{"out", options.out}}));
}

}  // namespace

void add_technology_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("technology", session.text("cli_technology"));
    app::TechnologyRequest& request = options->request;
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("file", options->source, text("cli_source_file"))->required();
    command->add_option("--project", options->project, text("cli_source_project"));
    command->add_option("--year", request.year, text("cli_technology_year"));
    command->add_option("--country", request.country, text("cli_technology_country"));
    command->add_option("--scope", request.scope, text("cli_technology_scope"));
    command->add_option("--area", request.area, text("cli_technology_area"));
    command->add_option("--level", request.level, text("cli_technology_level"));
    command->add_option("--gap", request.gap, text("cli_technology_gap_option"));
    command->add_option("--best", request.best, text("cli_technology_best"));
    command->add_option("--focus", request.focus, text("cli_technology_focus"));
    CLI::Option* from = command->add_option("--from", options->from, text("cli_technology_from"));
    CLI::Option* to = command->add_option("--to", options->to, text("cli_technology_to"));
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    command->callback([options, from, to, &session] {
        app::TechnologyRequest& call = options->request;
        if (from->count() > 0) call.from = options->from;
        if (to->count() > 0) call.to = options->to;
        call.source = options->project.empty() ? app::TableSource{options->source, {}, {}}
                                               : app::TableSource{{}, options->project, options->source};
        const auto result = app::analyse_technology(call, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.json ? print_json(*result, *options) : print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
