// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/relative_magnitudes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Step {
    double value = 0;
    std::vector<double> combination;
};

/// Moments of an effect and of `factor` times a step, the step with either sign.
struct Component {
    double effect = 0, step = 0;
    double effect_variance = 0, step_variance = 0, covariance = 0;

    [[nodiscard]] double std_error(double mbar) const {
        return std::sqrt(std::max(0.0, effect_variance + 2 * mbar * covariance + mbar * mbar * step_variance));
    }
    [[nodiscard]] double high(double mbar, double z) const { return effect + mbar * step + z * std_error(mbar); }
    [[nodiscard]] double low(double mbar, double z) const { return effect + mbar * step - z * std_error(mbar); }

    /// Smallest mbar >= 0 at which `low`, positive at 0, is 0: a root of (effect + M step)^2 = z^2 variance(M).
    [[nodiscard]] double first_zero(double z) const {
        const double a = step * step - z * z * step_variance;
        const double b = 2 * (effect * step - z * z * covariance);
        const double c = effect * effect - z * z * effect_variance;
        double first = infinity;
        const auto try_root = [&](double m) {
            // The square also holds where effect + M step is negative: there `low` was 0 before.
            if (m >= 0 && effect + m * step >= -1e-12 * std::abs(effect)) first = std::min(first, m);
        };
        if (a == 0) {
            if (b != 0) try_root(-c / b);
            return first;
        }
        const double discriminant = b * b - 4 * a * c;
        if (discriminant < 0) return first;
        const double q = -(b + std::copysign(std::sqrt(discriminant), b)) / 2;
        try_root(q / a);
        if (q != 0) try_root(c / q);
        return first;
    }
};

/// The steps before adoption, in order; empty if the years have gaps.
std::vector<Step> steps_before(const StaggeredDid& did, const AggregatedDid& dynamic) {
    const bool universal = std::any_of(did.effects.begin(), did.effects.end(),
                                       [](const GroupTimeEffect& effect) { return effect.reference; });
    for (std::size_t i = 1; i < dynamic.by.size(); ++i)
        if (*dynamic.by[i].at != *dynamic.by[i - 1].at + 1) return {};
    std::vector<Step> steps;
    for (std::size_t i = 0; i < dynamic.by.size(); ++i) {
        const DidEstimate& estimate = dynamic.by[i];
        if (*estimate.at > -1 - did.anticipation || (universal && i == 0)) continue;
        Step step{estimate.att, estimate.combination};
        if (universal) {
            const DidEstimate& before = dynamic.by[i - 1];
            step.value -= before.att;
            for (std::size_t k = 0; k < step.combination.size(); ++k) step.combination[k] -= before.combination[k];
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

RelativeMagnitudes of_estimate(const StaggeredDid& did, const DidEstimate& estimate, const std::vector<Step>& steps,
                               double factor, const std::vector<double>& mbars) {
    RelativeMagnitudes result;
    result.at = estimate.at;
    result.att = estimate.att;
    result.std_error = estimate.std_error;
    if (steps.empty() || std::isnan(estimate.std_error)) return result;
    const double z = stats::normal_quantile((1 + did.confidence) / 2);
    std::vector<Component> components;
    result.largest_step = 0;
    for (const Step& step : steps) {
        result.largest_step = std::max(result.largest_step, std::abs(step.value));
        const double variance = combined_covariance(did, step.combination, step.combination);
        const double covariance = combined_covariance(did, estimate.combination, step.combination);
        for (const double sign : {factor, -factor}) {
            components.push_back({estimate.att, sign * step.value, estimate.std_error * estimate.std_error,
                                  factor * factor * variance, sign * covariance});
        }
    }
    result.breakdown_estimate =
        result.largest_step > 0 ? std::abs(estimate.att) / (factor * result.largest_step) : infinity;
    for (const double mbar : mbars) {
        RelativeMagnitudesInterval interval{mbar, infinity, -infinity};
        for (const Component& component : components) {
            interval.low = std::min(interval.low, component.low(mbar, z));
            interval.high = std::max(interval.high, component.high(mbar, z));
        }
        result.intervals.push_back(interval);
    }
    if (!(std::abs(estimate.att) > z * estimate.std_error)) return result;
    result.breakdown = infinity;
    for (Component component : components) {
        // A negative effect is the mirror image of a positive one.
        if (component.effect < 0) {
            component.effect = -component.effect;
            component.step = -component.step;
        }
        result.breakdown = std::min(result.breakdown, component.first_zero(z));
    }
    return result;
}

}  // namespace

std::vector<RelativeMagnitudes> relative_magnitudes(const StaggeredDid& did, const AggregatedDid& dynamic,
                                                    const std::vector<double>& mbars) {
    const std::vector<Step> steps = steps_before(did, dynamic);
    std::vector<RelativeMagnitudes> result;
    double factors = 0;
    for (const DidEstimate& estimate : dynamic.by) {
        if (*estimate.at < 0) continue;
        // The base lies `anticipation` years before the year before adoption.
        const double factor = *estimate.at + 1 + did.anticipation;
        factors += factor;
        result.push_back(of_estimate(did, estimate, steps, factor, mbars));
    }
    const auto count = static_cast<double>(result.size());
    if (count > 0) result.push_back(of_estimate(did, dynamic.overall, steps, factors / count, mbars));
    return result;
}

}  // namespace twinfirm::effects
