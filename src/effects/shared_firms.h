// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/effects/matched_outcomes.h"

namespace twinfirm::effects {

/// Whether a firm stands in several sets.
[[nodiscard]] bool has_shared_firms(const MatchedOutcomes& outcomes);

}  // namespace twinfirm::effects
