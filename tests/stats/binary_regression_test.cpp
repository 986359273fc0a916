// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/binary_regression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::stats {
namespace {

/// One covariate, an intercept, and arms drawn by it.
struct Study {
    Frame frame;
    std::vector<std::uint8_t> adopter;

    [[nodiscard]] DesignMatrix design() const {
        return build_design_matrix(frame, parse_formula("t ~ x + g").value().terms).value();
    }
    [[nodiscard]] BinaryFit fit(Link link, std::span<const double> weights = {}, bool firth = false,
                                unsigned threads = 1) const {
        BinaryOptions options;
        options.link = link;
        options.firth = firth;
        options.threads = threads;
        return fit_binary(design(), adopter, weights, options).value();
    }
};

Study make_study(std::size_t units, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> x;
    std::vector<std::string> g;
    Study study;
    for (std::size_t i = 0; i < units; ++i) {
        x.push_back(random.normal());
        g.push_back(std::string(1, static_cast<char>('a' + random.below(3))));
        study.adopter.push_back(random.uniform() < normal_cdf(-0.5 + 0.8 * x.back()) ? 1 : 0);
    }
    study.frame.add(Column::numbers("x", x));
    study.frame.add(Column::from_texts("g", g));
    return study;
}

/// Complete separation: x > 0 and only x > 0 adopts.
Study separated() {
    Study study;
    std::vector<double> x;
    std::vector<std::string> g;
    for (int i = 0; i < 40; ++i) {
        x.push_back(i - 19.5);
        g.push_back(i % 3 == 0 ? "a" : "b");
        study.adopter.push_back(x.back() > 0 ? 1 : 0);
    }
    study.frame.add(Column::numbers("x", x));
    study.frame.add(Column::from_texts("g", g));
    return study;
}

/// Log-likelihood computed straight from the definition.
double log_likelihood(const Study& study, const Eigen::VectorXd& eta, Link link) {
    double sum = 0;
    for (std::size_t i = 0; i < study.adopter.size(); ++i) {
        const double e = eta[static_cast<Eigen::Index>(i)];
        const double p = link == Link::logit    ? 1 / (1 + std::exp(-e))
                         : link == Link::probit ? normal_cdf(e)
                                                : 1 - std::exp(-std::exp(e));
        sum += std::log(study.adopter[i] != 0 ? p : 1 - p);
    }
    return sum;
}

class EveryLink : public testing::TestWithParam<Link> {};

TEST_P(EveryLink, EstimateMaximisesTheLikelihood) {
    const Study study = make_study(500, 3);
    const BinaryFit fit = study.fit(GetParam());
    const DesignMatrix design = study.design();
    EXPECT_EQ(fit.link, GetParam());
    const double top = log_likelihood(study, fit.linear_predictor, GetParam());
    EXPECT_NEAR(fit.log_likelihood, top, 1e-9);
    for (Eigen::Index k = 0; k < fit.coefficients.size(); ++k) {
        for (const double step : {-1e-3, 1e-3}) {
            Eigen::VectorXd moved = fit.coefficients;
            moved[k] += step;
            EXPECT_LT(log_likelihood(study, design.x * moved, GetParam()), top);
        }
    }
}

TEST_P(EveryLink, WeightsCountLikeCopiesOfTheRow) {
    const Study study = make_study(300, 5);
    std::vector<double> weights;
    std::vector<std::size_t> copies;
    for (std::size_t i = 0; i < study.adopter.size(); ++i) {
        weights.push_back(static_cast<double>(i % 3));
        for (std::size_t k = 0; k < i % 3; ++k) copies.push_back(i);
    }
    Study copied;
    copied.frame = study.frame.select(copies);
    for (const std::size_t i : copies) copied.adopter.push_back(study.adopter[i]);
    const BinaryFit weighted = study.fit(GetParam(), weights);
    const BinaryFit repeated = copied.fit(GetParam());
    EXPECT_NEAR((weighted.coefficients - repeated.coefficients).norm(), 0, 1e-9);
    EXPECT_NEAR((weighted.standard_errors - repeated.standard_errors).norm(), 0, 1e-9);
    EXPECT_NEAR(weighted.deviance, repeated.deviance, 1e-8);
}

TEST_P(EveryLink, SeparationIsNamedWhateverTheLink) {
    const Study study = separated();
    BinaryOptions options;
    options.link = GetParam();
    const auto fit = fit_binary(study.design(), study.adopter, {}, options);
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, "separation");
    EXPECT_EQ(fit.error().arguments.at("covariates"), "x >= 0.5");
}

TEST_P(EveryLink, HasTheSameBitsForAnyNumberOfThreads) {
    const Study study = make_study(20000, 7);
    const BinaryFit one = study.fit(GetParam(), {}, false, 1);
    for (const unsigned threads : {2U, 4U}) {
        EXPECT_EQ(one.coefficients, study.fit(GetParam(), {}, false, threads).coefficients);
    }
}

TEST_P(EveryLink, LikelihoodStaysFiniteFarFromTheData) {
    // A unit 300 deviations off, on the wrong side: its probability underflows, its logarithm must not.
    Study study = make_study(200, 9);
    std::vector<double> x(study.frame.find("x")->values().begin(), study.frame.find("x")->values().end());
    x[0] = study.adopter[0] != 0 ? -300 : 300;
    study.frame.add(Column::numbers("x", x));
    const BinaryFit fit = study.fit(GetParam());
    EXPECT_TRUE(std::isfinite(fit.log_likelihood));
    EXPECT_TRUE(fit.coefficients.allFinite());
}

TEST(Probit, LikelihoodIsExactInBothTails) {
    // Long doubles hold the normal tail far beyond where doubles lose it. Two units of little weight reach into the
    // tails: one on the wrong side, one on the right.
    Study study = make_study(200, 9);
    std::vector<double> x(study.frame.find("x")->values().begin(), study.frame.find("x")->values().end());
    x[0] = study.adopter[0] != 0 ? -80 : 80;
    x[1] = study.adopter[1] != 0 ? 10 : -10;
    study.frame.add(Column::numbers("x", x));
    std::vector<double> weights(200, 1.0);
    weights[0] = 0.01;
    const BinaryFit fit = study.fit(Link::probit, weights);
    const Eigen::VectorXd eta = study.design().x * fit.coefficients;
    long double expected = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const long double z = (study.adopter[i] != 0 ? 1 : -1) * eta[static_cast<Eigen::Index>(i)];
        expected += weights[i] * std::log(std::erfc(-z / std::sqrt(2.0L)) / 2);
    }
    EXPECT_LT(-std::abs(eta[0]), -20);
    EXPECT_NEAR(fit.log_likelihood, static_cast<double>(expected), 1e-9);
}

TEST_P(EveryLink, OneAdopterAmongMillionsHasItsShare) {
    Study study;
    study.adopter = {1, 0};
    study.frame.add(Column::numbers("x", {0, 0}));
    const auto design = build_design_matrix(study.frame, {}).value();
    BinaryOptions options;
    options.link = GetParam();
    const std::vector<double> weights{1, 1e7};
    const auto fit = fit_binary(design, study.adopter, weights, options);
    ASSERT_TRUE(fit);
    const double share = 1 / (1e7 + 1);
    EXPECT_NEAR(fit->probability[0] / share, 1, 1e-7);
    EXPECT_NEAR(fit->log_likelihood, std::log(share) + 1e7 * std::log1p(-share), 1e-6);
}

INSTANTIATE_TEST_SUITE_P(
    Links, EveryLink, testing::Values(Link::logit, Link::probit, Link::cloglog), [](const auto& test) {
        return std::string(test.param == Link::logit ? "logit" : test.param == Link::probit ? "probit" : "cloglog");
    });

TEST(Firth, InterceptAloneAddsHalfAUnitToEachArm) {
    Study study = make_study(50, 11);
    const auto design = build_design_matrix(study.frame, {}).value();
    BinaryOptions options;
    options.firth = true;
    const auto fit = fit_binary(design, study.adopter, {}, options);
    ASSERT_TRUE(fit);
    double adopters = 0;
    for (const std::uint8_t flag : study.adopter) adopters += flag;
    EXPECT_NEAR(fit->probability[0], (adopters + 0.5) / 51, 1e-12);
    EXPECT_NEAR(fit->deviance, fit->null_deviance, 1e-11);
    EXPECT_TRUE(fit->firth);
}

TEST(Firth, WeightsCountLikeCopiesOfTheRow) {
    const Study study = make_study(60, 13);
    std::vector<double> weights;
    std::vector<std::size_t> copies;
    for (std::size_t i = 0; i < study.adopter.size(); ++i) {
        weights.push_back(static_cast<double>(1 + i % 2));
        for (std::size_t k = 0; k <= i % 2; ++k) copies.push_back(i);
    }
    Study copied;
    copied.frame = study.frame.select(copies);
    for (const std::size_t i : copies) copied.adopter.push_back(study.adopter[i]);
    EXPECT_NEAR(
        (study.fit(Link::logit, weights, true).coefficients - copied.fit(Link::logit, {}, true).coefficients).norm(), 0,
        1e-9);
}

TEST(Firth, SeparatedDataAreRefittedOnlyOnRequestAndWithAWarning) {
    const Study study = separated();
    for (const Link link : {Link::logit, Link::probit}) {
        BinaryOptions options;
        options.link = link;
        options.separation = OnSeparation::firth;
        const auto fit = fit_binary(study.design(), study.adopter, {}, options);
        ASSERT_TRUE(fit);
        EXPECT_TRUE(fit->firth);
        EXPECT_EQ(fit->link, Link::logit);
        ASSERT_EQ(fit->messages.size(), 1);
        EXPECT_EQ(fit->messages[0].code, "separation_firth");
        EXPECT_EQ(fit->messages[0].arguments.at("covariates"), "x >= 0.5");
        EXPECT_LT(fit->coefficients.cwiseAbs().maxCoeff(), 20);
    }
    BinaryOptions plain;
    plain.separation = OnSeparation::firth;
    const Study overlapping = make_study(100, 17);
    const auto fit = fit_binary(overlapping.design(), overlapping.adopter, {}, plain);
    ASSERT_TRUE(fit);
    EXPECT_FALSE(fit->firth);
    EXPECT_TRUE(fit->messages.empty());
}

TEST(Firth, IsThatOfTheLogit) {
    BinaryOptions options;
    options.firth = true;
    options.link = Link::probit;
    const Study study = make_study(30, 19);
    EXPECT_THROW((void)fit_binary(study.design(), study.adopter, {}, options), std::invalid_argument);
}

}  // namespace
}  // namespace twinfirm::stats
