// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::cli {

void add_check_command(CLI::App& app, Session& session) {
    auto path = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("check", session.text("cli_check"));
    command->add_option("project", *path, session.text("cli_option_project"))->required();
    command->callback([path, &session] {
        const auto project = app::open_project(*path, app::Access::read_only);
        if (!project) return session.fail(project.error());
        const auto tables = app::check_tables(*project, session.token, session.progress());
        session.end_progress();
        if (!tables) return session.fail(tables.error());
        nlohmann::ordered_json json{{"tables", nlohmann::ordered_json::array()}};
        for (const store::TableInfo& table : *tables) {
            json["tables"].push_back({{"name", table.definition.name},
                                      {"rows", table.rows},
                                      {"columns", table.definition.columns.size()},
                                      {"content_hash", table.content_hash},
                                      {"file", table.import.file_name},
                                      {"time", table.import.time}});
            if (!session.json) {
                fmt::print("{}\n", session.text("cli_check_table", {{"table", table.definition.name},
                                                                    {"rows", std::to_string(table.rows)},
                                                                    {"file", table.import.file_name}}));
            }
        }
        if (session.json) fmt::print("{}\n", json.dump(1));
    });
}

}  // namespace twinfirm::cli
