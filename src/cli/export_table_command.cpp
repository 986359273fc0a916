// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string table;
    std::string project;
    std::string out;
    bool raw = false;
};

Result<app::PersonalColumns> run(const Options& options, const Session& session) {
    const auto project = app::open_project(options.project, app::Access::read_only);
    if (!project) return tl::unexpected(project.error());
    TWINFIRM_TRY(app::export_table(*project, options.table, options.out, options.raw, session.token));
    return app::personal_columns(*project, options.table);
}

std::string list(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}

}  // namespace

void add_export_table_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("export-table", session.text("cli_export_table"));
    command->add_option("table", options->table, session.text("cli_option_table"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    command->add_option("--out", options->out, session.text("cli_export_table_out"))->required();
    command->add_flag("--raw", options->raw, session.text("cli_export_table_raw"));
    command->callback([options, &session] {
        const auto columns = run(*options, session);
        if (!columns) return session.fail(columns.error());
        if (session.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"table", options->table},
                                                      {"out", options->out},
                                                      {"dropped", columns->dropped},
                                                      {"replaced", columns->replaced}}
                                   .dump(1));
        } else {
            if (!columns->dropped.empty()) {
                fmt::print("{}\n", session.text("cli_import_dropped", {{"columns", list(columns->dropped)}}));
            }
            if (!columns->replaced.empty()) {
                fmt::print("{}\n", session.text("cli_columns_replaced", {{"columns", list(columns->replaced)}}));
            }
            fmt::print("{}\n",
                       session.text("cli_export_table_done", {{"table", options->table}, {"out", options->out}}));
        }
    });
}

}  // namespace twinfirm::cli
