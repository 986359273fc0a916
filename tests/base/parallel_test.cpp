// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace twinfirm {

TEST(Parallel, EveryElementOnceForAnyNumberOfThreads) {
    for (const unsigned threads : {0U, 1U, 2U, 7U}) {
        std::vector<std::atomic<int>> seen(1003);
        parallel_chunks(seen.size(), 10, threads, [&](std::size_t begin, std::size_t end) {
            EXPECT_EQ(begin % 10, 0U);
            for (std::size_t i = begin; i < end; ++i) ++seen[i];
        });
        for (const auto& count : seen) EXPECT_EQ(count, 1);
    }
}

TEST(Parallel, NothingToDoCallsNobody) {
    parallel_chunks(0, 10, 2, [](std::size_t, std::size_t) { FAIL(); });
}

TEST(Parallel, AnExceptionReachesTheCaller) {
    EXPECT_THROW(parallel_chunks(100, 1, 2,
                                 [](std::size_t begin, std::size_t) {
                                     if (begin == 50) throw std::runtime_error("here");
                                 }),
                 std::runtime_error);
}

}  // namespace twinfirm
