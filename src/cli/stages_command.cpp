// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/stages_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

struct Options {
    app::StagesRequest request;
    std::string source;
    std::string project;
    std::string out;
};

std::string percent(double share) {
    return std::isnan(share) ? "-" : fixed_text(100 * share, 1);
}

Json transitions_json(const std::vector<survey::StageTransition>& transitions) {
    Json json = Json::array();
    for (const survey::StageTransition& cell : transitions)
        json.push_back({{"from", cell.from}, {"to", cell.to}, {"count", cell.count}, {"share", cell.share}});
    return json;
}

void print_json(const app::StagesResult& result, const Options& options) {
    Json json = {{"out", options.out}, {"events", result.events}, {"shares", Json::array()}};
    for (const survey::StageShare& share : result.shares) {
        json["shares"].push_back({{"year", share.year ? Json(*share.year) : Json(nullptr)},
                                  {"programme", share.programme ? Json(*share.programme) : Json(nullptr)},
                                  {"level", share.level},
                                  {"count", share.count},
                                  {"base", share.base},
                                  {"share", share.share},
                                  {"ci_low", share.interval.low},
                                  {"ci_high", share.interval.high}});
    }
    json["transitions"] = transitions_json(result.transitions);
    json["targets"] = transitions_json(result.targets);
    json["warnings"] = Json::array();
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

void print(const app::StagesResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    fmt::print("{}\n", session.text("cli_stages_events", {{"count", std::to_string(result.events)}}));
    for (const survey::StageShare& share : result.shares) {
        if (share.programme) continue;  // in the file
        const std::string year = share.year ? std::to_string(*share.year) : session.text("cli_stages_all");
        fmt::print("{}\n", session.text("cli_stages_share", {{"year", year},
                                                             {"level", std::to_string(share.level)},
                                                             {"percent", percent(share.share)},
                                                             {"low", percent(share.interval.low)},
                                                             {"high", percent(share.interval.high)},
                                                             {"n", std::to_string(share.count)},
                                                             {"base", std::to_string(share.base)}}));
    }
    const auto cells = [&](const char* code, const std::vector<survey::StageTransition>& transitions) {
        for (const survey::StageTransition& cell : transitions) {
            if (cell.count == 0) continue;
            fmt::print("{}\n", session.text(code, {{"from", std::to_string(cell.from)},
                                                   {"to", std::to_string(cell.to)},
                                                   {"n", std::to_string(cell.count)},
                                                   {"percent", percent(cell.share)}}));
        }
    };
    cells("cli_stages_transition", result.transitions);
    cells("cli_stages_target", result.targets);
    fmt::print("{}\n", session.text("cli_survey_done", {{"out", options.out}}));
}

}  // namespace

void add_stages_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("stages", session.text("cli_stages"));
    app::StagesRequest& request = options->request;
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("file", options->source, text("cli_source_file"))->required();
    command->add_option("--project", options->project, text("cli_source_project"));
    command->add_option("--year", request.year, text("cli_stages_year"));
    command->add_option("--before", request.before, text("cli_stages_before"));
    command->add_option("--after", request.after, text("cli_stages_after"));
    command->add_option("--target", request.target, text("cli_stages_target_option"));
    command->add_option("--programme", request.programme, text("cli_stages_programme"));
    command->add_option("--confidence", request.confidence, text("cli_did_confidence"))->check(CLI::Range(0.5, 0.9999));
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    command->callback([options, &session] {
        options->request.source = options->project.empty() ? app::TableSource{options->source, {}, {}}
                                                           : app::TableSource{{}, options->project, options->source};
        const auto result = app::analyse_stages(options->request, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.json ? print_json(*result, *options) : print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
