// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/wide_layout.h"

#include <gtest/gtest.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

namespace {

TEST(WideLayout, FindsPeriodsInHeaders) {
    for (const char* header : {"매출액_2014", "2014_매출액", "매출액(2014)", "14년 매출액", "매출액2014",
                               "2014년 매출액", "매출액 2014년", "매출액 (2014년도)", "매출액-2014", "'14년 매출액"}) {
        const auto found = period_in_header(header);
        ASSERT_TRUE(found) << header;
        EXPECT_EQ(found->stem, "매출액") << header;
        EXPECT_EQ(found->period, 2014) << header;
        EXPECT_FALSE(found->relative) << header;
    }
    EXPECT_EQ(period_in_header("매출액_2014(백만원)")->stem, "매출액(백만원)");
    EXPECT_EQ(period_in_header("매출액(2014, 백만원)")->stem, "매출액(백만원)");
    const auto relative = [](const char* header) {
        const auto found = period_in_header(header);
        return found && found->relative ? found->stem + "@" + std::to_string(found->period) : "";
    };
    EXPECT_EQ(relative("매출액 T-1"), "매출액@-1");
    EXPECT_EQ(relative("매출액(T0)"), "매출액@0");
    EXPECT_EQ(relative("T+1_매출액"), "매출액@1");
    EXPECT_EQ(relative("전전년도 매출액"), "매출액@-2");
    EXPECT_EQ(relative("전년도매출액"), "매출액@-1");
    EXPECT_EQ(relative("당해연도 매출액"), "매출액@0");
    EXPECT_EQ(relative("매출액_도입후"), "매출액@1");
    for (const char* header : {"매출액", "2014", "사업자등록번호", "T1", "제14조", "KSIC2", "20145 매출"}) {
        EXPECT_FALSE(period_in_header(header)) << header;
    }
}

TEST(WideLayout, IsOfferedAndDoneByThePlan) {
    const FileOnDisk file(
        "기업ID,시도,매출액_2014(백만원),매출액_2015(백만원),종업원수_2014,종업원수_2016\n"
        "a,서울,100,110,5,6\nb,부산,200,X,7,\n");
    const auto offered = inspect_file(file.path());
    ASSERT_TRUE(offered);
    EXPECT_TRUE(offered->plan.reshape.empty());
    ASSERT_EQ(offered->reshape.variables.size(), 2U);
    EXPECT_EQ(offered->reshape.variables[0].field, "sales");
    EXPECT_EQ(offered->reshape.period_name, "연도");

    const auto chosen = inspect_file(file.path(), {{"reshape", "yes"}});
    ASSERT_TRUE(chosen);
    EXPECT_EQ(chosen->plan.reshape, offered->reshape);
    EXPECT_EQ(parse_import_plan(to_json_text(chosen->plan)).value(), chosen->plan);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), chosen->plan, "t", sink);
    ASSERT_TRUE(audit);
    ASSERT_EQ(sink.definition.columns.size(), 5U);
    EXPECT_EQ(sink.definition.columns[2].field, "year");
    EXPECT_EQ(sink.definition.columns[3].field, "sales");
    EXPECT_EQ(sink.definition.columns[3].unit, "원");
    EXPECT_EQ(sink.rows, (Rows{{"a", "서울", "2014", "100000000", "5"},
                               {"a", "서울", "2015", "110000000", "NA"},
                               {"a", "서울", "2016", "NA", "6"},
                               {"b", "부산", "2014", "200000000", "7"},
                               {"b", "부산", "2015", "X", "NA"},
                               {"b", "부산", "2016", "NA", "NA"}}));
    EXPECT_EQ(audit->rows_stored, 2);
}

TEST(WideLayout, RefusesColumnsThatDoNotGoTogether) {
    Reshape reshape{"연도", "year", {{"매출액", "", {{2014, "a"}, {2015, "b"}}}}};
    TableInMemory sink;
    ReshapeSink mixed(reshape, sink);
    const Status types =
        mixed.begin({"t", {{"a", "", store::ColumnType::integer, ""}, {"b", "", store::ColumnType::text, ""}}});
    ASSERT_FALSE(types);
    EXPECT_EQ(types.error().code, "reshape_types_differ");
    ReshapeSink unknown(reshape, sink);
    const Status missing = unknown.begin({"t", {{"a", "", store::ColumnType::integer, ""}}});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, "reshape_column_unknown");
}

}  // namespace

}  // namespace twinfirm::ingest
