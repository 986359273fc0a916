// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/report/document.h"

class QPrinter;

namespace twinfirm::ui {

/// Takes the result out of the program. Numbers are written on the worker thread; pictures are drawn on the window's
/// thread, as Qt demands, one at a time between the window's other events.
class ResultExport : public QObject {
    Q_OBJECT

  public:
    ResultExport(OpenStudy& study, const Localization& localization, QObject* parent = nullptr);

    /// The report as a PDF. Both refuse a result that is out of date.
    void write_report(const std::filesystem::path& path);
    /// result.json, tables, charts as JSON, PNG, SVG and PDF, and the report.
    void write_folder(const std::filesystem::path& folder);
    /// The report on paper.
    void print_report(const std::shared_ptr<QPrinter>& printer);
    /// No further picture is drawn; what was written stays.
    void cancel();

  Q_SIGNALS:
    void progressed(const QString& text, double done);
    /// Where the files are; empty after a failure or when cancelled.
    void finished(const QString& path);

  private:
    struct Pending {
        std::vector<app::NamedChart> charts;
        std::size_t next = 0;  ///< picture, then the report
        std::shared_ptr<const evaluation::Evaluation> evaluation;
        std::filesystem::path folder;
    };

    /// Composes the report on the worker thread; `write` gets it on this one.
    void compose(const std::filesystem::path& path, std::function<Status(const report::Document&)> write);
    void draw_next();
    [[nodiscard]] ProgressSink between_charts();
    void end(const Status& status, const std::filesystem::path& path);

    OpenStudy& study_;
    const Localization& localization_;
    std::unique_ptr<Pending> pending_;
    QTimer timer_;
};

}  // namespace twinfirm::ui
