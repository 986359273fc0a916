// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/job_runner.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <QSignalSpy>
#include <QTest>
#include <chrono>
#include <new>
#include <thread>
#include <utility>

namespace twinfirm::ui {
namespace {

TEST(JobRunner, HandsBackTheResultOnTheCallersThread) {
    JobRunner jobs;
    int result = 0;
    const auto caller = std::this_thread::get_id();
    std::thread::id worker;
    std::thread::id back;
    ASSERT_TRUE(jobs.run<int>(
        [&](const CancellationToken&, const ProgressSink&) -> Result<int> {
            worker = std::this_thread::get_id();
            return 42;
        },
        [&](Result<int> value) {
            back = std::this_thread::get_id();
            result = value.value_or(-1);
        }));
    EXPECT_TRUE(jobs.running());
    ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.running(); }));
    EXPECT_EQ(result, 42);
    EXPECT_EQ(back, caller);
    EXPECT_NE(worker, caller);
}

TEST(JobRunner, TheWindowGoesBeforeTheWork) {
    const auto niceness = [] { return getpriority(PRIO_PROCESS, 0); };
    JobRunner jobs;
    int of_work = niceness();
    int of_helper = of_work;
    jobs.run<bool>(
        [&](const CancellationToken&, const ProgressSink&) -> Result<bool> {
            of_work = niceness();
            std::thread([&] { of_helper = niceness(); }).join();
            return true;
        },
        [](const Result<bool>&) {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.running(); }));
    EXPECT_GT(of_work, niceness());
    EXPECT_EQ(of_helper, of_work);
}

TEST(JobRunner, CancelsWithinHalfASecond) {
    JobRunner jobs;
    Result<int> result = 0;
    jobs.run<int>(
        [](const CancellationToken& token, const ProgressSink& progress) -> Result<int> {
            for (int i = 0;; ++i) {
                TWINFIRM_TRY(token.check());
                report_progress(progress, "load", 0.001 * (i % 1000));
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        },
        [&](Result<int> value) { result = std::move(value); });
    QSignalSpy progressed(&jobs, &JobRunner::progressed);
    ASSERT_TRUE(QTest::qWaitFor([&] { return progressed.count() > 1; }));
    QElapsedTimer clock;
    clock.start();
    jobs.cancel();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.running(); }));
    EXPECT_LT(clock.elapsed(), 500);
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().kind, ErrorKind::cancelled);
}

TEST(JobRunner, RefusesASecondJob) {
    JobRunner jobs;
    const auto work = [](const CancellationToken&, const ProgressSink&) -> Result<int> { return 1; };
    EXPECT_TRUE(jobs.run<int>(work, [](Result<int>) {}));
    EXPECT_FALSE(jobs.run<int>(work, [](Result<int>) { ADD_FAILURE(); }));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.running(); }));
}

TEST(JobRunner, AnExceptionBecomesAnError) {
    JobRunner jobs;
    Result<int> result = 0;
    jobs.run<int>([](const CancellationToken&, const ProgressSink&) -> Result<int> { throw std::bad_alloc(); },
                  [&](Result<int> value) { result = std::move(value); });
    ASSERT_TRUE(QTest::qWaitFor([&] { return !jobs.running(); }));
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().code, "unexpected_failure");
}

}  // namespace
}  // namespace twinfirm::ui
