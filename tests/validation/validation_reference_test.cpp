// SPDX-License-Identifier: GPL-3.0-or-later
// Every case of the published reference results.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "twinfirm/validation/validate.h"

namespace twinfirm::validation {
namespace {

const Validation& everything() {
    static const Validation result = [] {
        auto validation = validate(ReferenceFolder(std::string(TWINFIRM_REFERENCE_DIR) + "/reference"));
        EXPECT_TRUE(validation);
        return validation ? *std::move(validation) : Validation{};
    }();
    return result;
}

/// Cases of a family in which a quantity is compared.
int cases_with(const std::string& family, const std::string& quantity) {
    std::set<std::string> names;
    for (const Comparison& row : everything().rows) {
        if (row.family == family && row.quantity == quantity) names.insert(row.name);
    }
    return static_cast<int>(names.size());
}

int cases_of(const std::string& family) {
    std::set<std::string> names;
    for (const Comparison& row : everything().rows) {
        if (row.family == family) names.insert(row.name);
    }
    return static_cast<int>(names.size());
}

TEST(ValidationReference, EveryNumberAgrees) {
    for (const Comparison& row : everything().rows) {
        EXPECT_TRUE(row.pass) << row.family << " " << row.name << " " << row.quantity << ": ours " << row.ours
                              << ", reference " << row.reference << ", digits " << row.digits << " of " << row.required;
    }
    EXPECT_TRUE(everything().passed());
}

/// As many cases as there are: none falls out unseen.
TEST(ValidationReference, EveryCaseIsCompared) {
    const std::map<std::string, int> cases{
        {"nist", 8},     {"logit_certified", 4}, {"logit", 12}, {"matchit", 136}, {"matchit_tiefree", 42},
        {"balance", 11}, {"matching_ai", 34},    {"sens", 12},  {"did", 11}};
    for (const auto& [family, number] : cases) EXPECT_EQ(cases_of(family), number) << family;
    EXPECT_EQ(cases_with("matchit", "effect"), 134);
    EXPECT_EQ(cases_with("matchit", "adj_additive_effect") + cases_with("matchit", "adj_interaction_gcomp_effect"),
              266);
    EXPECT_EQ(cases_with("matchit", "ess_control"), 136);
    EXPECT_EQ(cases_with("matchit", "long_form_effect"), 14);
    EXPECT_EQ(cases_with("matchit", "std_error_two_way"), 11);
    EXPECT_EQ(cases_with("matchit", "end_to_end_effect"), 34);
    EXPECT_EQ(cases_with("matchit", "units_in_another_set"), 25);
    EXPECT_EQ(cases_with("matchit", "total_distance"), 19);
    EXPECT_EQ(cases_with("matchit", "balance_smd"), 136);
}

}  // namespace
}  // namespace twinfirm::validation
