// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "session.h"
#include "twinfirm/app/survey_study.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/report/html_writer.h"
#include "twinfirm/report/survey_report.h"
#ifdef TWINFIRM_WITH_QT
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/graphics_session.h"
#include "twinfirm/render/report_files.h"
#else
#include "twinfirm/report/hwpx_writer.h"
#include "twinfirm/report/xlsx_writer.h"
#endif

namespace twinfirm::cli {

namespace {

struct Options {
    std::string study;
    std::string project;
    std::string out;
};

#ifdef TWINFIRM_WITH_QT
Status write_report_files(const survey::SurveyFindings& findings, const std::filesystem::path& out, Language language) {
    const auto graphics = render::GraphicsSession::start();
    if (!graphics) return tl::unexpected(graphics.error());
    for (const app::NamedChart& chart : app::survey_charts_of(findings, language)) {
        const std::string base = (out / "charts" / chart.name).string();
        TWINFIRM_TRY(render::render_png(chart.chart, base + ".png"));
        TWINFIRM_TRY(render::render_svg(chart.chart, base + ".svg"));
    }
    const report::Document document = report::build_survey_report(findings, language);
    for (const char* name : {"report.pdf", "report.xlsx", "report.hwpx", "report.html"}) {
        TWINFIRM_TRY(render::write_report(document, out / name));
    }
    return {};
}
#else
/// Without pictures: figures show the numbers behind them.
Status write_report_files(const survey::SurveyFindings& findings, const std::filesystem::path& out, Language language) {
    const report::Document document = report::build_survey_report(findings, language);
    const auto workbook = report::document_to_xlsx(document);
    if (!workbook) return tl::unexpected(workbook.error());
    TWINFIRM_TRY(write_file_atomically(out / "report.xlsx", *workbook));
    const auto text = report::document_to_hwpx(document);
    if (!text) return tl::unexpected(text.error());
    TWINFIRM_TRY(write_file_atomically(out / "report.hwpx", *text));
    return write_file_atomically(out / "report.html", report::document_to_html(document));
}
#endif

Result<survey::SurveyFindings> run(const Options& options, const Session& session) {
    const auto study = app::load_survey_study(options.study);
    if (!study) return tl::unexpected(study.error());
    const app::StudyPlace place{std::filesystem::path(options.study).parent_path(), options.project};
    auto findings = app::run_survey_study(*study, place, session.token, session.progress());
    if (!findings) return findings;
    report_progress(session.progress(), "write", 0);
    TWINFIRM_TRY(app::write_survey_results(*study, *findings, options.out, session.language()));
    TWINFIRM_TRY(write_report_files(*findings, options.out, session.language()));
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
#ifndef TWINFIRM_WITH_QT
        fmt::print(stderr, "{}\n", session.text("cli_run_no_pictures"));
#endif
    });
}

}  // namespace twinfirm::cli
