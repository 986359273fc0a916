// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/missing_covariates.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "twinfirm/stats/binary_regression.h"

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

Frame small_frame() {
    Frame frame;
    frame.add(Column::numbers("x", {1, nan, 5, 3, 100, nan, 2, 8}));
    frame.add(Column::categories("g", {"b", "a"}, {0, 1, -1, 0, 1, 0, -1, 1}));
    frame.add(Column::numbers("z", {1, 2, 3, 4, 5, 6, 7, 9}));
    return frame;
}

TEST(MissingCovariates, BecomeALevelOrTheMedianWithAMark) {
    const auto marked = mark_missing_covariates(small_frame(), parse_formula("~ x + g + z + x:z").value().terms);
    EXPECT_THAT(marked.frame.find("x")->values(), ElementsAre(1, 3, 5, 3, 100, 3, 2, 8));
    EXPECT_THAT(marked.frame.find("x_missing")->values(), ElementsAre(0, 1, 0, 0, 0, 1, 0, 0));
    EXPECT_THAT(marked.frame.find("g")->levels(), ElementsAre("b", "a", "(missing)"));
    EXPECT_THAT(marked.frame.find("g")->codes(), ElementsAre(0, 1, 2, 0, 1, 0, 2, 1));
    EXPECT_THAT(marked.frame.find("z_missing")->values(), ElementsAre(0, 0, 0, 0, 0, 0, 0, 0));
    std::vector<std::string> terms;
    for (const Term& term : marked.terms) terms.push_back(term.text);
    EXPECT_THAT(terms, ElementsAre("x", "g", "z", "x_missing", "x:z"));
    ASSERT_EQ(marked.messages.size(), 2);
    EXPECT_EQ(marked.messages[0].arguments.at("covariate"), "x");
    EXPECT_EQ(marked.messages[0].count, 2);
    EXPECT_EQ(marked.messages[1].arguments.at("covariate"), "g");

    const auto design = build_design_matrix(marked.frame, marked.terms);
    ASSERT_TRUE(design);
    EXPECT_TRUE(design->incomplete.empty());
    EXPECT_TRUE(design->messages.empty());
}

TEST(MissingCovariates, NameOfTheMarkIsNew) {
    Frame frame = small_frame();
    frame.add(Column::numbers("x_missing", {1, 2, 3, 4, 5, 6, 7, 8}));
    const auto marked = mark_missing_covariates(frame, parse_formula("~ x").value().terms);
    EXPECT_EQ(marked.terms.back().text, "x_missing_");
    EXPECT_THAT(marked.frame.find("x_missing")->values(), ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
}

TEST(MissingCovariates, ValueFilledInDoesNotMatterToTheFit) {
    const std::vector<std::uint8_t> adopter{1, 0, 1, 0, 0, 1, 0, 1};
    const auto marked = mark_missing_covariates(small_frame(), parse_formula("~ x").value().terms);
    Frame other = marked.frame;
    other.add(Column::numbers("x", {1, -50, 5, 3, 100, -50, 2, 8}));
    const auto first = fit_binary(build_design_matrix(marked.frame, marked.terms).value(), adopter);
    const auto second = fit_binary(build_design_matrix(other, marked.terms).value(), adopter);
    ASSERT_TRUE(first);
    ASSERT_TRUE(second);
    EXPECT_NEAR((first->probability - second->probability).norm(), 0, 1e-10);
}

TEST(MissingCovariates, NumberWithoutAnyValueStaysMissing) {
    Frame frame;
    frame.add(Column::numbers("x", {nan, nan}));
    const auto marked = mark_missing_covariates(frame, parse_formula("~ x").value().terms);
    EXPECT_EQ(build_design_matrix(marked.frame, marked.terms).error().code, "no_complete_rows");
    EXPECT_TRUE(marked.messages.empty());
}

}  // namespace
}  // namespace twinfirm::stats
