// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/atomic_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/test_folder.h"

namespace twinfirm {

class AtomicFile : public TestFolder {};

TEST_F(AtomicFile, WritesAndReplaces) {
    const auto path = folder_ / u8"결과 표.csv";
    ASSERT_TRUE(write_file_atomically(path, "one"));
    ASSERT_TRUE(write_file_atomically(path, "two"));
    EXPECT_EQ(read_whole_file(path).value(), "two");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 1);
}

TEST_F(AtomicFile, OnlyTheOwnerMayRead) {
    const auto path = folder_ / "private";
    ASSERT_TRUE(write_file_atomically(path, "x"));
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(AtomicFile, AFolderThatIsNotThereIsAnAccessError) {
    const auto status = write_file_atomically(folder_ / "no" / "file", "x");
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, "file_not_writable");
    EXPECT_EQ(status.error().kind, ErrorKind::access);
}

TEST_F(AtomicFile, ReadingWhatIsNotThereOrIsAFolder) {
    EXPECT_EQ(read_whole_file(folder_ / "no").error().code, "file_not_found");
    EXPECT_EQ(read_whole_file(folder_).error().code, "file_not_readable");
}

}  // namespace twinfirm
