// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/industry_code.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/ingest/region_name.h"

namespace twinfirm::ingest {

namespace {

TEST(RegionName, KnowsOldAndNewNames) {
    for (const char* name : {"강원", "강원도", "강원특별자치도", "강원도 춘천시 중앙로 1", "Gangwon", " 강원 도"}) {
        EXPECT_EQ(region_of_name(name), "강원") << name;
    }
    EXPECT_EQ(region_of_name("전라북도"), "전북");
    EXPECT_EQ(region_of_name("전북특별자치도"), "전북");
    EXPECT_EQ(region_of_name("충남도"), "충남");
    EXPECT_EQ(region_of_name("서울시"), "서울");
    EXPECT_FALSE(region_of_name("수도권"));
    EXPECT_FALSE(region_of_name(""));
    EXPECT_EQ(region_of_code("26", RegionCodes::administrative), "부산");
    EXPECT_EQ(region_of_code("26", RegionCodes::statistical), "울산");
    EXPECT_EQ(region_of_code("42", RegionCodes::administrative), "강원");
    EXPECT_EQ(region_of_code("51", RegionCodes::administrative), "강원");
    EXPECT_FALSE(region_of_code("21", RegionCodes::administrative));
}

TEST(RegionName, CollidingCodesAreAsked) {
    const FileOnDisk named("id,시도\na,강원도\nb,강원특별자치도\nc,-\n", "named.csv");
    const auto names = inspect_file(named.path());
    ASSERT_TRUE(names);
    EXPECT_EQ(names->plan.columns[1].type, ValueType::region);
    TableInMemory sink;
    const auto audit = import_csv(named.path(), names->plan, "t", sink);
    ASSERT_TRUE(audit);
    EXPECT_EQ(sink.rows, (Rows{{"a", "강원"}, {"b", "강원"}, {"c", "NA"}}));

    const FileOnDisk colliding("id,시도\na,26\nb,31\n", "colliding.csv");
    const auto asked = inspect_file(colliding.path());
    ASSERT_TRUE(asked);
    ASSERT_EQ(asked->questions.size(), 1U);
    EXPECT_EQ(asked->questions[0].id, "region_codes:2");
    const auto answered = inspect_file(colliding.path(), {{"region_codes:2", "statistical"}});
    ASSERT_TRUE(answered);
    TableInMemory statistical;
    ASSERT_TRUE(import_csv(colliding.path(), answered->plan, "t", statistical));
    EXPECT_EQ(statistical.rows, (Rows{{"a", "울산"}, {"b", "경기"}}));

    const FileOnDisk clear("id,시도\na,26\nb,41\n", "clear.csv");
    const auto taken = inspect_file(clear.path());
    ASSERT_TRUE(taken);
    EXPECT_TRUE(taken->questions.empty());
    TableInMemory administrative;
    ASSERT_TRUE(import_csv(clear.path(), taken->plan, "t", administrative));
    EXPECT_EQ(administrative.rows, (Rows{{"a", "부산"}, {"b", "경기"}}));
}

TEST(IndustryCode, ReadsEverySpelling) {
    const auto codes = [](const char* text) {
        const auto found = parse_industry_codes(text);
        return found ? found->codes.front() + (found->codes.size() > 1 ? "|" + found->rest() : "") : "none";
    };
    EXPECT_EQ(codes("25"), "25");
    EXPECT_EQ(codes("025"), "25");
    EXPECT_EQ(codes("C25"), "25");
    EXPECT_EQ(codes("c25112"), "25112");
    EXPECT_EQ(codes("C 25112"), "25112");
    EXPECT_EQ(codes("25112(금속문, 창 제조업)"), "25112");
    EXPECT_EQ(codes("25112 금속문 제조업"), "25112");
    EXPECT_EQ(codes("01110"), "01110");
    EXPECT_EQ(codes("26410, 26421, 26429"), "26410|26421, 26429");
    EXPECT_EQ(codes("C26410;C26421"), "26410|26421");
    for (const char* text : {"", "C", "2", "251123", "제조업", "25A", "0", "000", "26410, 기타"}) {
        EXPECT_EQ(codes(text), "none") << text;
    }
}

TEST(IndustryCode, FirstIsMainAndTheRestIsKept) {
    const FileOnDisk file("id,업종코드,값\na,\"26410, 26421\",1\nb,C25112,2\nc,,3\n");
    const auto inspection = inspect_file(file.path());
    ASSERT_TRUE(inspection);
    EXPECT_EQ(inspection->plan.columns[1].type, ValueType::ksic);
    EXPECT_EQ(parse_import_plan(to_json_text(inspection->plan)).value(), inspection->plan);
    TableInMemory sink;
    const auto audit = import_csv(file.path(), inspection->plan, "t", sink);
    ASSERT_TRUE(audit);
    ASSERT_EQ(sink.definition.columns.size(), 4U);
    EXPECT_EQ(sink.definition.columns[2].name, "업종코드 (나머지)");
    EXPECT_EQ(sink.rows, (Rows{{"a", "26410", "26421", "1"}, {"b", "25112", "NA", "2"}, {"c", "NA", "NA", "3"}}));
}

}  // namespace

}  // namespace twinfirm::ingest
