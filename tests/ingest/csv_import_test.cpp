// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/csv_import.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "ingest_test_files.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {
namespace {

std::int64_t conversions(const ImportAudit& audit, const std::string& rule, const std::string& column) {
    for (const ConversionCount& conversion : audit.conversions) {
        if (conversion.rule == rule && conversion.column == column) return conversion.count;
    }
    return 0;
}

TEST(ImportCsv, RowsOfAnotherTableAreListedAndNotStored) {
    const FileOnDisk file("기업ID,값\nA,1\nB,2\n\n\n연도,매출액\n2014,5\n2015,6\n");
    const auto inspection = inspect_file(file.path(), {{"further_table", "1-5"}});
    ASSERT_TRUE(inspection) << inspection.error().code;
    TableInMemory table;
    const auto audit = import_csv(file.path(), inspection->plan, "t", table);
    ASSERT_TRUE(audit) << audit.error().code;
    EXPECT_EQ(table.rows, (Rows{{"A", "1"}, {"B", "2"}}));
    EXPECT_EQ(audit->rows_read, 5);
    EXPECT_EQ(audit->rows_stored, 2);
    EXPECT_EQ(audit->rejected_by_reason, (std::map<std::string, std::int64_t>{{"other_table", 3}}));
    const auto stored_plan = parse_import_plan(to_json_text(inspection->plan));
    ASSERT_TRUE(stored_plan);
    EXPECT_EQ(*stored_plan, inspection->plan);
}

TEST(ImportCsv, ReadsADirtyMinistryFileByItsAutomaticPlan) {
    const std::string bytes =
        "중소제조업 현황\n\n(단위: 백만원, 명)\n"
        "기업ID,연도,매출액,영업이익,종업원수,도입여부,구축수준\n"
        "F0001,2015,\"1,200\",△35,12,O,Lv.3\n"
        "F0001,2015년,\"1,200\",-,12,O,기초\n"
        "F0002,2015,0.5,X,해당없음,X,\n"
        "F0003,2015,7\n"
        "합계,,\"2,401\",,,,\n"
        "주) 잠정치\n";
    const FileOnDisk file(bytes);
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection) << inspection.error().code;
    EXPECT_TRUE(inspection->questions.empty());
    EXPECT_EQ(inspection->rows, 3);
    EXPECT_EQ(inspection->listed_rows, 3);
    TableInMemory table;
    const auto audit = import_csv(file.path(), inspection->plan, "panel", table);
    ASSERT_TRUE(audit) << audit.error().code;
    EXPECT_EQ(table.rows, (Rows{{"F0001", "2015", "1200000000", "-35000000", "12", "1", "3"},
                                {"F0001", "2015", "1200000000", "NA", "12", "1", "1"},
                                {"F0002", "2015", "500000", "X", "N/A", "0", "NA"}}));
    EXPECT_EQ(table.definition.name, "panel");
    EXPECT_EQ(table.definition.columns[2],
              (store::ColumnDefinition{"매출액", "sales", store::ColumnType::integer, "원"}));
    EXPECT_EQ(audit->rows_read, 6);
    EXPECT_EQ(audit->rows_stored, 3);
    EXPECT_EQ(audit->rows_rejected, 3);
    EXPECT_EQ(audit->rejected_by_reason,
              (std::map<std::string, std::int64_t>{{"footnote", 1}, {"too_few_fields", 1}, {"total", 1}}));
    EXPECT_EQ(audit->rejected[0].line, 8);
    EXPECT_EQ(audit->rejected[0].reason, "too_few_fields");
    EXPECT_EQ(conversions(*audit, "thousands_separators", "매출액"), 2);
    EXPECT_EQ(conversions(*audit, "scaled_to_won", "매출액"), 3);
    EXPECT_EQ(conversions(*audit, "triangle_minus", "영업이익"), 1);
    EXPECT_EQ(conversions(*audit, "missing_code", "영업이익"), 1);
    EXPECT_EQ(conversions(*audit, "suppressed_code", "영업이익"), 1);
    EXPECT_EQ(conversions(*audit, "year_spelling", "연도"), 1);
    EXPECT_EQ(conversions(*audit, "boolean_word", "도입여부"), 3);
    EXPECT_EQ(audit->bytes, static_cast<std::int64_t>(bytes.size()));
    EXPECT_EQ(audit->sha256, sha256_hex(bytes));
    EXPECT_EQ(inspection->sha256, audit->sha256);
    EXPECT_EQ(parse_import_audit(to_json_text(*audit)).value(), *audit);
}

TEST(ImportCsv, ListsTheCellsThatItsPlanCannotRead) {
    const FileOnDisk file("이름,v\n가,1\n나,둘\n다,3\n라,3.5\n");
    ImportPlan plan = inspect_file(file.path()).value().plan;
    EXPECT_EQ(plan.columns[1].type, ValueType::text);
    plan.columns[1].type = ValueType::integer;
    TableInMemory rejecting;
    const auto audit = import_csv(file.path(), plan, "t", rejecting);
    ASSERT_TRUE(audit);
    EXPECT_EQ(rejecting.rows, (Rows{{"가", "1"}, {"다", "3"}}));
    EXPECT_EQ(audit->rejected,
              (std::vector<ListedCell>{{3, 2, "v", "unreadable_cell", "둘"}, {5, 2, "v", "unreadable_cell", "3.5"}}));
    plan.columns[1].on_bad_cell = BadCell::missing;
    TableInMemory emptying;
    const auto emptied = import_csv(file.path(), plan, "t", emptying);
    ASSERT_TRUE(emptied);
    EXPECT_EQ(emptying.rows, (Rows{{"가", "1"}, {"나", "NA"}, {"다", "3"}, {"라", "NA"}}));
    EXPECT_EQ(emptied->changed_by_reason.at("unreadable_cell"), 2);
    EXPECT_EQ(emptied->rows_rejected, 0);
}

TEST(ImportCsv, RoundsToWholeWonInTheOpen) {
    const FileOnDisk file("기업ID,매출액(천원)\nA1,1.5\nA2,0.0005\nA3,-0.0015\n");
    TableInMemory table;
    const auto audit = import_csv(file.path(), inspect_file(file.path()).value().plan, "t", table);
    ASSERT_TRUE(audit);
    EXPECT_EQ(table.rows, (Rows{{"A1", "1500"}, {"A2", "1"}, {"A3", "-2"}}));
    EXPECT_EQ(audit->changed_by_reason.at("rounded_to_won"), 2);
    EXPECT_EQ(audit->changed[0].line, 3);
    EXPECT_EQ(conversions(*audit, "rounded_to_won", "매출액(천원)"), 2);
}

TEST(ImportCsv, NeverShowsTheTextOfASensitiveCell) {
    const FileOnDisk file("사업자등록번호,매출액\n124-81-00998,1\nABC,2\n");
    ImportPlan plan = inspect_file(file.path()).value().plan;
    plan.columns[0].type = ValueType::integer;
    TableInMemory table;
    const auto refused = import_csv(file.path(), plan, "t", table);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "plan_bad_value");
    plan.columns[0].protection = Protection::none;
    const auto audit = import_csv(file.path(), plan, "t", table);
    ASSERT_TRUE(audit);
    ASSERT_EQ(audit->rejected.size(), 2U);
    EXPECT_EQ(audit->rejected[0].text, "");
    EXPECT_EQ(to_json_text(*audit).find("00998"), std::string::npos);
}

TEST(ImportCsv, RefusesAPlanOfAnotherFile) {
    const FileOnDisk file("a,b\n1,2\n");
    ImportPlan plan = inspect_file(file.path()).value().plan;
    plan.columns[1].source = "c";
    TableInMemory table;
    const auto audit = import_csv(file.path(), plan, "t", table);
    ASSERT_FALSE(audit);
    EXPECT_EQ(audit.error().code, "plan_does_not_fit");
    EXPECT_EQ(audit.error().column, 2);
    EXPECT_EQ(audit.error().file, file.path().string());
    for (ColumnPlan& column : plan.columns) column.keep = false;
    EXPECT_EQ(import_csv(file.path(), plan, "t", table).error().code, "plan_no_columns");
}

TEST(ImportCsv, StopsWhenCancelledAndPassesTheSinksErrorOn) {
    const FileOnDisk file("a,b\n1,2\n");
    const ImportPlan plan = inspect_file(file.path()).value().plan;
    CancellationToken token;
    token.cancel();
    TableInMemory table;
    EXPECT_EQ(import_csv(file.path(), plan, "t", table, token).error().code, "cancelled");
    EXPECT_EQ(inspect_file(file.path(), {}, token).error().code, "cancelled");

    class FullDisk : public TableInMemory {
        Status append(const store::RowChunk&) override { return fail(ErrorKind::access, "disk_full", {{"path", "p"}}); }
    } full;
    EXPECT_EQ(import_csv(file.path(), plan, "t", full).error().code, "disk_full");
}

TEST(ImportCsv, KeepsEqualRowsAndReportsProgress) {
    std::string bytes = "id,v\n";
    for (int row = 0; row < 20000; ++row) bytes += "7,1\n";
    const FileOnDisk file(bytes);
    TableInMemory table;
    double done = 0;
    const auto audit = import_csv(file.path(), inspect_file(file.path()).value().plan, "t", table, {},
                                  [&](std::string_view stage, double part) {
                                      EXPECT_EQ(stage, "ingest_load");
                                      EXPECT_GE(part, done);
                                      done = part;
                                  });
    ASSERT_TRUE(audit);
    EXPECT_EQ(table.rows.size(), 20000U);
    EXPECT_EQ(done, 1);
}

TEST(CheckAudit, FindsAnAuditThatDoesNotAddUp) {
    ImportAudit audit;
    audit.rows_read = 3;
    audit.rows_stored = 2;
    EXPECT_EQ(check_audit(audit).error().code, "audit_does_not_add_up");
    audit.rows_rejected = 1;
    EXPECT_FALSE(check_audit(audit));
    audit.rejected_by_reason["total"] = 1;
    EXPECT_TRUE(check_audit(audit));
}

}  // namespace
}  // namespace twinfirm::ingest
