// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/evaluation/over_time.h"

namespace twinfirm::evaluation {

/// An estimate as the result shows it. `band`: of the path it is the entry `place` of; null = no band.
[[nodiscard]] TimedEffect timed_effect(const effects::StaggeredDid& did, const effects::DidEstimate& estimate,
                                       const effects::UniformBand* band, std::size_t place);

/// Of a dynamic aggregate: trend, pre-trends, relative magnitudes.
[[nodiscard]] PathTests path_tests(const effects::StaggeredDid& did, const effects::AggregatedDid& dynamic,
                                   const std::vector<double>& magnitudes);

}  // namespace twinfirm::evaluation
