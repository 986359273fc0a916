// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/design/specification.h"

namespace twinfirm::evaluation {

/// A setting by which the headline numbers of two studies are not the same quantity.
struct DefinitionDifference {
    std::string part;     ///< `outcomes`, `process_kpis`, `breakdowns`, `derived`, or empty
    std::string subject;  ///< key of the outcome, indicator, breakdown or variable; empty without a part
    std::string setting;  ///< `matching/caliper`, or below the subject: `metric`; empty: the subject as a whole
    std::string first;    ///< JSON text of the value; empty = not there
    std::string second;

    friend bool operator==(const DefinitionDifference&, const DefinitionDifference&) = default;
};

/// Settings that differ between two specifications, in the order of the specification, as far as they bear on the
/// effects of all adopters: left out are titles and labels, what is computed beside (sensitivity, staggered adoption,
/// placebo), what is shown (report, disclosure, minimum cell), and breakdowns that nobody is matched within. Outcomes
/// that only one of the two has are one entry each.
[[nodiscard]] std::vector<DefinitionDifference> definition_differences(const design::Specification& first,
                                                                       const design::Specification& second);

}  // namespace twinfirm::evaluation
