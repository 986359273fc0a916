// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <limits>
#include <string>

namespace twinfirm::evaluation {

/// One project by which a firm adopted a smart factory, or upgraded the one it has.
struct AdoptionEvent {
    std::size_t firm = 0;  ///< of the panel
    int sequence = 1;      ///< 1 = the firm's first; only that one makes it an adopter
    int year = 0;
    int level_before = 0;  ///< 0 = none or not known
    int level = 0;         ///< level after, 1-5; 0 = not known
    std::string programme;
    std::string solution;
    double grant = std::numeric_limits<double>::quiet_NaN();       ///< support in won; NaN = not known
    double total_cost = std::numeric_limits<double>::quiet_NaN();  ///< in won; NaN = not known
};

}  // namespace twinfirm::evaluation
