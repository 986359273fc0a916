// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "result_files.h"
#include "session.h"
#include "twinfirm/app/survey_study.h"
#include "twinfirm/report/survey_report.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string study;
    std::string project;
    std::string out;
};

const OutputFormats formats{{"pdf", "xlsx", "hwpx", "html"}, {"png", "svg"}};

Result<survey::SurveyFindings> run(const Options& options, const Session& session) {
    const auto study = app::load_survey_study(options.study);
    if (!study) return tl::unexpected(study.error());
    const app::StudyPlace place{std::filesystem::path(options.study).parent_path(), options.project};
    auto findings = app::run_survey_study(*study, place, session.token, session.progress());
    if (!findings) return findings;
    report_progress(session.progress(), "write", 0);
    TWINFIRM_TRY(app::write_survey_results(*study, *findings, options.out, session.language()));
    TWINFIRM_TRY(write_result_files(app::survey_charts_of(*findings, session.language()), options.out,
                                    {{report::build_survey_report(*findings, session.language()), options.out}},
                                    formats));
    return findings;
}

Messages messages_of(const survey::SurveyFindings& findings) {
    Messages all;
    const auto add = [&](const auto& section) {
        if (section) all.insert(all.end(), section->messages.begin(), section->messages.end());
    };
    add(findings.status);
    add(findings.stages);
    add(findings.technology);
    add(findings.market);
    add(findings.suppliers);
    return all;
}

}  // namespace

void add_survey_report_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("survey-report", session.text("cli_survey_report"));
    command->add_option("study", options->study, session.text("cli_survey_report_study"))->required();
    command->add_option("--project", options->project, session.text("cli_source_project"));
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    command->callback([options, &session] {
        const auto findings = run(*options, session);
        session.end_progress();
        if (!findings) return session.fail(findings.error());
        const Messages messages = messages_of(*findings);
        if (session.json) {
            nlohmann::ordered_json warnings = nlohmann::ordered_json::array();
            for (const Message& message : messages) warnings.push_back(message.code);
            fmt::print("{}\n", nlohmann::ordered_json{{"out", options->out},
                                                      {"specification_hash", findings->specification_hash},
                                                      {"warnings", warnings}}
                                   .dump(1));
            return;
        }
        session.print(messages);
        for (const std::string& sentence : report::survey_sentences(*findings, session.language())) {
            fmt::print("{}\n", sentence);
        }
        fmt::print("{}\n", session.text("cli_run_done", {{"out", options->out}}));
        fmt::print("{}\n", session.text("cli_run_reports", {{"names", report_names(formats)}}));
#ifndef TWINFIRM_WITH_QT
        fmt::print(stderr, "{}\n", session.text("cli_run_no_pictures"));
#endif
    });
}

}  // namespace twinfirm::cli
