// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/omitted_variable_bias.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::effects {
namespace {

struct Sample {
    stats::Frame frame;
    std::vector<double> treatment;
    std::vector<double> outcome;
};

/// The outcome depends on a factor z that is as strong as x in both equations.
Sample sample(std::size_t rows, std::vector<double>* hidden = nullptr) {
    Random random(3);
    Sample result;
    std::vector<double> x, w;
    for (std::size_t i = 0; i < rows; ++i) {
        x.push_back(random.normal());
        w.push_back(random.normal());
        const double z = random.normal();
        result.treatment.push_back(0.3 * x.back() + 0.3 * z + random.normal());
        result.outcome.push_back(0.5 * result.treatment.back() + 0.4 * x.back() + 0.4 * z + 0.1 * w.back() +
                                 random.normal());
        if (hidden != nullptr) hidden->push_back(z);
    }
    result.frame.add(stats::Column::numbers("x", x));
    result.frame.add(stats::Column::numbers("w", w));
    return result;
}

Result<OmittedVariableBias> bias_of(const Sample& data, const OmittedVariableRequest& request,
                                    const std::string& formula = "~ x + w", std::span<const double> weights = {}) {
    const auto design = stats::build_design_matrix(data.frame, stats::parse_formula(formula)->terms);
    return omitted_variable_bias(*design, data.treatment, data.outcome, weights, request);
}

TEST(OmittedVariableBias, AFactorAsStrongAsXMovesTheEstimateToTheOneThatHasIt) {
    std::vector<double> hidden;
    Sample data = sample(20000, &hidden);
    const auto without = bias_of(data, {{"x"}, {1}, 0.95});
    ASSERT_TRUE(without);
    data.frame.add(stats::Column::numbers("z", hidden));
    const auto with = bias_of(data, {}, "~ x + w + z");
    ASSERT_TRUE(with);
    EXPECT_GT(without->estimate - with->estimate, 0.1);
    EXPECT_NEAR(without->bounds[0].estimate, with->estimate, 0.02);
    EXPECT_NEAR(without->bounds[0].std_error, with->std_error, 2e-4);
}

TEST(OmittedVariableBias, ConfoundingOfTheRobustnessValueExplainsAllOfTheEstimate) {
    const auto result = bias_of(sample(300), {});
    ASSERT_TRUE(result);
    const double rv = result->robustness_value;
    const double bias = result->std_error * std::sqrt(static_cast<double>(result->df)) * std::sqrt(rv * rv / (1 - rv));
    EXPECT_NEAR(bias, std::abs(result->estimate), 1e-12);
    EXPECT_LT(result->robustness_value_alpha, rv);
}

TEST(OmittedVariableBias, SignAndUnitsOfTheOutcomeDoNotMatter) {
    Sample data = sample(300);
    const auto before = bias_of(data, {{"x"}, {2}, 0.95});
    for (double& y : data.outcome) y *= -1000;
    const auto after = bias_of(data, {{"x"}, {2}, 0.95});
    EXPECT_NEAR(after->robustness_value, before->robustness_value, 1e-12);
    EXPECT_NEAR(after->bounds[0].estimate, -1000 * before->bounds[0].estimate, 1e-8);
    EXPECT_NEAR(after->bounds[0].ci_low, -1000 * before->bounds[0].ci_high, 1e-8);
}

TEST(OmittedVariableBias, RowsOfWeightTwoCountAsTwoInTheEstimate) {
    Sample data = sample(60);
    std::vector<double> weights(60, 1);
    weights[0] = 0;
    const auto weighted = bias_of(data, {{"x"}, {1}, 0.95}, "~ x + w", weights);
    std::vector<std::size_t> rest;
    for (std::size_t i = 1; i < 60; ++i) rest.push_back(i);
    data.frame = data.frame.select(rest);
    data.treatment.erase(data.treatment.begin());
    data.outcome.erase(data.outcome.begin());
    const auto without = bias_of(data, {{"x"}, {1}, 0.95});
    EXPECT_EQ(weighted->n, 59);
    EXPECT_NEAR(weighted->estimate, without->estimate, 1e-12);
    EXPECT_NEAR(weighted->bounds[0].r2_treatment, without->bounds[0].r2_treatment, 1e-12);
    EXPECT_NEAR(weighted->bounds[0].t, without->bounds[0].t, 1e-10);
}

TEST(OmittedVariableBias, ACategoryCountsWithAllItsColumns) {
    Sample data = sample(400);
    std::vector<std::string> size;
    for (std::size_t i = 0; i < 400; ++i) size.emplace_back(i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c");
    for (std::size_t i = 0; i < 400; ++i) data.treatment[i] += i % 3 == 0 ? 1 : 0;
    data.frame.add(stats::Column::from_texts("size", size));
    const auto result = bias_of(data, {{"size"}, {1}, 0.95}, "~ x + size");
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_GT(result->bounds[0].r2_treatment, 0.1);
}

TEST(OmittedVariableBias, WhatCannotBeIsNamed) {
    Sample data = sample(100);
    EXPECT_EQ(bias_of(data, {{"nothing"}, {1}, 0.95}).error().code, "variable_unknown");
    const auto impossible = bias_of(data, {{"x"}, {1000}, 0.95});
    ASSERT_TRUE(impossible);
    EXPECT_TRUE(std::isnan(impossible->bounds[0].estimate));
    ASSERT_EQ(impossible->messages.size(), 1U);
    EXPECT_EQ(impossible->messages[0].code, "sensitivity_multiple_impossible");
    const auto values = data.frame.find("x")->values();
    data.treatment.assign(values.begin(), values.end());
    EXPECT_EQ(bias_of(data, {}).error().code, "sensitivity_treatment_collinear");
    Sample small = sample(4);
    EXPECT_EQ(bias_of(small, {}).error().code, "sensitivity_no_freedom");
}

}  // namespace
}  // namespace twinfirm::effects
