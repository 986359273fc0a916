// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_reader.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ingest_test_files.h"

namespace twinfirm::ingest {
namespace {

/// Gives its text in pieces, so that records straddle them.
class Pieces : public TextSource {
  public:
    Pieces(std::string text, std::size_t piece) : text_(std::move(text)), piece_(piece) {}
    Result<bool> read(std::string& out) override {
        if (at_ >= text_.size()) return false;
        out += text_.substr(at_, piece_);
        at_ += piece_;
        return true;
    }
    [[nodiscard]] std::int64_t bytes_read() const override { return 0; }
    [[nodiscard]] std::int64_t bytes_total() const override { return 0; }
    [[nodiscard]] std::string hex_digest() override { return {}; }

  private:
    std::string text_;
    std::size_t piece_;
    std::size_t at_ = 0;
};

struct Reading {
    Rows rows;
    std::vector<std::int64_t> lines;
    std::string error;
    std::int64_t error_line = 0;
    std::int64_t repaired = 0;
};

Reading read_all(const std::string& text, std::size_t piece = 1'000'000, CsvDialect dialect = {},
                 std::int64_t skip = 0) {
    Reading reading;
    CsvReader reader(std::make_unique<Pieces>(text, piece), dialect);
    EXPECT_TRUE(reader.skip_lines(skip));
    Record record;
    for (;;) {
        const auto more = reader.next(record);
        if (!more) {
            reading.error = more.error().code;
            reading.error_line = more.error().line;
        }
        if (!more || !*more) return reading;
        reading.rows.emplace_back(record.fields.begin(), record.fields.end());
        reading.lines.push_back(record.line);
    }
}

TEST(CsvReader, ReadsQuotesNewlinesAndDoubledQuotesFromPiecesOfAnySize) {
    const std::string text = "a,b\r\n\"x,1\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\r,\"\"\n";
    const Rows expected = {{"a", "b"}, {"x,1", "say \"hi\""}, {"two\r\nlines", ""}, {"", ""}};
    for (std::size_t piece = 1; piece < 40; ++piece) {
        const Reading reading = read_all(text, piece);
        EXPECT_EQ(reading.rows, expected) << piece;
        EXPECT_EQ(reading.lines, (std::vector<std::int64_t>{1, 2, 3, 5})) << piece;
    }
}

TEST(CsvReader, TakesEachKindOfLineEnd) {
    const Rows expected = {{"a", "b"}, {"1", "2"}};
    for (const char* text :
         {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2\r", "a,b\n1,2", "a,b\r\n1,2\n\x1A", "a,b\n1,2\r"}) {
        EXPECT_EQ(read_all(text, 3).rows, expected) << text;
    }
    EXPECT_EQ(read_all(std::string("a,b\n1,2\n") + std::string(5000, '\0'), 1000).rows, expected);
}

TEST(CsvReader, LeavesStrayQuotesAsTheyStand) {
    EXPECT_EQ(read_all("5\" pipe,a\"b\"c,\"x\"y,\"z\" \n").rows, (Rows{{"5\" pipe", "a\"b\"c", "xy", "z"}}));
}

TEST(CsvReader, NamesTheLineWhereAnOpenQuoteBegan) {
    const Reading reading = read_all("a,b\n1,\"x\n2,y\n3,y\n", 4);
    EXPECT_EQ(reading.error, "csv_unclosed_quote");
    EXPECT_EQ(reading.error_line, 2);
    EXPECT_EQ(reading.rows.size(), 1U);
    EXPECT_EQ(read_all("a,b\n1,\"x\n2,y\n", 4, {',', '\0'}).rows, (Rows{{"a", "b"}, {"1", "\"x"}, {"2", "y"}}));
}

TEST(CsvReader, RefusesRecordsBeyondTheLimit) {
    const std::string long_line = "a,b\n1,2\n" + std::string(CsvReader::record_limit + 10, 'x') + ",3\n";
    const Reading reading = read_all(long_line, 1 << 20);
    EXPECT_EQ(reading.error, "csv_record_too_long");
    EXPECT_EQ(reading.error_line, 3);
    const Reading quoted = read_all("a,b\n1,\"" + std::string(CsvReader::record_limit, '\n'), 1 << 20);
    EXPECT_EQ(quoted.error, "csv_record_too_long");
    EXPECT_EQ(quoted.error_line, 2);
}

Reading repaired(const std::string& text, std::size_t fields, QuoteRepair repair, CsvDialect dialect = {}) {
    Reading reading;
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{1'000'000}}) {
        reading = {};
        CsvReader reader(std::make_unique<Pieces>(text, piece), dialect);
        reader.expect_fields(fields, repair);
        Record record;
        for (;;) {
            const auto more = reader.next(record);
            if (!more) reading.error = more.error().code;
            if (!more || !*more) break;
            reading.rows.emplace_back(record.fields.begin(), record.fields.end());
            reading.lines.push_back(record.line);
        }
        reading.repaired = reader.repaired_records();
    }
    return reading;
}

TEST(CsvReader, DividesRecordsWithFaultyQuotesByTheNumberOfFields) {
    const std::string text = "a,b,c\n\"1,2,\"x,y\"\n3,\"p, 5\" q\",4\n5,6,\"two\nlines\"\n";
    const Reading reading = repaired(text, 3, QuoteRepair::by_width);
    EXPECT_EQ(reading.rows,
              (Rows{{"a", "b", "c"}, {"\"1", "2", "x,y"}, {"3", "p, 5\" q", "4"}, {"5", "6", "two\nlines"}}));
    EXPECT_EQ(reading.lines, (std::vector<std::int64_t>{1, 2, 3, 4}));
    EXPECT_EQ(reading.repaired, 2);
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n", 2, QuoteRepair::by_width).error, "csv_unclosed_quote");
}

TEST(CsvReader, ReadsOnWithoutQuestionsWhereToldSo) {
    EXPECT_EQ(repaired("a,b,c\n1,2,\"\n3,4,\"x, y\"\n", 3, QuoteRepair::automatic).rows,
              (Rows{{"a", "b", "c"}, {"1", "2", "\""}, {"3", "4", "x, y"}}));
    EXPECT_EQ(repaired("a,\"b,\"c\nd,e\n", 0, QuoteRepair::automatic).rows, (Rows{{"a", "b,\"c\nd,e"}}));
    EXPECT_EQ(repaired("a,b,c\n1;2;3\n1,\"x\"\"y\"\n", 3, QuoteRepair::automatic).rows,
              (Rows{{"a", "b", "c"}, {"1", "2", "3"}, {"1", "x", "y"}}));
    EXPECT_EQ(repaired("a,b,c\n,\"x\"\"y\"\n", 3, QuoteRepair::automatic).rows,
              (Rows{{"a", "b", "c"}, {"", "x", "y"}}));
    // Rows that are merely too short or too long stay as they are.
    EXPECT_EQ(repaired("a,b,c\n1,2\n1,2,3,4\n", 3, QuoteRepair::automatic).rows,
              (Rows{{"a", "b", "c"}, {"1", "2"}, {"1", "2", "3", "4"}}));
}

TEST(CsvReader, ReadsEscapesPaddingAndApostrophes) {
    EXPECT_EQ(read_all("\"a\\\"b\",\"c\\\\\",\"d\\e\"\n", 3, {',', '"', '\\', false}).rows,
              (Rows{{"a\"b", "c\\", "d\\e"}}));
    EXPECT_EQ(read_all("a, \"b, c\" , d \n", 2, {',', '"', '\0', true}).rows, (Rows{{"a", "b, c", "d"}}));
    EXPECT_EQ(read_all("'a, b','it''s'\n", 2, {',', '\'', '\0', false}).rows, (Rows{{"a, b", "it's"}}));
}

TEST(CsvReader, PassesOverWholeLines) {
    const Reading reading = read_all("a \"title\r\n\r\nx,y\n", 2, {}, 2);
    EXPECT_EQ(reading.rows, (Rows{{"x", "y"}}));
    EXPECT_EQ(reading.lines, (std::vector<std::int64_t>{3}));
    EXPECT_TRUE(read_all("one line", 2, {}, 5).rows.empty());
}

TEST(CsvReader, KeepsEmptyLinesAsBlankRecords) {
    const Reading reading = read_all("a,b\n\n1,2\n");
    EXPECT_EQ(reading.rows, (Rows{{"a", "b"}, {""}, {"1", "2"}}));
}

TEST(CsvReader, RepairedRecordsEndWhereTheirLinesDo) {
    for (const std::string end : {"\n", "\r\n", "\r"}) {
        const std::string text = "a,b,c" + end + "1,\"p, 5\" q\",4" + end + "2,\"x\"\"y\"" + end + "5,6,7";
        const Reading reading = repaired(text, 3, QuoteRepair::automatic);
        EXPECT_EQ(reading.rows, (Rows{{"a", "b", "c"}, {"1", "p, 5\" q", "4"}, {"2", "x", "y"}, {"5", "6", "7"}}));
        EXPECT_EQ(reading.lines, (std::vector<std::int64_t>{1, 2, 3, 4}));
        EXPECT_EQ(reading.repaired, 2);
    }
}

TEST(CsvReader, CountsTheLinesWithinQuotes) {
    const Reading reading = read_all("a,\"1\n2\r\n3\r4\"\nb,c\r\n\"\r\"\n\"\n\n\",d\ne\n");
    EXPECT_EQ(reading.lines, (std::vector<std::int64_t>{1, 5, 6, 8, 11}));
    const Reading open = read_all("a\n\"1\n2\",\"3\n4");
    EXPECT_EQ(open.error, "csv_unclosed_quote");
    EXPECT_EQ(open.error_line, 3);
}

TEST(CsvReader, SaysHowManyBytesARecordHad) {
    const std::string text = "a,b\r\n\"1\n2\",3\n\n4";
    CsvReader reader(std::make_unique<Pieces>(text, 3), {});
    Record record;
    std::vector<std::size_t> sizes;
    while (reader.next(record).value()) sizes.push_back(reader.record_bytes());
    EXPECT_EQ(sizes, (std::vector<std::size_t>{5, 8, 1, 1}));
    EXPECT_EQ(reader.faulty_records(), 0);
    EXPECT_EQ(reader.first_repaired_line(), 0);
}

TEST(CsvReader, SaysHowManyBytesARepairedRecordHad) {
    for (const std::string end : {"", "\n", "\r\n"}) {
        const std::string record_text = "\"x\"y,1" + end;
        CsvReader reader(std::make_unique<Pieces>("a,b\n" + record_text, 100), {});
        reader.expect_fields(2, QuoteRepair::by_width);
        Record record;
        ASSERT_TRUE(reader.next(record).value() && reader.next(record).value());
        EXPECT_EQ(reader.repaired_records(), 1);
        EXPECT_EQ(reader.record_bytes(), record_text.size());
        EXPECT_FALSE(reader.next(record).value());
    }
}

TEST(CsvReader, CountsFaultyAndRepairedRecords) {
    const std::string text = "a,b\n\"x\"y,1\n\"z\" ,2\n\"x, y\" z\",3\n\"p\"q,4\n";
    CsvReader plain(std::make_unique<Pieces>(text, 5), {});
    Record record;
    while (plain.next(record).value()) {
    }
    EXPECT_EQ(plain.faulty_records(), 3);
    EXPECT_EQ(plain.repaired_records(), 0);

    CsvReader repairing(std::make_unique<Pieces>(text, 5), {});
    repairing.expect_fields(2, QuoteRepair::by_width);
    while (repairing.next(record).value()) {
    }
    EXPECT_EQ(repairing.repaired_records(), 3);
    EXPECT_EQ(repairing.first_repaired_line(), 2);
    EXPECT_EQ(repairing.faulty_records(), 0);
}

TEST(CsvReader, AnOpenQuoteReachesToTheEndWhereToldSo) {
    const Rows expected = {{"a", "b"}, {"1", "x\n2,y\n3,y"}};
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n3,y\n", 0, QuoteRepair::automatic).rows, expected);
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n3,y", 0, QuoteRepair::automatic).rows, expected);
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n3,y\r\n", 0, QuoteRepair::automatic).rows, expected);
    EXPECT_EQ(repaired("a,b\n1,\"", 0, QuoteRepair::automatic).rows, (Rows{{"a", "b"}, {"1", ""}}));
    EXPECT_EQ(repaired("a,b\n1,\"\n", 0, QuoteRepair::automatic).rows, (Rows{{"a", "b"}, {"1", ""}}));
    EXPECT_EQ(repaired("\"a\nb\n", 0, QuoteRepair::automatic).rows, (Rows{{"a\nb"}}));
    EXPECT_EQ(repaired("a, b\n1, \"x\n2, y\n", 0, QuoteRepair::automatic, {',', '"', '\0', true}).rows,
              (Rows{{"a", "b"}, {"1", "x\n2, y"}}));
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n", 0, QuoteRepair::none).error, "csv_unclosed_quote");
    EXPECT_EQ(repaired("a,b\n1,\"x\n2,y\n", 0, QuoteRepair::by_width).error, "csv_unclosed_quote");
}

TEST(CsvReader, AFaultyQuoteReachesNoFurtherThanItsRecord) {
    EXPECT_EQ(repaired("a,b,c\n\"x\"y,2\n4,5,6\n", 3, QuoteRepair::automatic).rows,
              (Rows{{"a", "b", "c"}, {"xy", "2"}, {"4", "5", "6"}}));
    EXPECT_EQ(repaired("a,b,c\n\"x\"y,2\n4,5,6\n", 3, QuoteRepair::by_width).rows,
              (Rows{{"a", "b", "c"}, {"xy", "2"}, {"4", "5", "6"}}));
}

TEST(CsvReader, AQuoteClosesBeforeADelimiterWhereNothingIsExpected) {
    EXPECT_EQ(repaired("a,\"b \"c\" d\",e\n1,2,3\n", 0, QuoteRepair::automatic).rows,
              (Rows{{"a", "b \"c\" d", "e"}, {"1", "2", "3"}}));
}

TEST(CsvReader, DividesByAnotherDelimiterOnlyWhereThatFits) {
    for (const std::string mark : {";", "\t", "|"}) {
        const std::string other = "1" + mark + "2" + mark + "3";
        EXPECT_EQ(repaired("a,b,c\n" + other + "\n4,5,6\n", 3, QuoteRepair::automatic).rows,
                  (Rows{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}}));
        EXPECT_EQ(repaired("a,b,c\n" + other + "\n4,5,6\n", 3, QuoteRepair::by_width).rows[1],
                  (std::vector<std::string>{other}));
        EXPECT_EQ(repaired("a,b,c,d\n" + other + "\n4,5,6,7\n", 4, QuoteRepair::automatic).rows[1],
                  (std::vector<std::string>{other}));
    }
    // Two fields are too few to tell; words with spaces between them are none below six.
    EXPECT_EQ(repaired("a,b\n1;2\n", 2, QuoteRepair::automatic).rows[1], (std::vector<std::string>{"1;2"}));
    EXPECT_EQ(repaired("a,b,c\nx y z\n", 3, QuoteRepair::automatic).rows[1], (std::vector<std::string>{"x y z"}));
    EXPECT_EQ(repaired("a,b,c,d,e,f\n1 2 3 4 5 6\n", 6, QuoteRepair::automatic).rows[1],
              (std::vector<std::string>{"1", "2", "3", "4", "5", "6"}));
    EXPECT_EQ(repaired("a;b;c\n1,2,3\n4;5;6\n", 3, QuoteRepair::automatic, {';', '"'}).rows,
              (Rows{{"a", "b", "c"}, {"1", "2", "3"}, {"4", "5", "6"}}));
    const Reading blank = repaired("a,b,c\n\n1;2;3\n", 3, QuoteRepair::automatic);
    EXPECT_EQ(blank.rows, (Rows{{"a", "b", "c"}, {""}, {"1", "2", "3"}}));
    EXPECT_EQ(blank.repaired, 1);
}

TEST(CsvReader, EscapesOnlyQuotesAndThemselves) {
    const CsvDialect dialect{',', '"', '\\', false};
    EXPECT_EQ(read_all("\"\\\"\",\"a\\\\\"\"b\",\\\"c,\"\\n\"\n", 1, dialect).rows,
              (Rows{{"\"", "a\\\"b", "\\\"c", "\\n"}}));
    EXPECT_EQ(read_all("\"a\\\\\",b\n", 2, dialect).rows, (Rows{{"a\\", "b"}}));
}

TEST(CsvReader, PadsAndSpacesBelongToNoFieldWherePadded) {
    const CsvDialect padded{',', '"', '\0', true};
    EXPECT_EQ(read_all("  a  ,  \" b \"  ,   , c d \n", 3, padded).rows, (Rows{{"a", " b ", "", "c d"}}));
    EXPECT_EQ(read_all("  a  ,  \" b \"  \n", 3).rows, (Rows{{"  a  ", "  \" b \"  "}}));
    EXPECT_EQ(read_all("\"a\"   ,\"b\" x,\"c\"\n").rows, (Rows{{"a", "b x", "c"}}));
    EXPECT_EQ(read_all("\"a b\" c \"d\"\n", 2, {' ', '"', '\0', false}).rows, (Rows{{"a b", "c", "d"}}));
}

TEST(CsvReader, PassesOverLinesOfEachKind) {
    for (std::size_t piece = 1; piece < 12; ++piece) {
        EXPECT_EQ(read_all("a\rb\r\n\nc\nd,e\n", piece, {}, 4).rows, (Rows{{"d", "e"}})) << piece;
        EXPECT_EQ(read_all("a\rb\r\n\nc\nd,e\n", piece, {}, 4).lines, (std::vector<std::int64_t>{5})) << piece;
    }
    EXPECT_TRUE(read_all("a\nb", 2, {}, 2).rows.empty());
    EXPECT_EQ(read_all(std::string(CsvReader::record_limit + 100, 'x') + "\na,b\n", 1 << 20, {}, 1).rows,
              (Rows{{"a", "b"}}));
}

TEST(CsvReader, TakesARecordAsLongAsTheLimit) {
    const std::string longest(CsvReader::record_limit - 3, 'x');
    EXPECT_EQ(read_all(longest + ",1\na,b\n", 1 << 20).rows.size(), 2U);
    EXPECT_EQ(read_all(longest + ",12\na,b\n", 1 << 20).error, "csv_record_too_long");
}

}  // namespace
}  // namespace twinfirm::ingest
