// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/live_preview.h"

#include <QElapsedTimer>
#include <utility>

#include "study/open_study.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::ui {

namespace {

constexpr int pause_after_edit = 400;  // milliseconds
constexpr double cheap = 1;            // seconds

}  // namespace

LivePreview::LivePreview(OpenStudy& study) : study_(study), preview_(std::make_shared<app::BalancePreview>()) {
    pause_.setSingleShot(true);
    pause_.setInterval(pause_after_edit);
    connect(&pause_, &QTimer::timeout, this, &LivePreview::start);
    connect(&study_, &OpenStudy::specification_changed, this, &LivePreview::restart);
    connect(&study_, &OpenStudy::data_replaced, this, [this] {
        preview_ = std::make_shared<app::BalancePreview>();
        cost_.reset();
        restart();
    });
    connect(&study_, &OpenStudy::evaluation_changed, this, &LivePreview::restart);
    study_.add_reader(jobs_);
    connect(&study_.jobs(), &JobRunner::finished, this, &LivePreview::go_on);
}

bool LivePreview::can_compute() const {
    return study_.can_run() && !study_.result_is_current();
}

bool LivePreview::wanted() const {
    return !fresh_ && !error_ && (asked_ || (cost_ && *cost_ < cheap)) && can_compute();
}

void LivePreview::restart() {
    ++version_;
    jobs_.cancel();
    fresh_ = false;
    error_.reset();
    asked_ = false;
    pause_.stop();
    if (wanted()) {
        pause_.start();
    } else {
        evaluation_.reset();
    }
    Q_EMIT changed();
}

void LivePreview::go_on() {
    if (!wanted() || pending()) return;
    pause_.start();
    Q_EMIT changed();
}

void LivePreview::compute() {
    asked_ = true;
    start();
    Q_EMIT changed();
}

void LivePreview::start() {
    if (!wanted()) return;
    struct Preview {
        evaluation::Evaluation evaluation;
        double seconds;
    };
    const int version = version_;
    const bool started = jobs_.run<Preview>(
        [preview = preview_, path = study_.project_file(), specification = study_.specification()](
            const CancellationToken& token, const ProgressSink& progress) -> Result<Preview> {
            // A connection of its own: the project itself is used by one thread at a time.
            const auto project = app::open_project(path, app::Access::read_only);
            if (!project) return tl::unexpected(project.error());
            QElapsedTimer clock;
            clock.start();
            // Reading the data takes long once; what comes again with every change is what counts.
            const ProgressSink stages = [&](std::string_view stage, double done) {
                if (stage == "matching") clock.restart();
                report_progress(progress, stage, done);
            };
            auto evaluation = preview->compute(*project, specification, 0, token, stages);
            if (!evaluation) return tl::unexpected(evaluation.error());
            return Preview{std::move(*evaluation), static_cast<double>(clock.elapsed()) / 1000};
        },
        [this, version](Result<Preview> preview) {
            if (preview) cost_ = preview->seconds;
            if (version != version_ || (!preview && preview.error().kind == ErrorKind::cancelled)) return go_on();
            fresh_ = preview.has_value();
            if (preview) {
                evaluation_ = std::make_shared<const evaluation::Evaluation>(std::move(preview->evaluation));
            } else {
                evaluation_.reset();
                error_ = preview.error();
            }
            Q_EMIT changed();
        });
    // The former one has been cancelled and is about to end.
    if (!started) pause_.start();
}

}  // namespace twinfirm::ui
