// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/distributions.h"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <limits>

namespace twinfirm::stats {
namespace {

namespace policies = boost::math::policies;
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::underflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>>;
using Normal = boost::math::normal_distribution<double, Quiet>;
using StudentT = boost::math::students_t_distribution<double, Quiet>;
using ChiSquared = boost::math::chi_squared_distribution<double, Quiet>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_probability(double p) {
    return p >= 0 && p <= 1;
}

}  // namespace

double normal_cdf(double z) {
    return std::isnan(z) ? nan : boost::math::cdf(Normal(), z);
}

double normal_upper_tail(double z) {
    return normal_cdf(-z);
}

double normal_quantile(double probability) {
    if (!is_probability(probability)) return nan;
    if (probability == 0) return -infinity;
    if (probability == 1) return infinity;
    return boost::math::quantile(Normal(), probability);
}

double normal_two_sided_p(double z) {
    return 2 * normal_cdf(-std::abs(z));
}

double student_t_cdf(double t, double degrees_of_freedom) {
    if (std::isnan(t) || !(degrees_of_freedom > 0)) return nan;
    if (std::isinf(degrees_of_freedom)) return normal_cdf(t);
    if (std::isinf(t)) return t > 0 ? 1 : 0;
    return boost::math::cdf(StudentT(degrees_of_freedom), t);
}

double student_t_quantile(double probability, double degrees_of_freedom) {
    if (!is_probability(probability) || !(degrees_of_freedom > 0)) return nan;
    if (std::isinf(degrees_of_freedom)) return normal_quantile(probability);
    if (probability == 0) return -infinity;
    if (probability == 1) return infinity;
    return boost::math::quantile(StudentT(degrees_of_freedom), probability);
}

double student_t_two_sided_p(double t, double degrees_of_freedom) {
    return 2 * student_t_cdf(-std::abs(t), degrees_of_freedom);
}

double chi_squared_cdf(double x, double degrees_of_freedom) {
    if (std::isnan(x) || !(degrees_of_freedom > 0) || std::isinf(degrees_of_freedom)) return nan;
    if (x <= 0) return 0;
    if (std::isinf(x)) return 1;
    return boost::math::cdf(ChiSquared(degrees_of_freedom), x);
}

double chi_squared_upper_tail(double x, double degrees_of_freedom) {
    if (std::isnan(x) || !(degrees_of_freedom > 0) || std::isinf(degrees_of_freedom)) return nan;
    if (x <= 0) return 1;
    if (std::isinf(x)) return 0;
    return boost::math::cdf(boost::math::complement(ChiSquared(degrees_of_freedom), x));
}

double chi_squared_quantile(double probability, double degrees_of_freedom) {
    if (!is_probability(probability) || !(degrees_of_freedom > 0) || std::isinf(degrees_of_freedom)) return nan;
    if (probability == 0) return 0;
    if (probability == 1) return infinity;
    return boost::math::quantile(ChiSquared(degrees_of_freedom), probability);
}

double f_upper_tail(double f, double numerator_df, double denominator_df) {
    if (std::isnan(f) || !(numerator_df > 0) || !(denominator_df > 0) || std::isinf(numerator_df)) return nan;
    if (f <= 0) return 1;
    if (std::isinf(f)) return 0;
    if (std::isinf(denominator_df)) return chi_squared_upper_tail(f * numerator_df, numerator_df);
    const double share = denominator_df / (denominator_df + numerator_df * f);
    return boost::math::ibeta(denominator_df / 2, numerator_df / 2, share, Quiet());
}

double beta_quantile(double probability, double a, double b) {
    if (!is_probability(probability) || !(a >= 0) || !(b >= 0) || !(a + b > 0) || std::isinf(a) || std::isinf(b)) {
        return nan;
    }
    if (a == 0) return 0;
    if (b == 0) return 1;
    return boost::math::ibeta_inv(a, b, probability, Quiet());
}

double binomial_upper_tail(std::int64_t successes, std::int64_t trials, double probability) {
    if (trials < 0 || !is_probability(probability)) return nan;
    if (successes <= 0) return 1;
    if (successes > trials) return 0;
    return boost::math::ibeta(static_cast<double>(successes), static_cast<double>(trials - successes + 1), probability,
                              Quiet());
}

}  // namespace twinfirm::stats
