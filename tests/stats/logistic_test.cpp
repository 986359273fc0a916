// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/logistic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

#include "twinfirm/base/random.h"

namespace twinfirm::stats {
namespace {

using testing::ElementsAre;

struct Study {
    Frame frame;
    std::vector<std::uint8_t> adopter;

    [[nodiscard]] DesignMatrix design(std::string_view formula) const {
        return build_design_matrix(frame, parse_formula(formula).value().terms).value();
    }
    [[nodiscard]] Result<LogisticFit> fit(std::string_view formula, unsigned threads = 1) const {
        LogisticOptions options;
        options.threads = threads;
        return fit_logistic(design(formula), adopter, {}, options);
    }
};

/// age 1..60, log sales, a region of three, and arms drawn by them.
Study make_study(std::size_t firms, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> age;
    std::vector<double> sales;
    std::vector<std::string> region;
    Study study;
    for (std::size_t i = 0; i < firms; ++i) {
        age.push_back(1 + static_cast<double>(random.below(60)));
        sales.push_back(random.normal());
        region.push_back(std::string(1, static_cast<char>('a' + random.below(3))));
        const double score = -1 + 0.02 * age.back() + 0.8 * sales.back() + (region.back() == "b" ? 0.5 : 0);
        study.adopter.push_back(random.uniform() < 1 / (1 + std::exp(-score)) ? 1 : 0);
    }
    study.frame.add(Column::numbers("age", age));
    study.frame.add(Column::numbers("sales", sales));
    study.frame.add(Column::from_texts("region", region));
    return study;
}

void add_derived(Study& study, const std::string& name, const std::function<double(double, double)>& function) {
    std::vector<double> values;
    for (std::size_t row = 0; row < study.adopter.size(); ++row) {
        values.push_back(function(study.frame.find("age")->values()[row], study.frame.find("sales")->values()[row]));
    }
    study.frame.add(Column::numbers(name, values));
}

double largest_difference(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
    return ((a - b).array() / b.array()).abs().maxCoeff();
}

TEST(Logistic, TwoByTwoTableHasItsClosedForm) {
    // 30 of 40 exporters and 10 of 60 others adopt: the slope is the log odds ratio, its variance the sum of 1/count.
    Study study;
    std::vector<double> exporter;
    for (int i = 0; i < 100; ++i) {
        exporter.push_back(i < 40 ? 1 : 0);
        study.adopter.push_back(i < 30 || i >= 90 ? 1 : 0);
    }
    study.frame.add(Column::numbers("exporter", exporter));
    const auto fit = study.fit("~ exporter");
    ASSERT_TRUE(fit);
    EXPECT_NEAR(fit->coefficients[0], std::log(10.0 / 50), 1e-14);
    EXPECT_NEAR(fit->coefficients[1], std::log(30.0 / 10) - std::log(10.0 / 50), 1e-14);
    EXPECT_NEAR(fit->standard_errors[1], std::sqrt(1.0 / 30 + 1.0 / 10 + 1.0 / 10 + 1.0 / 50), 1e-14);
    EXPECT_NEAR(fit->probability[0], 0.75, 1e-15);
    EXPECT_NEAR(fit->probability[99], 1.0 / 6, 1e-15);
    EXPECT_NEAR(fit->log_likelihood,
                30 * std::log(0.75) + 10 * std::log(0.25) + 10 * std::log(1.0 / 6) + 50 * std::log(5.0 / 6), 1e-12);
    EXPECT_NEAR(fit->auc, (30.0 * 50 + 0.5 * (30 * 10 + 10 * 50)) / (40 * 60), 1e-15);
    EXPECT_TRUE(fit->converged);
    EXPECT_EQ(fit->rank, 2);
}

TEST(Logistic, InterceptAlone) {
    Study study = make_study(500, 1);
    const auto fit = study.fit("~ 1");
    ASSERT_TRUE(fit);
    EXPECT_EQ(fit->coefficients.size(), 1);
    EXPECT_NEAR(fit->deviance, fit->null_deviance, 1e-10);
    EXPECT_NEAR(fit->auc, 0.5, 1e-15);
}

TEST(Logistic, SameBitsForAnyNumberOfThreads) {
    const Study study = make_study(20000, 2);
    const auto one = study.fit("~ age + sales + region", 1);
    for (const unsigned threads : {2U, 3U, 8U}) {
        const auto many = study.fit("~ age + sales + region", threads);
        EXPECT_EQ(many->coefficients, one->coefficients);
        EXPECT_EQ(many->covariance, one->covariance);
        EXPECT_EQ(many->linear_predictor, one->linear_predictor);
        EXPECT_EQ(many->log_likelihood, one->log_likelihood);
    }
}

TEST(Logistic, UnitsAndOriginsOfCovariatesDoNotMoveTheScore) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Study study = make_study(400, seed);
        const auto plain = study.fit("~ age + sales + region");
        ASSERT_TRUE(plain);
        add_derived(study, "won", [](double age, double) { return age * 1e9; });
        add_derived(study, "tiny", [](double age, double) { return age * 1e-6; });
        add_derived(study, "far", [](double age, double) { return age + 1e12; });
        for (const char* name : {"won", "tiny", "far"}) {
            const auto scaled = study.fit(std::string("~ ") + name + " + sales + region");
            ASSERT_TRUE(scaled) << name;
            EXPECT_TRUE(scaled->dropped.empty()) << name;
            EXPECT_LE(largest_difference(scaled->probability, plain->probability), 1e-9) << name;
        }
    }
}

TEST(Logistic, DependentColumnsAreNamedAndDoNotMoveTheScore) {
    Study study = make_study(600, 5);
    const auto plain = study.fit("~ age + sales + region");
    add_derived(study, "twice", [](double age, double) { return 2 * age; });
    add_derived(study, "both", [](double age, double sales) { return 0.3 * age - 7 * sales + 2; });
    const auto fit = study.fit("~ age + twice + sales + both + region");
    ASSERT_TRUE(fit);
    EXPECT_THAT(fit->dropped, ElementsAre(2, 4));
    EXPECT_TRUE(std::isnan(fit->coefficients[2]));
    EXPECT_TRUE(std::isnan(fit->standard_errors[4]));
    EXPECT_EQ(fit->rank, 5);
    ASSERT_EQ(fit->messages.size(), 2);
    EXPECT_EQ(fit->messages[0].code, "covariate_collinear");
    EXPECT_EQ(fit->messages[0].arguments.at("covariate"), "twice");
    EXPECT_EQ(fit->messages[0].arguments.at("others"), "age");
    EXPECT_EQ(fit->messages[1].arguments.at("others"), "age, sales");
    EXPECT_LE(largest_difference(fit->probability, plain->probability), 1e-10);
}

TEST(Logistic, NearlyDependentColumnsKeepTheirDigits) {
    Study study = make_study(600, 6);
    const auto plain = study.fit("~ age + sales");
    add_derived(study, "near", [](double age, double sales) { return age + sales / 1048576; });
    const auto fit = study.fit("~ age + near");
    ASSERT_TRUE(fit);
    EXPECT_TRUE(fit->dropped.empty());
    EXPECT_LE(largest_difference(fit->probability, plain->probability), 1e-8);
    EXPECT_NEAR(fit->coefficients[2] / 1048576 / plain->coefficients[2], 1, 1e-8);
    EXPECT_NEAR(fit->standard_errors[2] / 1048576 / plain->standard_errors[2], 1, 1e-8);
}

TEST(Logistic, WholeWeightsAreCopiesAndZeroLeavesOut) {
    const Study study = make_study(300, 7);
    std::vector<double> weights;
    std::vector<std::size_t> copies;
    Study repeated;
    for (std::size_t row = 0; row < 300; ++row) {
        weights.push_back(static_cast<double>(row % 3));
        for (std::size_t k = 0; k < row % 3; ++k) {
            copies.push_back(row);
            repeated.adopter.push_back(study.adopter[row]);
        }
    }
    repeated.frame = study.frame.select(copies);
    const auto weighted = fit_logistic(study.design("~ age + sales + region"), study.adopter, weights);
    const auto expected = repeated.fit("~ age + sales + region");
    ASSERT_TRUE(weighted);
    EXPECT_LE(largest_difference(weighted->coefficients, expected->coefficients), 1e-11);
    EXPECT_LE(largest_difference(weighted->standard_errors, expected->standard_errors), 1e-11);
    EXPECT_NEAR(weighted->log_likelihood, expected->log_likelihood, 1e-10);
    EXPECT_EQ(weighted->probability.size(), 300);
}

TEST(Logistic, ColumnsThatDependWhereAnythingCountsAreNamed) {
    Study study = make_study(400, 8);
    add_derived(study, "both", [](double age, double sales) { return age + sales; });
    std::vector<double> weights(400);
    std::vector<double> both(study.frame.find("both")->values().begin(), study.frame.find("both")->values().end());
    for (std::size_t row = 0; row < 400; ++row) {
        weights[row] = static_cast<double>(row % 4);
        if (row % 4 == 0) both[row] = 7;  // a row without weight
    }
    study.frame.add(Column::numbers("both", both));
    const auto fit = fit_logistic(study.design("~ age + sales + both"), study.adopter, weights);
    ASSERT_TRUE(fit);
    EXPECT_THAT(fit->dropped, ElementsAre(3));
    const auto plain = fit_logistic(study.design("~ age + sales"), study.adopter, weights);
    EXPECT_LE(largest_difference(fit->probability, plain->probability), 1e-10);
}

TEST(Logistic, SeparationNamesLevelsColumnsAndCombinations) {
    Study study = make_study(400, 8);
    for (std::size_t row = 0; row < 400; ++row) {
        if (study.frame.find("region")->codes()[row] == 0) study.adopter[row] = 0;
    }
    const auto by_level = study.fit("~ age + region");
    ASSERT_FALSE(by_level);
    EXPECT_EQ(by_level.error().code, "separation");
    EXPECT_EQ(by_level.error().arguments.at("covariates"), "region = a");

    for (std::size_t row = 0; row < 400; ++row) study.adopter[row] = study.frame.find("age")->values()[row] >= 30;
    const auto by_threshold = study.fit("~ sales + age");
    ASSERT_FALSE(by_threshold);
    EXPECT_EQ(by_threshold.error().arguments.at("covariates"), "age >= 30");

    for (std::size_t row = 0; row < 400; ++row) {
        study.adopter[row] = study.frame.find("age")->values()[row] + 9 * study.frame.find("sales")->values()[row] > 30;
    }
    const auto by_combination = study.fit("~ sales + age");
    ASSERT_FALSE(by_combination);
    EXPECT_EQ(by_combination.error().code, "separation");
    EXPECT_EQ(by_combination.error().arguments.at("covariates"), "sales, age");
}

TEST(Logistic, QuasiSeparationWithinWeightsIsFoundByTheIteration) {
    Study study = make_study(400, 9);
    std::vector<double> weights(400, 1.0);
    for (std::size_t row = 0; row < 400; ++row) {
        if (study.frame.find("region")->codes()[row] == 2 && study.adopter[row] != 0) weights[row] = 0;
    }
    const auto fit = fit_logistic(study.design("~ age + sales + region"), study.adopter, weights);
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, "separation");
    EXPECT_EQ(fit.error().arguments.at("covariates"), "regionc");
}

TEST(Logistic, NearlySeparatedArmsStillHaveAFit) {
    Study study;
    std::vector<double> x;
    for (int i = 0; i < 200; ++i) {
        x.push_back(i);
        study.adopter.push_back(i == 95 || (i >= 100 && i != 104) ? 1 : 0);
    }
    study.frame.add(Column::numbers("x", x));
    const auto fit = study.fit("~ x");
    ASSERT_TRUE(fit);
    EXPECT_GT(fit->coefficients[1], 0.2);
    EXPECT_NEAR(fit->probability.sum(), 100, 1e-9);
}

TEST(Logistic, NearlySeparatedArmsInManyRowsHaveAFit) {
    // The rows are read in pieces; all that speaks against separation stands in the first, or in the last.
    for (const bool first : {true, false}) {
        Study study;
        std::vector<double> x;
        for (int i = 0; i < 8000; ++i) {
            const int place = first ? i : 7999 - i;
            const bool against = place < 4;
            x.push_back(i % 2 == 0 ? -1 - 0.001 * place : 1 + 0.001 * place);
            study.adopter.push_back((x.back() > 0) != against ? 1 : 0);
        }
        study.frame.add(Column::numbers("x", x));
        const auto fit = study.fit("~ x");
        ASSERT_TRUE(fit) << first;
        EXPECT_GT(fit->coefficients[1], 2);
    }
}

TEST(Logistic, OneArmAloneIsAnError) {
    Study study = make_study(50, 10);
    study.adopter.assign(50, 0);
    EXPECT_EQ(study.fit("~ age").error().code, "no_adopters");
    study.adopter.assign(50, 1);
    EXPECT_EQ(study.fit("~ age").error().code, "no_non_adopters");
    EXPECT_EQ(study.fit("~ age").error().kind, ErrorKind::statistics);
}

TEST(AreaUnderRoc, CountsTiesHalf) {
    const std::vector<double> score{1, 2, 2, 3};
    const std::vector<std::uint8_t> adopter{0, 0, 1, 1};
    EXPECT_NEAR(area_under_roc(score, adopter), 3.5 / 4, 1e-15);
    EXPECT_TRUE(std::isnan(area_under_roc(score, std::vector<std::uint8_t>{0, 0, 0, 0})));
}

}  // namespace
}  // namespace twinfirm::stats
