// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/ingest/plan_replay.h"

#include <gtest/gtest.h>

#include "ingest_test_files.h"
#include "twinfirm/ingest/csv_import.h"

namespace twinfirm::ingest {

namespace {

Inspection inspected(const FileOnDisk& file) {
    return inspect_file(file.path()).value();
}

TEST(PlanReplay, ListsWhatChangedSinceLastYear) {
    const FileOnDisk last("기업ID,연도,매출액(백만원),종업원수,비고,점수\na,2014,1,2,가,3\n", "last.csv");
    ImportPlan plan = inspected(last).plan;
    plan.columns[2].name = "매출";
    plan.columns[4].keep = false;
    plan.quality["outlier"] = QualityRule::set_missing;

    const FileOnDisk next("연도,기업ID,매출액(천원),상시근로자수,점수,지원금(백만원)\n2015,a,5000,3,좋음,7\n",
                          "next.csv");
    const PlanReplay replay = replay_plan(plan, inspected(next));
    using Kind = PlanDifference::Kind;
    EXPECT_EQ(replay.differences,
              (std::vector<PlanDifference>{{Kind::moved_column, "연도", "2", "1"},
                                           {Kind::moved_column, "기업ID", "1", "2"},
                                           {Kind::renamed_column, "매출", "매출액(백만원)", "매출액(천원)"},
                                           {Kind::unit_changed, "매출", "백만원", "천원"},
                                           {Kind::renamed_column, "종업원수", "종업원수", "상시근로자수"},
                                           {Kind::moved_column, "점수", "6", "5"},
                                           {Kind::type_changed, "점수", "integer", "text"},
                                           {Kind::new_column, "지원금(백만원)", "", ""},
                                           {Kind::missing_column, "비고", "", ""}}));
    EXPECT_EQ(replay.plan.quality, plan.quality);
    EXPECT_EQ(difference_list({{Kind::new_column, "a", "", ""}, {Kind::unit_changed, "b", "백만원", "천원"}}),
              "\n  + a\n  b: 백만원 → 천원");

    TableInMemory sink;
    const auto audit = import_csv(next.path(), replay.plan, "t", sink);
    ASSERT_TRUE(audit);
    EXPECT_EQ(audit->rows_rejected, 1);  // the plan says that the score is a number
    EXPECT_EQ(sink.definition.columns[2].name, "매출");
}

TEST(PlanReplay, SaysNothingOfAFileOfTheSameForm) {
    const FileOnDisk file("기업ID,연도,매출액(백만원)\na,2014,1\n");
    const Inspection inspection = inspected(file);
    const PlanReplay replay = replay_plan(inspection.plan, inspection);
    EXPECT_TRUE(replay.differences.empty());
    EXPECT_EQ(replay.plan, inspection.plan);
}

}  // namespace

}  // namespace twinfirm::ingest
