// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/design/matching_settings.h"

namespace twinfirm::matching {

/// The units that the common-support rule drops (1) or keeps (0). Looks only at units with `usable` = 1; n entries
/// each.
/// - treated: adopters with a score outside the range of the non-adopters' scores
/// - control: non-adopters outside the range of the adopters' scores
/// - both: every unit outside [larger of the two minima, smaller of the two maxima]
/// O(n). Source: Ho, Imai, King & Stuart 2011 (J. Stat. Softw. 42(8), 3.3); Dehejia & Wahba 1999.
[[nodiscard]] std::vector<std::uint8_t> outside_common_support(std::span<const double> score,
                                                               std::span<const std::uint8_t> treated,
                                                               std::span<const std::uint8_t> usable,
                                                               design::Discard rule);

}  // namespace twinfirm::matching
