// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/effects/neighbor_sets.h"
#include "twinfirm/evaluation/cross_section.h"

namespace twinfirm::evaluation {

/// The nearest of each unit's own arm, itself among them, by what the section was matched on. `present`: one flag a row
/// for units that ask and answer; `stratum` empty = one.
[[nodiscard]] effects::NeighborSets neighbors_of_arm(const CrossSection& match,
                                                     const std::vector<std::uint8_t>& treated,
                                                     const std::vector<std::uint8_t>& present,
                                                     std::span<const std::int32_t> stratum, std::size_t neighbors);

}  // namespace twinfirm::evaluation
