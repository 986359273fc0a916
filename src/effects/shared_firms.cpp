// SPDX-License-Identifier: GPL-3.0-or-later
#include "shared_firms.h"

#include <algorithm>
#include <cstddef>

namespace twinfirm::effects {

bool has_shared_firms(const MatchedOutcomes& outcomes) {
    std::vector<std::int32_t> firms;
    for (const std::int32_t firm : outcomes.firm) {
        if (firm >= 0) firms.push_back(firm);
    }
    std::sort(firms.begin(), firms.end());
    return std::adjacent_find(firms.begin(), firms.end()) != firms.end();
}

}  // namespace twinfirm::effects
