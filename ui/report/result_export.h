// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "study/localization.h"
#include "study/open_study.h"
#include "twinfirm/report/document.h"

class QPrinter;

namespace twinfirm::ui {

/// Takes the result out of the program, as the study's report settings and choice say. Everything is written and drawn
/// by a job, which can be cancelled: then no file has changed.
class ResultExport : public QObject {
    Q_OBJECT

  public:
    ResultExport(OpenStudy& study, const Localization& localization, QObject* parent = nullptr);

    /// The report by the ending of the path: .pdf, .hwpx, .xlsx, .html. Like the others it refuses a result that is out
    /// of date.
    void write_report(const std::filesystem::path& path);
    /// result.json, tables, charts as JSON, PNG, SVG and PDF, and the report as PDF, XLSX and HWPX.
    void write_folder(const std::filesystem::path& folder);
    /// The same with one report for each group of that breakdown in folders of their own, all protected together.
    void write_batch(const std::filesystem::path& folder, const std::string& key);
    /// The report on paper.
    void print_report(const std::shared_ptr<QPrinter>& printer);

  Q_SIGNALS:
    /// Where the files are; empty after a failure or when cancelled.
    void finished(const QString& path);

  private:
    using Work = std::function<Status(const CancellationToken& token, const ProgressSink& progress)>;

    /// @param after  what is due behind the work, whatever came of it
    void start(Work work, const std::filesystem::path& path, std::function<void()> after = {});
    /// Makes the present report; to be called by a job.
    [[nodiscard]] std::function<report::Document()> composer() const;
    [[nodiscard]] Language report_language() const;
    void end(const Status& status, const std::filesystem::path& path);

    OpenStudy& study_;
    const Localization& localization_;
};

}  // namespace twinfirm::ui
