// SPDX-License-Identifier: GPL-3.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "stats/reference_table.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::stats {
namespace {

std::vector<std::uint8_t> flags(const std::vector<double>& values) {
    std::vector<std::uint8_t> result;
    for (const double value : values) result.push_back(value != 0 ? 1 : 0);
    return result;
}

DesignMatrix design_of(const Frame& frame, const std::string& formula) {
    auto parsed = parse_formula(formula);
    auto design = build_design_matrix(frame, parsed.value().terms);
    return std::move(design.value());
}

/// A data set certified in 50-digit arithmetic.
class CertifiedLogit : public testing::TestWithParam<const char*> {
  protected:
    CertifiedLogit() : data_(std::string("logit_certified/") + GetParam() + ".csv") {
        std::string formula = "y ~ ";
        for (std::size_t i = 1; i < data_.names().size(); ++i) formula += (i > 1 ? " + " : "") + data_.names()[i];
        design_ = design_of(data_.frame(), formula);
        fit_ = fit_logistic(design_, flags(data_.numbers("y"))).value();
    }

    ReferenceTable data_;
    DesignMatrix design_;
    LogisticFit fit_;
};

TEST_P(CertifiedLogit, CoefficientsErrorsAndLikelihoodHaveTheCertifiedDigits) {
    const ReferenceTable certified("logit_certified/logit_certified.csv");
    const auto sets = certified.texts("dataset");
    const auto parameters = certified.texts("parameter");
    std::size_t found = 0;
    double worst_coefficient = 17;
    double worst_error = 17;
    for (std::size_t row = 0; row < certified.rows(); ++row) {
        if (sets[row] != GetParam()) continue;
        ASSERT_EQ(parameters[row], fit_.terms.at(found));
        const auto i = static_cast<Eigen::Index>(found++);
        worst_coefficient =
            std::min(worst_coefficient, log_relative_error(fit_.coefficients[i], certified.numbers("estimate")[row]));
        worst_error =
            std::min(worst_error, log_relative_error(fit_.standard_errors[i], certified.numbers("std_error")[row]));
        EXPECT_GE(log_relative_error(fit_.log_likelihood, certified.numbers("loglik")[row]), 12);
    }
    EXPECT_EQ(found, fit_.terms.size());
    EXPECT_GE(worst_coefficient, 10);
    EXPECT_GE(worst_error, 9);
    RecordProperty("coefficient_digits", std::to_string(worst_coefficient));
    RecordProperty("standard_error_digits", std::to_string(worst_error));
}

TEST_P(CertifiedLogit, FittedProbabilitiesAreTheCertifiedOnes) {
    const ReferenceTable certified("logit_certified/logit_certified_fitted.csv");
    std::size_t compared = 0;
    for (std::size_t row = 0; row < certified.rows(); ++row) {
        if (certified.texts("dataset")[row] != GetParam()) continue;
        const double place = ReferenceTable::number(certified.texts("row_or_stat")[row]);
        if (std::isnan(place)) continue;
        const double fitted = fit_.probability[static_cast<Eigen::Index>(place) - 1];
        EXPECT_NEAR(fitted, certified.numbers("fitted_probability")[row], 1e-13);
        ++compared;
    }
    EXPECT_GE(compared, 5);
}

INSTANTIATE_TEST_SUITE_P(Sets, CertifiedLogit, testing::Values("birthwt", "lalonde", "firms_log"),
                         [](const auto& test) { return std::string(test.param); });

TEST(LogisticReference, SeparatedCertifiedSetNamesTheColumnAndItsThreshold) {
    const ReferenceTable data("logit_certified/separated.csv");
    const auto fit = fit_logistic(design_of(data.frame(), "y ~ x + z"), flags(data.numbers("y")));
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, "separation");
    EXPECT_EQ(fit.error().kind, ErrorKind::statistics);
    EXPECT_THAT(fit.error().arguments.at("covariates"), testing::StartsWith("x >= "));
}

TEST(LogisticReference, EndometrialNeovasculationSeparates) {
    const ReferenceTable data("data/endometrial.csv");
    const auto fit = fit_logistic(design_of(data.frame(), "HG ~ NV + PI + EH"), flags(data.numbers("HG")));
    ASSERT_FALSE(fit);
    EXPECT_EQ(fit.error().code, "separation");
    EXPECT_EQ(fit.error().arguments.at("covariates"), "NV = 1");
}

struct Case {
    const char* name;
    const char* file;
    const char* response;
    const char* formula;
    double error_digits = 7;
    double digits = 8;  ///< of coefficients; fitted values have one more
    BinaryOptions options = {};
};

BinaryOptions with_link(Link link) {
    BinaryOptions options;
    options.link = link;
    return options;
}

BinaryOptions with_firth() {
    BinaryOptions options;
    options.firth = true;
    return options;
}

class LogitCase : public testing::TestWithParam<Case> {};

Frame frame_of(const Case& test) {
    const ReferenceTable data(std::string("data/") + test.file);
    Frame frame = data.frame();
    std::vector<double> derived;
    if (const Column* age = frame.find("age"); age != nullptr && std::string(test.name) == "lalonde_logit_collinear") {
        for (const double value : age->values()) derived.push_back(2 * value);
        frame.add(Column::numbers("age_dup", derived));
    }
    if (const Column* earnings = frame.find("re74")) {
        derived.clear();
        for (const double value : earnings->values()) derived.push_back(std::log1p(value));
        frame.add(Column::numbers("log1p(re74)", derived));
    }
    if (frame.find("size") != nullptr) {
        // Size classes have an order of their own.
        const std::vector<std::string> levels{"소기업", "중기업", "중견"};
        std::vector<std::int32_t> codes;
        for (const std::string& text : data.texts("size")) {
            codes.push_back(static_cast<std::int32_t>(std::find(levels.begin(), levels.end(), text) - levels.begin()));
        }
        frame.add(Column::categories("size", levels, codes));
    }
    return frame;
}

TEST_P(LogitCase, AgreesWithGlm) {
    const Case& test = GetParam();
    const auto reference = reference_json(std::string("logit/") + test.name + ".json");
    const Frame frame = frame_of(test);
    const auto adopter_values = frame.find(test.response)->values();
    const auto adopter = flags({adopter_values.begin(), adopter_values.end()});
    const DesignMatrix design = design_of(frame, test.formula);
    ASSERT_TRUE(design.incomplete.empty());
    std::vector<double> weights;
    if (std::string(test.name) == "lalonde_logit_weights") {
        for (std::size_t row = 1; row <= adopter.size(); ++row) weights.push_back(1.0 + static_cast<double>(row % 3));
    }
    const auto fit = fit_binary(design, adopter, weights, test.options);
    ASSERT_TRUE(fit);
    const auto& coefficients = reference["coef"];
    const auto& errors = reference["se"];
    std::size_t place = 0;
    for (std::size_t term = 0; term < coefficients.size(); ++term) {
        const auto i = static_cast<Eigen::Index>(place++);
        if (coefficients[term].is_null()) {
            EXPECT_TRUE(std::isnan(fit->coefficients[i]));
            continue;
        }
        EXPECT_GE(log_relative_error(fit->coefficients[i], coefficients[term]), test.digits) << fit->terms[i];
        EXPECT_GE(log_relative_error(fit->standard_errors[i], errors[term]), test.error_digits) << fit->terms[i];
    }
    EXPECT_EQ(place, fit->terms.size());
    EXPECT_GE(log_relative_error(fit->deviance, reference["deviance"]), 8);
    EXPECT_GE(log_relative_error(fit->log_likelihood, reference["loglik"]), 8);
    EXPECT_GE(log_relative_error(fit->null_deviance, reference["null_deviance"]), 8);
    EXPECT_GE(log_relative_error(fit->auc, reference["auc"]), 8);
    const ReferenceTable fitted(std::string("logit/") + test.name + ".fitted.csv");
    for (std::size_t row = 0; row < fitted.rows(); ++row) {
        const auto i = static_cast<Eigen::Index>(row);
        EXPECT_NEAR(fit->probability[i], fitted.numbers("fitted")[row], std::pow(10, -test.digits - 1));
        EXPECT_NEAR(fit->linear_predictor[i], fitted.numbers("linear_predictor")[row], std::pow(10, -test.digits));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LogitCase,
    testing::Values(
        Case{"lalonde_logit", "lalonde_matchit.csv", "treat",
             "treat ~ age + educ + race + married + nodegree + re74 + re75"},
        Case{"lalonde_logit_collinear", "lalonde_matchit.csv", "treat", "treat ~ age + age_dup + educ + race",
             5},  // fitted by glm at a looser stop: its standard errors are those of the step before
        Case{"lalonde_logit_poly", "lalonde_matchit.csv", "treat",
             "treat ~ age + I(age^2) + educ * race + `log1p(re74)`"},
        Case{"lalonde_logit_weights", "lalonde_matchit.csv", "treat",
             "treat ~ age + educ + race + married + nodegree + re74 + re75"},
        Case{"birthwt_logit", "birthwt.csv", "low", "low ~ age + lwt + factor(race) + smoke + ptl + ht + ui + ftv"},
        Case{"firms_a_logit", "firms_a.csv", "treat",
             "treat ~ size + industry + region + log(employees) + log(sales) + firm_age + rnd_ratio + exporter + "
             "debt_ratio + log(defect_rate)"},
        // glm's Fisher scoring converges linearly for these two links and stops at a relative change of the deviance of
        // 1e-13, some 1e-7 short of the maximum; ours goes on.
        Case{"lalonde_probit", "lalonde_matchit.csv", "treat",
             "treat ~ age + educ + race + married + nodegree + re74 + re75", 6, 7, with_link(Link::probit)},
        Case{"lalonde_cloglog", "lalonde_matchit.csv", "treat",
             "treat ~ age + educ + race + married + nodegree + re74 + re75", 6, 6, with_link(Link::cloglog)},
        Case{"lalonde_firth", "lalonde_matchit.csv", "treat",
             "treat ~ age + educ + race + married + nodegree + re74 + re75", 7, 8, with_firth()},
        Case{"endometrial_firth", "endometrial.csv", "HG", "HG ~ NV + PI + EH", 7, 8, with_firth()},
        Case{"firms_a_firth", "firms_a.csv", "treat",
             "treat ~ size + industry + region + log(employees) + log(sales) + firm_age + rnd_ratio + exporter + "
             "debt_ratio + log(defect_rate)",
             7, 8, with_firth()}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace twinfirm::stats
