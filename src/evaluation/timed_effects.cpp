// SPDX-License-Identifier: GPL-3.0-or-later
#include "timed_effects.h"

#include <algorithm>

namespace twinfirm::evaluation {

TimedEffect timed_effect(const effects::StaggeredDid& did, const effects::DidEstimate& estimate,
                         const effects::UniformBand* band, std::size_t place) {
    TimedEffect effect;
    effect.at = estimate.at;
    effect.estimate = estimate.att;
    effect.std_error = estimate.std_error;
    effect.ci_low = estimate.ci_low;
    effect.ci_high = estimate.ci_high;
    effect.p_value = estimate.p_value;
    effect.n_treated = estimate.n_treated;
    for (const effects::GroupTimeEffect& cell : did.effects) {
        if (std::find(estimate.groups.begin(), estimate.groups.end(), cell.group) == estimate.groups.end()) continue;
        effect.n_control = std::max(effect.n_control, cell.n_control);
    }
    if (band != nullptr && place < band->low.size()) {
        effect.band_low = band->low[place];
        effect.band_high = band->high[place];
    }
    return effect;
}

PathTests path_tests(const effects::StaggeredDid& did, const effects::AggregatedDid& dynamic,
                     const std::vector<double>& magnitudes) {
    PathTests tests;
    tests.pretrend = effects::pretrend_test(did);
    tests.trend = effects::effect_trend(did, dynamic);
    tests.magnitudes = effects::relative_magnitudes(did, dynamic, magnitudes);
    return tests;
}

}  // namespace twinfirm::evaluation
