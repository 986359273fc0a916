// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/table_layout.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "twinfirm/ingest/text_source.h"

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

TEST(DetectLayout, KnowsHeaderRowsOfSeveralLines) {
    const auto rows = [](const char* text) {
        const TableLayout layout = detect_layout(text);
        return std::pair(layout.preamble_lines, layout.header_rows);
    };
    using Place = std::pair<std::int64_t, std::size_t>;
    // Units below the names, over every column of numbers.
    EXPECT_EQ(rows("기업,매출,고용\n,백만원,명\n가,1,2\n나,3,4\n다,5,6\n"), (Place{0, 2}));
    EXPECT_EQ(rows("기업,매출,고용\n,백만원,\n가,1,2\n나,3,4\n다,5,6\n"), (Place{0, 1}));
    EXPECT_EQ(rows("기업,매출,고용\n가,X,비공개\n나,3,4\n다,5,6\n라,7,8\n"), (Place{0, 1}));
    EXPECT_EQ(rows("기업,매출\n,백만원\n가,1\n나,3\n다,5\n"), (Place{0, 1}));
    EXPECT_EQ(rows("기업,매출,고용\n,백만원,명\n가,1,2\n나,3,4\n"), (Place{0, 1})) << "two numbers are too few";
    // The same names again.
    EXPECT_EQ(rows("기업,매출\n기업,매출\n가,1\n나,3\n다,5\n"), (Place{0, 2}));
    std::string thrice = "기업,매출\n기업,매출\n기업,매출\n";
    for (int i = 0; i < 12; ++i) thrice += "가,1\n";
    EXPECT_EQ(rows(thrice.c_str()), (Place{0, 3}));
    EXPECT_EQ(rows(("기업,매출\n" + thrice).c_str()), (Place{0, 3}));
    EXPECT_EQ(rows("기업,매출\n기업,매출\n가,나\n다,라\n"), (Place{0, 1}));
    // Group titles above.
    EXPECT_EQ(rows("현황,,,\n기업,매출,고용,수출\n가,1,2,3\n나,4,5,6\n다,7,8,9\n"), (Place{1, 1}));
    EXPECT_EQ(rows(",재무,,인력\n기업,매출,수출,고용\n가,1,2,3\n나,4,5,6\n다,7,8,9\n"), (Place{0, 2}));
    EXPECT_EQ(rows(",2014,,2015,\n기업,매출,고용,매출,고용\n가,1,2,3,4\n나,5,6,7,8\n"), (Place{0, 2}));
    EXPECT_EQ(rows("구분,2014,2015,,\n기업,매출,수출,고용,지역\n가,1,2,3,4\n나,5,6,7,8\n"), (Place{0, 2}));
    EXPECT_EQ(rows("구분,2014,2015,,\n기업,매출,수출,고용,\n가,1,2,3,4\n나,5,6,7,8\n"), (Place{0, 1}));
    EXPECT_EQ(rows("구분,2014,2015,2016,2017\n기업,매출,수출,고용,지역\n가,1,2,3,4\n나,5,6,7,8\n"), (Place{0, 1}));
    EXPECT_EQ(rows("기업,2014,2015,2016\n가,1,2,3\n나,4,5,6\n"), (Place{0, 1}));
}

TEST(DetectLayout, FindsTheHeaderBelowAnyNumberOfTitles) {
    for (int titles = 0; titles < 29; ++titles) {
        std::string text;
        for (int i = 0; i < titles; ++i) text += "제목 " + std::to_string(i) + ",,,\n";
        text += "기업,매출,고용,수출\n가,1,2,3\n나,4,5,6\n다,7,8,9\n";
        const TableLayout layout = detect_layout(text);
        EXPECT_EQ(layout.preamble_lines, titles);
        EXPECT_EQ(layout.preamble.size(), static_cast<std::size_t>(titles));
        EXPECT_EQ(layout.header_cells, (std::vector<std::string>{"기업", "매출", "고용", "수출"}));
        EXPECT_EQ(layout.columns, 4U);
        EXPECT_EQ(layout.usual_fields, 4U);
        EXPECT_FALSE(layout.header_doubtful);
        EXPECT_EQ(layout.header_row_lines, (std::vector<std::int64_t>{titles + 1}));
    }
}

TEST(DetectLayout, NeedsThreeRecordsToKnowTheUsualNumberOfFields) {
    EXPECT_EQ(detect_layout("a,b\n1,2\n").usual_fields, 0U);
    EXPECT_EQ(detect_layout("a,b\n1,2\n3,4\n").usual_fields, 2U);
    EXPECT_EQ(detect_layout("a\n1\n3\n").usual_fields, 0U);
    const TableLayout open = detect_layout("a,b,c\n1,\"x,2\n3,4,5\n6,7,8\n9,1,2\n", '"', QuoteRepair::automatic);
    EXPECT_EQ(open.usual_fields, 3U);
    EXPECT_EQ(open.unclosed_quote_line, 0);
    EXPECT_EQ(detect_layout("a,b,c\n1,\"x,2\n3,4,5\n6,7,8\n").unclosed_quote_line, 2);
}

TEST(MergedHeader, TitlesReachToTheRight) {
    using Rows = std::vector<std::vector<std::string>>;
    using Names = std::vector<std::string>;
    EXPECT_EQ(merged_header(Rows{{"a", "b"}}), (Names{"a", "b"}));
    EXPECT_EQ(merged_header(Rows{{"", "2014", "", "2015"}, {"기업", "매출", "고용", "매출"}}),
              (Names{"기업", "2014 매출", "2014 고용", "2015 매출"}));
    EXPECT_EQ(merged_header(Rows{{"기업", "재무"}, {"기업", "매출", "수출"}}),
              (Names{"기업", "재무 매출", "재무 수출"}));
    EXPECT_EQ(merged_header(Rows{{"A", ""}, {"x", ""}, {"1", "2"}}), (Names{"A x 1", "A x 2"}));
    EXPECT_EQ(merged_header(Rows{{"매출", "고용"}, {"백만원", ""}}), (Names{"매출 백만원", "고용"}));
}

TEST(ReadHeader, PassesOverBlankLinesBetweenItsRows) {
    const auto header = [](const char* text, std::int64_t rows) {
        CsvReader reader(std::make_unique<TextInMemory>(text), {});
        return read_header(reader, rows).value();
    };
    using Names = std::vector<std::string>;
    EXPECT_EQ(header("a,b\n1,2\n", 1), (Names{"a", "b"}));
    EXPECT_EQ(header("A,\n\na,b\n1,2\n", 2), (Names{"A a", "A b"}));
    EXPECT_EQ(header("\na,b\n", 1), (Names{""}));
    EXPECT_EQ(header("a,b\n", 3), (Names{"a", "b"}));
    EXPECT_TRUE(header("", 2).empty());
}

TEST(Rows, EveryMarkOfAFootnoteAndEveryWordOfATotal) {
    for (const char* mark : {"주) x", "주: x", "주 x", "주1) x", "자료: x", "자료 : x", "자료) x", "출처: x", "출처 x",
                             "※ x", "* x", "<자료 x>", "  주) x"}) {
        EXPECT_TRUE(is_footnote({mark})) << mark;
        EXPECT_TRUE(is_footnote({mark, "", " "})) << mark;
        EXPECT_FALSE(is_footnote({mark, "", "1"})) << mark;
    }
    for (const char* word : {"합계", "소계", "총계", "총합계", "누계", "합 계", "소 계", "총 계", " 합계 "}) {
        EXPECT_TRUE(is_total_row({word, "1"})) << word;
        EXPECT_TRUE(is_total_row({"", " ", word})) << word;
        EXPECT_FALSE(is_total_row({"가", word})) << word;
    }
    EXPECT_FALSE(is_footnote({""}));
    EXPECT_FALSE(is_footnote({"", "주) x"}));
    EXPECT_FALSE(is_total_row({"", ""}));
}

}  // namespace
}  // namespace twinfirm::ingest
