// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {
namespace {

Specification with_everything() {
    Specification specification = preset("recommended").value();
    specification.derived = {{"labour_productivity", DerivedKind::ratio, "sales", "emp"},
                             {"real_sales", DerivedKind::real, "sales", ""},
                             {"exporting", DerivedKind::above_zero, "export", ""},
                             {"alive", DerivedKind::survival, "", ""}};
    specification.prices = {"prices", "year", "ppi", 2015};
    specification.before_after.trim = 0.1;
    specification.groups.support = "grant";
    specification.groups.size_thresholds = {{"25", 2015, 1000, 120}};
    specification.breakdowns[0].band_year = BandYear::averaged;
    specification.breakdowns[0].within = true;
    Breakdown crossed;
    crossed.key = "size_level";
    crossed.label = {"규모 × 수준", "Size × level"};
    crossed.cross = {"size", "level"};
    specification.breakdowns.push_back(crossed);
    return specification;
}

TEST(GroupSettings, SurviveTheCanonicalForm) {
    const Specification specification = with_everything();
    EXPECT_TRUE(validate(specification).errors.empty()) << validate(specification).errors.front().code;
    const auto again = specification_from_json(specification_to_json(specification));
    ASSERT_TRUE(again) << again.error().code;
    EXPECT_EQ(*again, specification);
}

std::string first_error(const Specification& specification) {
    const Validation validation = validate(specification);
    return validation.errors.empty() ? "" : validation.errors.front().code;
}

TEST(GroupSettings, FaultsAreNamed) {
    Specification spoiled = with_everything();
    spoiled.prices.table.clear();
    EXPECT_EQ(first_error(spoiled), "derived_needs_prices");
    spoiled = with_everything();
    spoiled.derived[0].denominator.clear();
    EXPECT_EQ(first_error(spoiled), "specification_empty");
    spoiled = with_everything();
    spoiled.derived[1].name = "alive";
    EXPECT_EQ(first_error(spoiled), "specification_duplicate");
    spoiled = with_everything();
    spoiled.before_after.trim = 0.5;
    EXPECT_EQ(first_error(spoiled), "specification_range");
    spoiled = with_everything();
    spoiled.groups.zero_outcomes = {"sales"};
    EXPECT_EQ(first_error(spoiled), "zero_outcome_not_level");
    spoiled = with_everything();
    spoiled.groups.size_thresholds[0].small = 2000;
    EXPECT_EQ(first_error(spoiled), "size_threshold_order");
    spoiled = with_everything();
    spoiled.breakdowns.back().cross = {"size", "size"};
    EXPECT_EQ(first_error(spoiled), "breakdown_cross");
    spoiled = with_everything();
    spoiled.breakdowns.back().variable = "emp";
    EXPECT_EQ(first_error(spoiled), "breakdown_cross_own_groups");
}

TEST(GroupSettings, WhatTheProjectBringsIsNoCovariate) {
    for (const char* column : {"grant", "solution", "total_cost", "prod_after"}) {
        Specification specification = with_everything();
        specification.covariates.emplace_back(column);
        EXPECT_EQ(first_error(specification), "covariate_after_adoption") << column;
    }
}

TEST(GroupSettings, UnknownKindsAndKeysAreNamedByPlace) {
    const auto unknown_kind = specification_from_json(R"({"derived": [{"name": "a", "kind": "log", "of": "b"}]})");
    ASSERT_FALSE(unknown_kind);
    EXPECT_EQ(unknown_kind.error().code, "specification_value");
    EXPECT_EQ(unknown_kind.error().arguments.at("key"), "/derived/0/kind");
    const auto unknown_key = specification_from_json(R"({"groups": {"powr": 0.9}})");
    ASSERT_FALSE(unknown_key);
    EXPECT_EQ(unknown_key.error().arguments.at("key"), "/groups/powr");
    const auto no_variable = specification_from_json(R"({"breakdowns": [{"key": "a", "label": "b"}]})");
    ASSERT_FALSE(no_variable);
    EXPECT_EQ(no_variable.error().code, "specification_key_missing");
}

TEST(GroupSettings, DeliveryIsReadByEitherDefinition) {
    const auto lead =
        specification_from_json(R"({"preset": "recommended", "before_after": {"delivery": "lead_time"}})");
    ASSERT_TRUE(lead) << lead.error().code;
    const ProcessKpi& kpi = lead->process_kpis.back();
    EXPECT_EQ(kpi.before, "lead_before");
    EXPECT_EQ(kpi.direction, Direction::lower_is_better);
    const auto as_listed = specification_from_json(R"({"preset": "recommended"})");
    ASSERT_TRUE(as_listed);
    EXPECT_EQ(as_listed->process_kpis.back().before, "otd_before");
}

TEST(GroupSettings, BuiltInThresholdsHaveTwoVintagesADivision) {
    const auto thresholds = built_in_size_thresholds();
    EXPECT_EQ(thresholds.size(), 50U);
    const auto of = [&](const std::string& division, int from) {
        return *std::find_if(thresholds.begin(), thresholds.end(),
                             [&](const SizeThreshold& t) { return t.division == division && t.from == from; });
    };
    EXPECT_EQ(of("25", 2015).sme, 1000);
    EXPECT_EQ(of("25", 2026).sme, 1200);
    EXPECT_EQ(of("25", 2015).small, 120);
    for (const SizeThreshold& threshold : thresholds) {
        EXPECT_GT(threshold.small, 0) << threshold.division;
        EXPECT_GT(threshold.sme, threshold.small) << threshold.division;
    }
}

}  // namespace
}  // namespace twinfirm::design
