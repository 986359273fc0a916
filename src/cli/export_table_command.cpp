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

Status run(const Options& options, const Session& session) {
    const auto project = app::open_project(options.project, app::Access::read_only);
    if (!project) return tl::unexpected(project.error());
    return app::export_table(*project, options.table, options.out, options.raw, session.token);
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
        if (const Status status = run(*options, session); !status) return session.fail(status.error());
        if (session.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"table", options->table}, {"out", options->out}}.dump(1));
        } else {
            fmt::print("{}\n",
                       session.text("cli_export_table_done", {{"table", options->table}, {"out", options->out}}));
        }
    });
}

}  // namespace twinfirm::cli
