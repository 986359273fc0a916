// SPDX-License-Identifier: GPL-3.0-or-later
// The sandwich estimators of the regression itself, without what the effects make of it, against R's sandwich.
#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/stats/robust_covariance.h"
#include "twinfirm/validation/comparison.h"
#include "twinfirm/validation/reference_folder.h"

namespace twinfirm::validation {
namespace {

using stats::Heteroscedasticity;

ReferenceFolder reference() {
    return ReferenceFolder(std::string(TWINFIRM_REFERENCE_DIR) + "/reference");
}

void expect_nine_digits(double ours, double theirs) {
    EXPECT_GE(agreeing_digits(ours, theirs, size_of(theirs)), 9) << ours << " and " << theirs;
}

/// Outcome, arm, weight and clusters of the rows that a matching kept.
struct Matched {
    std::vector<double> y;
    std::vector<double> treat;
    std::vector<double> weight;
    std::vector<std::int64_t> pair;
    std::vector<std::int64_t> firm;

    [[nodiscard]] Eigen::MatrixXd x() const {
        Eigen::MatrixXd result(static_cast<Eigen::Index>(y.size()), 2);
        result.col(0).setOnes();
        result.col(1) = Eigen::Map<const Eigen::VectorXd>(treat.data(), result.rows());
        return result;
    }
    [[nodiscard]] stats::LeastSquaresFit fit() const {
        return stats::fit_least_squares(x(), {"(Intercept)", "treat"}, y, weight).value();
    }
};

double error_of_effect(const Eigen::MatrixXd& covariance) {
    return std::sqrt(covariance(1, 1));
}

class MatchItCase : public testing::TestWithParam<const char*> {};

TEST_P(MatchItCase, SandwichErrorsOfTheDifferenceInMeans) {
    const ReferenceFolder folder = reference();
    const std::string path = std::string("matchit/lalonde/") + GetParam();
    const ReferenceTable& units = folder.table(path + ".units.csv");
    const auto outcome = folder.table("data/lalonde_matchit.csv").numbers("re78");
    const auto weights = units.numbers("weight");
    const auto arms = units.numbers("treat");
    const auto sets = units.numbers("subclass");
    Matched matched;
    for (std::size_t row = 0; row < outcome.size(); ++row) {
        if (!(weights[row] > 0)) continue;
        matched.y.push_back(outcome[row]);
        matched.treat.push_back(arms[row]);
        matched.weight.push_back(weights[row]);
        matched.pair.push_back(static_cast<std::int64_t>(sets[row]));
    }
    const auto theirs = folder.json(path + ".json").at("effects").at("dim");
    const stats::LeastSquaresFit fit = matched.fit();
    const Eigen::MatrixXd x = matched.x();
    expect_nine_digits(fit.coefficients[1], theirs.at("estimate"));
    expect_nine_digits(fit.standard_errors[1], theirs.at("se_model"));
    const auto error = [&](Heteroscedasticity kind) {
        return error_of_effect(heteroscedastic_covariance(x, fit, kind));
    };
    expect_nine_digits(error(Heteroscedasticity::hc1), theirs.at("se_hc1"));
    expect_nine_digits(error(Heteroscedasticity::hc3), theirs.at("se_hc3"));
    EXPECT_EQ(count_clusters(fit, matched.pair), theirs.at("n_clusters").get<std::size_t>());
    expect_nine_digits(error_of_effect(cluster_covariance(x, fit, matched.pair)), theirs.at("se_cluster_subclass"));
    expect_nine_digits(error_of_effect(cluster_covariance(x, fit, matched.pair, stats::ClusterFactor::cr0)),
                       theirs.at("se_cluster_CR0"));
}

INSTANTIATE_TEST_SUITE_P(Cases, MatchItCase,
                         testing::Values("lalonde_nn_default", "lalonde_nn_caliper02", "lalonde_nn_ratio2"),
                         [](const auto& test) { return std::string(test.param); });

TEST(SandwichReference, TwoWayClustersOfMatchesWithReplacement) {
    const ReferenceFolder folder = reference();
    const std::string path = "matchit/lalonde/lalonde_nn_replace";
    const ReferenceTable& pairs = folder.table(path + ".pairs.csv");
    const auto outcome = folder.table("data/lalonde_matchit.csv").numbers("re78");
    const auto focal = pairs.numbers("focal_row");
    const auto match = pairs.numbers("match_row");
    Matched matched;
    for (std::size_t i = 0; i < focal.size(); ++i) {
        if (std::isnan(match[i])) continue;
        for (const bool treated : {true, false}) {
            const auto row = static_cast<std::int64_t>(treated ? focal[i] : match[i]);
            matched.y.push_back(outcome.at(static_cast<std::size_t>(row - 1)));
            matched.treat.push_back(treated ? 1 : 0);
            matched.weight.push_back(1);
            matched.pair.push_back(static_cast<std::int64_t>(focal[i]));
            matched.firm.push_back(row);
        }
    }
    const auto theirs = folder.json(path + ".json").at("effects").at("get_matches");
    const stats::LeastSquaresFit fit = matched.fit();
    EXPECT_EQ(fit.observations, theirs.at("n_rows").get<std::size_t>());
    expect_nine_digits(fit.coefficients[1], theirs.at("estimate"));
    const auto covariance = two_way_cluster_covariance(matched.x(), fit, matched.pair, matched.firm);
    expect_nine_digits(error_of_effect(covariance), theirs.at("se_cluster_subclass_id"));
}

}  // namespace
}  // namespace twinfirm::validation
