// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/store/export_table.h"

#include <gmock/gmock.h>

#include <limits>

#include "store/sample_tables.h"
#include "twinfirm/store/formula_guard.h"

namespace twinfirm::store {
namespace {

using testing::ElementsAre;
using namespace std::string_literals;

Project project_with_texts(const std::filesystem::path& path) {
    Project project = Project::create(path).value();
    const TableDefinition definition{
        "t",
        {{"=이름", "", ColumnType::text, ""}, {"n", "", ColumnType::integer, ""}, {"x", "", ColumnType::real, ""}}};
    RowChunk rows;
    rows.rows = 4;
    for (const ColumnDefinition& column : definition.columns) rows.columns.emplace_back(column.type);
    rows.columns[0].append_text("=cmd|'/c calc'!A1");
    rows.columns[0].append_text("가, \"나\"\n다");
    rows.columns[0].append_absent(ValueStatus::suppressed);
    rows.columns[0].append_text("plain");
    rows.columns[1].append_integer(-5);
    rows.columns[1].append_absent(ValueStatus::missing);
    rows.columns[1].append_integer(std::numeric_limits<std::int64_t>::min());
    rows.columns[1].append_integer(7);
    rows.columns[2].append_real(0.1);
    rows.columns[2].append_real(-1e300);
    rows.columns[2].append_real(3);
    rows.columns[2].append_absent(ValueStatus::not_applicable);
    EXPECT_TRUE(import_rows(project, definition, rows));
    return project;
}

TEST_F(StoreTest, ExportIsValueForValueAndGuarded) {
    const Project project = project_with_texts(path());
    ASSERT_TRUE(export_table_csv(project, "t", path("t.csv")));
    EXPECT_EQ(bytes_of(path("t.csv")),
              "\xEF\xBB\xBF'=이름,n,x\n"
              "'=cmd|'/c calc'!A1,-5,0.1\n"
              "\"가, \"\"나\"\"\n다\",,-1e+300\n"
              ",-9223372036854775808,3\n"
              "plain,7,\n");
    ASSERT_TRUE(export_table_csv(project, "t", path("raw.csv"), {true}));
    EXPECT_THAT(bytes_of(path("raw.csv")), testing::StartsWith("\xEF\xBB\xBF=이름,n,x\n=cmd|"));
}

TEST_F(StoreTest, ExportLeavesTheOldFileWhenItFails) {
    const Project project = project_with_texts(path());
    ASSERT_TRUE(write_file_atomically(path("t.csv"), "old"));
    CancellationToken token;
    token.cancel();
    EXPECT_EQ(code_of(export_table_csv(project, "t", path("t.csv"), {}, token)), "cancelled");
    EXPECT_EQ(code_of(export_table_csv(project, "no", path("t.csv"))), "table_not_found");
    EXPECT_EQ(bytes_of(path("t.csv")), "old");
    EXPECT_EQ(code_of(export_table_csv(project, "t", folder_ / "no" / "t.csv")), "file_not_writable");
    EXPECT_THAT(files(), ElementsAre("a.twinfirm", "a.twinfirm.lock", "t.csv"));
}

TEST(FormulaGuard, GuardsWhatASpreadsheetRunsAndGivesItBack) {
    for (const std::string& text : {"=1"s, "+1"s, "-x"s, "@a"s, "\t=1"s, "\rx"s, "\nx"s, "\0x"s, "  =1"s, "　＝1"s,
                                    "＋1"s, "－1"s, "＠a"s, "\xC2\xA0=1"s, "'=1"s, "''=1"s}) {
        EXPECT_EQ(guard_formula(text), "'" + text);
        EXPECT_EQ(unguard_formula(guard_formula(text)), text);
    }
    for (const std::string& text : {""s, "가"s, "'가"s, "1-2"s, "'"s, "''"s, "a=b"s, "' "s}) {
        EXPECT_EQ(guard_formula(text), text);
        EXPECT_EQ(unguard_formula(text), text);
    }
}

}  // namespace
}  // namespace twinfirm::store
