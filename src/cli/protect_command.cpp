// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/protect_table.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    app::ProtectRequest request;
    std::string table;
    std::string out;
    std::string audit;
    std::vector<std::string> dimensions;
    std::vector<std::string> dominance;
};

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts{""};
    for (const char letter : text) {
        if (letter == separator) {
            parts.emplace_back();
        } else {
            parts.back().push_back(letter);
        }
    }
    return parts;
}

Status wrong(const std::string& option, const std::string& value) {
    return fail(ErrorKind::usage, "cli_usage", {{"reason", option + " " + value}});
}

/// `N,PERCENT`
Result<disclosure::Dominance> read_dominance(const std::string& text) {
    disclosure::Dominance rule;
    const std::vector<std::string> parts = split(text, ',');
    if (parts.size() != 2) return tl::unexpected(wrong("--dominance", text).error());
    const auto read = [](const std::string& part, auto& number) {
        const char* end = part.data() + part.size();
        const auto result = std::from_chars(part.data(), end, number);
        return result.ec == std::errc{} && result.ptr == end;
    };
    if (!read(parts[0], rule.largest) || !read(parts[1], rule.percent)) {
        return tl::unexpected(wrong("--dominance", text).error());
    }
    return rule;
}

Status read_options(Options& options, Language language, bool overridden) {
    app::ProtectRequest& request = options.request;
    request.table = options.table;
    request.out = options.out;
    request.audit = options.audit;
    request.language = language;
    for (const std::string& text : options.dimensions) request.columns.dimensions.push_back(split(text, ':'));
    if (!options.dominance.empty()) request.rules.dominance.clear();
    for (const std::string& text : options.dominance) {
        const auto rule = read_dominance(text);
        if (!rule) return tl::unexpected(rule.error());
        request.rules.dominance.push_back(*rule);
    }
    const bool blank = request.override_reason.find_first_not_of(" \t") == std::string::npos;
    if (overridden && blank) return fail(ErrorKind::usage, "protect_reason");
    return {};
}

void print_json(const app::ProtectResult& result, const Options& options) {
    Json json = {{"out", options.out},
                 {"cells", result.cells},
                 {"sensitive", result.sensitive},
                 {"complementary", result.complementary},
                 {"loss_percent", result.loss_percent},
                 {"recovered", result.recovered},
                 {"linear_programs", result.programs},
                 {"warnings", Json::array()}};
    for (const Message& message : result.messages) json["warnings"].push_back(message.code);
    fmt::print("{}\n", json.dump(1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace

void add_protect_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    app::ProtectRequest& request = options->request;
    CLI::App* command = app.add_subcommand("protect", session.text("cli_protect"));
    const auto text = [&](const char* code) { return session.text(code); };
    command->add_option("table", options->table, text("cli_protect_table"))->required();
    command->add_option("--out", options->out, text("cli_protect_out"))->required();
    command->add_option("--audit", options->audit, text("cli_protect_audit"));
    command->add_option("--dimension", options->dimensions, text("cli_protect_dimension"));
    command->add_option("--count", request.columns.count, text("cli_protect_count"));
    command->add_option("--value", request.columns.value, text("cli_protect_value"));
    command->add_option("--largest", request.columns.largest, text("cli_protect_largest"));
    command->add_option("--second", request.columns.second, text("cli_protect_second"));
    command->add_option("--treated", request.columns.treated, text("cli_protect_treated"));
    command->add_option("--control", request.columns.control, text("cli_protect_control"));
    command->add_option("--minimum", request.rules.minimum_frequency, text("cli_protect_minimum"));
    command->add_option("--dominance", options->dominance, text("cli_protect_dominance"));
    command->add_option("--p-percent", request.rules.p_percent, text("cli_protect_p_percent"));
    CLI::Option* overridden = command->add_option("--override", request.override_reason, text("cli_protect_override"));
    command->callback([=, &session] {
        const Status read = read_options(*options, session.language(), overridden->count() > 0);
        if (!read) return session.fail(read.error());
        const auto result = app::protect_table_file(options->request, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        session.print(result->messages);
        if (session.json) return print_json(*result, *options);
        fmt::print("{}\n", session.text("cli_protect_done", {{"out", options->out},
                                                             {"cells", std::to_string(result->cells)},
                                                             {"sensitive", std::to_string(result->sensitive)},
                                                             {"complementary", std::to_string(result->complementary)},
                                                             {"percent", fixed_text(result->loss_percent, 2)}}));
        fmt::print("{}\n", session.text("cli_protect_audited", {{"programs", std::to_string(result->programs)},
                                                                {"recovered", std::to_string(result->recovered)},
                                                                {"seconds", fixed_text(result->audit_seconds, 2)}}));
    });
}

}  // namespace twinfirm::cli
