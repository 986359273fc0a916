// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/cohort_frame.h"

#include <gtest/gtest.h>

#include <cmath>

#include "evaluation/synthetic_study.h"

namespace twinfirm::evaluation {

namespace {

StudyData three_firms() {
    StudyData data{stats::Panel({"A", "B", "C"}, 2013, 2016), {}, {}, {}};
    const double none = std::nan("");
    data.panel.add_variable("sales", {1, 2, 4, 8, 10, 20, 30, 40, none, none, none, 5});
    data.panel.add_variable("export", {0, 3, 0, 0, 0, 0, 0, 0, none, none, none, 1});
    data.panel.adoption_year = {2015, 0, 0};
    data.panel.level = {3, 0, 0};
    data.panel.attributes().add(stats::Column::from_texts("ksic", {"C25112", "10", "9"}));
    data.panel.attributes().add(stats::Column::numbers("founded", {2000, 2010, none}));
    return data;
}

TEST(CohortFrame, FirmsAreThoseSeenInTheBaseYear) {
    const StudyData data = three_firms();
    const CohortFirms cohort = cohort_firms(data.panel, 2015);
    EXPECT_EQ(cohort.firms, (std::vector<std::size_t>{0, 1}));
    EXPECT_EQ(cohort.adopter, (std::vector<std::uint8_t>{1, 0}));
    EXPECT_TRUE(cohort_firms(data.panel, 2013).firms.empty()) << "no year before the panel";
}

TEST(CohortFrame, ValuesAreThoseOfTheYearBeforeAdoption) {
    const StudyData data = three_firms();
    const design::Specification specification;
    const std::vector<std::size_t> firms{0, 1};
    const auto value = [&](const std::string& name) {
        return base_year_column(name, data.panel, specification, 2015, firms).value().values()[0];
    };
    EXPECT_EQ(value("sales"), 2);
    EXPECT_DOUBLE_EQ(value("sales_growth"), std::log(2));
    EXPECT_EQ(value("firm_age"), 14);
    EXPECT_EQ(value("exporter"), 1);
    EXPECT_EQ(value("level"), 3);
}

TEST(CohortFrame, GrowthNeedsTwoPositiveYears) {
    const StudyData data = three_firms();
    const std::vector<std::size_t> firms{0};
    const auto column = base_year_column("export_growth", data.panel, {}, 2015, firms);
    EXPECT_TRUE(column.value().missing(0)) << "exports of 2013 were 0";
    EXPECT_TRUE(base_year_column("sales_growth", data.panel, {}, 2014, firms).value().missing(0))
        << "2012 is not in the panel";
}

TEST(CohortFrame, IndustryIsTheDivision) {
    const StudyData data = three_firms();
    const std::vector<std::size_t> firms{0, 1, 2};
    const auto column = base_year_column("industry", data.panel, {}, 2015, firms).value();
    EXPECT_EQ(column.levels(), (std::vector<std::string>{"10", "25"}));
    EXPECT_EQ(column.codes()[0], 1);
    EXPECT_EQ(column.codes()[1], 0);
    EXPECT_TRUE(column.missing(2)) << "one digit is no division";
}

TEST(CohortFrame, ABreakdownsKeyIsItsBand) {
    const StudyData data = three_firms();
    design::Specification specification;
    design::Breakdown band;
    band.key = "sales_band";
    band.variable = "sales";
    band.edges = {0, 2, 20};
    band.labels = {{"소", "small"}, {"중", "middle"}, {"대", "large"}};
    specification.breakdowns = {band};
    const std::vector<std::size_t> firms{0, 1};
    const auto column = base_year_column("sales_band", data.panel, specification, 2015, firms).value();
    EXPECT_EQ(column.codes()[0], 1) << "bands are closed on the left";
    EXPECT_EQ(column.codes()[1], 2);
}

}  // namespace

}  // namespace twinfirm::evaluation
