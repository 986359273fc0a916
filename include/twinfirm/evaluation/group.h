// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/language.h"

namespace twinfirm::evaluation {

/// Which firms a row is about. `breakdown` empty = all adopters.
struct Group {
    std::string breakdown;  ///< key of the specification's breakdown
    std::string key;        ///< stable key of the group: band number or category; of a crossed one `a:b`
    LocalizedText label;
    bool suppressed = false;  ///< fewer firms than the specification's minimum cell, or the only group beside such a
                              ///< one that would give it away: the numbers are not there
};

}  // namespace twinfirm::evaluation
