// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QImage>
#include <QObject>
#include <QString>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "jobs/job_runner.h"
#include "twinfirm/app/results.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/report_options.h"

class QTextDocument;

namespace twinfirm::ui {

/// A report to be looked at.
struct ComposedReport {
    report::Document shown;
    report::Document whole;               ///< with every table and chart, those that are left out too
    Messages messages;                    ///< what the analyst must look at: report_messages()
    std::vector<app::NamedChart> charts;  ///< that can be saved, as they are to look
    std::shared_ptr<QTextDocument> text;  ///< document_html() of what is shown; lives on the window's thread
};

/// Composes the report beside the window's work, text first, then the pictures of its charts. Of several orders the
/// last one counts; a picture that was drawn before is not drawn again.
class ReportComposer : public QObject {
    Q_OBJECT

  public:
    struct Order {
        std::shared_ptr<const evaluation::Evaluation> evaluation;
        report::ReportOptions options;
        Language language = Language::korean;
        QFont font{};
        int widest = 500;  ///< pixels of a chart
    };

    explicit ReportComposer(QObject* parent = nullptr);

    void compose(Order order);
    /// The text or the pictures of an order are still to come.
    [[nodiscard]] bool busy() const { return jobs_->running() || next_.has_value(); }
    /// The last one; null before the first.
    [[nodiscard]] const std::shared_ptr<const ComposedReport>& report() const { return report_; }
    /// By the figure's name, as far as they are drawn.
    [[nodiscard]] const std::map<QString, QImage>& pictures() const { return pictures_; }

  Q_SIGNALS:
    void composed();
    void pictures_drawn();

  private:
    void begin_next();
    void draw_pictures();

    JobRunner* jobs_;
    std::optional<Order> next_;
    std::shared_ptr<const ComposedReport> report_;
    std::map<QString, QImage> pictures_;
    std::map<std::string, QImage> drawn_;  ///< by the chart's JSON
};

}  // namespace twinfirm::ui
