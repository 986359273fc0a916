// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_outcomes.h"

namespace twinfirm::effects {

/// Weighted ratio of sums of each arm, sum w a / sum w b, with the influence of each observation on its arm's ratio,
/// w (a - ratio b) / sum w b. A weighted mean is the ratio with b = 1.
struct ArmRatios {
    double treated = not_available;
    double control = not_available;
    std::vector<double> influence;  ///< one an observation, on the ratio of its own arm

    [[nodiscard]] double difference() const { return treated - control; }
};

inline ArmRatios arm_ratios(const MatchedOutcomes& outcomes, std::span<const double> numerator,
                            std::span<const double> denominator) {
    double sum[2] = {0, 0};
    double base[2] = {0, 0};
    for (std::size_t i = 0; i < numerator.size(); ++i) {
        const int arm = outcomes.treated[i] != 0 ? 1 : 0;
        sum[arm] += outcomes.weight[i] * numerator[i];
        base[arm] += outcomes.weight[i] * denominator[i];
    }
    ArmRatios ratios;
    if (base[1] > 0) ratios.treated = sum[1] / base[1];
    if (base[0] > 0) ratios.control = sum[0] / base[0];
    ratios.influence.resize(numerator.size());
    for (std::size_t i = 0; i < numerator.size(); ++i) {
        const int arm = outcomes.treated[i] != 0 ? 1 : 0;
        const double ratio = arm == 1 ? ratios.treated : ratios.control;
        ratios.influence[i] = outcomes.weight[i] * (numerator[i] - ratio * denominator[i]) / base[arm];
    }
    return ratios;
}

inline ArmRatios arm_means(const MatchedOutcomes& outcomes, std::span<const double> value) {
    const std::vector<double> ones(value.size(), 1.0);
    return arm_ratios(outcomes, value, ones);
}

/// The influence on the adopters' ratio minus the non-adopters'.
inline std::vector<double> difference_influence(const ArmRatios& ratios, const MatchedOutcomes& outcomes) {
    std::vector<double> influence = ratios.influence;
    for (std::size_t i = 0; i < influence.size(); ++i)
        if (outcomes.treated[i] == 0) influence[i] = -influence[i];
    return influence;
}

}  // namespace twinfirm::effects
