// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_conversion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/message_search.h"
#include "ingest_test_files.h"
#include "twinfirm/base/atomic_file.h"

namespace twinfirm::ingest {
namespace {

struct Converted {
    std::string text;
    CsvConversion done;
    std::string error;
};

Converted convert(const std::string& bytes) {
    const FileOnDisk file(bytes);
    const FileOnDisk out("old", "out.csv");
    const auto done = convert_csv(file.path(), out.path());
    Converted converted;
    converted.text = read_whole_file(out.path()).value();
    if (done) {
        converted.done = *done;
    } else {
        converted.error = done.error().code;
    }
    return converted;
}

std::string text_of(const std::string& bytes) {
    return convert(bytes).text;
}

TEST(ConvertCsv, WritesPlainCsvWithValuesAsTheyStand) {
    EXPECT_EQ(text_of("\xEF\xBB\xBFid;\"na;me\"\n007;\" x \"\n"), "id,na;me\r\n007,\" x \"\r\n");
    EXPECT_EQ(text_of("a\tb\r1,5\t\"say \"\"x\"\"\"\r"), "a,b\r\n\"1,5\",\"say \"\"x\"\"\"\r\n");
    EXPECT_EQ(text_of("\xB1\xE2\xBE\xF7,b\n1,2\n"), "기업,b\r\n1,2\r\n");
    EXPECT_EQ(text_of("1,2\n3,4\n"), "1,2\r\n3,4\r\n");
    EXPECT_EQ(text_of(""), "");
}

TEST(ConvertCsv, LeavesTheOldFileWhereItRefuses) {
    const Converted refused = convert("\x89PNG\r\n\x1A\n");
    EXPECT_EQ(refused.error, "file_not_text");
    EXPECT_EQ(refused.text, "old");
    EXPECT_EQ(convert("\n\n\n").error, "file_no_data");
}

TEST(ConvertCsv, TakesTheTableOutOfItsSurroundings) {
    const Converted converted = convert(
        "2017년 현황,,\n\n(단위: 백만원),,\n기업명,매출,고용\n가,1,2\n\n나,3,4\n다,5,6\n\n주) 잠정치\n자료: 가상,,\n");
    EXPECT_EQ(converted.text, "기업명,매출,고용\r\n가,1,2\r\n나,3,4\r\n다,5,6\r\n");
    EXPECT_EQ(converted.done.preamble_lines, 3);
    EXPECT_TRUE(tells(converted.done.messages, "converted_footnotes"));
}

TEST(ConvertCsv, MergesHeaderRows) {
    EXPECT_EQ(text_of(",,2014,,2015,\nid,기업,매출,고용,매출,고용\n1,가,1,2,3,4\n2,나,1,2,3,4\n3,다,1,2,3,4\n"),
              "id,기업,2014 매출,2014 고용,2015 매출,2015 고용\r\n1,가,1,2,3,4\r\n2,나,1,2,3,4\r\n3,다,1,2,3,4\r\n");
    EXPECT_EQ(text_of("id,x,y\n코드,백만원,명\n가,1,2\n나,3,4\n다,5,6\n"),
              "id 코드,x 백만원,y 명\r\n가,1,2\r\n나,3,4\r\n다,5,6\r\n");
}

TEST(ConvertCsv, WritesTheFirstOfSeveralTablesAndNamesTheOthers) {
    const Converted apart = convert("id,x,y\na,1,2\nb,3,4\nc,5,6\n\n둘째 표\nk,v\np,7\nq,8\n");
    EXPECT_EQ(apart.text, "id,x,y\r\na,1,2\r\nb,3,4\r\nc,5,6\r\n");
    ASSERT_TRUE(tells(apart.done.messages, "converted_further_table"));
    EXPECT_EQ(apart.done.messages.back().arguments.at("line"), "6");
    const Converted below = convert("id,x,y\na,1,2\nb,3,4\nc,5,6\nid,x,y,z\na,1,2,3\n");
    EXPECT_EQ(below.text, "id,x,y\r\na,1,2\r\nb,3,4\r\nc,5,6\r\n");
    const Converted repeated = convert("id,x,y\na,1,2\nb,3,4\nid,x,y\nc,5,6\n");
    EXPECT_EQ(repeated.text, "id,x,y\r\na,1,2\r\nb,3,4\r\nc,5,6\r\n");
    EXPECT_TRUE(tells(repeated.done.messages, "converted_header_repeated"));
}

TEST(ConvertCsv, ReadsOtherQuotesEscapesAndPadding) {
    EXPECT_EQ(text_of("id,t\n1,'a, b'\n2,'c, d'\n3,'e, f'\n"), "id,t\r\n1,\"a, b\"\r\n2,\"c, d\"\r\n3,\"e, f\"\r\n");
    EXPECT_EQ(text_of("id,t,u\n1,\"a\\\" b\",x\n2,\"c, d\",y\n3,\"e\\\", f\",z\n"),
              "id,t,u\r\n1,\"a\"\" b\",x\r\n2,\"c, d\",y\r\n3,\"e\"\", f\",z\r\n");
    EXPECT_EQ(text_of("id, \"t\", u\n1, \"a, b\", 2\n3, \"c\", 4\n"), "id,t,u\r\n1,\"a, b\",2\r\n3,c,4\r\n");
    EXPECT_EQ(text_of("id \"the text\" n\n1 \"a b\" 2\n3 \"c d\" 4\n5 \"e f\" 6\n"),
              "id,the text,n\r\n1,a b,2\r\n3,c d,4\r\n5,e f,6\r\n");
    EXPECT_EQ(text_of("id,t\n1,it's\n2,o'clock\n"), "id,t\r\n1,it's\r\n2,o'clock\r\n");
}

TEST(ConvertCsv, KeepsUnevenRowsAsTheyStand) {
    const Converted uneven = convert("a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n");
    EXPECT_EQ(uneven.text, "a,b,c\r\n1,2,3\r\n4,5\r\n6,7,8\r\n9,10,11,12\r\n");
    EXPECT_TRUE(tells(uneven.done.messages, "converted_uneven_rows"));
}

}  // namespace
}  // namespace twinfirm::ingest
