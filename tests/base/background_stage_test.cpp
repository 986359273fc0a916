// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/background_stage.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <vector>

namespace {

using twinfirm::BackgroundStage;
using twinfirm::ErrorKind;
using twinfirm::Status;

TEST(BackgroundStage, WorksOnBuffersInTheOrderOfFilling) {
    std::vector<int> seen;
    BackgroundStage<int> stage(2, [&](int& value) -> Status {
        seen.push_back(value);
        return {};
    });
    std::vector<int> expected;
    for (int i = 0; i < 1000; ++i) {
        stage.buffer() = i;
        expected.push_back(i);
        ASSERT_TRUE(stage.hand_over().has_value());
    }
    ASSERT_TRUE(stage.drain().has_value());
    EXPECT_EQ(seen, expected);
}

TEST(BackgroundStage, StopsAtTheFirstFailureAndTellsIt) {
    std::atomic<int> worked = 0;
    BackgroundStage<int> stage(3, [&](int& value) -> Status {
        ++worked;
        if (value == 5) return twinfirm::fail(ErrorKind::input, "disk_full");
        return {};
    });
    Status status;
    for (int i = 0; i < 100 && status; ++i) {
        stage.buffer() = i;
        status = stage.hand_over();
    }
    if (status) status = stage.drain();
    ASSERT_FALSE(status.has_value());
    EXPECT_EQ(status.error().code, "disk_full");
    EXPECT_EQ(worked, 6);
    EXPECT_FALSE(stage.drain().has_value());
}

TEST(BackgroundStage, ThrowsTheWorksExceptionAgain) {
    BackgroundStage<int> stage(2, [](int&) -> Status { throw std::runtime_error("no memory"); });
    EXPECT_THROW(
        {
            Status status = stage.hand_over();
            if (status) status = stage.drain();
        },
        std::runtime_error);
}

TEST(BackgroundStage, EndsWithBuffersStillWaiting) {
    std::atomic<int> worked = 0;
    {
        BackgroundStage<int> stage(4, [&](int&) -> Status {
            ++worked;
            return {};
        });
        for (int i = 0; i < 3; ++i) ASSERT_TRUE(stage.hand_over().has_value());
    }
    EXPECT_LE(worked, 3);
}

}  // namespace
