// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/table_quality.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string table;
    std::string project;
    std::string against;
    std::string out;
};

Result<std::vector<ingest::QualityIssue>> run(const Options& options, const Session& session) {
    const auto project = app::open_project(options.project, app::Access::read_only);
    if (!project) return tl::unexpected(project.error());
    auto issues = app::table_quality(*project, options.table, session.token, options.against);
    if (issues && !options.out.empty()) {
        TWINFIRM_TRY(write_file_atomically(options.out, ingest::quality_csv(*issues)));
    }
    return issues;
}

void print(const std::vector<ingest::QualityIssue>& issues, const Options& options, const Session& session) {
    if (!session.json) {
        session.print(ingest::quality_messages(issues));
        if (issues.empty()) fmt::print("{}\n", session.text("cli_quality_none", {{"table", options.table}}));
        return;
    }
    nlohmann::ordered_json json;
    json["table"] = options.table;
    json["issues"] = nlohmann::ordered_json::array();
    for (const ingest::QualityIssue& issue : issues) {
        nlohmann::ordered_json entry;
        entry["code"] = issue.code;
        entry["column"] = issue.column;
        entry["count"] = issue.cases.size();
        entry["cases"] = nlohmann::ordered_json::array();
        for (const ingest::QualityCase& found : issue.cases) {
            entry["cases"].push_back({{"row", found.row},
                                      {"firm", found.firm},
                                      {"year", found.year},
                                      {"value", found.value},
                                      {"other", found.other}});
        }
        json["issues"].push_back(std::move(entry));
    }
    fmt::print("{}\n", json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

}  // namespace

void add_quality_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("quality", session.text("cli_quality"));
    command->add_option("table", options->table, session.text("cli_option_table"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    command->add_option("--register", options->against, session.text("cli_quality_register"));
    command->add_option("--out", options->out, session.text("cli_quality_out"));
    command->callback([options, &session] {
        const auto issues = run(*options, session);
        if (!issues) return session.fail(issues.error());
        print(*issues, *options, session);
    });
}

}  // namespace twinfirm::cli
