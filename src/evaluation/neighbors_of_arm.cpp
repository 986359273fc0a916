// SPDX-License-Identifier: GPL-3.0-or-later
#include "neighbors_of_arm.h"

namespace twinfirm::evaluation {

effects::NeighborSets neighbors_of_arm(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                                       const std::vector<std::uint8_t>& present, std::span<const std::int32_t> stratum,
                                       std::size_t neighbors) {
    std::vector<std::uint8_t> arm[2] = {present, present};
    for (std::size_t i = 0; i < present.size(); ++i) arm[treated[i] != 0 ? 0 : 1][i] = 0;
    const auto sets = [&](const std::vector<std::uint8_t>& flags) {
        const effects::NeighborSearch search{flags, flags, stratum, {neighbors, 0}};
        return match.points ? effects::point_neighbors(*match.points, search)
                            : effects::score_neighbors(match.score, search);
    };
    return effects::joined(sets(arm[1]), sets(arm[0]));
}

}  // namespace twinfirm::evaluation
