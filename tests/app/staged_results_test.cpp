// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/staged_results.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {
namespace {

namespace fs = std::filesystem;

class StagedResultsTest : public testing::Test {
  protected:
    void SetUp() override {
        folder_ = fs::temp_directory_path() /
                  (std::string("twinfirm-staged-") + testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    static void write(const fs::path& path, const std::string& text) {
        fs::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << text;
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
            if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), folder_).generic_string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }

    fs::path folder_;
};

TEST_F(StagedResultsTest, ReplaceTheFormerFilesAllAtTheEnd) {
    write(folder_ / "result.json", "old");
    write(folder_ / "notes.txt", "the analyst's own");
    auto staged = StagedResults::begin(folder_);
    ASSERT_TRUE(staged) << staged.error().code;
    write(staged->staging() / "result.json", "new");
    write(staged->staging() / "charts" / "flow.png", "picture");
    EXPECT_EQ(read_whole_file(folder_ / "result.json").value(), "old");
    ASSERT_TRUE(staged->put_in_place({}));
    EXPECT_EQ(read_whole_file(folder_ / "result.json").value(), "new");
    EXPECT_EQ(files(), (std::vector<std::string>{"charts/flow.png", "notes.txt", "result.json"}));
}

TEST_F(StagedResultsTest, LeaveNothingBehindWhenTheyAreGivenUp) {
    write(folder_ / "result.json", "old");
    {
        const auto staged = StagedResults::begin(folder_);
        ASSERT_TRUE(staged);
        write(staged->staging() / "result.json", "half");
    }
    EXPECT_EQ(files(), std::vector<std::string>{"result.json"});
    EXPECT_EQ(read_whole_file(folder_ / "result.json").value(), "old");
    // A folder that was not there before is not there afterwards.
    { ASSERT_TRUE(StagedResults::begin(folder_ / "new")); }
    EXPECT_FALSE(fs::exists(folder_ / "new"));
}

TEST_F(StagedResultsTest, TakeListsAwayThatMustNotLeaveAnyMore) {
    write(folder_ / "lists" / "odd_values.csv", "firms");
    write(folder_ / "lists" / "own.csv", "the analyst's own");
    evaluation::Evaluation evaluation;
    evaluation.lists.emplace_back();
    evaluation.lists.back().code = "odd_values";
    evaluation.disclosure.enabled = true;
    auto staged = StagedResults::begin(folder_);
    ASSERT_TRUE(staged);
    ASSERT_TRUE(staged->put_in_place(evaluation));
    EXPECT_EQ(files(), std::vector<std::string>{"lists/own.csv"});
}

TEST_F(StagedResultsTest, SayWhereTheyCannotBeWritten) {
    write(folder_ / "file", "no folder");
    const auto staged = StagedResults::begin(folder_ / "file");
    ASSERT_FALSE(staged);
    EXPECT_EQ(staged.error().kind, ErrorKind::access);
}

}  // namespace
}  // namespace twinfirm::app
