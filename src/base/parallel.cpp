// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace twinfirm {

void parallel_chunks(std::size_t count, std::size_t chunk, unsigned threads,
                     const std::function<void(std::size_t begin, std::size_t end)>& work) {
    if (count == 0) return;
    chunk = std::max<std::size_t>(chunk, 1);
    const std::size_t pieces = (count + chunk - 1) / chunk;
    if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
    threads = static_cast<unsigned>(std::min<std::size_t>(threads, pieces));

    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failure_guard;
    const auto run = [&] {
        for (std::size_t piece = next++; piece < pieces; piece = next++) {
            try {
                work(piece * chunk, std::min(count, (piece + 1) * chunk));
            } catch (...) {
                const std::scoped_lock lock(failure_guard);
                if (!failure) failure = std::current_exception();
                next = pieces;
            }
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < threads; ++i) helpers.emplace_back(run);
        run();
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace twinfirm
