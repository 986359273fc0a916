// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>  // NOLINT: mkdtemp is not in <cstdlib>

#include <filesystem>
#include <string>
#include <system_error>

namespace twinfirm {

/// A test with an empty folder of its own, removed at its end.
class TestFolder : public ::testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "twinfirm-test-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder_ = pattern;
    }
    void TearDown() override {
        std::error_code failure;
        std::filesystem::remove_all(folder_, failure);
    }

    std::filesystem::path folder_;
};

}  // namespace twinfirm
