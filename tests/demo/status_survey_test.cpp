// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "demo/demo_tables.h"
#include "twinfirm/base/sha256.h"

namespace twinfirm::demo {
namespace {

DemoOptions options_for(std::int64_t firms) {
    DemoOptions options;
    options.firms = firms;
    options.first_year = 2016;
    options.status_survey = true;
    return options;
}

TEST(StatusSurvey, WeightsSumToTheStrata) {
    const Result<DemoFiles> files = generate_demo(options_for(4000), scratch_directory("status"));
    ASSERT_TRUE(files);
    EXPECT_EQ(files->status_survey_rows, 1000);
    const Table table = read_table(files->status_survey);
    ASSERT_EQ(table.rows.size(), 1000U);
    std::map<std::string, double> weights;
    std::map<std::string, double> population;
    std::set<std::string> firms;
    for (const auto& row : table.rows) {
        const std::string stratum = row[table.column("층")];
        weights[stratum] += std::stod(row[table.column("가중치")]);
        population[stratum] = std::stod(row[table.column("층 모집단")]);
        EXPECT_TRUE(firms.insert(row[table.column("기업ID")]).second);
        const bool adopted = row[table.column("스마트공장")] == "도입";
        EXPECT_EQ(row[table.column("수준")].empty(), !adopted);
        EXPECT_EQ(row[table.column("투자액")].empty(), !adopted);
    }
    double all = 0;
    for (const auto& [stratum, sum] : weights) {
        EXPECT_NEAR(sum, population[stratum], 1e-6) << stratum;
        all += sum;
    }
    EXPECT_NEAR(all, 4000, 1e-6);
}

TEST(StatusSurvey, EstimatesLieNearTheTruth) {
    const Result<DemoFiles> files = generate_demo(options_for(20000), scratch_directory("status"));
    ASSERT_TRUE(files);
    EXPECT_EQ(files->status_survey_rows, 5000);
    const Table truth = read_table(files->status_survey_truth);
    double expected = std::nan("");
    for (const auto& row : truth.rows)
        if (row[0] == "스마트공장" && row[3].empty()) expected = std::stod(row[4]);
    const Table table = read_table(files->status_survey);
    double adopted = 0;
    double all = 0;
    for (const auto& row : table.rows) {
        const double weight = std::stod(row[table.column("가중치")]);
        all += weight;
        if (row[table.column("스마트공장")] == "도입") adopted += weight;
    }
    EXPECT_NEAR(adopted / all, expected, 0.02);  // some four standard errors
}

TEST(StatusSurvey, LeavesTheOtherFilesAsTheyAre) {
    DemoOptions options = options_for(1500);
    const auto hashes = [&] {
        const DemoFiles files = generate_demo(options, scratch_directory("status")).value();
        return std::pair(sha256_of_file(files.panel).value(), sha256_of_file(files.firms).value());
    };
    const auto with = hashes();
    options.status_survey = false;
    EXPECT_EQ(hashes(), with);
}

}  // namespace
}  // namespace twinfirm::demo
