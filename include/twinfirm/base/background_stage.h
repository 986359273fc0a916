// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// A ring of buffers between a thread that fills them and one of its own that works on them, in the order of filling:
/// the next stage of a stream whose stages should not wait for each other. Buffers are used again, so that nothing is
/// allocated on the way; how a buffer is emptied before it is filled anew is the filler's.
///
/// After the first failure of the work nothing more is worked on, and every call returns that failure; an exception of
/// the work is thrown again by the call that finds it. The destructor gives up what is still waiting.
template <class Buffer>
class BackgroundStage {
  public:
    using Work = std::function<Status(Buffer&)>;

    /// @param buffers  at least two
    BackgroundStage(std::size_t buffers, Work work)
        : buffers_(buffers), work_(std::move(work)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

    BackgroundStage(const BackgroundStage&) = delete;
    BackgroundStage& operator=(const BackgroundStage&) = delete;
    ~BackgroundStage() = default;

    /// The buffer to be filled; it is the filler's until it is handed over.
    [[nodiscard]] Buffer& buffer() { return buffers_[filled_ % buffers_.size()]; }

    /// Gives the filled buffer to the work and waits until another one is free.
    [[nodiscard]] Status hand_over() {
        {
            const std::scoped_lock lock(mutex_);
            ++filled_;
        }
        changed_.notify_all();
        return wait_until([this] { return filled_ - worked_on_ < buffers_.size(); });
    }

    /// Waits until all that was handed over has been worked on.
    [[nodiscard]] Status drain() {
        return wait_until([this] { return filled_ == worked_on_; });
    }

  private:
    template <class Condition>
    [[nodiscard]] Status wait_until(const Condition& condition) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return condition() || !outcome_ || thrown_; });
        if (thrown_) std::rethrow_exception(thrown_);
        return outcome_;
    }

    void run(const std::stop_token& stop) {
        for (;;) {
            {
                std::unique_lock lock(mutex_);
                if (!changed_.wait(lock, stop, [this] { return filled_ > worked_on_; })) return;
            }
            // Only this thread moves `worked_on_`.
            Status done;
            std::exception_ptr thrown;
            try {
                done = work_(buffers_[worked_on_ % buffers_.size()]);
            } catch (...) {
                thrown = std::current_exception();
            }
            const bool failed = !done || thrown;
            {
                const std::scoped_lock lock(mutex_);
                ++worked_on_;
                outcome_ = std::move(done);
                thrown_ = thrown;
            }
            changed_.notify_all();
            if (failed) return;
        }
    }

    std::vector<Buffer> buffers_;
    Work work_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::size_t filled_ = 0;
    std::size_t worked_on_ = 0;
    Status outcome_;
    std::exception_ptr thrown_;
    std::jthread thread_;  ///< the last member: it is stopped and joined before the others go
};

}  // namespace twinfirm
