// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/event_study_tests.h"

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <cmath>

#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

WaldTest wald_test(const StaggeredDid& did, const std::vector<DidEstimate>& numbers) {
    WaldTest test;
    const auto count = static_cast<Eigen::Index>(numbers.size());
    test.df = count;
    if (count == 0) return test;
    Eigen::VectorXd theta(count);
    Eigen::MatrixXd covariance(count, count);
    for (Eigen::Index i = 0; i < count; ++i) {
        const DidEstimate& a = numbers[static_cast<std::size_t>(i)];
        theta[i] = a.att;
        for (Eigen::Index j = 0; j <= i; ++j) {
            const DidEstimate& b = numbers[static_cast<std::size_t>(j)];
            covariance(i, j) = covariance(j, i) = combined_covariance(did, a.combination, b.combination);
        }
    }
    // Scaled to correlations, so that the test of rank does not depend on units.
    const Eigen::VectorXd scale = covariance.diagonal().cwiseSqrt();
    if (!(scale.minCoeff() > 0)) return test;
    const Eigen::VectorXd scaled = theta.cwiseQuotient(scale);
    const Eigen::MatrixXd correlation =
        scale.cwiseInverse().asDiagonal() * covariance * scale.cwiseInverse().asDiagonal();
    const Eigen::LDLT<Eigen::MatrixXd> factor(correlation);
    if (factor.info() != Eigen::Success || !(factor.vectorD().minCoeff() > 1e-12)) return test;
    test.statistic = scaled.dot(factor.solve(scaled));
    test.p_value = stats::chi_squared_upper_tail(test.statistic, static_cast<double>(count));
    return test;
}

DidEstimate difference(const DidEstimate& a, const DidEstimate& b) {
    DidEstimate result = a;
    result.att -= b.att;
    for (std::size_t k = 0; k < result.combination.size(); ++k) result.combination[k] -= b.combination[k];
    return result;
}

}  // namespace

WaldTest pretrend_test(const StaggeredDid& did) {
    std::vector<DidEstimate> before;
    const std::vector<DidEstimate> all = group_time_estimates(did);
    for (std::size_t c = 0; c < all.size(); ++c) {
        const GroupTimeEffect& effect = did.effects[c];
        if (effect.time < effect.group - did.anticipation && !std::isnan(effect.std_error)) before.push_back(all[c]);
    }
    return wald_test(did, before);
}

EffectTrend effect_trend(const StaggeredDid& did, const AggregatedDid& dynamic) {
    std::vector<DidEstimate> after;
    for (const DidEstimate& estimate : dynamic.by)
        if (*estimate.at >= 0 && !std::isnan(estimate.std_error)) after.push_back(estimate);
    EffectTrend trend;
    if (after.empty()) return trend;
    trend.first = *after.front().at;
    trend.last = *after.back().at;
    if (after.size() < 2) return trend;
    const auto count = static_cast<double>(after.size());
    double mean = 0;
    for (const DidEstimate& estimate : after) mean += *estimate.at / count;
    double squares = 0;
    for (const DidEstimate& estimate : after) squares += (*estimate.at - mean) * (*estimate.at - mean);
    trend.slope.att = 0;
    trend.slope.combination.assign(did.parameters(), 0);
    std::vector<DidEstimate> differences;
    for (const DidEstimate& estimate : after) {
        const double part = (*estimate.at - mean) / squares;
        trend.slope.att += part * estimate.att;
        for (std::size_t k = 0; k < estimate.combination.size(); ++k)
            trend.slope.combination[k] += part * estimate.combination[k];
        trend.same_groups = trend.same_groups && estimate.groups == after.front().groups;
        if (*estimate.at != trend.first) differences.push_back(difference(estimate, after.front()));
    }
    trend.slope.groups = after.front().groups;
    trend.slope.n_treated = after.front().n_treated;
    const double variance = combined_covariance(did, trend.slope.combination, trend.slope.combination);
    if (variance > 0) {
        trend.slope.std_error = std::sqrt(variance);
        const double z = stats::normal_quantile((1 + did.confidence) / 2);
        trend.slope.ci_low = trend.slope.att - z * trend.slope.std_error;
        trend.slope.ci_high = trend.slope.att + z * trend.slope.std_error;
        trend.slope.p_value = stats::normal_two_sided_p(trend.slope.att / trend.slope.std_error);
    }
    trend.equal = wald_test(did, differences);
    return trend;
}

}  // namespace twinfirm::effects
