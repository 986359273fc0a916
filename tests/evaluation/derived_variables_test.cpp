// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/derived_variables.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/evaluation/cohort_frame.h"
#include "twinfirm/evaluation/groups.h"

namespace twinfirm::evaluation {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Three firms over 2013 .. 2016; C closes in 2015, and has no row after 2014.
StudyData three_firms() {
    StudyData data{stats::Panel({"A", "B", "C"}, 2013, 2016), {}, {}, {}};
    data.panel.adoption_year = {2015, 0, 0};
    data.panel.level = {1, 0, 0};
    data.panel.add_variable("sales", {1e10, 2e10, 4e10, 8e10, 6e8, 6e8, 6e8, 6e8, 2e11, 2e11, nan, nan});
    data.panel.add_variable("emp", {10, 20, 40, 0, 4, 4, 4, 4, 300, 300, nan, nan});
    data.panel.add_variable("export", {0, 5, 0, 5, 0, 0, 0, 0, 7, 0, nan, nan});
    data.panel.attributes().add(stats::Column::from_texts("ksic", {"C25112", "25112", "10301"}));
    data.panel.attributes().add(stats::Column::numbers("closed", {nan, nan, 2015}));
    return data;
}

design::Specification deriving(std::vector<design::DerivedVariable> derived) {
    design::Specification specification;
    specification.derived = std::move(derived);
    return specification;
}

void expect_values(const StudyData& data, const std::string& variable, const std::vector<double>& expected) {
    const auto found = data.panel.values(variable);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (std::isnan(expected[i])) {
            EXPECT_TRUE(std::isnan(found[i])) << variable << " " << i;
        } else {
            EXPECT_NEAR(found[i], expected[i], 1e-12 * std::abs(expected[i])) << variable << " " << i;
        }
    }
}

TEST(DerivedVariables, RatiosNeedADenominatorAboveZero) {
    StudyData data = three_firms();
    ASSERT_TRUE(derive_variables(deriving({{"lp", design::DerivedKind::ratio, "sales", "emp"}}), data));
    expect_values(data, "lp", {1e9, 1e9, 1e9, nan, 1.5e8, 1.5e8, 1.5e8, 1.5e8, 2e11 / 300, 2e11 / 300, nan, nan});
}

TEST(DerivedVariables, RealValuesAreAtThePricesOfTheBaseYear) {
    StudyData data = three_firms();
    data.price_index = {{2013, 100}, {2014, 110}, {2015, 120}};
    design::Specification specification = deriving({{"real", design::DerivedKind::real, "sales", ""}});
    specification.prices = {"prices", "year", "index", 2015};
    ASSERT_TRUE(derive_variables(specification, data));
    EXPECT_NEAR(data.panel.value("real", 0, 2013), 1.2e10, 1e-2);
    EXPECT_NEAR(data.panel.value("real", 0, 2015), 4e10, 1e-2);
    EXPECT_TRUE(std::isnan(data.panel.value("real", 0, 2016)));
    ASSERT_EQ(data.messages.size(), 1U);
    EXPECT_EQ(data.messages[0].code, "price_years_missing");
    EXPECT_EQ(data.messages[0].count, 1);
    specification.prices.base_year = 2020;
    const auto none = derive_variables(specification, data);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, "price_base_year_missing");
}

TEST(DerivedVariables, SurvivalEndsWithTheYearOfClosureOrTheLastRow) {
    StudyData data = three_firms();
    ASSERT_TRUE(derive_variables(deriving({{"alive", design::DerivedKind::survival, "closed", ""},
                                           {"seen", design::DerivedKind::survival, "", ""}}),
                                 data));
    expect_values(data, "alive", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0});
    expect_values(data, "seen", {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0});
    // A closed firm is known to be closed, which makes it no candidate for a later cohort.
    const std::vector<design::DerivedVariable> derived = {{"alive", design::DerivedKind::survival, "closed", ""},
                                                          {"seen", design::DerivedKind::survival, "", ""}};
    EXPECT_EQ(cohort_firms(data.panel, 2016, 0, {}, derived).firms.size(), 1U);
    EXPECT_EQ(cohort_firms(data.panel, 2015, 0, {}, derived).firms.size(), 3U);
}

TEST(DerivedVariables, UnknownSourcesAreNamed) {
    StudyData data = three_firms();
    const auto unknown = derive_variables(deriving({{"lp", design::DerivedKind::ratio, "profit", "emp"}}), data);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, "derived_source_unknown");
    EXPECT_EQ(unknown.error().arguments.at("variable"), "profit");
}

TEST(DerivedVariables, LevelsWithManyZerosGetAnIndicator) {
    StudyData data = three_firms();
    design::Specification specification;
    design::Outcome exports;
    exports.key = "export";
    exports.variable = "export";
    exports.metric = design::ChangeMetric::level;
    specification.outcomes = {exports};
    ASSERT_TRUE(derive_variables(specification, data));
    EXPECT_EQ(data.panel.value(above_zero_name("export"), 0, 2014), 1);
    EXPECT_EQ(data.panel.value(above_zero_name("export"), 0, 2015), 0);
    EXPECT_TRUE(std::isnan(data.panel.value(above_zero_name("export"), 2, 2016)));
}

TEST(DerivedVariables, SourcesAreFollowed) {
    const design::Specification specification =
        deriving({{"real", design::DerivedKind::real, "sales", ""}, {"lp", design::DerivedKind::ratio, "real", "emp"}});
    const auto sources = sources_of(specification, "lp");
    EXPECT_EQ(sources.size(), 4U);
    EXPECT_EQ(std::count(sources.begin(), sources.end(), "sales"), 1);
}

TEST(LegalClass, FollowsSalesOverThreeYearsTheDivisionAndEmployees) {
    const StudyData data = three_firms();
    const std::vector<std::size_t> firms{0, 1, 2};
    const auto classes = base_year_column("legal_class", data.panel, {}, 2015, firms);
    ASSERT_TRUE(classes) << classes.error().code;
    const auto name = [&](std::size_t i) { return classes->levels()[static_cast<std::size_t>(classes->codes()[i])]; };
    EXPECT_EQ(name(0), "medium") << "150 over two years, above 120 for metal products";
    EXPECT_EQ(name(1), "micro");
    EXPECT_EQ(name(2), "middle_market") << "2,000 above 1,000 for food";
    design::Specification own;
    own.groups.size_thresholds = {{"25", 2015, 1000, 200}};
    const auto edited = base_year_column("legal_class", data.panel, own, 2015, firms);
    ASSERT_TRUE(edited);
    EXPECT_EQ(edited->levels()[static_cast<std::size_t>(edited->codes()[0])], "small");
    EXPECT_TRUE(edited->missing(2)) << "no limits for its division";
}

TEST(LegalClass, GroupsStandInTheOrderOfTheLaw) {
    const StudyData data = three_firms();
    design::Breakdown classes;
    classes.key = "legal";
    classes.label = {"법적 기업규모", "Legal size class"};
    classes.variable = "legal_class";
    const std::vector<Adopter> adopters{{0, 2015}};
    const auto grouping = group_adopters(classes, data.panel, {}, adopters);
    ASSERT_TRUE(grouping) << grouping.error().code;
    ASSERT_EQ(grouping->groups.size(), 4U);
    EXPECT_EQ(grouping->groups[0].label.ko, "소상공인");
    EXPECT_EQ(grouping->of[0], 2);
}

TEST(BandYear, LaggedAndAveragedBandsReadOtherYears) {
    const StudyData data = three_firms();
    design::Breakdown bands;
    bands.key = "sales_band";
    bands.variable = "sales";
    bands.edges = {0, 1.2e10, 1.8e10};
    const std::vector<Adopter> adopters{{0, 2015}};
    const auto group = [&](design::BandYear year) {
        bands.band_year = year;
        return group_adopters(bands, data.panel, {}, adopters)->of[0];
    };
    EXPECT_EQ(group(design::BandYear::base), 2);
    EXPECT_EQ(group(design::BandYear::lagged), 0);
    EXPECT_EQ(group(design::BandYear::averaged), 1);
}

}  // namespace
}  // namespace twinfirm::evaluation
