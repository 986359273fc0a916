// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/result_export.h"

#include <QCoreApplication>
#include <QPrinter>
#include <array>
#include <utility>

#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/render/report_files.h"
#include "twinfirm/render/report_pdf.h"
#include "twinfirm/report/build_report.h"

namespace twinfirm::ui {

namespace {

constexpr std::array<const char*, 3> picture_suffixes = {".png", ".svg", ".pdf"};

}  // namespace

ResultExport::ResultExport(OpenStudy& study, const Localization& localization, QObject* parent)
    : QObject(parent), study_(study), localization_(localization) {
    timer_.setInterval(0);
    connect(&timer_, &QTimer::timeout, this, &ResultExport::draw_next);
}

void ResultExport::write_report(const std::filesystem::path& path) {
    compose(path, [this, path](const report::Document& document) -> Status {
        TWINFIRM_TRY(render::write_report(document, path, between_charts()));
        return study_.record_export(path.parent_path(), {path.filename()});
    });
}

void ResultExport::print_report(const std::shared_ptr<QPrinter>& printer) {
    printer->setFullPage(true);
    const QString to_file = printer->outputFileName();
    const std::filesystem::path place = (to_file.isEmpty() ? printer->printerName() : to_file).toStdString();
    compose(place, [this, printer](const report::Document& document) {
        return render::paint_report(document, *printer, between_charts());
    });
}

void ResultExport::compose(const std::filesystem::path& path, std::function<Status(const report::Document&)> write) {
    if (pending_) return;
    if (const Status current = study_.check_current(); !current) return end(current, path);
    Q_EMIT progressed(localization_.text("stage_write"), 0.5);
    const Language language = localization_.language();
    const auto evaluation = study_.evaluation();
    const bool started = study_.jobs().run<report::Document>(
        [evaluation, language](const CancellationToken&, const ProgressSink& progress) -> Result<report::Document> {
            report_progress(progress, "write", 0);
            return report::build_report(*evaluation, language);
        },
        [this, path, write = std::move(write)](Result<report::Document> document) {
            if (!document) return end(tl::unexpected(document.error()), path);
            end(write(*document), path);
        });
    if (!started) end({}, {});
}

ProgressSink ResultExport::between_charts() {
    return [this](std::string_view, double done) {
        Q_EMIT progressed(localization_.text("stage_write"), done);
        // Repaint between two charts; what the user clicks waits until the report is whole.
        QCoreApplication::processEvents(QEventLoop::ExcludeUserInputEvents);
    };
}

void ResultExport::write_folder(const std::filesystem::path& folder) {
    if (pending_) return;
    if (const Status current = study_.check_current(); !current) return end(current, folder);
    using Charts = std::vector<app::NamedChart>;
    const Language language = localization_.language();
    const auto evaluation = study_.evaluation();
    study_.jobs().run<Charts>(
        [evaluation, language, folder](const CancellationToken& token, const ProgressSink& progress) -> Result<Charts> {
            report_progress(progress, "write", 0);
            Charts charts = app::charts_of(*evaluation, language);
            TWINFIRM_TRY(app::write_results(*evaluation, charts, folder, language));
            TWINFIRM_TRY(token.check());
            return charts;
        },
        [this, evaluation, folder](Result<Charts> charts) {
            if (!charts) return end(tl::unexpected(charts.error()), folder);
            pending_ = std::make_unique<Pending>(Pending{std::move(*charts), 0, evaluation, folder});
            timer_.start();
        });
}

void ResultExport::draw_next() {
    if (!pending_) return timer_.stop();
    const std::size_t pictures = pending_->charts.size() * picture_suffixes.size();
    Q_EMIT progressed(localization_.text("stage_write"),
                      static_cast<double>(pending_->next) / static_cast<double>(pictures + 1));
    if (pending_->next < pictures) {
        const std::size_t picture = pending_->next++;
        const app::NamedChart& chart = pending_->charts[picture / picture_suffixes.size()];
        const std::string file = chart.name + picture_suffixes[picture % picture_suffixes.size()];
        const Status drawn = render::render_picture(chart.chart, pending_->folder / "charts" / file);
        if (!drawn) end(drawn, pending_->folder);
        return;
    }
    // Writing the report handles the window's events: the timer must not call back here meanwhile.
    timer_.stop();
    const std::filesystem::path folder = pending_->folder;
    const report::Document document = report::build_report(*pending_->evaluation, localization_.language());
    for (const char* name : {"report.pdf", "report.xlsx", "report.hwpx"}) {
        const Status written = render::write_report(document, folder / name, between_charts());
        if (!written) return end(written, folder);
    }
    end(study_.record_export(folder), folder);
}

void ResultExport::cancel() {
    if (pending_) end(fail(ErrorKind::cancelled, "cancelled"), pending_->folder);
}

void ResultExport::end(const Status& status, const std::filesystem::path& path) {
    timer_.stop();
    pending_.reset();
    if (!status) study_.report(status.error());
    Q_EMIT finished(status ? QString::fromStdString(path.string()) : QString());
}

}  // namespace twinfirm::ui
