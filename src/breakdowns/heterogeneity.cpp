// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/heterogeneity.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::breakdowns {
namespace {

bool usable(double effect, double std_error) {
    return std::isfinite(effect) && std::isfinite(std_error) && std_error > 0;
}

}  // namespace

CochranQ cochran_q(std::span<const double> effects, std::span<const double> std_errors) {
    const std::size_t groups = std::min(effects.size(), std_errors.size());
    double precision = 0;
    double weighted = 0;
    int used = 0;
    for (std::size_t g = 0; g < groups; ++g) {
        if (!usable(effects[g], std_errors[g])) continue;
        const double weight = 1 / (std_errors[g] * std_errors[g]);
        precision += weight;
        weighted += weight * effects[g];
        ++used;
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
    result.p_value = stats::chi_squared_upper_tail(result.q, result.df);
    return result;
}

CochranQ wald_equality(std::span<const double> effects, std::span<const double> covariance) {
    std::vector<std::size_t> used;
    for (std::size_t g = 0; g < effects.size(); ++g) {
        const double variance = covariance[g * effects.size() + g];
        if (variance > 0 && usable(effects[g], std::sqrt(variance))) used.push_back(g);
    }
    CochranQ result;
    if (used.size() < 2) return result;
    const auto groups = static_cast<Eigen::Index>(used.size());
    Eigen::VectorXd values(groups);
    Eigen::MatrixXd matrix(groups, groups);
    for (Eigen::Index a = 0; a < groups; ++a) {
        const std::size_t row = used[static_cast<std::size_t>(a)];
        values[a] = effects[row];
        for (Eigen::Index b = 0; b < groups; ++b) {
            matrix(a, b) = covariance[row * effects.size() + used[static_cast<std::size_t>(b)]];
        }
    }
    const Eigen::LLT<Eigen::MatrixXd> decomposition(matrix);
    if (decomposition.info() != Eigen::Success) return result;
    const Eigen::VectorXd weights = decomposition.solve(Eigen::VectorXd::Ones(groups));
    result.pooled = weights.dot(values) / weights.sum();
    const Eigen::VectorXd deviations = values.array() - result.pooled;
    result.q = deviations.dot(decomposition.solve(deviations));
    result.df = static_cast<double>(groups - 1);
    result.p_value = stats::chi_squared_upper_tail(result.q, result.df);
    return result;
}

}  // namespace twinfirm::breakdowns
