// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::cli {

void add_new_command(CLI::App& app, Session& session) {
    auto path = std::make_shared<std::string>();
    CLI::App* command = app.add_subcommand("new", session.text("cli_new"));
    command->add_option("project", *path, session.text("cli_option_project"))->required();
    command->callback([path, &session] {
        const auto project = app::create_project(*path);
        if (!project) return session.fail(project.error());
        if (session.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"project", *path}}.dump(1));
        } else {
            fmt::print("{}\n", session.text("cli_new_done", {{"path", *path}}));
        }
    });
}

}  // namespace twinfirm::cli
