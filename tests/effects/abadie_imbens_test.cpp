// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/abadie_imbens.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "effects/replacement_twin.h"
#include "twinfirm/base/random.h"

namespace twinfirm::effects {
namespace {

TwinData draw(std::uint64_t number, std::size_t units = 40, bool ties = true) {
    Random random(20060101, number);
    TwinData data;
    for (std::size_t i = 0; i < units; ++i) {
        data.treated.push_back(i < 4 ? i % 2 == 0 : random.below(3) == 0);
        data.score.push_back(ties ? static_cast<double>(random.below(12)) : random.normal());
        data.outcome.push_back(data.score[i] + random.normal() + (data.treated[i] != 0 ? 0.5 : 0));
    }
    return data;
}

std::vector<std::uint8_t> others(const std::vector<std::uint8_t>& treated) {
    std::vector<std::uint8_t> flags(treated.size());
    for (std::size_t i = 0; i < flags.size(); ++i) flags[i] = treated[i] == 0;
    return flags;
}

/// Matches and the variances near each unit; the former point into the data.
struct Matched {
    ReplacementMatching matching;
    NeighborSets own_arm;
    std::vector<double> local;

    [[nodiscard]] Estimate estimate(const std::vector<double>& outcome, AbadieImbensOptions options = {}) const {
        if (options.local_variance.empty()) options.local_variance = local;
        return abadie_imbens(matching, outcome, options).value();
    }
};

Matched matching_on(const TwinData& data, bool everybody, std::size_t matches, std::size_t own) {
    const auto& treated = data.treated;
    const std::vector<std::uint8_t> control = others(treated);
    const std::vector<std::uint8_t> nobody(treated.size(), 0);
    const NeighborRule rule{matches, 0};
    const NeighborRule own_rule{own, 0};
    Matched result;
    ReplacementMatching& matching = result.matching;
    matching.treated = treated;
    matching.matches = joined(score_neighbors(data.score, {treated, control, {}, rule}),
                              score_neighbors(data.score, {everybody ? control : nobody, treated, {}, rule}));
    result.own_arm = joined(score_neighbors(data.score, {treated, treated, {}, own_rule}),
                            score_neighbors(data.score, {control, control, {}, own_rule}));
    result.local = local_variances(result.own_arm, {}, data.outcome);
    return result;
}

TEST(AbadieImbens, EqualsTheDefinitionWrittenOut) {
    for (std::uint64_t number = 0; number < 60; ++number) {
        const TwinData data = draw(number, 40, number % 3 != 0);
        for (const bool everybody : {false, true}) {
            for (const bool homoscedastic : {false, true}) {
                const std::size_t matches = 1 + number % 4;
                const std::size_t own = 2 + number % 2;
                const Matched matching = matching_on(data, everybody, matches, own);
                AbadieImbensOptions options;
                options.variance = homoscedastic ? AiVariance::homoscedastic : AiVariance::robust;
                const Estimate ours = matching.estimate(data.outcome, options);
                const TwinEstimate theirs = twin_estimate(data, everybody, matches, own, homoscedastic);
                EXPECT_NEAR(ours.estimate, theirs.effect, 1e-12);
                EXPECT_NEAR(ours.std_error * ours.std_error, theirs.variance, 1e-12 * theirs.variance);
                EXPECT_EQ(ours.se_kind, homoscedastic ? "ai-homoscedastic" : "ai");
            }
        }
    }
}

TEST(AbadieImbens, ExchangingTheArmsNegatesTheEffect) {
    const TwinData data = draw(1);
    TwinData exchanged = data;
    exchanged.treated = others(data.treated);
    Matched atc = matching_on(exchanged, false, 2, 3);
    const Estimate att = matching_on(data, false, 2, 3).estimate(data.outcome);
    atc.matching.treated =
        data.treated;  // the same matches; the focal units are now the non-adopters' role in `exchanged`
    const Estimate mirrored = matching_on(exchanged, false, 2, 3).estimate(data.outcome);
    EXPECT_NEAR(att.estimate, twin_estimate(data, false, 2, 3, false).effect, 1e-12);
    // The matches of `exchanged` are those of the non-adopters of `data`: its ATT is minus their ATC.
    const Estimate non_adopters = atc.estimate(data.outcome);
    EXPECT_NEAR(non_adopters.estimate, -mirrored.estimate, 1e-12);
    EXPECT_NEAR(non_adopters.std_error, mirrored.std_error, 1e-12);
}

TEST(AbadieImbens, ScaleAndShiftOfTheOutcome) {
    const TwinData data = draw(2);
    const Matched matching = matching_on(data, true, 1, 3);
    std::vector<double> other;
    for (const double y : data.outcome) other.push_back(1e6 + 1000 * y);
    const Estimate first = matching.estimate(data.outcome);
    AbadieImbensOptions options;
    const std::vector<double> local = local_variances(matching.own_arm, {}, other);
    options.local_variance = local;
    const Estimate second = matching.estimate(other, options);
    EXPECT_NEAR(second.estimate, 1000 * first.estimate, 1e-8);
    EXPECT_NEAR(second.std_error, 1000 * first.std_error, 1e-8);
}

/// An outcome that is linear in the covariate is imputed without error: only the effect is left.
TEST(AbadieImbens, BiasCorrectionRemovesALinearDifference) {
    TwinData data = draw(3, 60, false);
    Eigen::MatrixXd x(60, 2);
    for (std::size_t i = 0; i < 60; ++i) {
        x(static_cast<Eigen::Index>(i), 0) = data.score[i];
        x(static_cast<Eigen::Index>(i), 1) = 1;  // constant: left out
        data.outcome[i] = 3 - 2 * data.score[i] + (data.treated[i] != 0 ? 0.7 : 0);
    }
    AbadieImbensOptions options;
    for (const bool everybody : {false, true}) {
        const Matched matching = matching_on(data, everybody, 2, 3);
        options.covariates = nullptr;
        EXPECT_GT(std::abs(matching.estimate(data.outcome, options).estimate - 0.7), 1e-3);
        options.covariates = &x;
        EXPECT_NEAR(matching.estimate(data.outcome, options).estimate, 0.7, 1e-12);
    }
}

TEST(AbadieImbens, GroupsOfTheTargetAddUp) {
    const TwinData data = draw(4, 80);
    const Matched matching = matching_on(data, false, 1, 3);
    double sum = 0;
    double n = 0;
    for (const int parity : {0, 1}) {
        std::vector<std::uint8_t> group(80);
        for (std::size_t i = 0; i < 80; ++i) group[i] = static_cast<int>(i % 2) == parity;
        AbadieImbensOptions options;
        options.target = group;
        const Estimate effect = matching.estimate(data.outcome, options);
        sum += effect.estimate * static_cast<double>(effect.n_treated);
        n += static_cast<double>(effect.n_treated);
    }
    EXPECT_NEAR(sum / n, matching.estimate(data.outcome).estimate, 1e-12);
}

TEST(AbadieImbens, AUnitAloneInItsStratumIsLookedUpInTheWholeArm) {
    const TwinData data = draw(5, 30, false);
    Matched matching = matching_on(data, false, 1, 3);
    const Estimate whole = matching.estimate(data.outcome);
    const std::vector<std::uint8_t> everybody(30, 1);
    std::vector<std::int32_t> alone(30);
    for (std::size_t i = 0; i < 30; ++i) alone[i] = static_cast<std::int32_t>(i);
    const NeighborSets narrow = score_neighbors(data.score, {everybody, everybody, alone, {3, 0}});
    matching.local = local_variances(narrow, matching.own_arm, data.outcome);
    EXPECT_EQ(matching.estimate(data.outcome).std_error, whole.std_error);
    matching.local = local_variances(narrow, {}, data.outcome);
    EXPECT_TRUE(std::isnan(matching.estimate(data.outcome).std_error));
}

TEST(AbadieImbens, NobodyAndOneAndWrongCalls) {
    const TwinData data = draw(6);
    Matched matching = matching_on(data, false, 1, 3);
    AbadieImbensOptions options;
    const std::vector<std::uint8_t> nobody(40, 0);
    options.target = nobody;
    EXPECT_TRUE(std::isnan(matching.estimate(data.outcome, options).estimate));
    std::vector<std::uint8_t> first(40, 0);
    first[0] = 1;
    options.target = first;
    const Estimate one = matching.estimate(data.outcome, options);
    EXPECT_TRUE(std::isfinite(one.estimate));
    EXPECT_TRUE(std::isnan(one.std_error));
    options.target = {};
    options.confidence = 1;
    EXPECT_EQ(abadie_imbens(matching.matching, data.outcome).error().code, "effects_unequal_lengths");
    options.local_variance = matching.local;
    EXPECT_EQ(abadie_imbens(matching.matching, data.outcome, options).error().code, "effects_confidence_level");
    EXPECT_EQ(abadie_imbens(matching.matching, std::vector<double>(3, 1.0)).error().code, "effects_unequal_lengths");
}

TEST(AbadieImbens, OfAUnitThatIsNoMatchTheLocalVarianceIsNotAskedFor) {
    const TwinData data = draw(5);
    const Matched matching = matching_on(data, false, 2, 3);
    std::vector<double> local = matching.local;
    for (std::size_t i = 0; i < local.size(); ++i) {
        if (data.treated[i] != 0) local[i] = std::numeric_limits<double>::quiet_NaN();
    }
    AbadieImbensOptions options;
    options.local_variance = local;
    EXPECT_EQ(matching.estimate(data.outcome, options).std_error, matching.estimate(data.outcome).std_error);
}

}  // namespace
}  // namespace twinfirm::effects
