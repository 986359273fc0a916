// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/did_estimate.h"
#include "twinfirm/effects/staggered_did.h"

namespace twinfirm::effects {

enum class DidAggregation {
    simple,    ///< all effects after adoption, weighted by group shares
    dynamic,   ///< by years since adoption; overall: mean over years since adoption >= 0
    group,     ///< by adoption year, mean over its years; overall: weighted by group shares
    calendar,  ///< by calendar year, weighted by group shares; overall: mean over years
};

/// `simple`, `dynamic`, `group`, `calendar`.
[[nodiscard]] std::string_view aggregation_code(DidAggregation kind);

struct AggregatedDid {
    DidAggregation kind = DidAggregation::simple;
    DidEstimate overall;
    std::vector<DidEstimate> by;  ///< rising `at`; empty for simple
    std::int64_t left_out = 0;    ///< ATT(g,t) that belong in it but could not be estimated
};

/// Aggregates of Callaway & Sant'Anna 2021, section 3.1: sum of p_g ATT(g,t) / sum of p_g over the effects that belong
/// together. The influence has the term of the estimated shares p_g (their corollary 2), which the mean over the years
/// of one group does not need. Effects that could not be estimated are left out and counted.
///
/// @param balance  for dynamic: only groups observed for that many years after adoption, and only years since adoption
///                 from as early as all of them have up to it; the composition is then the same at every one >= 0
/// Error (statistics): `did_nothing_to_aggregate` if no effect belongs in it. Cost: O(K^2) an estimate.
[[nodiscard]] Result<AggregatedDid> aggregate_did(const StaggeredDid& did, DidAggregation kind,
                                                  std::optional<int> balance = {});

/// c' covariance d.
[[nodiscard]] double combined_covariance(const StaggeredDid& did, const std::vector<double>& c,
                                         const std::vector<double>& d);

}  // namespace twinfirm::effects
