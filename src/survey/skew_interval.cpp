// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/skew_interval.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

SkewInterval skew_interval(const SampleDesign& design, const Linearised& linearised, const SurveyEstimate& estimate,
                           double confidence) {
    (void)critical_value(estimate, confidence);  // throws for a confidence out of range
    SkewInterval result;
    if (!std::isfinite(estimate.std_error) || !(estimate.df > 0)) return result;
    const SumMoments moments = design.moments(linearised.influence);
    if (!(moments.variance > 0)) {
        result.interval = {estimate.value, estimate.value};
        return result;
    }
    const double cube = std::pow(moments.variance, 1.5);
    const double a = moments.covariance_with_variance / cube;
    const double b = 3 * a - moments.third_cumulant / cube;
    const double stable = 2 * moments.variance * moments.variance / moments.variance_of_variance;
    result.skewness = a;
    result.df = std::isfinite(stable) ? std::clamp(stable, 1.0, std::max(1.0, estimate.df)) : estimate.df;
    const double t = stats::student_t_quantile(0.5 + confidence / 2, result.df);
    const double c = b / 6;
    const double d = a / 2 - c;
    const auto inverse = [&](double y) {
        // (1 + x)^(1/3) - 1 loses its digits for small x, where it is x / 3.
        const double x = 3 * c * (y - d);
        return std::abs(x) < 1e-8 ? y - d : (std::cbrt(1 + x) - 1) / c;
    };
    result.interval = {estimate.value - estimate.std_error * inverse(t),
                       estimate.value - estimate.std_error * inverse(-t)};
    return result;
}

}  // namespace twinfirm::survey
