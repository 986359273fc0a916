// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "stats/reference_table.h"
#include "twinfirm/stats/robust_covariance.h"

namespace twinfirm::stats {
namespace {

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
    [[nodiscard]] LeastSquaresFit fit() const {
        return fit_least_squares(x(), {"(Intercept)", "treat"}, y, weight).value();
    }
};

double error_of_effect(const Eigen::MatrixXd& covariance) {
    return std::sqrt(covariance(1, 1));
}

class MatchItCase : public testing::TestWithParam<const char*> {};

TEST_P(MatchItCase, SandwichErrorsOfTheDifferenceInMeans) {
    const std::string path = std::string("matchit/lalonde/") + GetParam();
    const ReferenceTable units(path + ".units.csv");
    const auto outcome = ReferenceTable("data/lalonde_matchit.csv").numbers("re78");
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
    const auto reference = reference_json(path + ".json")["effects"]["dim"];
    const LeastSquaresFit fit = matched.fit();
    const Eigen::MatrixXd x = matched.x();
    EXPECT_GE(log_relative_error(fit.coefficients[1], reference["estimate"]), 9);
    EXPECT_GE(log_relative_error(fit.standard_errors[1], reference["se_model"]), 9);
    const auto error = [&](Heteroscedasticity kind) {
        return error_of_effect(heteroscedastic_covariance(x, fit, kind));
    };
    EXPECT_GE(log_relative_error(error(Heteroscedasticity::hc1), reference["se_hc1"]), 9);
    EXPECT_GE(log_relative_error(error(Heteroscedasticity::hc3), reference["se_hc3"]), 9);
    EXPECT_EQ(count_clusters(fit, matched.pair), reference["n_clusters"].get<std::size_t>());
    EXPECT_GE(
        log_relative_error(error_of_effect(cluster_covariance(x, fit, matched.pair)), reference["se_cluster_subclass"]),
        9);
    EXPECT_GE(log_relative_error(error_of_effect(cluster_covariance(x, fit, matched.pair, ClusterFactor::cr0)),
                                 reference["se_cluster_CR0"]),
              9);
}

INSTANTIATE_TEST_SUITE_P(Cases, MatchItCase,
                         testing::Values("lalonde_nn_default", "lalonde_nn_caliper02", "lalonde_nn_ratio2"),
                         [](const auto& test) { return std::string(test.param); });

TEST(RobustCovarianceReference, TwoWayClustersOfMatchesWithReplacement) {
    const std::string path = "matchit/lalonde/lalonde_nn_replace";
    const ReferenceTable pairs(path + ".pairs.csv");
    const auto outcome = ReferenceTable("data/lalonde_matchit.csv").numbers("re78");
    const auto focal = pairs.numbers("focal_row");
    const auto match = pairs.numbers("match_row");
    Matched matched;
    for (std::size_t i = 0; i < focal.size(); ++i) {
        if (match[i] == 0) continue;
        for (const bool treated : {true, false}) {
            const auto row = static_cast<std::int64_t>(treated ? focal[i] : match[i]);
            matched.y.push_back(outcome.at(static_cast<std::size_t>(row - 1)));
            matched.treat.push_back(treated ? 1 : 0);
            matched.weight.push_back(1);
            matched.pair.push_back(static_cast<std::int64_t>(focal[i]));
            matched.firm.push_back(row);
        }
    }
    const auto reference = reference_json(path + ".json")["effects"]["get_matches"];
    const LeastSquaresFit fit = matched.fit();
    EXPECT_EQ(fit.observations, reference["n_rows"].get<std::size_t>());
    EXPECT_GE(log_relative_error(fit.coefficients[1], reference["estimate"]), 9);
    const auto covariance = two_way_cluster_covariance(matched.x(), fit, matched.pair, matched.firm);
    EXPECT_GE(log_relative_error(error_of_effect(covariance), reference["se_cluster_subclass_id"]), 9);
}

}  // namespace
}  // namespace twinfirm::stats
