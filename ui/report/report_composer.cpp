// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/report_composer.h"

#include <QCoreApplication>
#include <QTextDocument>
#include <QTextOption>
#include <utility>
#include <variant>
#include <vector>

#include "report/document_html.h"
#include "twinfirm/render/chart_renderer.h"
#include "twinfirm/report/build_report.h"
#include "twinfirm/report/report_review.h"

namespace twinfirm::ui {

namespace {

constexpr int picture_dpi = 144;         ///< sharp on a screen of one and a half times the usual resolution
constexpr std::size_t most_drawn = 240;  ///< pictures that are kept

ComposedReport composed_report(const ReportComposer::Order& order) {
    ComposedReport made;
    made.shown = report::build_report(*order.evaluation, order.language, order.options);
    made.messages = report::report_messages(made.shown, order.options.settings);
    report::ReportOptions everything = order.options;
    everything.settings.only.clear();
    everything.settings.leave_out.clear();
    made.whole = everything.settings == order.options.settings
                     ? made.shown
                     : report::build_report(*order.evaluation, order.language, everything);
    made.charts = app::charts_of(*order.evaluation, order.language);
    app::edit_charts(order.options.settings.charts, made.charts);
    made.text = std::make_shared<QTextDocument>();
    QTextOption option;
    option.setWrapMode(QTextOption::WordWrap);  // a number is never broken: a wide table scrolls instead
    made.text->setDefaultTextOption(option);
    made.text->setDefaultFont(order.font);
    made.text->setHtml(document_html(made.shown, order.widest));
    made.text->moveToThread(QCoreApplication::instance()->thread());
    return made;
}

}  // namespace

ReportComposer::ReportComposer(QObject* parent) : QObject(parent), jobs_(new JobRunner(this)) {}

void ReportComposer::compose(Order order) {
    next_ = std::move(order);
    if (jobs_->running()) {
        jobs_->cancel();
    } else {
        begin_next();
    }
}

void ReportComposer::begin_next() {
    using Composed = std::shared_ptr<const ComposedReport>;
    jobs_->run<Composed>(
        [order = *std::exchange(next_, std::nullopt)](const CancellationToken&, const ProgressSink&)
            -> Result<Composed> { return std::make_shared<const ComposedReport>(composed_report(order)); },
        [this](Result<Composed> made) {
            if (next_) return begin_next();
            if (!made) return;
            report_ = std::move(*made);
            Q_EMIT composed();
            if (!next_) draw_pictures();
        });
}

void ReportComposer::draw_pictures() {
    struct Wanted {
        QString name;
        std::string json;
        charts::Chart chart;
    };
    std::vector<Wanted> wanted;
    pictures_.clear();
    for (const report::Section& section : report_->shown.sections) {
        for (const report::Block& block : section.blocks) {
            const auto* figure = std::get_if<report::Figure>(&block);
            if (figure == nullptr) continue;
            const QString name = QString::fromStdString(figure->name);
            std::string json = charts::chart_to_json(figure->chart);
            if (const auto known = drawn_.find(json); known != drawn_.end()) {
                pictures_[name] = known->second;
            } else {
                wanted.push_back({name, std::move(json), figure->chart});
            }
        }
    }
    if (!pictures_.empty()) Q_EMIT pictures_drawn();
    if (wanted.empty() || jobs_->running()) return;
    using Drawn = std::vector<std::pair<Wanted, QImage>>;
    jobs_->run<Drawn>(
        [wanted = std::move(wanted)](const CancellationToken& token, const ProgressSink&) -> Result<Drawn> {
            Drawn drawn;
            for (const Wanted& figure : wanted) {
                // What was drawn before the order was withdrawn is of use for the next one.
                if (token.cancelled()) break;
                auto image = render::render_image(figure.chart, picture_dpi);
                if (!image) return tl::unexpected(image.error());
                drawn.emplace_back(figure, std::move(*image));
            }
            return drawn;
        },
        [this](Result<Drawn> drawn) {
            if (drawn && drawn_.size() + drawn->size() > most_drawn) drawn_.clear();
            if (drawn) {
                for (auto& [figure, image] : *drawn) {
                    pictures_[figure.name] = image;
                    drawn_[figure.json] = std::move(image);
                }
            }
            if (next_) return begin_next();
            Q_EMIT pictures_drawn();
        });
}

}  // namespace twinfirm::ui
