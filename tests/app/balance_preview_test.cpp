// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/balance_preview.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "twinfirm/app/project_file.h"
#include "twinfirm/app/study.h"
#include "twinfirm/app/study_record.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::app {

namespace {

const std::filesystem::path sample = std::filesystem::path(TWINFIRM_SOURCE_DIR) / "data/samples/demo3000";

class BalancePreviewOfSample : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  (std::string("twinfirm-preview-") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::remove_all(folder_);
        std::filesystem::create_directories(folder_);
        specification_ = load_study(sample / "study.json").value().specification;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] store::Project imported() const {
        auto project = create_project(folder_ / "study.twinfirm").value();
        EXPECT_TRUE(import_study_files(project, load_study(sample / "study.json").value(), sample));
        return project;
    }

    std::filesystem::path folder_;
    design::Specification specification_;
};

TEST_F(BalancePreviewOfSample, IsThatOfAFreshReadingWhateverWasComputedBefore) {
    const store::Project project = imported();
    BalancePreview preview;
    EXPECT_FALSE(preview.keeps_data());
    design::Specification changed = specification_;
    changed.matching.ratio = 2;
    changed.outcomes.pop_back();
    for (const design::Specification& specification : {specification_, changed, specification_}) {
        const auto kept = preview.compute(project, specification);
        ASSERT_TRUE(kept) << kept.error().code;
        EXPECT_TRUE(preview.keeps_data());
        const auto fresh = BalancePreview().compute(project, specification);
        ASSERT_TRUE(fresh) << fresh.error().code;
        EXPECT_EQ(evaluation::evaluation_to_json(*kept), evaluation::evaluation_to_json(*fresh));
    }
}

TEST_F(BalancePreviewOfSample, TheProjectRemembersNoDesignThatWasOnlyPreviewed) {
    store::Project project = imported();
    ASSERT_TRUE(BalancePreview().compute(project, specification_));
    EXPECT_TRUE(recorded_designs(project).value().empty());
    // So a design that is locked after it was locked before any result.
    EXPECT_TRUE(lock_specification(project, specification_, "2026-01-01T00:00:00Z").value().before_results);
}

TEST_F(BalancePreviewOfSample, LargePanelsAreNotKeptInMemory) {
    const store::Project project = imported();
    BalancePreview preview(1000);
    ASSERT_TRUE(preview.compute(project, specification_));
    EXPECT_FALSE(preview.keeps_data());
}

TEST_F(BalancePreviewOfSample, OtherTablesAreReadAnew) {
    store::Project project = imported();
    BalancePreview preview;
    ASSERT_TRUE(preview.compute(project, specification_));
    ASSERT_TRUE(project.drop_table(specification_.roles.panel_table));
    const auto gone = preview.compute(project, specification_);
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "table_not_found");
    EXPECT_FALSE(preview.keeps_data());
}

}  // namespace

}  // namespace twinfirm::app
