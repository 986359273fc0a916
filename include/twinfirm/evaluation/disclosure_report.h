// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace twinfirm::evaluation {

/// Stands in place of a number of firms that must not be shown. Writers show X, charts leave the mark out.
inline constexpr std::int64_t hidden_count = -1;

/// What disclosure control did to a result, and what an attack on it found.
struct DisclosureReport {
    bool enabled = true;
    std::string reason;              ///< of the override; empty with protection
    std::int64_t tables = 0;         ///< sets of numbers linked by sums
    std::int64_t cells = 0;          ///< looked at
    std::int64_t primary = 0;        ///< cells that the rules name; shown nevertheless without protection
    std::int64_t complementary = 0;  ///< hidden because others could be worked out from them
    std::int64_t recovered = 0;      ///< hidden cells that the attack came too near to; must be 0
    std::int64_t programs = 0;       ///< linear programs of the attack
};

}  // namespace twinfirm::evaluation
