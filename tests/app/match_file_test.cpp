// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/match_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {

namespace {

class MatchFile : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-match-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] Messages messages_of(const std::string& csv) const {
        MatchRequest request;
        request.file = folder_ / "data.csv";
        EXPECT_TRUE(write_file_atomically(request.file, csv));
        request.formula = "treated ~ emp";
        request.outcomes = {"y"};
        const auto summary = match_file(request, folder_ / "out");
        EXPECT_TRUE(summary) << summary.error().code;
        return summary ? summary->messages : Messages{};
    }

    std::filesystem::path folder_;
};

std::int64_t count_of(const Messages& messages, const std::string& code) {
    const auto at = std::find_if(messages.begin(), messages.end(), [&](const Message& m) { return m.code == code; });
    return at == messages.end() ? -1 : at->count;
}

}  // namespace

TEST_F(MatchFile, TellsThatARowIsNoFirmInAPanel) {
    const Messages messages = messages_of(
        "기업ID,연도,emp,treated,y\n"
        "A,2014,10,1,5\nA,2015,12,1,6\nB,2014,11,0,4\nB,2014,14,0,5\nC,2014,13,1,3\nD,2014,9,0,2\n");
    EXPECT_EQ(count_of(messages, "match_firm_in_several_rows"), 2);
    EXPECT_EQ(count_of(messages, "match_firm_year_repeated"), 1);
}

TEST_F(MatchFile, SaysNothingOfFirmsWithOneRow) {
    const Messages messages = messages_of(
        "기업ID,연도,emp,treated,y\nA,2014,10,1,5\nB,2014,12,1,6\nC,2014,11,0,4\nD,2014,14,0,5\nE,2014,13,1,3\n"
        "F,2014,9,0,2\n");
    EXPECT_EQ(count_of(messages, "match_firm_in_several_rows"), -1);
    EXPECT_EQ(count_of(messages, "match_firm_year_repeated"), -1);
    EXPECT_EQ(count_of(messages, "match_effect_not_available"), -1);
    EXPECT_EQ(count_of(messages, "match_effect_without_error"), -1);
}

TEST_F(MatchFile, TellsOfAnOutcomeWithoutValues) {
    EXPECT_EQ(count_of(messages_of("firm,emp,treated,y\nA,10,1,\nB,12,1,\nC,11,0,4\nD,14,0,5\nE,13,1,\nF,9,0,2\n"),
                       "match_effect_not_available"),
              0);
}

TEST_F(MatchFile, OnePairHasNoStandardError) {
    EXPECT_EQ(count_of(messages_of("firm,emp,treated,y\nA,10,1,7\nB,12,0,6\nC,11,0,4\nD,9,0,2\nE,8,0,3\n"),
                       "match_effect_without_error"),
              1);
}

}  // namespace twinfirm::app
