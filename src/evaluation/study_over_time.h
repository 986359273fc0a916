// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "over_time_parts.h"

namespace twinfirm::evaluation {

/// All that the specification asks about effects over time, in the result.
[[nodiscard]] Status add_over_time(const OverTimeInput& input, Evaluation& result);

}  // namespace twinfirm::evaluation
