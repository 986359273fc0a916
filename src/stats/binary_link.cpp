// SPDX-License-Identifier: GPL-3.0-or-later
#include "binary_link.h"

#include "twinfirm/stats/distributions.h"

namespace twinfirm::stats {
namespace {

constexpr double root_half = 0.70710678118654752440;
constexpr double log_root_two_pi = 0.91893853320467274178;

/// log Phi(x) and phi(x) / Phi(x), which stay exact where Phi(x) itself vanishes.
struct NormalTail {
    double log_cdf = 0;
    double hazard = 0;
};

NormalTail normal_tail(double x) {
    const double log_density = -0.5 * x * x - log_root_two_pi;
    if (x > -20) {
        const double cdf = 0.5 * std::erfc(-x * root_half);
        return {x > 5 ? std::log1p(-0.5 * std::erfc(x * root_half)) : std::log(cdf), std::exp(log_density) / cdf};
    }
    // Asymptotic series of Mills' ratio (Abramowitz & Stegun 1964, 26.2.12); seven terms are exact beyond 20.
    const double square = 1 / (x * x);
    double term = 1;
    double sum = 1;
    for (int k = 1; k <= 7; ++k) {
        term *= -(2 * k - 1) * square;
        sum += term;
    }
    return {log_density - std::log(-x) + std::log(sum), -x / sum};
}

}  // namespace

RowTerms probit_terms(double eta, bool treated) {
    const NormalTail below = normal_tail(eta);
    const NormalTail above = normal_tail(-eta);
    return {treated ? below.log_cdf : above.log_cdf, treated ? below.hazard : -above.hazard,
            below.hazard * above.hazard};
}

RowTerms cloglog_terms(double eta, bool treated) {
    const double hazard = std::exp(std::min(eta, 700.0));
    const double share = hazard / std::expm1(hazard);
    const double log_adopts = hazard > 0.5 ? std::log1p(-std::exp(-hazard)) : std::log(-std::expm1(-hazard));
    return {treated ? log_adopts : -hazard, treated ? share : -hazard, share * hazard};
}

double inverse_link(Link link, double eta) {
    switch (link) {
        case Link::logit: {
            const double e = std::exp(-std::abs(eta));
            return eta >= 0 ? 1 / (1 + e) : e / (1 + e);
        }
        case Link::probit:
            return 0.5 * std::erfc(-eta * root_half);
        case Link::cloglog:
            return -std::expm1(-std::exp(eta));
    }
    return 0;
}

double link_of(Link link, double probability) {
    switch (link) {
        case Link::logit:
            return std::log(probability / (1 - probability));
        case Link::probit:
            return normal_quantile(probability);
        case Link::cloglog:
            return std::log(-std::log1p(-probability));
    }
    return 0;
}

}  // namespace twinfirm::stats
