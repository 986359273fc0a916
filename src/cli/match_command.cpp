// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/match_file.h"

namespace twinfirm::cli {

namespace {

const std::map<std::string, design::Estimand> estimands{
    {"ATT", design::Estimand::att}, {"ATE", design::Estimand::ate}, {"ATC", design::Estimand::atc}};
const std::map<std::string, design::ScoreKind> distances{{"logit", design::ScoreKind::logit},
                                                         {"linear-logit", design::ScoreKind::linear_logit}};
const std::map<std::string, design::CaliperUnit> caliper_units{{"sd", design::CaliperUnit::sd},
                                                               {"raw", design::CaliperUnit::raw}};
const std::map<std::string, design::CaliperSd> caliper_sds{{"pooled", design::CaliperSd::pooled},
                                                           {"all", design::CaliperSd::all}};
const std::map<std::string, design::MatchOrder> orders{{"largest", design::MatchOrder::largest},
                                                       {"smallest", design::MatchOrder::smallest},
                                                       {"closest", design::MatchOrder::closest},
                                                       {"data", design::MatchOrder::data},
                                                       {"random", design::MatchOrder::random}};
const std::map<std::string, design::Discard> discards{{"none", design::Discard::none},
                                                      {"treated", design::Discard::treated},
                                                      {"control", design::Discard::control},
                                                      {"both", design::Discard::both}};
const std::map<std::string, effects::SeKind> errors{{"cr0", effects::SeKind::cr0},
                                                    {"cr1", effects::SeKind::cr1},
                                                    {"two-way", effects::SeKind::two_way},
                                                    {"hc1", effects::SeKind::hc1}};
const std::map<std::string, effects::MissingOutcome> missing_rules{{"pair", effects::MissingOutcome::pair},
                                                                   {"unit", effects::MissingOutcome::unit}};
const std::map<std::string, app::OutcomeAdjustment> adjustments{{"none", app::OutcomeAdjustment::none},
                                                                {"regression", app::OutcomeAdjustment::regression}};

struct Options {
    app::MatchRequest request;
    std::string out;
    std::string method = "nearest";
    double caliper = 0;
    design::MatchOrder order = design::MatchOrder::largest;
    std::string se = "auto";
};

template <class T>
void add_choice(CLI::App* command, const std::string& name, T& target, const std::map<std::string, T>& choices,
                const std::string& text) {
    command->add_option(name, target, text)->transform(CLI::CheckedTransformer(choices, CLI::ignore_case));
}

void print(const app::MatchSummary& summary, const Options& options, const Session& session) {
    if (session.json) {
        const nlohmann::ordered_json object = {{"out", options.out},
                                               {"treated", summary.treated},
                                               {"treated_matched", summary.treated_matched},
                                               {"control", summary.control},
                                               {"control_matched", summary.control_matched},
                                               {"warnings", summary.messages.size()}};
        fmt::print("{}\n", object.dump(1));
        return;
    }
    session.print(summary.messages);
    fmt::print("{}\n", session.text("cli_match_done", {{"treated", std::to_string(summary.treated)},
                                                       {"treated_matched", std::to_string(summary.treated_matched)},
                                                       {"control", std::to_string(summary.control)},
                                                       {"control_matched", std::to_string(summary.control_matched)},
                                                       {"out", options.out}}));
}

}  // namespace

void add_match_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("match", session.text("cli_match"));
    app::MatchRequest& request = options->request;
    design::MatchingSettings& settings = request.settings;
    command->add_option("file", request.file, session.text("cli_option_file"))->required();
    command->add_option("--formula", request.formula, session.text("cli_match_formula"))->required();
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    command->add_option("--method", options->method, session.text("cli_match_method"))
        ->check(CLI::IsMember({"nearest"}));
    add_choice(command, "--distance", settings.score, distances, session.text("cli_match_distance"));
    add_choice(command, "--estimand", settings.estimand, estimands, session.text("cli_match_estimand"));
    command->add_option("--ratio", settings.ratio, session.text("cli_match_ratio"));
    command->add_flag("--replace", settings.replace, session.text("cli_match_replace"));
    CLI::Option* caliper = command->add_option("--caliper", options->caliper, session.text("cli_match_caliper"));
    add_choice(command, "--caliper-unit", settings.caliper_unit, caliper_units, session.text("cli_match_caliper_unit"));
    add_choice(command, "--caliper-sd", settings.caliper_sd, caliper_sds, session.text("cli_match_caliper_sd"));
    command->add_option("--exact", settings.exact, session.text("cli_match_exact"))->delimiter(',');
    add_choice(command, "--order", options->order, orders, session.text("cli_match_order"));
    add_choice(command, "--discard", settings.discard, discards, session.text("cli_match_discard"));
    command->add_option("--outcomes", request.outcomes, session.text("cli_match_outcomes"))->delimiter(',');
    add_choice(command, "--missing-outcome", request.missing_outcome, missing_rules,
               session.text("cli_match_missing_outcome"));
    add_choice(command, "--adjust", request.adjustment, adjustments, session.text("cli_match_adjust"));
    command->add_option("--se", options->se, session.text("cli_match_se"))
        ->check(CLI::IsMember({"auto", "cr0", "cr1", "two-way", "hc1"}));
    command->add_option("--id", request.id, session.text("cli_match_id"));
    command->add_option("--by", request.by, session.text("cli_match_by"))->delimiter(',');
    command->add_option("--seed", settings.seed, session.text("cli_option_seed"));
    command->add_option("--threads", request.threads, session.text("cli_option_threads"));
    command->callback([options, caliper, command, &session] {
        app::MatchRequest& call = options->request;
        if (caliper->count() > 0) call.settings.caliper = options->caliper;
        const bool order_given = command->get_option("--order")->count() > 0;
        call.settings.order = order_given                                       ? options->order
                              : call.settings.estimand == design::Estimand::atc ? design::MatchOrder::smallest
                                                                                : design::MatchOrder::largest;
        // With replacement a non-adopter stands in several sets: its errors are not independent between them.
        call.se = options->se != "auto"   ? errors.at(options->se)
                  : call.settings.replace ? effects::SeKind::two_way
                                          : effects::SeKind::cr1;
        const auto summary = app::match_file(call, options->out, session.token, session.progress());
        session.end_progress();
        if (!summary) return session.fail(summary.error());
        print(*summary, *options, session);
    });
}

}  // namespace twinfirm::cli
