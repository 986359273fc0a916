// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/heterogeneity.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "twinfirm/stats/distributions.h"
#include "usable_groups.h"

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
    result.p_value = stats::chi_squared_upper_tail(result.q, result.df);
    return result;
}

}  // namespace twinfirm::breakdowns
