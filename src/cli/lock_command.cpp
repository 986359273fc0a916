// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/clock.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"
#include "twinfirm/app/study_record.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string study;
    std::string project;
};

Result<evaluation::Lock> lock(const Options& options) {
    const auto study = app::load_study(options.study);
    if (!study) return tl::unexpected(study.error());
    const design::Validation validation = design::validate(study->specification);
    if (!validation.errors.empty()) return tl::unexpected(validation.errors.front());
    auto project = app::open_or_create_project(options.project);
    if (!project) return tl::unexpected(project.error());
    return app::lock_specification(*project, study->specification, app::utc_time_now());
}

}  // namespace

void add_lock_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("lock", session.text("cli_lock"));
    command->add_option("study", options->study, session.text("cli_run_study"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"))->required();
    command->callback([options, &session] {
        const auto locked = lock(*options);
        if (!locked) return session.fail(locked.error());
        if (session.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"specification_hash", locked->specification_hash},
                                                      {"time", locked->time},
                                                      {"before_results", locked->before_results}}
                                   .dump(1));
            return;
        }
        fmt::print("{}\n", session.text(locked->before_results ? "cli_lock_done" : "cli_lock_late",
                                        {{"hash", locked->specification_hash}, {"time", locked->time}}));
    });
}

}  // namespace twinfirm::cli
