// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/heterogeneity.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "twinfirm/stats/distributions.h"
#include "usable_groups.h"

namespace twinfirm::breakdowns {
namespace {

bool usable(double effect, double std_error) {
    return std::isfinite(effect) && std::isfinite(std_error) && std_error > 0;
}

/// The p value of Q. `weights` and `df` of the groups used.
double p_value_of(const CochranQ& test, const std::vector<double>& weights, const std::vector<double>& df) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    double uncertainty = 0;
    for (std::size_t g = 0; g < df.size(); ++g) {
        const double other = 1 - weights[g] / sum;
        uncertainty += other * other / df[g];
    }
    if (uncertainty == 0) return stats::chi_squared_upper_tail(test.q, test.df);
    const double groups = test.df + 1;
    const double squares = groups * groups - 1;
    const double f = test.q / test.df / (1 + 2 * (groups - 2) * uncertainty / squares);
    return stats::f_upper_tail(f, test.df, squares / (3 * uncertainty));
}

}  // namespace

CochranQ cochran_q(std::span<const double> effects, std::span<const double> std_errors,
                   std::span<const double> error_df) {
    const std::size_t groups = std::min(effects.size(), std_errors.size());
    double precision = 0;
    double weighted = 0;
    int used = 0;
    std::vector<double> weights;
    std::vector<double> df;
    for (std::size_t g = 0; g < groups; ++g) {
        if (!usable(effects[g], std_errors[g])) continue;
        const double weight = 1 / (std_errors[g] * std_errors[g]);
        precision += weight;
        weighted += weight * effects[g];
        ++used;
        weights.push_back(weight);
        if (!error_df.empty()) df.push_back(error_df[g]);
    }
    CochranQ result;
    if (used < 2) return result;
    result.pooled = weighted / precision;
    result.df = used - 1;
    result.q = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        if (!usable(effects[g], std_errors[g])) continue;
        const double z = (effects[g] - result.pooled) / std_errors[g];
        result.q += z * z;
    }
    result.p_value = p_value_of(result, weights, df);
    return result;
}

CochranQ wald_equality(std::span<const double> effects, std::span<const double> covariance,
                       std::span<const double> error_df) {
    const UsableGroups used = usable_groups(effects, covariance);
    const Eigen::Index groups = used.effects.size();
    CochranQ result;
    if (groups < 2) return result;
    const Eigen::LLT<Eigen::MatrixXd> decomposition(used.covariance);
    if (decomposition.info() != Eigen::Success) return result;
    const Eigen::VectorXd weights = decomposition.solve(Eigen::VectorXd::Ones(groups));
    result.pooled = weights.dot(used.effects) / weights.sum();
    const Eigen::VectorXd deviations = used.effects.array() - result.pooled;
    result.q = deviations.dot(decomposition.solve(deviations));
    result.df = static_cast<double>(groups - 1);
    std::vector<double> precisions;
    std::vector<double> df;
    for (Eigen::Index g = 0; g < groups; ++g) {
        precisions.push_back(1 / used.covariance(g, g));
        if (!error_df.empty()) df.push_back(error_df[used.places[static_cast<std::size_t>(g)]]);
    }
    result.p_value = p_value_of(result, precisions, df);
    return result;
}

}  // namespace twinfirm::breakdowns
