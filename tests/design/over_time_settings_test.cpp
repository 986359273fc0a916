// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/over_time_settings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {
namespace {

TEST(OverTimeSettings, EverySettingIsReadBack) {
    Specification specification = preset("recommended").value();
    specification.staggered = {true,
                               StaggeredControl::not_yet,
                               StaggeredEstimator::ipw,
                               StaggeredBase::universal,
                               StaggeredPanelUse::balanced,
                               1,
                               true,
                               {"log(emp)"},
                               "weight",
                               "sido",
                               2,
                               500};
    specification.over_time = {
        ControlPool::not_by_horizon, true, true, true, {0, 1.5}, 2, "assets", true, true, {"sales"}};
    const auto read = specification_from_json(specification_to_json(specification));
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(*read, specification);
    EXPECT_NE(specification_hash(specification), specification_hash(preset("recommended").value()));
}

TEST(OverTimeSettings, AMisspeltChoiceIsNamedWithItsPlace) {
    const auto read = specification_from_json(R"({"preset": "basic", "staggered": {"control": "none"}})");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "specification_value");
    EXPECT_EQ(read.error().arguments.at("key"), "/staggered/control");
    EXPECT_EQ(specification_from_json(R"({"preset": "basic", "over_time": {"pool": "never"}})").error().code,
              "specification_key_unknown");
}

std::vector<std::string> codes_of(const Specification& specification) {
    std::vector<std::string> codes;
    for (const Error& error : validate(specification).errors) codes.push_back(error.code);
    return codes;
}

TEST(OverTimeSettings, WhatCannotBeMeantIsRefused) {
    Specification specification = preset("recommended").value();
    EXPECT_TRUE(codes_of(specification).empty());
    specification.over_time.magnitudes = {0.5, -1};
    EXPECT_EQ(codes_of(specification), std::vector<std::string>{"over_time_magnitude"});
    specification.over_time = {};
    specification.over_time.outcomes = {"turnover"};
    EXPECT_EQ(codes_of(specification), std::vector<std::string>{"study_outcome_unknown"});
    specification.over_time = {};
    specification.over_time.placebo_years = -1;
    EXPECT_EQ(codes_of(specification), std::vector<std::string>{"specification_range"});
    specification.over_time = {};
    specification.staggered.covariates = {"log(level)"};
    EXPECT_EQ(codes_of(specification), std::vector<std::string>{"covariate_after_adoption"});
    specification.staggered.covariates = {"log(level_of_debt)"};
    EXPECT_TRUE(codes_of(specification).empty()) << "another column";
}

}  // namespace
}  // namespace twinfirm::design
