// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QThread>
#include <functional>
#include <memory>
#include <utility>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"

namespace twinfirm::ui {

/// Long work on one worker thread, so that the window never waits. One job at a time: what a job holds (a project) is
/// used by no other thread meanwhile.
class JobRunner : public QObject {
    Q_OBJECT

  public:
    explicit JobRunner(QObject* parent = nullptr);
    /// Cancels the job and waits for it.
    ~JobRunner() override;

    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] qint64 elapsed_milliseconds() const { return running_ ? clock_.elapsed() : 0; }

    /// Does `work` on the worker thread and `done` with its result on this one. False: another job is running, nothing
    /// was started.
    template <class T>
    bool run(std::function<Result<T>(const CancellationToken&, const ProgressSink&)> work,
             std::function<void(Result<T>)> done) {
        const auto result = std::make_shared<Result<T>>(fail(ErrorKind::cancelled, "cancelled"));
        return start(
            [work = std::move(work), result](const CancellationToken& token, const ProgressSink& progress) {
                *result = work(token, progress);
            },
            [result](const Error& error) { *result = tl::unexpected(error); },
            [done = std::move(done), result] { done(std::move(*result)); });
    }

    void cancel();

  Q_SIGNALS:
    void started();
    /// Stage code (its text is the message `stage_<code>`) and the part done, 0 to 1.
    void progressed(const QString& stage, double done);
    void finished();

  private:
    using Work = std::function<void(const CancellationToken&, const ProgressSink&)>;

    bool start(Work work, std::function<void(const Error&)> refuse, std::function<void()> done);

    QThread thread_;
    QObject* worker_;  ///< lives on thread_
    CancellationToken token_;
    QElapsedTimer clock_;
    bool running_ = false;
};

}  // namespace twinfirm::ui
