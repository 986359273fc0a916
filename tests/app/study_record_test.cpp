// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/study_record.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>

#include "twinfirm/app/project_file.h"

namespace twinfirm::app {
namespace {

class StudyRecordTest : public ::testing::Test {
  protected:
    void SetUp() override {
        path_ = std::filesystem::temp_directory_path() /
                (std::string("twinfirm-record-") + ::testing::UnitTest::GetInstance()->current_test_info()->name() +
                 ".twinfirm");
        std::filesystem::remove(path_);
        project_.emplace(create_project(path_).value());
    }
    void TearDown() override {
        project_.reset();
        std::filesystem::remove(path_);
    }

    static evaluation::Evaluation result_of(double caliper, double estimate) {
        evaluation::Evaluation result;
        result.specification = design::preset("recommended").value();
        result.specification.matching.caliper = caliper;
        result.specification_hash = design::specification_hash(result.specification);
        result.data.tables = {{"panel", 10, "abc"}};
        evaluation::EffectRow row;
        row.outcome = result.specification.outcomes.front().key;
        row.estimator = "did";
        row.effect.estimate = estimate;
        row.effect.ci_low = estimate - 0.1;
        row.effect.ci_high = estimate + 0.1;
        row.effect.n_treated = 100;
        result.effects = {row};
        return result;
    }

    std::filesystem::path path_;
    std::optional<store::Project> project_;
};

TEST_F(StudyRecordTest, EveryDesignStaysAndSaysWhatItHasOtherwise) {
    evaluation::Evaluation first = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-01T00:00:00Z", first));
    ASSERT_EQ(first.record.designs.size(), 1U);
    EXPECT_TRUE(first.record.designs.front().time.empty()) << "this run";
    EXPECT_TRUE(first.record.designs.front().changes.empty());
    evaluation::Evaluation second = result_of(0.1, 0.07);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", second));
    ASSERT_EQ(second.record.designs.size(), 2U);
    const evaluation::TriedDesign& earlier = second.record.designs.front();
    EXPECT_EQ(earlier.time, "2026-01-01T00:00:00Z");
    EXPECT_EQ(earlier.changes, std::vector<std::string>{"/matching/caliper"});
    ASSERT_EQ(earlier.headlines.size(), 1U);
    EXPECT_DOUBLE_EQ(earlier.headlines.front().estimate, 0.05);
    EXPECT_EQ(earlier.headlines.front().n_treated, 100);
    EXPECT_TRUE(second.record.intact);
    EXPECT_FALSE(second.record.lock);
}

TEST_F(StudyRecordTest, TheSameRunAgainIsNoFurtherDesign) {
    evaluation::Evaluation first = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-01T00:00:00Z", first));
    evaluation::Evaluation again = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", again));
    EXPECT_EQ(again.record, first.record) << "the result has the same bytes";
    evaluation::Evaluation other_data = result_of(0.2, 0.05);
    other_data.data.tables.front().content_hash = "def";
    ASSERT_TRUE(record_run(*project_, "2026-01-04T00:00:00Z", other_data));
    EXPECT_EQ(other_data.record.designs.size(), 2U);
}

TEST_F(StudyRecordTest, ALockBeforeAnyRunIsToldFromOneAfter) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    const auto lock = lock_specification(*project_, result.specification, "2026-01-01T00:00:00Z");
    ASSERT_TRUE(lock) << lock.error().code;
    EXPECT_TRUE(lock->before_results);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    ASSERT_TRUE(result.record.lock);
    EXPECT_FALSE(result.record.changed_since_lock);
    EXPECT_TRUE(result.record.lock->before_results) << "the run came after";
    evaluation::Evaluation changed = result_of(0.1, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", changed));
    EXPECT_TRUE(changed.record.changed_since_lock);
    // The same again is the same lock; another is refused.
    EXPECT_EQ(lock_specification(*project_, result.specification, "2026-02-01T00:00:00Z").value(), *lock);
    EXPECT_EQ(lock_specification(*project_, changed.specification, "2026-02-01T00:00:00Z").error().code, "lock_other");
}

TEST_F(StudyRecordTest, ALockAfterResultsSaysSo) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    EXPECT_FALSE(lock_specification(*project_, result.specification, "2026-01-03T00:00:00Z")->before_results);
}

TEST_F(StudyRecordTest, AChangedRowIsNoticed) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    // Somebody writes the table anew with a better number.
    const auto data = project_->read(record_table).value();
    std::string content(data.columns[0].text(0));
    const std::size_t at = content.find("0.05");
    ASSERT_NE(at, std::string::npos);
    content.replace(at, 4, "0.25");
    auto import = project_->begin_import().value();
    store::RowChunk chunk;
    chunk.rows = 1;
    chunk.columns = {store::ColumnChunk(), store::ColumnChunk()};
    chunk.columns[0].append_text(content);
    chunk.columns[1].append_text(data.columns[1].text(0));
    ASSERT_TRUE(import->begin({record_table, data.definitions}));
    ASSERT_TRUE(import->append(chunk));
    store::ImportRecord source;
    source.plan_json = source.audit_json = "{}";
    ASSERT_TRUE(import->commit(source));
    import.reset();
    evaluation::Evaluation next = result_of(0.1, 0.07);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", next));
    EXPECT_FALSE(next.record.intact);
    EXPECT_EQ(lock_specification(*project_, next.specification, "2026-02-01T00:00:00Z").error().code, "record_damaged");
}

TEST_F(StudyRecordTest, RowsTakenOffTheEndAreNoticed) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    evaluation::Evaluation worse = result_of(0.1, 0.01);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", worse));
    EXPECT_TRUE(worse.record.intact);
    // Somebody writes the table anew without the last run; what the catalogue says of it stays.
    const auto data = project_->read(record_table).value();
    ASSERT_EQ(data.rows, 2U);
    store::ImportRecord source = project_->table(record_table)->import;
    auto import = project_->begin_import().value();
    store::RowChunk chunk;
    chunk.rows = 1;
    chunk.columns = {store::ColumnChunk(), store::ColumnChunk()};
    for (std::size_t column = 0; column < 2; ++column) chunk.columns[column].append_text(data.columns[column].text(0));
    ASSERT_TRUE(import->begin({record_table, data.definitions}));
    ASSERT_TRUE(import->append(chunk));
    ASSERT_TRUE(import->commit(source));
    import.reset();
    evaluation::Evaluation next = result_of(0.3, 0.07);
    ASSERT_TRUE(record_run(*project_, "2026-01-04T00:00:00Z", next));
    EXPECT_FALSE(next.record.intact);
}

TEST_F(StudyRecordTest, ARecordTakenOutAsAWholeIsMissedForGood) {
    evaluation::Evaluation first = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-01T00:00:00Z", first));
    ASSERT_TRUE(project_->drop_table(record_table));
    evaluation::Evaluation second = result_of(0.1, 0.07);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", second));
    EXPECT_FALSE(second.record.intact);
    evaluation::Evaluation third = result_of(0.3, 0.02);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", third));
    EXPECT_FALSE(third.record.intact) << "a new record does not make up for the old one";
    EXPECT_EQ(lock_specification(*project_, third.specification, "2026-01-04T00:00:00Z").error().code,
              "record_damaged");
}

TEST_F(StudyRecordTest, TheRecordIsNoImport) {
    evaluation::Evaluation first = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-01T00:00:00Z", first));
    EXPECT_EQ(undo_import(*project_, record_table).error().code, "record_kept");
    const auto columns = personal_columns(*project_, record_table);
    ASSERT_TRUE(columns);
    EXPECT_TRUE(columns->dropped.empty() && columns->replaced.empty());
    const auto out = path_.parent_path() / "twinfirm-record.csv";
    EXPECT_TRUE(export_table(*project_, record_table, out, false));
    std::filesystem::remove(out);
}

TEST_F(StudyRecordTest, ExportsAreRecordedWithTheirFilesAndTheReasonOfAnOverride) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    ASSERT_TRUE(record_export(*project_, {"2026-01-02T00:01:00Z",
                                          "kim",
                                          result.specification_hash,
                                          false,
                                          "approved",
                                          {{"result.json", std::string(64, 'a')}}}));
    const auto data = project_->read(record_table).value();
    ASSERT_EQ(data.rows, 2U);
    const std::string content(data.columns[0].text(1));
    for (const char* part : {"\"kind\":\"export\"", "\"user\":\"kim\"", "\"protected\":false",
                             "\"reason\":\"approved\"", "\"name\":\"result.json\""}) {
        EXPECT_NE(content.find(part), std::string::npos) << part;
    }
    evaluation::Evaluation again = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", again));
    EXPECT_TRUE(again.record.intact);
    EXPECT_EQ(again.record.designs.size(), 1U) << "an export is no design";
}

TEST_F(StudyRecordTest, WhatIsShownMakesNoOtherDesign) {
    evaluation::Evaluation result = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", result));
    evaluation::Evaluation open = result_of(0.2, 0.05);
    open.specification.disclosure.enabled = false;
    open.specification.disclosure.reason = "approved";
    ASSERT_TRUE(record_run(*project_, "2026-01-03T00:00:00Z", open));
    EXPECT_EQ(open.record.designs.size(), 1U);
}

TEST_F(StudyRecordTest, AnUnprotectedExportThatCannotBeRecordedIsRefused) {
    design::DisclosureSettings open;
    open.enabled = false;
    open.reason = "approved";
    EXPECT_TRUE(may_export(*project_, open));
    project_.reset();
    const auto read_only = open_project(path_, Access::read_only).value();
    EXPECT_EQ(may_export(read_only, open).error().code, "export_not_recorded");
    EXPECT_TRUE(may_export(read_only, {}));
}

TEST_F(StudyRecordTest, RecordedDesignsCanBeRunAgain) {
    EXPECT_FALSE(read_lock(*project_)->has_value());
    EXPECT_TRUE(recorded_designs(*project_)->empty());
    evaluation::Evaluation first = result_of(0.2, 0.05);
    ASSERT_TRUE(record_run(*project_, "2026-01-01T00:00:00Z", first));
    evaluation::Evaluation second = result_of(0.1, 0.07);
    ASSERT_TRUE(record_run(*project_, "2026-01-02T00:00:00Z", second));
    auto designs = recorded_designs(*project_);
    ASSERT_TRUE(designs);
    ASSERT_EQ(designs->size(), 2U);
    EXPECT_TRUE((*designs)[0].specification == second.specification);
    EXPECT_FALSE((*designs)[0].locked);

    const auto lock = lock_specification(*project_, first.specification, "2026-01-03T00:00:00Z");
    ASSERT_TRUE(lock);
    EXPECT_EQ(read_lock(*project_)->value(), *lock);
    designs = recorded_designs(*project_);
    ASSERT_EQ(designs->size(), 2U);
    EXPECT_TRUE((*designs)[0].specification == first.specification);
    EXPECT_TRUE((*designs)[0].locked);
    EXPECT_EQ((*designs)[0].time, "2026-01-03T00:00:00Z");
    EXPECT_FALSE((*designs)[1].locked);
}

}  // namespace
}  // namespace twinfirm::app
