// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/design/matching_settings.h"

namespace twinfirm::validation {

/// One call of R's matchit(): the set of data, the case's name after the set's, and the same settings in our words.
struct MatchItCase {
    std::string set;
    std::string name;
    design::MatchingSettings settings;

    [[nodiscard]] std::string title() const { return set + "_" + name; }
};

/// A case matched by a distance of covariates.
struct MetricCase {
    MatchItCase item;
    std::string covariates =
        {};  ///< of the distance, within a caliper on the score; empty = those of the case's formula
    bool ties = false;
};

/// What matchit() does if not told otherwise.
[[nodiscard]] design::MatchingSettings matchit_defaults();

/// Nearest neighbours on the score.
[[nodiscard]] std::vector<MatchItCase> nearest_neighbor_cases();
/// The methods beside nearest neighbour.
[[nodiscard]] std::vector<MatchItCase> set_cases();
/// Nearest neighbours by covariates.
[[nodiscard]] std::vector<MetricCase> metric_cases();
/// The settings of the set without ties, and of Lalonde's data beside it, that use the score.
[[nodiscard]] std::vector<MatchItCase> tiefree_cases(const std::string& set);

}  // namespace twinfirm::validation
