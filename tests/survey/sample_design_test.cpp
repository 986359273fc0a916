// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/sample_design.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "survey/clustered_example.h"
#include "twinfirm/base/random.h"
#include "twinfirm/survey/survey_estimate.h"

namespace twinfirm::survey {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::string error_of(const DesignColumns& columns, LonelyPsu lonely = LonelyPsu::fail) {
    const auto design = SampleDesign::make(columns, lonely);
    return design ? "" : design.error().code;
}

double error_of_mean(LonelyPsu lonely) {
    ClusteredExample example;
    example.add_lonely_stratum();
    const auto design = SampleDesign::make(example.columns(), lonely);
    return estimate_of(design.value(), mean_of(design.value(), example.y)).std_error;
}

TEST(SampleDesign, CountsUnitsStrataAndTheirDifference) {
    const ClusteredExample example;
    const SampleDesign design = example.design();
    EXPECT_EQ(design.units(), 8U);
    EXPECT_EQ(design.strata(), 3U);
    EXPECT_EQ(design.degrees_of_freedom(), 5);
    std::vector<char> domain(16, 0);
    domain[0] = domain[1] = domain[6] = domain[9] = 1;  // one unit of the first stratum, two of the second
    EXPECT_EQ(design.units(domain), 3U);
    EXPECT_EQ(design.degrees_of_freedom(domain), 1);
}

TEST(SampleDesign, WithoutWeightsTheyArePopulationOverSample) {
    ClusteredExample example;
    example.w.clear();
    const SampleDesign design = example.design();
    EXPECT_DOUBLE_EQ(design.weights()[0], 20.0 / 3);  // three clusters
    EXPECT_DOUBLE_EQ(design.weights()[15], 5);
}

TEST(SampleDesign, AStratumTakenWholeHasNoError) {
    ClusteredExample example;
    for (std::size_t row = 0; row < 16; ++row) example.population[row] = example.h[row] < 3 ? 3 : 2;
    EXPECT_EQ(example.design().variance(example.y), 0);
}

TEST(SampleDesign, WithoutPopulationThereIsNoCorrection) {
    ClusteredExample example;
    const double corrected = example.design().variance(example.y);
    example.population.assign(16, 1e12);
    const double nearly = example.design().variance(example.y);
    example.population.clear();
    EXPECT_NEAR(example.design().variance(example.y) / nearly, 1, 1e-10);
    EXPECT_GT(nearly, corrected * 1.05);
}

// R: options(survey.lonely.psu = ...), svymean.
TEST(SampleDesign, LonelyUnitsByEveryPolicy) {
    EXPECT_NEAR(error_of_mean(LonelyPsu::certainty), 0.229048219920756, 1e-12);
    EXPECT_NEAR(error_of_mean(LonelyPsu::adjust), 0.2610848939150179, 1e-12);
    EXPECT_NEAR(error_of_mean(LonelyPsu::average), 0.2644821028573061, 1e-12);
    ClusteredExample example;
    example.add_lonely_stratum();
    const auto refused = SampleDesign::make(example.columns());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "survey_lonely_stratum");
    EXPECT_EQ(refused.error().arguments.at("stratum"), "4");
    const auto told = SampleDesign::make(example.columns(), LonelyPsu::average);
    ASSERT_EQ(told->messages().size(), 1U);
    EXPECT_EQ(told->messages()[0].count, 1);
}

TEST(SampleDesign, AStratumWhoseOnlyUnitWasTakenIsNotLonely) {
    ClusteredExample example;
    example.add_lonely_stratum();
    example.population.back() = 1;
    EXPECT_EQ(error_of(example.columns()), "");
}

TEST(SampleDesign, WrongColumnsAreNamed) {
    const ClusteredExample example;
    DesignColumns columns = example.columns();
    columns.weights[2] = 0;
    const auto weight = SampleDesign::make(columns);
    ASSERT_FALSE(weight);
    EXPECT_EQ(weight.error().code, "survey_weight_invalid");
    EXPECT_EQ(weight.error().arguments.at("row"), "3");
    columns.weights[2] = missing;
    EXPECT_EQ(error_of(columns), "survey_weight_invalid");
    columns = example.columns();
    columns.strata.codes[0] = -1;
    EXPECT_EQ(error_of(columns), "survey_stratum_missing");
    columns = example.columns();
    columns.clusters.codes[0] = -1;
    EXPECT_EQ(error_of(columns), "survey_cluster_missing");
    columns = example.columns();
    columns.population[0] = missing;
    EXPECT_EQ(error_of(columns), "survey_population_missing");
    columns = example.columns();
    columns.population[0] = 21;
    EXPECT_EQ(error_of(columns), "survey_population_varies");
    columns = example.columns();
    columns.population.assign(16, 2);
    EXPECT_EQ(error_of(columns), "survey_population_small");
    EXPECT_EQ(error_of({}), "survey_weight_unknown");
    columns = example.columns();
    columns.weights.pop_back();
    EXPECT_THROW((void)SampleDesign::make(columns), std::invalid_argument);
}

TEST(SampleDesign, TheSameBitsForAnyOrderOfRows) {
    const ClusteredExample example;
    ClusteredExample shuffled;
    Random random(3);
    std::vector<std::size_t> order(16);
    for (std::size_t i = 0; i < 16; ++i) order[i] = i;
    random.shuffle(order);
    for (std::size_t i = 0; i < 16; ++i) {
        shuffled.h[i] = example.h[order[i]];
        shuffled.c[i] = example.c[order[i]];
        shuffled.w[i] = example.w[order[i]];
        shuffled.population[i] = example.population[order[i]];
        shuffled.y[i] = example.y[order[i]];
    }
    const auto estimate = [](const ClusteredExample& e) {
        const SampleDesign design = e.design();
        return estimate_of(design, mean_of(design, e.y));
    };
    EXPECT_EQ(estimate(example).value, estimate(shuffled).value);
    EXPECT_EQ(estimate(example).std_error, estimate(shuffled).std_error);
    EXPECT_EQ(estimate(example).deff, estimate(shuffled).deff);
}

}  // namespace
}  // namespace twinfirm::survey
