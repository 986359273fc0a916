// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/table_layout.h"

#include <gtest/gtest.h>

namespace twinfirm::ingest {
namespace {

TEST(DetectLayout, FindsTheDelimiter) {
    EXPECT_EQ(detect_layout("a,b\n1,2\n").dialect.delimiter, ',');
    EXPECT_EQ(detect_layout("a\tb\n1\t2,5\n").dialect.delimiter, '\t');
    EXPECT_EQ(detect_layout("id;매출\n1;1.234,50\n2;0,75\n").dialect.delimiter, ';');
    EXPECT_EQ(detect_layout("a|b|c\n1|2|3\n").dialect.delimiter, '|');
    EXPECT_EQ(detect_layout("a,b\n\"x|y\",2\n\"x|z\",3\n").dialect.delimiter, ',');
    EXPECT_FALSE(detect_layout("a,b\n1,2\n").unusual_delimiter);
    const TableLayout tilde = detect_layout("a~b\n1~2\n");
    EXPECT_EQ(tilde.dialect.delimiter, '~');
    EXPECT_TRUE(tilde.unusual_delimiter);
    const TableLayout stated = detect_layout("sep=;\na;b\n1;2\n");
    EXPECT_EQ(stated.dialect.delimiter, ';');
    EXPECT_EQ(stated.preamble_lines, 1);
}

TEST(DetectLayout, PassesOverTitlesAndUnitLines) {
    const TableLayout layout = detect_layout("2017년 현황,,\n\n,,(단위: 백만원)\n기업명,매출액,고용\n가,1,2\n나,3,4\n");
    EXPECT_EQ(layout.preamble_lines, 3);
    EXPECT_EQ(layout.unit, "백만원");
    EXPECT_EQ(layout.preamble, (std::vector<std::string>{"2017년 현황", "(단위: 백만원)"}));
    EXPECT_EQ(layout.header_cells, (std::vector<std::string>{"기업명", "매출액", "고용"}));
    EXPECT_FALSE(layout.header_doubtful);
    EXPECT_EQ(layout.header_rows, 1U);
}

TEST(DetectLayout, TellsWhereTheHeaderIsDoubtful) {
    EXPECT_TRUE(detect_layout("2014,2015\n1,2\n").header_doubtful);
    EXPECT_TRUE(detect_layout("1,가\n2,나\n").header_doubtful);
    EXPECT_FALSE(detect_layout("기업,2014,2015\n가,1,2\n").header_doubtful);
    EXPECT_FALSE(detect_layout("id,,,\n1,2,3,4\n").header_doubtful);
    EXPECT_EQ(detect_layout(",,2014,,2015,\nid,기업명,매출,고용,매출,고용\n1,가,1,2,3,4\n").header_rows, 2U);
}

TEST(DetectLayout, TakesOneColumnToo) {
    const TableLayout layout = detect_layout("기업명\n가나\n다라\n");
    EXPECT_EQ(layout.columns, 1U);
    EXPECT_EQ(layout.preamble_lines, 0);
}

TEST(Rows, FootnotesAndTotalsAreKnown) {
    EXPECT_TRUE(is_footnote({"주) 잠정치", "", ""}));
    EXPECT_TRUE(is_footnote({"자료: 가상"}));
    EXPECT_FALSE(is_footnote({"주) 잠정치", "1"}));
    EXPECT_FALSE(is_footnote({"주식회사 가나"}));
    EXPECT_TRUE(is_total_row({"", "합계", "10"}));
    EXPECT_FALSE(is_total_row({"합계상사", "10"}));
}

}  // namespace
}  // namespace twinfirm::ingest
