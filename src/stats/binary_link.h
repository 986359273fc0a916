// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

#include "twinfirm/stats/binary_regression.h"

namespace twinfirm::stats {

/// What one unit adds to the likelihood at the linear predictor eta.
struct RowTerms {
    double log_likelihood = 0;
    double score = 0;        ///< derivative by eta
    double information = 0;  ///< expected negative second derivative by eta
};

/// Exact in both tails: nothing is subtracted from 1.
[[nodiscard]] inline RowTerms logit_terms(double eta, bool treated) {
    const double e = std::exp(-std::abs(eta));
    const double larger = 1 / (1 + e);  // probability of the arm that the sign of eta favours
    const double smaller = e / (1 + e);
    const bool favoured = (eta >= 0) == treated;
    return {-(std::log1p(e) + (favoured ? 0.0 : std::abs(eta))), (favoured ? smaller : larger) * (treated ? 1 : -1),
            larger * smaller};
}
[[nodiscard]] RowTerms probit_terms(double eta, bool treated);
[[nodiscard]] RowTerms cloglog_terms(double eta, bool treated);

[[nodiscard]] inline RowTerms row_terms(Link link, double eta, bool treated) {
    if (link == Link::logit) return logit_terms(eta, treated);
    return link == Link::probit ? probit_terms(eta, treated) : cloglog_terms(eta, treated);
}

/// The probability that belongs to a linear predictor, and back (0 < probability < 1).
[[nodiscard]] double inverse_link(Link link, double eta);
[[nodiscard]] double link_of(Link link, double probability);

}  // namespace twinfirm::stats
