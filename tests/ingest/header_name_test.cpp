// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/header_name.h"

#include <gtest/gtest.h>

namespace twinfirm::ingest {
namespace {

TEST(DisplayName, IsOneCleanLine) {
    EXPECT_EQ(display_name("\u200Bid"), "id");
    EXPECT_EQ(display_name("기업명\u00A0 "), "기업명");
    EXPECT_EQ(display_name("매출\u3000액"), "매출 액");
    EXPECT_EQ(display_name("매출액\r\n(백만원)"), "매출액 (백만원)");
    EXPECT_EQ(display_name("\u1106\u1162\u110E\u116E\u11AF"), "매출");
}

TEST(ComparableName, LeavesOutUnitsSpacesAndPunctuation) {
    EXPECT_EQ(comparable_name("매출액 (백만원)"), "매출액");
    EXPECT_EQ(comparable_name("매출액（백만원）"), "매출액");
    EXPECT_EQ(comparable_name("매출액[단위: 천원]"), "매출액");
    EXPECT_EQ(comparable_name("생산성(도입전)"), "생산성도입전");
    EXPECT_EQ(comparable_name("Firm_ID"), "firmid");
    EXPECT_EQ(comparable_name("시·도"), "시도");
}

TEST(Units, AreFoundInHeadersAndLines) {
    EXPECT_EQ(unit_in_header("매출액(백만원)"), "백만원");
    EXPECT_EQ(unit_in_header("불량률(%)"), "%");
    EXPECT_EQ(unit_in_header("생산성(도입전)"), "");
    EXPECT_EQ(unit_in_line("(단위: 백만원)"), "백만원");
    EXPECT_EQ(unit_in_line("(단위 : 명, 천원)"), "천원");
    EXPECT_EQ(unit_in_line("단위: 천원, 백만원"), "");
    EXPECT_EQ(unit_in_line("2017년 현황"), "");
    EXPECT_EQ(won_power("억원"), 8);
    EXPECT_EQ(won_power("천달러"), -1);
}

TEST(Trim, TakesAllKindsOfSpaceOffTheEnds) {
    EXPECT_EQ(trim(" \u3000\u00A0가 나\t\u200B"), "가 나");
    EXPECT_EQ(trim("x"), "x");
    EXPECT_EQ(trim("  "), "");
    EXPECT_TRUE(has_invisible_characters("\u202E가"));
    EXPECT_FALSE(has_invisible_characters("가 나"));
}

}  // namespace
}  // namespace twinfirm::ingest
