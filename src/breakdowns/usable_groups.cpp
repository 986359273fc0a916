// SPDX-License-Identifier: GPL-3.0-or-later
#include "usable_groups.h"

#include <cmath>

namespace twinfirm::breakdowns {

UsableGroups usable_groups(std::span<const double> effects, std::span<const double> covariance) {
    UsableGroups usable;
    for (std::size_t g = 0; g < effects.size(); ++g) {
        const double variance = covariance[g * effects.size() + g];
        if (std::isfinite(effects[g]) && std::isfinite(variance) && variance > 0) usable.places.push_back(g);
    }
    const auto groups = static_cast<Eigen::Index>(usable.places.size());
    usable.effects.resize(groups);
    usable.covariance.resize(groups, groups);
    for (Eigen::Index a = 0; a < groups; ++a) {
        const std::size_t row = usable.places[static_cast<std::size_t>(a)];
        usable.effects[a] = effects[row];
        for (Eigen::Index b = 0; b < groups; ++b) {
            usable.covariance(a, b) = covariance[row * effects.size() + usable.places[static_cast<std::size_t>(b)]];
        }
    }
    return usable;
}

}  // namespace twinfirm::breakdowns
