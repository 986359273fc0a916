// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/record_repair.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace twinfirm::ingest {
namespace {

/// The fields' texts without the quotes around them; doubled quotes stay as they are.
std::vector<std::string> divided(const std::string& line, std::size_t width, LineFaults faults = LineFaults::quotes,
                                 const CsvDialect& dialect = {}) {
    const auto fields = split_faulty_line(line, dialect, width, faults);
    std::vector<std::string> texts;
    if (!fields) return texts;
    for (const FieldSpan& field : *fields) {
        const bool quoted = field.close != FieldSpan::unquoted;
        const std::size_t begin = field.begin + (quoted ? 1 : 0);
        texts.push_back(line.substr(begin, (quoted ? field.close : field.end) - begin));
    }
    return texts;
}

using Texts = std::vector<std::string>;

TEST(SplitFaultyLine, TakesQuotesThatOpenNothingForLetters) {
    EXPECT_EQ(divided(R"("a,b,"c,d",e)", 4), (Texts{"\"a", "b", "c,d", "e"}));
    EXPECT_EQ(divided(R"(a,"b,"c,d",e)", 4), (Texts{"a", "\"b", "c,d", "e"}));
    EXPECT_EQ(divided(R"(a,b,")", 3), (Texts{"a", "b", "\""}));
}

TEST(SplitFaultyLine, TakesQuotesInsideQuotesForLetters) {
    EXPECT_EQ(divided(R"(1,"boxer, 5" wide",x)", 3), (Texts{"1", "boxer, 5\" wide", "x"}));
    EXPECT_EQ(divided(R"(1,"table, 48"","made, here",x)", 4), (Texts{"1", "table, 48\"", "made, here", "x"}));
    EXPECT_EQ(divided(R"(1,""So it is",x)", 3), (Texts{"1", "\"So it is", "x"}));
}

TEST(SplitFaultyLine, FindsDelimitersForgottenBesideQuotes) {
    const std::string line = R"(1,"a, b""c, d",2)";
    EXPECT_EQ(divided(line, 4, LineFaults::delimiters), (Texts{"1", "a, b", "c, d", "2"}));
    EXPECT_TRUE(divided(line, 4).empty());
    EXPECT_EQ(divided(R"(1,name"c, d",2)", 4, LineFaults::delimiters), (Texts{"1", "name", "c, d", "2"}));
}

TEST(SplitFaultyLine, KeepsWordsInQuotesWithinAText) {
    EXPECT_TRUE(divided(R"(1,"a 10"" wide, b",2)", 4, LineFaults::delimiters).empty());
}

TEST(SplitFaultyLine, GivesUpWhereNoFewFaultsExplainTheLine) {
    EXPECT_TRUE(divided("a,b,c", 2).empty());
    EXPECT_TRUE(divided(R"("a","b","c","d","e","f","g")", 2).empty());
    EXPECT_TRUE(divided("", 3).empty());
    EXPECT_TRUE(divided(std::string(100'000, '"'), 2).empty());
}

TEST(SplitFaultyLine, PassesOverPadding) {
    CsvDialect padded;
    padded.padded = true;
    EXPECT_EQ(divided(R"(a, "b" c", d)", 3, LineFaults::quotes, padded), (Texts{"a", "b\" c", " d"}));
}

TEST(SplitFaultyLine, TakesTheFewestFaults) {
    // Six quotes too many are the most that is believed.
    EXPECT_FALSE(divided(R"(a"b"c"d"e"f"g,h)", 2).empty());
    EXPECT_TRUE(divided(R"(a"b"c"d"e"f"g"h,i)", 2).empty());
    EXPECT_EQ(divided(R"("a,b",c)", 2), (Texts{"a,b", "c"}));
    EXPECT_EQ(divided(R"("a,b",c)", 3), (Texts{"\"a", "b\"", "c"}));
    EXPECT_EQ(divided(R"(a,"b,c","d)", 3), (Texts{"a", "b,c", "\"d"}));
    EXPECT_EQ(divided(R"("",a,"b"c")", 3), (Texts{"", "a", "b\"c"}));
    EXPECT_EQ(divided(R"(,"x"y",)", 3), (Texts{"", "x\"y", ""}));
    EXPECT_EQ(divided(R"("a"  ,"b"c"  )", 2), (Texts{"a", "b\"c"}));
    EXPECT_EQ(divided(R"("a""",b")", 2), (Texts{"a\"\"", "b\""}));
    EXPECT_TRUE(divided(R"(a"b)", 0).empty());
}

TEST(SplitFaultyLine, CountsForgottenDelimitersAsFourFaults) {
    EXPECT_EQ(divided(R"("a""b""c")", 2, LineFaults::delimiters).size(), 2U);
    EXPECT_TRUE(divided(R"("a, 1""b, 2""c, 3")", 3, LineFaults::delimiters).empty());
    EXPECT_EQ(divided(R"(1"a, b",2)", 3, LineFaults::delimiters), (Texts{"1", "a, b", "2"}));
    EXPECT_TRUE(divided(R"(1"a, b",2)", 3, LineFaults::quotes).size() != 3 ||
                divided(R"(1"a, b",2)", 3, LineFaults::quotes)[0] != "1");
    EXPECT_EQ(divided(R"("a, b""c, "d",2)", 3, LineFaults::quotes_and_delimiters), (Texts{"a, b", "c, \"d", "2"}));
}

TEST(SplitFaultyLine, LeavesOtherDialectsAlone) {
    EXPECT_TRUE(divided("a\"b,c", 2, LineFaults::quotes, {',', '\0'}).empty());
    EXPECT_TRUE(divided("a\"b,c", 2, LineFaults::quotes, {',', '"', '\\'}).empty());
    EXPECT_EQ(divided("'a';b'c'", 2, LineFaults::quotes, {';', '\''}), (Texts{"a", "b'c'"}));
    const std::string longest = "\"a\"b," + std::string(std::size_t{64} * 1024 - 5, 'x');
    EXPECT_EQ(divided(longest, 2).size(), 2U);
    EXPECT_TRUE(divided(longest + "x", 2).empty());
}

}  // namespace
}  // namespace twinfirm::ingest
