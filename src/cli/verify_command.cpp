// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/results.h"
#include "twinfirm/app/survey_study.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string result;
    std::string project;
    std::string data;
};

Result<std::vector<evaluation::Difference>> run(const Options& options, const Session& session) {
    if (app::is_survey_result(options.result)) {
        return app::verify_survey_result(options.result, {options.data, options.project}, session.token,
                                         session.progress());
    }
    if (options.project.empty()) return fail(ErrorKind::usage, "cli_usage", {{"reason", "--project"}});
    const auto project = app::open_project(options.project, app::Access::read_only);
    if (!project) return tl::unexpected(project.error());
    return app::verify_result(options.result, *project, session.token, session.progress());
}

void print(const std::vector<evaluation::Difference>& differences, const Session& session) {
    if (session.json) {
        nlohmann::ordered_json list = nlohmann::ordered_json::array();
        for (const evaluation::Difference& difference : differences) {
            list.push_back(
                {{"pointer", difference.pointer}, {"expected", difference.expected}, {"found", difference.found}});
        }
        fmt::print("{}\n", nlohmann::ordered_json{{"same", differences.empty()}, {"differences", list}}.dump(1));
        return;
    }
    if (differences.empty()) {
        fmt::print("{}\n", session.text("cli_verify_same"));
        return;
    }
    constexpr std::size_t shown = 50;
    fmt::print("{}\n", session.text("cli_verify_different", {{"count", std::to_string(differences.size())}}));
    for (std::size_t i = 0; i < std::min(shown, differences.size()); ++i) {
        fmt::print("  {}: {} → {}\n", differences[i].pointer, differences[i].expected, differences[i].found);
    }
}

}  // namespace

void add_verify_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("verify", session.text("cli_verify"));
    command->add_option("result", options->result, session.text("cli_verify_result"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"));
    command->add_option("--data", options->data, session.text("cli_verify_data"));
    command->callback([options, &session] {
        const auto differences = run(*options, session);
        session.end_progress();
        if (!differences) return session.fail(differences.error());
        print(*differences, session);
        if (!differences->empty()) session.exit_code = static_cast<int>(ErrorKind::statistics);
    });
}

}  // namespace twinfirm::cli
