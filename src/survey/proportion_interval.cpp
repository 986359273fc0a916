// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/proportion_interval.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

namespace {

constexpr std::array<std::pair<std::string_view, ProportionInterval>, 6> names{
    {{"linear", ProportionInterval::linear},
     {"logit", ProportionInterval::logit},
     {"wilson", ProportionInterval::wilson},
     {"likelihood", ProportionInterval::likelihood},
     {"arcsine", ProportionInterval::arcsine},
     {"beta", ProportionInterval::beta}}};

constexpr double right_angle = 1.5707963267948966;

Interval logit(double p, double margin) {
    const double centre = std::log(p / (1 - p));
    const double width = margin / (p * (1 - p));
    return {1 / (1 + std::exp(-(centre - width))), 1 / (1 + std::exp(-(centre + width)))};
}

Interval wilson(double p, double n, double t) {
    const double shrink = 1 + t * t / n;
    const double centre = (p + t * t / (2 * n)) / shrink;
    const double width = t / shrink * std::sqrt(p * (1 - p) / n + t * t / (4 * n * n));
    return {p == 0 ? 0 : std::max(0.0, centre - width), p == 1 ? 1 : std::min(1.0, centre + width)};
}

Interval arcsine(double p, double margin) {
    const double centre = std::asin(std::sqrt(p));
    const double width = margin / (2 * std::sqrt(p * (1 - p)));
    const auto back = [](double angle) {
        const double sine = std::sin(std::clamp(angle, 0.0, right_angle));
        return sine * sine;
    };
    return {back(centre - width), back(centre + width)};
}

/// The bound beyond p towards `end`, by bisection until neighbouring doubles.
double likelihood_bound(double p, double n, double t, double end) {
    const auto excess = [&](double q) {
        return 2 * n * (p * std::log(p / q) + (1 - p) * std::log((1 - p) / (1 - q))) - t * t;
    };
    double inside = p;
    double outside = end;
    for (int step = 0; step < 200; ++step) {
        const double middle = inside + (outside - inside) / 2;
        if (middle == inside || middle == outside) break;
        (excess(middle) > 0 ? outside : inside) = middle;
    }
    return inside;
}

Interval beta(double p, double effective, const SurveyEstimate& estimate, double t, double confidence) {
    const double tail = (1 - confidence) / 2;
    const double t_rows = stats::student_t_quantile(1 - tail, static_cast<double>(estimate.n) - 1);
    const double n = effective * (t_rows / t) * (t_rows / t);
    return {stats::beta_quantile(tail, n * p, n * (1 - p) + 1), stats::beta_quantile(1 - tail, n * p + 1, n * (1 - p))};
}

}  // namespace

std::string_view proportion_interval_code(ProportionInterval method) {
    for (const auto& [code, value] : names)
        if (value == method) return code;
    return "";
}

std::optional<ProportionInterval> parse_proportion_interval(std::string_view code) {
    for (const auto& [name, value] : names)
        if (name == code) return value;
    return std::nullopt;
}

Interval proportion_interval(const SurveyEstimate& estimate, ProportionInterval method, double confidence) {
    const double p = estimate.value;
    const double t = critical_value(estimate, confidence);
    const double variance = estimate.std_error * estimate.std_error;
    if (!std::isfinite(t) || !std::isfinite(variance) || !(p >= 0) || !(p <= 1)) return {};
    const bool extreme = p == 0 || p == 1;
    if (extreme && method != ProportionInterval::wilson) return beta(p, estimate.kish_n, estimate, t, confidence);
    if (!extreme && !(variance > 0)) return {p, p};
    const double effective = extreme ? estimate.kish_n : p * (1 - p) / variance;
    const double margin = t * estimate.std_error;
    switch (method) {
        case ProportionInterval::linear:
            break;
        case ProportionInterval::logit:
            return logit(p, margin);
        case ProportionInterval::wilson:
            return wilson(p, effective, t);
        case ProportionInterval::arcsine:
            return arcsine(p, margin);
        case ProportionInterval::beta:
            return beta(p, effective, estimate, t, confidence);
        case ProportionInterval::likelihood: {
            const auto n = static_cast<double>(estimate.n);
            const double scaled = effective * (n - 1) / n;
            return {likelihood_bound(p, scaled, t, 0), likelihood_bound(p, scaled, t, 1)};
        }
    }
    return {p - margin, p + margin};
}

}  // namespace twinfirm::survey
