// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <chrono>
#include <map>

#include "demo/demo_tables.h"

namespace twinfirm::demo {
namespace {

TEST(GenerateDemoWholeRegister, HasTheCohortsAndRespondentsOfTheRelease) {
    const auto start = std::chrono::steady_clock::now();
    const Result<DemoFiles> files = generate_demo(DemoOptions{}, scratch_directory("whole"));
    const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
    ASSERT_TRUE(files);
    EXPECT_EQ(files->firm_count, 163273);
    EXPECT_EQ(files->adopters, 5003);
    EXPECT_EQ(files->respondents, 3947);
    EXPECT_LT(elapsed.count(), 30.0);
    std::map<std::string, int> cohorts;
    const Table firms = read_table(files->firms);
    const std::size_t year = firms.column("도입연도");
    for (const auto& row : firms.rows) ++cohorts[row[year]];
    cohorts.erase("");
    EXPECT_EQ(cohorts, (std::map<std::string, int>{{"2014", 277}, {"2015", 963}, {"2016", 1560}, {"2017", 2203}}));
}

}  // namespace
}  // namespace twinfirm::demo
