// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/design/disclosure_settings.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {
namespace {

Specification recommended() {
    return preset("recommended").value();
}

bool has_error(const Specification& specification, const std::string& code, const std::string& key) {
    const Validation validation = validate(specification);
    return std::any_of(validation.errors.begin(), validation.errors.end(), [&](const Error& error) {
        const auto found = error.arguments.find("key");
        return error.code == code && found != error.arguments.end() && found->second == key;
    });
}

TEST(DisclosureSettings, ProtectionIsOnUnlessTheSpecificationSaysOtherwise) {
    const auto read = specification_from_json("{}");
    ASSERT_TRUE(read);
    EXPECT_TRUE(read->disclosure.enabled);
    EXPECT_EQ(minimum_shown(*read), 3);
}

TEST(DisclosureSettings, TurningProtectionOffNeedsAReason) {
    Specification specification = recommended();
    specification.disclosure.enabled = false;
    EXPECT_TRUE(has_error(specification, "disclosure_without_reason", "/disclosure/reason"));
    specification.disclosure.reason = " \n";
    EXPECT_TRUE(has_error(specification, "disclosure_without_reason", "/disclosure/reason"));
    specification.disclosure.reason = "internal check";
    EXPECT_TRUE(validate(specification).errors.empty());
    EXPECT_EQ(minimum_shown(specification), 0);
}

TEST(DisclosureSettings, WhatIsShownDoesNotChangeTheHash) {
    Specification specification = recommended();
    const std::string hash = specification_hash(specification);
    specification.disclosure = {false, "internal check", {{1, 60}}, 5, 30};
    EXPECT_EQ(specification_hash(specification), hash);
    specification.minimum_cell = 5;
    EXPECT_NE(specification_hash(specification), hash);
}

TEST(DisclosureSettings, RulesOutOfRangeAreNamed) {
    Specification specification = recommended();
    specification.disclosure.dominance = {{3, 75}, {1, 101}};
    specification.disclosure.p_percent = 0;
    specification.disclosure.minimum_extremes = 0;
    EXPECT_TRUE(has_error(specification, "specification_range", "/disclosure/dominance/0/largest"));
    EXPECT_TRUE(has_error(specification, "disclosure_percent", "/disclosure/dominance/1/percent"));
    EXPECT_TRUE(has_error(specification, "disclosure_percent", "/disclosure/p_percent"));
    EXPECT_TRUE(has_error(specification, "specification_range", "/disclosure/minimum_extremes"));
}

TEST(DisclosureSettings, UnknownKeysAreRefused) {
    const auto read = specification_from_json(R"({"disclosure": {"min": 3}})");
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "specification_key_unknown");
}

}  // namespace
}  // namespace twinfirm::design
