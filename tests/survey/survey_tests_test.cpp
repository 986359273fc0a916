// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers are of R 4.2.2, survey 4.1-1.
#include <gtest/gtest.h>

#include "survey/clustered_example.h"
#include "twinfirm/survey/mean_test.h"
#include "twinfirm/survey/rao_scott.h"

namespace twinfirm::survey {
namespace {

TEST(MeanTest, OfAClusteredSample) {
    const ClusteredExample example;
    const auto test = test_means(example.design(), example.y, ClusteredExample::domain(example.q));
    ASSERT_TRUE(test);
    EXPECT_NEAR(test->difference.value, -0.7062971342383118, 1e-13);
    EXPECT_NEAR(test->t, -0.7375562987908688, 1e-12);
    EXPECT_EQ(test->difference.df, 4);
    EXPECT_NEAR(test->p_value, 0.5017104180184743, 1e-12);
}

TEST(MeanTest, NeedsTwoGroupsAndAnError) {
    const ClusteredExample example;
    const std::vector<char> one(16, 1);
    EXPECT_EQ(test_means(example.design(), example.y, one).error().code, "survey_test_empty");
    const std::vector<double> constant(16, 2.0);
    EXPECT_EQ(test_means(example.design(), constant, ClusteredExample::domain(example.q)).error().code,
              "survey_test_constant");
}

TEST(RaoScott, TwoByTwoAndThreeByTwo) {
    const ClusteredExample example;
    const Grouping e = ClusteredExample::groups(example.v);
    const auto square = test_independence(example.design(), ClusteredExample::groups(example.q), e);
    ASSERT_TRUE(square);
    EXPECT_NEAR(square->f, 0.2336325672637464, 1e-12);
    EXPECT_NEAR(square->numerator_df, 1, 1e-12);
    EXPECT_NEAR(square->denominator_df, 5, 1e-11);
    EXPECT_NEAR(square->p_value, 0.6492664835365766, 1e-12);
    const auto wide = test_independence(example.design(), ClusteredExample::groups(example.h), e);
    ASSERT_TRUE(wide);
    EXPECT_NEAR(wide->f, 0.3145753541968436, 1e-12);
    EXPECT_NEAR(wide->numerator_df, 1.7421733793207426, 1e-12);
    EXPECT_NEAR(wide->denominator_df, 8.7108668966037133, 1e-11);
    EXPECT_NEAR(wide->p_value, 0.7096962967781614, 1e-12);
    // Rows and columns may change places.
    const auto turned = test_independence(example.design(), e, ClusteredExample::groups(example.h));
    ASSERT_TRUE(turned);
    EXPECT_NEAR(turned->f, wide->f, 1e-12);
}

TEST(RaoScott, GroupsWithoutRowsDoNotCount) {
    const ClusteredExample example;
    Grouping q = ClusteredExample::groups(example.q);
    const auto plain = test_independence(example.design(), q, ClusteredExample::groups(example.v));
    q.labels.emplace_back("none");
    const auto padded = test_independence(example.design(), q, ClusteredExample::groups(example.v));
    ASSERT_TRUE(padded);
    EXPECT_EQ(padded->f, plain->f);
    const std::vector<char> domain = ClusteredExample::domain(example.q);
    EXPECT_EQ(test_independence(example.design(), q, ClusteredExample::groups(example.v), domain).error().code,
              "survey_test_empty");
}

}  // namespace
}  // namespace twinfirm::survey
