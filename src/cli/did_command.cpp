// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/did_file.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/p_value_text.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::cli {

namespace {

const std::map<std::string, effects::DidControl> controls{{"never", effects::DidControl::never},
                                                          {"not-yet", effects::DidControl::not_yet}};
const std::map<std::string, effects::DidEstimator> estimators{{"dr", effects::DidEstimator::doubly_robust},
                                                              {"reg", effects::DidEstimator::regression},
                                                              {"ipw", effects::DidEstimator::ipw}};
const std::map<std::string, effects::BasePeriod> bases{{"varying", effects::BasePeriod::varying},
                                                       {"universal", effects::BasePeriod::universal}};
const std::map<std::string, effects::PanelUse> uses{{"balanced", effects::PanelUse::balanced},
                                                    {"pairs", effects::PanelUse::pairs}};

struct Options {
    app::DidRequest request;
    std::string control = "never";
    std::string estimator = "dr";
    std::string base = "varying";
    std::string use = "balanced";
    int balance = 0;
    bool no_protect = false;
    std::string out;
};

template <class T>
CLI::Option* add_choice(CLI::App* command, const std::string& name, std::string& target,
                        const std::map<std::string, T>& choices, const std::string& text) {
    std::vector<std::string> names;
    for (const auto& [choice, value] : choices) names.push_back(choice);
    return command->add_option(name, target, text)->check(CLI::IsMember(names));
}

std::string shown(double value) {
    return std::isnan(value) ? "-" : fixed_text(value, 4);
}

MessageArguments arguments_of(const effects::DidEstimate& estimate) {
    if (estimate.n_treated == evaluation::hidden_count) {
        return {{"att", "X"}, {"std_error", "X"}, {"low", "X"}, {"high", "X"}};
    }
    return {{"att", shown(estimate.att)},
            {"std_error", shown(estimate.std_error)},
            {"low", shown(estimate.ci_low)},
            {"high", shown(estimate.ci_high)}};
}

nlohmann::ordered_json estimate_json(const effects::DidEstimate& estimate) {
    return {{"att", estimate.att},
            {"std_error", estimate.std_error},
            {"ci_low", estimate.ci_low},
            {"ci_high", estimate.ci_high},
            {"p_value", estimate.p_value}};
}

void print_json(const app::DidResult& result, const Options& options) {
    nlohmann::ordered_json object = {
        {"out", options.out}, {"firms", result.did.firms}, {"groups", result.did.groups}, {"times", result.did.times}};
    for (const app::DidAggregate& aggregate : result.aggregates) {
        object[std::string(effects::aggregation_code(aggregate.estimate.kind))] =
            estimate_json(aggregate.estimate.overall);
    }
    object["pretrend_p_value"] = result.pretrend.p_value;
    object["equal_effects_p_value"] = result.trend.equal.p_value;
    object["warnings"] = nlohmann::ordered_json::array();
    for (const Message& message : result.messages) object["warnings"].push_back(message.code);
    fmt::print("{}\n", object.dump(1));
}

void print(const app::DidResult& result, const Options& options, const Session& session) {
    if (session.json) return print_json(result, options);
    session.print(result.messages);
    const auto line = [&](const std::string& code, const MessageArguments& arguments) {
        fmt::print("{}\n", session.text(code, arguments));
    };
    line("cli_did_firms", {{"firms", std::to_string(result.did.firms)},
                           {"groups", std::to_string(result.did.groups.size())},
                           {"first", std::to_string(result.did.times.front())},
                           {"last", std::to_string(result.did.times.back())}});
    for (const app::DidAggregate& aggregate : result.aggregates) {
        const effects::AggregatedDid& estimate = aggregate.estimate;
        line("cli_did_" + std::string(effects::aggregation_code(estimate.kind)), arguments_of(estimate.overall));
        if (estimate.kind != effects::DidAggregation::dynamic) continue;
        for (const effects::DidEstimate& row : estimate.by) {
            MessageArguments arguments = arguments_of(row);
            arguments["at"] = std::to_string(*row.at);
            line("cli_did_event", arguments);
        }
    }
    line("cli_did_pretrend",
         {{"p", p_value_text(result.pretrend.p_value)}, {"df", std::to_string(result.pretrend.df)}});
    line("cli_did_trend", {{"slope", shown(result.trend.slope.att)},
                           {"low", shown(result.trend.slope.ci_low)},
                           {"high", shown(result.trend.slope.ci_high)},
                           {"p", p_value_text(result.trend.equal.p_value)}});
    if (!result.relative_magnitudes.empty()) {
        const double breakdown = result.relative_magnitudes.back().breakdown;
        line(std::isnan(breakdown) ? "cli_did_no_breakdown" : "cli_did_breakdown", {{"mbar", shown(breakdown)}});
    }
    if (result.placebo) line("cli_did_placebo", arguments_of(*result.placebo));
    line("cli_did_done", {{"out", options.out}});
}

}  // namespace

void add_did_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("did", session.text("cli_did"));
    app::DidRequest& request = options->request;
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("file", request.file, text("cli_option_file"))->required();
    command->add_option("--id", request.id, text("cli_did_id"))->required();
    command->add_option("--time", request.time, text("cli_did_time"))->required();
    command->add_option("--first-treated", request.first_treated, text("cli_did_first_treated"))->required();
    command->add_option("--outcome", request.outcome, text("cli_did_outcome"))->required();
    command->add_option("--formula", request.formula, text("cli_did_formula"));
    add_choice(command, "--control", options->control, controls, text("cli_did_control"));
    add_choice(command, "--estimator", options->estimator, estimators, text("cli_did_estimator"));
    add_choice(command, "--base", options->base, bases, text("cli_did_base"));
    add_choice(command, "--panel", options->use, uses, text("cli_did_panel"));
    command->add_option("--anticipation", request.options.anticipation, text("cli_did_anticipation"))
        ->check(CLI::Range(0, 50));
    CLI::Option* balance =
        command->add_option("--balance-e", options->balance, text("cli_did_balance"))->check(CLI::Range(0, 100));
    command->add_option("--weights", request.weights, text("cli_did_weights"));
    command->add_option("--cluster", request.cluster, text("cli_did_cluster"));
    command->add_option("--bootstrap", request.draws, text("cli_did_bootstrap"))->check(CLI::Range(0, 100000));
    command->add_option("--seed", request.seed, text("cli_option_seed"));
    command->add_option("--confidence", request.options.confidence, text("cli_did_confidence"))
        ->check(CLI::Range(0.5, 0.9999));
    command->add_option("--placebo", request.placebo_years, text("cli_did_placebo_option"))->check(CLI::Range(1, 50));
    command->add_option("--threads", request.options.threads, text("cli_option_threads"));
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    CLI::Option* no_protect =
        command->add_flag("--no-protect", options->no_protect, session.text("cli_output_no_protect"));
    command->add_option("--reason", request.protection.reason, session.text("cli_run_reason"))->needs(no_protect);
    command->callback([options, balance, &session] {
        app::DidRequest& call = options->request;
        call.options.control = controls.at(options->control);
        call.options.estimator = estimators.at(options->estimator);
        call.options.base = bases.at(options->base);
        call.options.use = uses.at(options->use);
        if (balance->count() > 0) call.balance = options->balance;
        call.protection.enabled = !options->no_protect;
        const auto result = app::did_file(call, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
