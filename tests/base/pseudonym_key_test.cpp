// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/base/pseudonym_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

namespace twinfirm {

namespace {

class PseudonymKeyFile : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-key-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    [[nodiscard]] std::filesystem::path path() const { return folder_ / "deep" / "pseudonym.key"; }

    std::filesystem::path folder_;
};

TEST_F(PseudonymKeyFile, IsMadeOnceAndPrivate) {
    const mode_t old = ::umask(0);
    const auto made = PseudonymKey::load_or_create(path());
    ::umask(old);
    ASSERT_TRUE(made);
    struct stat status {};
    ASSERT_EQ(::stat(path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(path().parent_path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path().parent_path()), {}), 1);

    const auto again = PseudonymKey::load_or_create(path());
    ASSERT_TRUE(again);
    EXPECT_EQ(made->pseudonym("brn", "1"), again->pseudonym("brn", "1"));
    EXPECT_EQ(made->identification().size(), 16U);

    std::filesystem::remove(path());
    const auto other = PseudonymKey::load_or_create(path());
    ASSERT_TRUE(other);
    EXPECT_NE(made->pseudonym("brn", "1"), other->pseudonym("brn", "1"));
}

TEST_F(PseudonymKeyFile, IsRefusedWhenOthersCanReadItOrItIsNoKey) {
    ASSERT_TRUE(PseudonymKey::load_or_create(path()));
    ::chmod(path().c_str(), 0644);
    const auto open = PseudonymKey::load_or_create(path());
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, "key_file_not_private");
    std::ofstream(path()) << "no key\n";
    ::chmod(path().c_str(), 0600);
    const auto malformed = PseudonymKey::load_or_create(path());
    ASSERT_FALSE(malformed);
    EXPECT_EQ(malformed.error().code, "key_file_malformed");
}

}  // namespace

}  // namespace twinfirm
