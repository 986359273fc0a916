// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "twinfirm/effects/estimate.h"

namespace twinfirm::effects {

struct AggregatedDid;
struct StaggeredDid;

/// The interval of an effect when trends may differ after adoption by up to `mbar` times their largest change from one
/// year to the next before it.
struct RelativeMagnitudesInterval {
    double mbar = 0;
    double low = not_available;
    double high = not_available;
};

struct RelativeMagnitudes {
    std::optional<int> at;  ///< years since adoption; none = the mean over all years since adoption
    double att = not_available;
    double std_error = not_available;
    double largest_step =
        not_available;  ///< largest |change| of the estimates from one year before adoption to the next
    double breakdown_estimate = not_available;  ///< mbar at which the bias could equal the estimate; infinity: no steps
    /// Largest mbar at which the interval leaves out 0; NaN if it holds 0 already at mbar = 0.
    double breakdown = not_available;
    std::vector<RelativeMagnitudesInterval> intervals;
};

/// Violations of parallel trends bounded by relative magnitudes (Rambachan & Roth 2023, Rev. Econ. Studies
/// 90:2555-2591, section 2.4.1): with d_s the steps before adoption, after adoption each step of the bias is at most
/// mbar max_s |d_s|, so that the bias e years after adoption is at most (e + 1) mbar max |d_s|. The set of effects that
/// this allows is the union over s and over the sign of d_s of the sets that one step allows alone. For each of these
/// the one-sided normal interval of estimate +- (e + 1) mbar d_s is taken, and their union is the interval: a union of
/// null hypotheses is rejected where each is (Berger 1982, Technometrics 24:295-300), which keeps the level for any
/// number of steps. It has the same identified set as Rambachan & Roth's interval but not their conditional critical
/// values; it can be wider.
///
/// Covers a varying base (estimates before adoption are the steps) and a universal one (their differences are).
/// @param dynamic  years since adoption without gaps; NaN throughout if they have gaps or there is no step
/// @param mbars    for the intervals
/// One entry for each year since adoption >= 0, then the mean over them. Cost: O(years^2 K^2).
[[nodiscard]] std::vector<RelativeMagnitudes> relative_magnitudes(const StaggeredDid& did, const AggregatedDid& dynamic,
                                                                  const std::vector<double>& mbars = {0, 0.5, 1, 1.5,
                                                                                                      2});

}  // namespace twinfirm::effects
