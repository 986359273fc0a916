// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/common_support.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

namespace twinfirm::matching {
namespace {

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    [[nodiscard]] bool holds(double score) const { return low <= score && score <= high; }
};

}  // namespace

std::vector<std::uint8_t> outside_common_support(std::span<const double> score, std::span<const std::uint8_t> treated,
                                                 std::span<const std::uint8_t> usable, design::Discard rule) {
    std::vector<std::uint8_t> outside(score.size(), 0);
    if (rule == design::Discard::none) return outside;
    std::array<Range, 2> arm;
    for (std::size_t i = 0; i < score.size(); ++i) {
        if (usable[i] == 0) continue;
        Range& range = arm[treated[i] != 0 ? 1 : 0];
        range.low = std::min(range.low, score[i]);
        range.high = std::max(range.high, score[i]);
    }
    const Range common{std::max(arm[0].low, arm[1].low), std::min(arm[0].high, arm[1].high)};
    for (std::size_t i = 0; i < score.size(); ++i) {
        if (usable[i] == 0) continue;
        const bool is_treated = treated[i] != 0;
        switch (rule) {
            case design::Discard::none:
                break;
            case design::Discard::treated:
                outside[i] = is_treated && !arm[0].holds(score[i]);
                break;
            case design::Discard::control:
                outside[i] = !is_treated && !arm[1].holds(score[i]);
                break;
            case design::Discard::both:
                outside[i] = !common.holds(score[i]);
                break;
        }
    }
    return outside;
}

}  // namespace twinfirm::matching
