// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::cli {

void add_undo_import_command(CLI::App& app, Session& session) {
    auto table = std::make_shared<std::string>();
    auto path = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("undo-import", session.text("cli_undo_import"));
    command->add_option("table", *table, session.text("cli_option_table"))->required();
    command->add_option("--project", *path, session.text("cli_option_project"))->required();
    command->callback([table, path, &session] {
        auto project = app::open_project(*path);
        if (!project) return session.fail(project.error());
        const auto restored = app::undo_import(*project, *table);
        if (!restored) return session.fail(restored.error());
        if (session.json) {
            nlohmann::ordered_json json{{"table", *table}, {"restored", restored->has_value()}};
            if (*restored) json["rows"] = (*restored)->rows;
            fmt::print("{}\n", json.dump(1));
        } else if (*restored) {
            fmt::print("{}\n", session.text("import_taken_back", {{"table", *table},
                                                                  {"rows", std::to_string((*restored)->rows)},
                                                                  {"file", (*restored)->import.file_name}}));
        } else {
            fmt::print("{}\n", session.text("import_taken_back_whole", {{"table", *table}}));
        }
    });
}

}  // namespace twinfirm::cli
