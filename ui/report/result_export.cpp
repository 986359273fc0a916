// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/result_export.h"

#include <QPrinter>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "twinfirm/app/batch_reports.h"
#include "twinfirm/app/report_sources.h"
#include "twinfirm/app/staged_results.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/report_files.h"
#include "twinfirm/render/report_pdf.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::ui {

namespace {

constexpr std::array<const char*, 3> picture_suffixes = {".png", ".svg", ".pdf"};
constexpr std::array<const char*, 3> report_names = {"report.pdf", "report.xlsx", "report.hwpx"};

/// A stretch of the whole progress.
ProgressSink stretch(const ProgressSink& progress, double from, double to) {
    return [&progress, from, to](std::string_view stage, double done) {
        report_progress(progress, stage, from + (to - from) * done);
    };
}

Status draw_charts(const std::vector<app::NamedChart>& charts, const std::filesystem::path& folder,
                   const CancellationToken& token, const ProgressSink& progress) {
    for (std::size_t i = 0; i < charts.size(); ++i) {
        report_progress(progress, "write", static_cast<double>(i) / static_cast<double>(charts.size()));
        for (const char* suffix : picture_suffixes) {
            TWINFIRM_TRY(token.check());
            TWINFIRM_TRY(render::render_picture(charts[i].chart, folder / (charts[i].name + suffix)));
        }
    }
    return {};
}

Status write_documents(const report::Document& document, const std::filesystem::path& folder,
                       const CancellationToken& token, const ProgressSink& progress) {
    for (std::size_t i = 0; i < report_names.size(); ++i) {
        const auto part = [](std::size_t of) { return static_cast<double>(of) / report_names.size(); };
        TWINFIRM_TRY(
            render::write_report(document, folder / report_names[i], token, stretch(progress, part(i), part(i + 1))));
    }
    return token.check();
}

}  // namespace

ResultExport::ResultExport(OpenStudy& study, const Localization& localization, QObject* parent)
    : QObject(parent), study_(study), localization_(localization) {}

Language ResultExport::report_language() const {
    return study_.report_choice().language.value_or(localization_.language());
}

std::function<report::Document()> ResultExport::composer() const {
    return [evaluation = study_.evaluation(), options = study_.report_options(), language = report_language()] {
        return report::build_report(*evaluation, language, options);
    };
}

void ResultExport::start(Work work, const std::filesystem::path& path, std::function<void()> after) {
    const bool started = study_.jobs().run<bool>(
        [work = std::move(work)](const CancellationToken& token, const ProgressSink& progress) -> Result<bool> {
            report_progress(progress, "write", 0);
            TWINFIRM_TRY(work(token, progress));
            return true;
        },
        [this, path, after = std::move(after)](const Result<bool>& done) {
            if (after) after();
            end(done ? Status() : Status(tl::unexpected(done.error())), path);
        });
    if (!started) end({}, {});
}

void ResultExport::write_report(const std::filesystem::path& path) {
    if (const Status current = study_.check_current(); !current) return end(current, path);
    start(
        [compose = composer(), record = study_.export_recorder(), path](const CancellationToken& token,
                                                                        const ProgressSink& progress) -> Status {
            TWINFIRM_TRY(render::write_report(compose(), path, token, progress));
            return record(path.parent_path(), {path.filename()});
        },
        path);
}

void ResultExport::print_report(const std::shared_ptr<QPrinter>& printer) {
    printer->setFullPage(true);
    const QString to_file = printer->outputFileName();
    const std::filesystem::path place = (to_file.isEmpty() ? printer->printerName() : to_file).toStdString();
    if (const Status current = study_.check_current(); !current) return end(current, place);
    start(
        [compose = composer(), printer](const CancellationToken& token, const ProgressSink& progress) {
            return render::paint_report(compose(), *printer, token, progress);
        },
        place);
}

void ResultExport::write_folder(const std::filesystem::path& folder) {
    if (const Status current = study_.check_current(); !current) return end(current, folder);
    start(
        [evaluation = study_.evaluation(), compose = composer(), options = study_.report_options(),
         language = report_language(), record = study_.export_recorder(),
         folder](const CancellationToken& token, const ProgressSink& progress) -> Status {
            auto staged = app::StagedResults::begin(folder);
            if (!staged) return tl::unexpected(staged.error());
            const std::filesystem::path& staging = staged->staging();
            std::vector<app::NamedChart> charts = app::charts_of(*evaluation, language);
            app::edit_charts(options.settings.charts, charts);
            TWINFIRM_TRY(app::write_results(*evaluation, charts, staging, language, token));
            TWINFIRM_TRY(app::write_report_sources(*evaluation, options, staging, language, token));
            constexpr double charts_part = 0.6;
            TWINFIRM_TRY(draw_charts(charts, staging / "charts", token, stretch(progress, 0, charts_part)));
            TWINFIRM_TRY(write_documents(compose(), staging, token, stretch(progress, charts_part, 1)));
            // Nothing leaves that could not be recorded.
            TWINFIRM_TRY(record(staging, {}));
            app::remove_batch(folder);
            return staged->put_in_place(*evaluation);
        },
        folder);
}

void ResultExport::write_batch(const std::filesystem::path& folder, const std::string& key) {
    if (const Status current = study_.check_current(); !current) return end(current, folder);
    start(
        [steps = study_.batch_steps(), options = study_.report_options(), language = report_language(), key, folder](
            const CancellationToken& token, const ProgressSink& progress) -> Status {
            auto staged = app::StagedResults::begin(folder);
            if (!staged) return tl::unexpected(staged.error());
            const std::filesystem::path& staging = staged->staging();
            const auto evaluation = steps.evaluate(key, token, progress);
            if (!evaluation) return tl::unexpected(evaluation.error());
            const evaluation::Evaluation national = evaluation::without_batch_crosses(*evaluation, key);
            std::vector<app::NamedChart> charts = app::charts_of(national, language);
            app::edit_charts(options.settings.charts, charts);
            TWINFIRM_TRY(app::write_results(*evaluation, charts, staging, language, token));
            TWINFIRM_TRY(app::write_report_sources(national, options, staging, language, token));
            auto batch = app::write_batch(*evaluation, key, options, staging, language);
            if (!batch) return tl::unexpected(batch.error());
            std::vector<app::PlacedDocument>& documents = batch->documents;
            documents.insert(documents.begin(), {report::build_report(national, language, options), staging});
            // Drawing all charts takes about as long as four reports.
            const double parts = static_cast<double>(documents.size()) + 4;
            TWINFIRM_TRY(draw_charts(charts, staging / "charts", token, stretch(progress, 0, 4 / parts)));
            for (std::size_t i = 0; i < documents.size(); ++i) {
                const double done = 4 + static_cast<double>(i);
                TWINFIRM_TRY(write_documents(documents[i].document, documents[i].folder, token,
                                             stretch(progress, done / parts, (done + 1) / parts)));
            }
            TWINFIRM_TRY(steps.record(*evaluation, staging));
            app::remove_batch(folder);
            return staged->put_in_place(*evaluation);
        },
        folder, [this] { study_.read_record(); });
}

void ResultExport::end(const Status& status, const std::filesystem::path& path) {
    if (!status) study_.report(status.error());
    Q_EMIT finished(status ? QString::fromStdString(path.string()) : QString());
}

}  // namespace twinfirm::ui
