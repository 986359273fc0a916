// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/supplier_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

struct Options {
    app::SupplierRequest request;
    std::string events;
    std::string registered;
    std::string effects;
    std::string out;
};

std::string shown(double value) {
    return std::isnan(value) ? "-" : fixed_text(value, 2);
}

void print_json(const app::SupplierResult& result, const Options& options) {
    const survey::SupplierFindings& all = result.findings;
    Json json = {{"out", options.out},       {"suppliers", Json::array()}, {"firms", all.firms},
                 {"events", all.events},     {"mean", all.mean},           {"between_sd", all.between_sd},
                 {"q_p", all.q_p},           {"idle", result.idle},        {"unregistered", result.unregistered},
                 {"warnings", Json::array()}};
    for (const survey::SupplierFinding& row : all.suppliers) {
        json["suppliers"].push_back({{"supplier", row.supplier},
                                     {"firms", row.levels_withheld ? Json() : Json(row.firms)},
                                     {"n", row.effect_withheld ? Json() : Json(row.n)},
                                     {"mean", row.mean},
                                     {"shrunken", row.shrunken},
                                     {"ci_low", row.interval.low},
                                     {"ci_high", row.interval.high}});
    }
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

void print(const app::SupplierResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    const survey::SupplierFindings& all = result.findings;
    fmt::print("{}\n", session.text("cli_suppliers_all", {{"suppliers", std::to_string(all.suppliers.size())},
                                                          {"firms", std::to_string(all.firms)},
                                                          {"mean", shown(all.mean)},
                                                          {"sd", shown(all.between_sd)},
                                                          {"p", std::isnan(all.q_p) ? "-" : fixed_text(all.q_p, 4)}}));
    for (const survey::SupplierFinding& row : all.suppliers) {
        const bool hidden = row.levels_withheld;
        fmt::print("{}\n",
                   session.text("cli_suppliers_row", {{"supplier", row.supplier},
                                                      {"firms", hidden ? "X" : std::to_string(row.firms)},
                                                      {"mean", row.effect_withheld ? "X" : shown(row.mean)},
                                                      {"shrunken", row.effect_withheld ? "X" : shown(row.shrunken)},
                                                      {"low", shown(row.interval.low)},
                                                      {"high", shown(row.interval.high)}}));
    }
    fmt::print("{}\n", session.text("cli_survey_done", {{"out", options.out}}));
}

}  // namespace

void add_suppliers_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("suppliers", session.text("cli_suppliers"));
    app::SupplierRequest& request = options->request;
    command->add_option("file", options->events, session.text("cli_suppliers_file"))->required();
    command->add_option("--register", options->registered, session.text("cli_suppliers_register"));
    command->add_option("--effects", options->effects, session.text("cli_suppliers_effects"));
    command->add_option("--supplier", request.supplier, session.text("cli_suppliers_supplier"));
    command->add_option("--firm", request.firm, session.text("cli_suppliers_firm"));
    command->add_option("--level", request.level, session.text("cli_suppliers_level"));
    command->add_option("--effect", request.effect, session.text("cli_suppliers_effect"));
    command->add_option("--minimum", request.settings.minimum_firms, session.text("cli_suppliers_minimum"))
        ->check(CLI::Range(1, 1000));
    command->add_option("--confidence", request.settings.confidence, session.text("cli_did_confidence"))
        ->check(CLI::Range(0.5, 0.9999));
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    command->callback([options, &session] {
        options->request.events.file = options->events;
        if (!options->registered.empty()) options->request.registered = app::TableSource{options->registered, {}, {}};
        if (!options->effects.empty()) options->request.effects = app::TableSource{options->effects, {}, {}};
        const auto result = app::analyse_suppliers(options->request, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.json ? print_json(*result, *options) : print(*result, *options, session);
    });
}

}  // namespace twinfirm::cli
