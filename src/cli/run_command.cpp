// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "result_files.h"
#include "session.h"
#include "twinfirm/app/batch_reports.h"
#include "twinfirm/app/clock.h"
#include "twinfirm/app/differencing.h"
#include "twinfirm/app/project_file.h"
#include "twinfirm/app/report_sources.h"
#include "twinfirm/app/results.h"
#include "twinfirm/app/study.h"
#include "twinfirm/app/study_design.h"
#include "twinfirm/app/study_record.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/report_review.h"

namespace twinfirm::cli {

namespace {

struct Options {
    std::string study;
    std::string project;
    std::string out;
    std::string report;   ///< empty = as the study chooses
    std::string earlier;  ///< the same
    unsigned threads = 0;
    bool lock = false;
    bool no_protect = false;
    std::string reason;
    std::string batch;
    std::string format = "pdf,xlsx,hwpx";
    std::string pictures = "png,svg,pdf";
    int dpi = 300;
    bool language_given = false;
};

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What the study chooses, as far as the options do not say otherwise.
Result<app::ReportChoice> with_options(app::ReportChoice choice, const Options& options) {
    if (!options.report.empty()) {
        const auto kind = report::report_kind(options.report);
        if (!kind) return fail(ErrorKind::usage, "report_kind_unknown", {{"kind", options.report}});
        choice.kind = *kind;
    }
    if (!options.earlier.empty()) choice.earlier = std::filesystem::absolute(options.earlier).string();
    if (options.language_given) choice.language.reset();
    return choice;
}

Result<report::ReportOptions> report_options(const Options& options, const app::ReportChoice& choice) {
    report::ReportOptions made;
    made.kind = choice.kind;
    auto settings = app::load_report_settings(options.study);
    if (!settings) return tl::unexpected(settings.error());
    made.settings = std::move(*settings);
    if (choice.earlier.empty()) return made;
    auto earlier = app::read_earlier_result(choice.earlier);
    if (!earlier) return tl::unexpected(earlier.error());
    made.earlier = std::move(*earlier);
    return made;
}

/// Results, charts and reports; those of the groups of a batch below their own folders.
Status write_everything(const evaluation::Evaluation& evaluation, const Options& options,
                        const report::ReportOptions& report_as, Language language, const OutputFormats& formats,
                        const Session& session) {
    const std::filesystem::path out = options.out;
    const evaluation::Evaluation national =
        options.batch.empty() ? evaluation : evaluation::without_batch_crosses(evaluation, options.batch);
    std::vector<app::NamedChart> charts = app::charts_of(national, language);
    session.print(app::edit_charts(report_as.settings.charts, charts));
    TWINFIRM_TRY(app::write_results(evaluation, charts, out, language));
    const report::Document document = report::build_report(national, language, report_as);
    session.print(report::report_messages(document, report_as.settings));
    if (report_as.earlier) session.print(app::differencing_messages(national, *report_as.earlier));
    TWINFIRM_TRY(app::write_report_sources(national, report_as, out, language));
    std::vector<app::PlacedDocument> documents{{document, out}};
    app::remove_batch(out);
    if (!options.batch.empty()) {
        auto batch = app::write_batch(evaluation, options.batch, report_as, out, language);
        if (!batch) return tl::unexpected(batch.error());
        std::move(batch->documents.begin(), batch->documents.end(), std::back_inserter(documents));
    }
    return write_result_files(charts, out, documents, formats);
}

Result<evaluation::Evaluation> run(const Options& options, Session& session, app::RunRecord& record) {
    const auto kept_choice = app::load_report_choice(options.study);
    if (!kept_choice) return tl::unexpected(kept_choice.error());
    const auto choice = with_options(*kept_choice, options);
    if (!choice) return tl::unexpected(choice.error());
    const auto report_as = report_options(options, *choice);
    if (!report_as) return tl::unexpected(report_as.error());
    const auto study = app::load_study(options.study);
    if (!study) return tl::unexpected(study.error());
    const auto formats = output_formats(options.format, options.pictures, options.dpi);
    if (!formats) return tl::unexpected(formats.error());
    design::Specification specification = study->specification;
    if (!options.batch.empty()) {
        auto joint = evaluation::batch_specification(specification, options.batch);
        if (!joint) return tl::unexpected(joint.error());
        specification = std::move(*joint);
    }
    if (options.no_protect) {
        specification.disclosure.enabled = false;
        specification.disclosure.reason = options.reason;
        const bool reason = options.reason.find_first_not_of(" \t") != std::string::npos;
        if (!reason) return fail(ErrorKind::usage, "disclosure_without_reason");
    }
    std::error_code made;
    std::filesystem::create_directories(options.out, made);
    if (made) {
        return fail_at(ErrorKind::access, "file_not_writable", {{"path", options.out}, {"reason", made.message()}},
                       options.out);
    }
    const std::filesystem::path out = options.out;
    auto project = app::open_or_create_project(options.project.empty() ? out / "study.twinfirm"
                                                                       : std::filesystem::path(options.project));
    if (!project) return tl::unexpected(project.error());

    TWINFIRM_TRY(app::may_export(*project, specification.disclosure));

    auto start = Clock::now();
    auto files = app::import_study_files(*project, *study, std::filesystem::path(options.study).parent_path(),
                                         session.token, session.progress());
    if (!files) return tl::unexpected(files.error());
    record.files = std::move(*files);
    record.import_seconds = seconds_since(start);
    if (project->access() == app::Access::read_write) {
        TWINFIRM_TRY(app::keep_study_design(*project, {study->specification, report_as->settings, *kept_choice}));
    }
    if (options.lock) {
        const auto lock = app::lock_specification(*project, study->specification, record.started);
        if (!lock) return tl::unexpected(lock.error());
    }

    auto evaluation = app::evaluate_project(*project, specification, options.threads, session.token, session.progress(),
                                            &record.times);
    if (!evaluation) return evaluation;
    TWINFIRM_TRY(app::record_run(*project, record.started, *evaluation));

    start = Clock::now();
    report_progress(session.progress(), "write", 0);
    TWINFIRM_TRY(write_everything(*evaluation, options, *report_as, choice->language.value_or(session.language()),
                                  *formats, session));
    auto exported = app::exported_with_batch(out);
    if (!exported) return tl::unexpected(exported.error());
    TWINFIRM_TRY(app::record_export(
        *project, {record.started, record.user, evaluation->specification_hash, evaluation->disclosure.enabled,
                   evaluation->disclosure.reason, std::move(*exported)}));
    record.write_seconds = seconds_since(start);
    TWINFIRM_TRY(app::write_run_record(record, out));
    return evaluation;
}

void print(const evaluation::Evaluation& evaluation, const app::RunRecord& record, const Options& options,
           const Session& session) {
    if (session.json) {
        const nlohmann::ordered_json object = {{"out", options.out},
                                               {"specification_hash", evaluation.specification_hash},
                                               {"firms", evaluation.data.firms},
                                               {"adopters", evaluation.data.adopters},
                                               {"warnings", evaluation.messages.size()}};
        fmt::print("{}\n", object.dump(1));
        return;
    }
    for (const app::ImportedFile& file : record.files) {
        session.print(file.messages);
        fmt::print("{}\n", session.text(file.already_there ? "cli_import_already_there" : "cli_import_done",
                                        {{"file", file.audit.file_name},
                                         {"table", file.table},
                                         {"read", std::to_string(file.audit.rows_read)},
                                         {"stored", std::to_string(file.audit.rows_stored)},
                                         {"rejected", std::to_string(file.audit.rows_rejected)}}));
    }
    for (const evaluation::Cohort& cohort : evaluation.cohorts) {
        if (cohort.messages.empty()) continue;
        fmt::print(stderr, "{}\n", session.text("cli_cohort", {{"year", std::to_string(cohort.year)}}));
        session.print(cohort.messages);
    }
    session.print(evaluation.messages);
    session.print(evaluation.over_time.messages);
    const evaluation::DisclosureReport& disclosure = evaluation.disclosure;
    fmt::print("{}\n", session.text(disclosure.enabled ? "cli_run_protected" : "cli_run_not_protected",
                                    {{"primary", std::to_string(disclosure.primary)},
                                     {"complementary", std::to_string(disclosure.complementary)},
                                     {"recovered", std::to_string(disclosure.recovered)},
                                     {"reason", disclosure.reason}}));
    const evaluation::StageTimes& stages = record.times.stages;
    fmt::print("{}\n", session.text("cli_run_times", {{"import", fmt::format("{:.2f}", record.import_seconds)},
                                                      {"load", fmt::format("{:.2f}", record.times.load)},
                                                      {"score", fmt::format("{:.2f}", stages.score)},
                                                      {"matching", fmt::format("{:.3f}", stages.matching)},
                                                      {"balance", fmt::format("{:.2f}", stages.balance)},
                                                      {"effects", fmt::format("{:.2f}", stages.effects)},
                                                      {"write", fmt::format("{:.2f}", record.write_seconds)}}));
    fmt::print("{}\n", session.text("cli_run_done", {{"out", options.out}}));
    const auto formats = output_formats(options.format, options.pictures, options.dpi);
    const std::string reports = formats ? report_names(*formats) : std::string();
    if (!reports.empty()) fmt::print("{}\n", session.text("cli_run_reports", {{"names", reports}}));
#ifndef TWINFIRM_WITH_QT
    fmt::print(stderr, "{}\n", session.text("cli_run_no_pictures"));
#endif
}

}  // namespace

void add_run_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("run", session.text("cli_run"));
    command->add_option("study", options->study, session.text("cli_run_study"))->required();
    command->add_option("--project", options->project, session.text("cli_option_project"));
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    command->add_option("--report", options->report, session.text("cli_run_report"));
    command->add_option("--earlier", options->earlier, session.text("cli_run_earlier"));
    command->add_option("--batch", options->batch, session.text("cli_run_batch"));
    command->add_option("--format", options->format, session.text("cli_run_format"));
    command->add_option("--pictures", options->pictures, session.text("cli_run_pictures"));
    command->add_option("--dpi", options->dpi, session.text("cli_run_dpi"));
    command->add_option("--threads", options->threads, session.text("cli_option_threads"));
    command->add_flag("--lock", options->lock, session.text("cli_run_lock"));
    CLI::Option* no_protect =
        command->add_flag("--no-protect", options->no_protect, session.text("cli_run_no_protect"));
    command->add_option("--reason", options->reason, session.text("cli_run_reason"))->needs(no_protect);
    const CLI::Option* language = app.get_option("--lang");
    command->callback([options, language, &session] {
        options->language_given = language->count() > 0;
        app::RunRecord record;
        record.started = app::utc_time_now();
        if (const char* user = std::getenv("USER")) record.user = user;
        const auto evaluation = run(*options, session, record);
        session.end_progress();
        if (!evaluation) return session.fail(evaluation.error());
        print(*evaluation, record, *options, session);
    });
}

}  // namespace twinfirm::cli
