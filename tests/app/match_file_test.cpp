// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/match_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/message_search.h"
#include "base/test_folder.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::app {

namespace {

class MatchFile : public TestFolder {
  protected:
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
};

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
    EXPECT_FALSE(tells(messages, "match_firm_in_several_rows"));
    EXPECT_FALSE(tells(messages, "match_firm_year_repeated"));
    EXPECT_FALSE(tells(messages, "match_effect_not_available"));
    EXPECT_FALSE(tells(messages, "match_effect_without_error"));
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
