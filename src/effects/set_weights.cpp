// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/set_weights.h"

#include <array>
#include <cstddef>

namespace twinfirm::effects {

std::vector<double> set_weights(const SetUnits& units, Target target) {
    struct Count {
        std::array<double, 2> units{};
        std::array<double, 2> targets{};
    };
    const auto observed = [&](std::size_t i) {
        return units.set[i] >= 0 && (units.observed.empty() || units.observed[i] != 0);
    };
    const auto is_target = [&](std::size_t i) {
        const bool arm = target == Target::all || (units.treated[i] != 0) == (target == Target::adopters);
        return arm && (units.member.empty() || units.member[i] != 0);
    };
    std::vector<Count> sets;
    for (std::size_t i = 0; i < units.set.size(); ++i) {
        if (!observed(i)) continue;
        const auto set = static_cast<std::size_t>(units.set[i]);
        if (set >= sets.size()) sets.resize(set + 1);
        const std::size_t arm = units.treated[i] != 0 ? 1 : 0;
        sets[set].units[arm] += 1;
        sets[set].targets[arm] += is_target(i) ? 1 : 0;
    }
    std::vector<double> weight(units.set.size(), 0);
    for (std::size_t i = 0; i < weight.size(); ++i) {
        if (!observed(i)) continue;
        const Count& set = sets[static_cast<std::size_t>(units.set[i])];
        const std::size_t arm = units.treated[i] != 0 ? 1 : 0;
        if (set.units[0] == 0 || set.units[1] == 0) continue;
        weight[i] = (is_target(i) ? 1 : 0) + set.targets[1 - arm] / set.units[arm];
    }
    return weight;
}

}  // namespace twinfirm::effects
