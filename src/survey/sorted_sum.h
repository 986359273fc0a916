// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <vector>

#include "twinfirm/stats/moments.h"

namespace twinfirm::survey {

/// A sum with the same bits whatever the order of the values.
[[nodiscard]] inline double sorted_sum(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return stats::compensated_sum(values);
}

}  // namespace twinfirm::survey
