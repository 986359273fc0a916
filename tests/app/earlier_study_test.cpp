// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/earlier_study.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/test_folder.h"
#include "twinfirm/app/import_file.h"
#include "twinfirm/app/inspect.h"
#include "twinfirm/app/project_file.h"

namespace twinfirm::app {
namespace {

class EarlierStudyTest : public TestFolder {
  protected:
    std::filesystem::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }

    /// A project whose sales were declared to be in thousands of won.
    std::filesystem::path last_year() {
        const auto file = write("panel.csv", "기업ID,연도,매출액,종업원수\nA1,2015,120,10\nA2,2015,95,12\n");
        const auto path = folder_ / "last.twinfirm";
        auto project = create_project(path);
        EXPECT_TRUE(project);
        auto inspection = inspect(file);
        EXPECT_TRUE(inspection);
        inspection->plan.columns[2].unit = "천원";
        inspection->plan.columns[2].type = ingest::ValueType::money;
        EXPECT_TRUE(import_file(*project, file, "panel", inspection->plan));
        auto specification = design::preset("basic");
        EXPECT_TRUE(specification);
        specification->seed = 77;
        EXPECT_TRUE(project->set_specification(design::specification_to_json(*specification)));
        return path;
    }
};

TEST_F(EarlierStudyTest, ADesignAndItsReadingComeFromAProject) {
    const auto earlier = read_earlier_study(last_year());
    ASSERT_TRUE(earlier) << earlier.error().code;
    EXPECT_EQ(earlier->specification.seed, 77u);
    ASSERT_EQ(earlier->plans.count("panel"), 1u);

    // This year's file has its columns in another order and one more.
    const auto file = write("panel2016.csv", "연도,기업ID,매출액,종업원수,수출액\n2016,A1,130,11,5\n2016,A2,99,12,0\n");
    const auto read = inspect_as_before(file, *earlier);
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(read->table, "panel");
    ASSERT_EQ(read->inspection.plan.columns.size(), 5u);
    EXPECT_EQ(read->inspection.plan.columns[2].unit, "천원");
    EXPECT_EQ(read->inspection.plan.columns[2].type, ingest::ValueType::money);
    ASSERT_EQ(read->messages.size(), 1u);
    EXPECT_EQ(read->messages[0].code, "plan_differences_taken");
}

TEST_F(EarlierStudyTest, AFileOfAnotherKindIsReadByItself) {
    const auto earlier = read_earlier_study(last_year());
    ASSERT_TRUE(earlier);
    const auto read = inspect_as_before(write("other.csv", "코드,이름\n1,가\n2,나\n"), *earlier);
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->table.empty());
    EXPECT_TRUE(read->messages.empty());
}

TEST_F(EarlierStudyTest, ASpecificationAloneIsADesignWithoutPlans) {
    const auto specification = design::preset("recommended");
    ASSERT_TRUE(specification);
    const auto path = write("design.json", design::specification_to_json(*specification));
    const auto earlier = read_earlier_study(path);
    ASSERT_TRUE(earlier) << earlier.error().code;
    EXPECT_TRUE(earlier->specification == *specification);
    EXPECT_TRUE(earlier->plans.empty());
}

TEST_F(EarlierStudyTest, AStudyFileBringsTheReadingOfItsFiles) {
    const auto earlier =
        read_earlier_study(std::filesystem::path(TWINFIRM_SOURCE_DIR) / "data/samples/demo3000/study.json");
    ASSERT_TRUE(earlier) << earlier.error().code;
    EXPECT_EQ(earlier->plans.size(), 3u);
}

TEST_F(EarlierStudyTest, AProjectWithoutADesignSaysSo) {
    const auto path = folder_ / "empty.twinfirm";
    ASSERT_TRUE(create_project(path));
    const auto earlier = read_earlier_study(path);
    ASSERT_FALSE(earlier);
    EXPECT_EQ(earlier.error().code, "project_without_design");
    EXPECT_FALSE(read_earlier_study(folder_ / "not_there.json"));
}

}  // namespace
}  // namespace twinfirm::app
