// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "twinfirm/design/specification.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// What a variable of the data can be in a design.
struct VariableRoles {
    std::string name;
    std::string covariate;                       ///< formula term: amounts and numbers of persons as logarithms
    std::optional<design::Outcome> outcome;      ///< of a yearly number
    std::optional<design::Breakdown> breakdown;  ///< of a category, or of a number that has known bands
};

/// The roles of study_variables(), in its order. Outcomes and breakdowns are the specification's own or those of the
/// presets where these have one of the variable; else an outcome is a level (an amount: per cent), of which more is
/// better. Cost: that of study_variables().
[[nodiscard]] std::vector<VariableRoles> variable_roles(const std::vector<store::TableInfo>& tables,
                                                        const design::Specification& specification);

}  // namespace twinfirm::app
