// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_runner.h"

#include <sys/resource.h>

#include <QCoreApplication>
#include <QEvent>
#include <QMetaObject>
#include <exception>
#include <string>
#include <string_view>

namespace twinfirm::ui {

namespace {

constexpr qint64 progress_interval_ms = 40;

/// The window goes first where there are fewer cores than threads. Threads that the work starts are as polite as this
/// one. (The priorities of QThread do nothing under Linux's usual scheduler; there a nice value is a thread's own.)
void give_the_window_precedence() {
    constexpr int niceness = 5;
    setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + niceness);
}

}  // namespace

JobRunner::JobRunner(QObject* parent) : QObject(parent), worker_(new QObject) {
    worker_->moveToThread(&thread_);
    connect(&thread_, &QThread::started, worker_, give_the_window_precedence);
    connect(&thread_, &QThread::finished, worker_, &QObject::deleteLater);
    thread_.start();
}

JobRunner::~JobRunner() {
    token_.cancel();
    thread_.quit();
    // A job that draws waits for this thread to put its plots together, and hands them back to it.
    constexpr unsigned long pause = 5;  // milliseconds
    while (!thread_.wait(pause)) QCoreApplication::sendPostedEvents(QCoreApplication::instance(), QEvent::MetaCall);
    QCoreApplication::sendPostedEvents(QCoreApplication::instance(), QEvent::MetaCall);
}

void JobRunner::cancel() {
    token_.cancel();
}

bool JobRunner::start(Work work, std::function<void(const Error&)> refuse, std::function<void()> done) {
    if (running_) return false;
    running_ = true;
    token_ = CancellationToken();
    clock_.start();
    Q_EMIT started();

    const auto finish = [this, done = std::move(done)] {
        running_ = false;
        Q_EMIT finished();
        done();
    };
    const auto shared_work = std::make_shared<Work>(std::move(work));
    const auto task = [this, token = token_, shared_work, refuse = std::move(refuse), finish] {
        QElapsedTimer since_report;
        std::string last_stage;
        // A report for each row would drown the window's event queue.
        const ProgressSink progress = [&](std::string_view stage, double part) {
            if (stage == last_stage && since_report.isValid() && since_report.elapsed() < progress_interval_ms) return;
            last_stage = stage;
            since_report.start();
            QMetaObject::invokeMethod(
                this,
                [this, text = QString::fromUtf8(stage.data(), static_cast<qsizetype>(stage.size())), part] {
                    if (running_) Q_EMIT progressed(text, part);
                },
                Qt::QueuedConnection);
        };
        try {
            (*shared_work)(token, progress);
        } catch (const std::exception& exception) {
            refuse(Error{ErrorKind::statistics, "unexpected_failure", {{"reason", exception.what()}}, {}, 0, 0});
        }
        // What the work held is let go before anybody learns that it is over.
        *shared_work = nullptr;
        QMetaObject::invokeMethod(this, finish, Qt::QueuedConnection);
    };
    QMetaObject::invokeMethod(worker_, task, Qt::QueuedConnection);
    return true;
}

}  // namespace twinfirm::ui
