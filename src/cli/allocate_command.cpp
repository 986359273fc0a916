// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/allocate_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

const std::map<std::string, survey::AllocationRule> rules{{"proportional", survey::AllocationRule::proportional},
                                                          {"power", survey::AllocationRule::power},
                                                          {"neyman", survey::AllocationRule::neyman}};

struct Options {
    app::AllocateRequest request;
    std::string source;
    std::string project;
    std::string rule = "power";
    std::string out;
};

std::string shown(double value, int decimals) {
    return std::isnan(value) ? "-" : fixed_text(value, decimals);
}

void print_json(const app::AllocateResult& result, const Options& options) {
    const survey::Allocation& allocation = result.allocation;
    Json json = {{"out", options.out},
                 {"rule", survey::allocation_rule_code(options.request.settings.rule)},
                 {"n", allocation.n},
                 {"std_error", allocation.std_error},
                 {"margin", allocation.margin},
                 {"deff", allocation.deff},
                 {"weight_effect", allocation.weight_effect},
                 {"strata", Json::array()}};
    for (std::size_t h = 0; h < result.strata.size(); ++h) {
        const survey::AllocatedStratum& stratum = allocation.strata[h];
        json["strata"].push_back({{"stratum", result.strata[h].label},
                                  {"population", result.strata[h].population},
                                  {"n", stratum.n},
                                  {"weight", stratum.weight},
                                  {"std_error", stratum.std_error},
                                  {"margin", stratum.margin}});
    }
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

void print(const app::AllocateResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    const survey::Allocation& allocation = result.allocation;
    for (std::size_t h = 0; h < result.strata.size(); ++h) {
        const survey::AllocatedStratum& stratum = allocation.strata[h];
        fmt::print("{}\n",
                   session.text("cli_allocate_row", {{"stratum", result.strata[h].label},
                                                     {"population", std::to_string(result.strata[h].population)},
                                                     {"n", std::to_string(stratum.n)},
                                                     {"weight", shown(stratum.weight, 3)},
                                                     {"margin", shown(stratum.margin, 5)}}));
    }
    fmt::print("{}\n", session.text("cli_allocate_all", {{"n", std::to_string(allocation.n)},
                                                         {"std_error", shown(allocation.std_error, 6)},
                                                         {"margin", shown(allocation.margin, 5)},
                                                         {"deff", shown(allocation.deff, 3)},
                                                         {"effect", shown(allocation.weight_effect, 3)}}));
    fmt::print("{}\n", session.text("cli_survey_done", {{"out", options.out}}));
}

}  // namespace

void add_allocate_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("allocate", session.text("cli_allocate"));
    app::AllocateRequest& request = options->request;
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("file", options->source, text("cli_source_file"))->required();
    command->add_option("--project", options->project, text("cli_source_project"));
    command->add_option("--stratum", request.stratum, text("cli_survey_strata"))->required();
    CLI::Option* population = command->add_option("--population", request.population, text("cli_allocate_population"));
    command->add_option("--size", request.total, text("cli_allocate_size"))->required()->check(CLI::PositiveNumber);
    command->add_option("--rule", options->rule, text("cli_allocate_rule"))
        ->check(CLI::IsMember({"proportional", "power", "neyman"}));
    command->add_option("--power", request.settings.power, text("cli_allocate_power"));
    command->add_option("--minimum", request.settings.minimum, text("cli_allocate_minimum"))
        ->check(CLI::PositiveNumber);
    command->add_option("--share", request.share, text("cli_allocate_share"))->needs(population);
    command->add_option("--sd", request.sd, text("cli_allocate_sd"))->needs(population);
    command->add_option("--confidence", request.settings.confidence, text("cli_did_confidence"))
        ->check(CLI::Range(0.5, 0.9999));
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    command->callback([options, &session] {
        app::AllocateRequest& call = options->request;
        call.settings.rule = rules.at(options->rule);
        if (options->project.empty()) {
            call.source.file = options->source;
        } else {
            call.source.project = options->project;
            call.source.table = options->source;
        }
        const auto result = app::allocate_sample(call, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.json ? print_json(*result, *options) : print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
