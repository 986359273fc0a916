// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/calibration.h"

#include <gtest/gtest.h>

#include <cmath>

#include "survey/clustered_example.h"
#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {
namespace {

KnownMargin by_q(const ClusteredExample& example) {
    return {ClusteredExample::groups(example.q), {110, 100}};
}

KnownMargin by_v(const ClusteredExample& example) {
    return {ClusteredExample::groups(example.v), {90, 120}};
}

// R, survey 4.1-1: postStratify.
TEST(Calibration, PostStratification) {
    const ClusteredExample example;
    const SampleDesign design = post_stratified(example.design(), by_q(example)).value();
    const SurveyEstimate mean = estimate_of(design, mean_of(design, example.y));
    EXPECT_NEAR(mean.value, 5.9925141851612445, 1e-13);
    EXPECT_NEAR(mean.std_error, 0.2150049135035005, 1e-13);
    const SurveyEstimate total = estimate_of(design, total_of(design, example.y));
    EXPECT_NEAR(total.value, 1258.42797888386121, 1e-10);
    EXPECT_NEAR(total.std_error, 45.15103183573513, 1e-11);
    std::vector<char> u = ClusteredExample::domain(example.v);
    for (char& inside : u) inside = inside == 0 ? 1 : 0;
    const SurveyEstimate domain = estimate_of(design, mean_of(design, example.y, u));
    EXPECT_NEAR(domain.value, 6.4694111526097702, 1e-13);
    EXPECT_NEAR(domain.std_error, 0.7631199379183712, 1e-13);
}

// R, survey 4.1-1: rake until 1e-13. Its errors are of another definition (see calibration.h).
TEST(Calibration, RakingMeetsEveryMargin) {
    const ClusteredExample example;
    const SampleDesign design = raked(example.design(), {by_q(example), by_v(example)}).value();
    const std::vector<double> weights{9.496945245117805, 10.247832029379577, 11.886683426133724, 9.393846026931278};
    for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(design.weights()[i] / weights[i], 1, 1e-11);
    EXPECT_NEAR(mean_of(design, example.y).value, 5.9460635224705785, 1e-11);
    EXPECT_NEAR(total_of(design, example.q).value, 100, 1e-9);
    EXPECT_NEAR(total_of(design, example.v).value, 120, 1e-9);
    // A known total has no error left.
    EXPECT_NEAR(estimate_of(design, total_of(design, example.q)).std_error, 0, 1e-9);
    EXPECT_NEAR(estimate_of(design, total_of(design, example.v)).std_error, 0, 1e-9);
}

// The variance is that of the derivatives of the raked total in each design weight, taken here by differences.
TEST(Calibration, ErrorsAfterRakingAreThoseOfTheDerivatives) {
    const ClusteredExample example;
    const std::vector<KnownMargin> margins{by_q(example), by_v(example)};
    std::vector<double> derivative;
    for (std::size_t row = 0; row < 16; ++row) {
        const auto raked_total = [&](double step) {
            ClusteredExample moved = example;
            moved.w[row] *= 1 + step;
            const SampleDesign design = raked(moved.design(), margins).value();
            return total_of(design, example.y).value;
        };
        const double change = (raked_total(1e-4) - raked_total(-1e-4)) / 2e-4;
        derivative.push_back(change / example.w[row]);
    }
    const SampleDesign design = raked(example.design(), margins).value();
    const double ours = estimate_of(design, total_of(design, example.y)).std_error;
    EXPECT_NEAR(ours / std::sqrt(example.design().variance(derivative)), 1, 1e-6);
}

TEST(Calibration, WrongMarginsAreNamed) {
    const ClusteredExample example;
    const auto code = [&](const KnownMargin& margin) {
        const auto result = post_stratified(example.design(), margin);
        return result ? std::string() : result.error().code;
    };
    KnownMargin margin = by_q(example);
    margin.groups.codes[3] = -1;
    EXPECT_EQ(code(margin), "survey_margin_row");
    margin = by_q(example);
    margin.totals[0] = 0;
    EXPECT_EQ(code(margin), "survey_margin_total");
    margin = by_q(example);
    margin.groups.labels.emplace_back("none");
    margin.totals.push_back(5);
    EXPECT_EQ(code(margin), "survey_margin_empty");
    KnownMargin other = by_v(example);
    other.totals[0] = 95;
    EXPECT_EQ(raked(example.design(), {by_q(example), other}).error().code, "survey_margins_disagree");
    // All of q and v together: two margins that contradict each other.
    KnownMargin twin = by_q(example);
    twin.totals = {100, 110};
    EXPECT_EQ(raked(example.design(), {by_q(example), twin}).error().code, "survey_raking_stuck");
}

}  // namespace
}  // namespace twinfirm::survey
