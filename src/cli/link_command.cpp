// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/link_tables.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::cli {

namespace {

using Json = nlohmann::ordered_json;

struct Options {
    app::LinkOptions link;
    std::string project;
    std::string key_file;
    std::string out;
};

constexpr std::size_t shown = 10;  ///< cases of a kind

Result<app::LinkReport> run(const Options& options, const Session& session) {
    const auto project = app::open_project(options.project, app::Access::read_only);
    if (!project) return tl::unexpected(project.error());
    auto report = app::link_tables(*project, options.link, session.token);
    if (report && !options.out.empty()) TWINFIRM_TRY(write_file_atomically(options.out, app::link_cases_csv(*report)));
    return report;
}

std::map<std::string, std::int64_t> cases_of_kinds(const app::LinkReport& report) {
    std::map<std::string, std::int64_t> counts;
    for (const app::LinkCase& found : report.cases) ++counts[found.kind];
    return counts;
}

Json case_json(const app::LinkCase& found) {
    Json json;
    if (!found.field.empty()) json["field"] = found.field;
    json["left_row"] = found.left_row == 0 ? Json(nullptr) : Json(found.left_row);
    json["right_row"] = found.right_row == 0 ? Json(nullptr) : Json(found.right_row);
    json["left_rows"] = found.left_rows;
    json["right_rows"] = found.right_rows;
    json["key"] = found.key;
    if (!found.field.empty()) {
        json["left_value"] = found.left_value;
        json["right_value"] = found.right_value;
    }
    return json;
}

Json to_json(const app::LinkReport& report) {
    Json json;
    json["left"] = report.options.left;
    json["right"] = report.options.right;
    json["by"] = report.options.by;
    if (!report.options.crosswalk.empty()) {
        json["crosswalk"] = report.options.crosswalk;
        json["right_by"] = report.options.right_by;
    }
    json["left_rows"] = report.left_rows;
    json["right_rows"] = report.right_rows;
    json["left_without_key"] = report.left_without_key;
    json["right_without_key"] = report.right_without_key;
    json["crosswalk_missing"] = report.crosswalk_missing;
    json["crosswalk_ambiguous"] = report.crosswalk_ambiguous;
    for (std::size_t i = 0; i < ingest::link_outcomes; ++i) {
        const ingest::LinkCount& count = report.outcomes[i];
        json["keys"][std::string(ingest::link_outcome_name(static_cast<ingest::LinkOutcome>(i)))] = {
            {"keys", count.keys}, {"left_rows", count.left_rows}, {"right_rows", count.right_rows}};
    }
    json["fields"] = Json::array();
    for (const app::LinkedField& field : report.fields) {
        json["fields"].push_back({{"field", field.field},
                                  {"left_column", field.left_column},
                                  {"right_column", field.right_column},
                                  {"compared", field.compared},
                                  {"conflicts", field.conflicts},
                                  {"not_compared", field.not_compared}});
    }
    json["cases"] = Json::object();
    for (const app::LinkCase& found : report.cases) {
        Json& kind = json["cases"][found.kind];
        if (kind.is_null()) kind = {{"count", 0}, {"first", Json::array()}};
        kind["count"] = kind["count"].get<std::int64_t>() + 1;
        if (kind["first"].size() < shown) kind["first"].push_back(case_json(found));
    }
    return json;
}

std::string row_text(std::int64_t row) {
    return row == 0 ? "-" : std::to_string(row);
}

void print_case(const app::LinkCase& found, const Session& session) {
    const std::string rows =
        session.text("cli_link_rows", {{"left", row_text(found.left_row)}, {"right", row_text(found.right_row)}});
    if (found.field.empty()) {
        fmt::print("    {}  {}\n", rows, found.key);
    } else {
        fmt::print("    {}  {}  {}: {} | {}\n", rows, found.key, found.field, found.left_value, found.right_value);
    }
}

void print(const app::LinkReport& report, const Session& session) {
    const app::LinkOptions& options = report.options;
    fmt::print("{}\n", session.text("cli_link_title", {{"left", options.left},
                                                       {"right", options.right},
                                                       {"by", options.by},
                                                       {"left_rows", std::to_string(report.left_rows)},
                                                       {"right_rows", std::to_string(report.right_rows)}}));
    if (!options.crosswalk.empty()) {
        fmt::print("  {}\n",
                   session.text("cli_link_crosswalk", {{"table", options.crosswalk}, {"by", options.right_by}}));
    }
    for (std::size_t i = 0; i < ingest::link_outcomes; ++i) {
        const ingest::LinkCount& count = report.outcomes[i];
        const std::string name(ingest::link_outcome_name(static_cast<ingest::LinkOutcome>(i)));
        fmt::print("  {}\n", session.text("cli_link_outcome", {{"outcome", session.text("link_case_" + name)},
                                                               {"keys", std::to_string(count.keys)},
                                                               {"left_rows", std::to_string(count.left_rows)},
                                                               {"right_rows", std::to_string(count.right_rows)}}));
    }
    for (const app::LinkedField& field : report.fields) {
        fmt::print("  {}\n", session.text("cli_link_field", {{"field", field.field},
                                                             {"left", field.left_column},
                                                             {"right", field.right_column},
                                                             {"compared", std::to_string(field.compared)},
                                                             {"conflicts", std::to_string(field.conflicts)},
                                                             {"unknown", std::to_string(field.not_compared)}}));
    }
    const auto counts = cases_of_kinds(report);
    std::string kind;
    std::size_t of_kind = 0;
    for (const app::LinkCase& found : report.cases) {
        // A firm with several years is the usual thing: counted above, listed on demand.
        if (found.kind == "one_to_many" || found.kind == "many_to_one") continue;
        if (found.kind != kind) {
            kind = found.kind;
            of_kind = 0;
            fmt::print("  {}: {}\n", session.text("link_case_" + kind), counts.at(kind));
        }
        if (++of_kind <= shown) print_case(found, session);
    }
}

}  // namespace

void add_link_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("link", session.text("cli_link"));
    command->add_option("left", options->link.left, session.text("cli_link_left"))->required();
    command->add_option("right", options->link.right, session.text("cli_link_right"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    const std::vector<std::string> keys = {"firm_id", "brn", "crn", "name", "name+address"};
    command->add_option("--by", options->link.by, session.text("cli_link_by"))->required()->check(CLI::IsMember(keys));
    CLI::Option* crosswalk =
        command->add_option("--crosswalk", options->link.crosswalk, session.text("cli_link_crosswalk_option"));
    command->add_option("--right-by", options->link.right_by, session.text("cli_link_right_by"))
        ->check(CLI::IsMember(keys))
        ->needs(crosswalk);
    command->add_option("--key-file", options->key_file, session.text("cli_option_key_file"));
    command->add_option("--out", options->out, session.text("cli_link_out"));
    command->callback([options, &session] {
        options->link.key_file = options->key_file;
        const auto report = run(*options, session);
        if (!report) return session.fail(report.error());
        if (session.json) {
            fmt::print("{}\n", to_json(*report).dump(1, ' ', false, Json::error_handler_t::replace));
        } else {
            print(*report, session);
        }
    });
}

}  // namespace twinfirm::cli
