// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/stored_rows.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_folder.h"
#include "twinfirm/app/import_file.h"
#include "twinfirm/app/inspect.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::app {
namespace {

class StoredRowsTest : public TestFolder {
  protected:
    std::shared_ptr<const StoredRows> rows_of(const std::string& csv) {
        std::ofstream(folder_ / "table.csv", std::ios::binary) << csv;
        auto project = create_project(folder_ / "study.twinfirm");
        EXPECT_TRUE(project);
        EXPECT_TRUE(import_file(*project, folder_ / "table.csv", "panel"));
        auto rows = StoredRows::read(folder_ / "study.twinfirm", "panel");
        EXPECT_TRUE(rows) << rows.error().code;
        return rows.value_or(nullptr);
    }

    static std::vector<std::int64_t> found(const StoredRows& rows, std::size_t column, const char* text) {
        const auto filter = parse_row_filter(text);
        EXPECT_TRUE(filter.has_value()) << text;
        return rows.matching(column, *filter).value();
    }
};

using Rows = std::vector<std::int64_t>;

TEST_F(StoredRowsTest, CellsAreWhatIsStored) {
    const auto rows = rows_of("기업ID,연도,종업원수,비율\nA1,2015,120,0.5\nA2,2016,,1.25\n");
    ASSERT_NE(rows, nullptr);
    ASSERT_EQ(rows->rows(), 2);
    ASSERT_EQ(rows->columns().size(), 4u);
    EXPECT_EQ(rows->text(0, 0), "A1");
    EXPECT_EQ(rows->text(1, 1), "2016");
    EXPECT_EQ(rows->text(1, 2), "");
    EXPECT_EQ(rows->status(1, 2), store::ValueStatus::missing);
    EXPECT_EQ(rows->text(1, 3), "1.25");
    EXPECT_THROW((void)rows->text(2, 0), std::out_of_range);
}

TEST_F(StoredRowsTest, AFilterComparesNumbersAndFindsPartsOfTexts) {
    const auto rows = rows_of("기업ID,연도,종업원수\nAbc,2015,120\nxaBd,2016,\n가나b,2017,7\n");
    ASSERT_NE(rows, nullptr);
    EXPECT_EQ(found(*rows, 0, "AB"), (Rows{0, 1}));
    EXPECT_EQ(found(*rows, 0, "나"), (Rows{2}));
    EXPECT_EQ(found(*rows, 0, "=abc"), (Rows{0}));
    EXPECT_EQ(found(*rows, 0, "!=abc"), (Rows{1, 2}));
    EXPECT_EQ(found(*rows, 1, "2016..2020"), (Rows{1, 2}));
    EXPECT_EQ(found(*rows, 1, "<= 2015"), (Rows{0}));
    EXPECT_EQ(found(*rows, 2, ">7"), (Rows{0}));
    EXPECT_EQ(found(*rows, 2, ">=7"), (Rows{0, 2}));
    EXPECT_EQ(found(*rows, 2, "!=7"), (Rows{0}));  // a missing value is not another number
    EXPECT_EQ(found(*rows, 2, "="), (Rows{1}));
    EXPECT_FALSE(parse_row_filter("  ").has_value());
    EXPECT_EQ(parse_row_filter("> many")->kind, RowFilter::Kind::contains);
}

TEST_F(StoredRowsTest, ManyPiecesAreOneTable) {
    std::string csv = "기업ID,연도\n";
    for (int i = 0; i < 70'000; ++i)
        csv += "F" + std::to_string(100'000 + i) + "," + std::to_string(2000 + i % 20) + "\n";
    const auto rows = rows_of(csv);
    ASSERT_NE(rows, nullptr);
    ASSERT_EQ(rows->rows(), 70'000);
    EXPECT_EQ(rows->text(69'999, 0), "F169999");
    const Rows some = found(*rows, 0, "F1699");
    ASSERT_EQ(some.size(), 100u);
    EXPECT_EQ(rows->text(some.front(), 0), "F169900");
    EXPECT_EQ(rows->text(some.back(), 0), "F169999");
}

TEST_F(StoredRowsTest, AReadingThatIsCancelledStops) {
    ASSERT_NE(rows_of("기업ID,연도\nA,2015\n"), nullptr);
    CancellationToken token;
    token.cancel();
    const auto rows = StoredRows::read(folder_ / "study.twinfirm", "panel", token);
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().kind, ErrorKind::cancelled);
    EXPECT_EQ(StoredRows::read(folder_ / "study.twinfirm", "none").error().code, "table_not_found");
}

}  // namespace
}  // namespace twinfirm::app
