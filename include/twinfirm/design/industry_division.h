// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"

namespace twinfirm::design {

/// A division (two digits) of section C of the Korean standard industrial classification, tenth revision.
struct IndustryDivision {
    std::string code;  ///< "10" to "34"
    LocalizedText name;
};

/// All divisions of manufacturing in ascending order, from data/ksic_c.csv.
[[nodiscard]] std::vector<IndustryDivision> manufacturing_divisions();

}  // namespace twinfirm::design
