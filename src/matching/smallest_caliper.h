// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "score_line.h"

namespace twinfirm::matching {

/// The smallest caliper with which every focal unit of the stratum gets `ratio` candidates, or nothing if there are too
/// few of them; a limit on re-use other than 1 or none is not looked at. Bisection over the caliper; whether one is
/// wide enough is told by Glover's rule for convex bipartite graphs (Glover 1967, Naval Res. Logist. Q. 14:313; its use
/// for calipers: Yu, Silber & Rosenbaum 2020, Stat. Sci. 35:338): on a line it is enough that the focal units, in order
/// of their scores, each take the lowest free candidates within reach. The result is the largest distance of such a
/// matching, so it is exact. O((focal * ratio + pool) log(1/precision)).
[[nodiscard]] std::optional<double> smallest_caliper(const StratumTask& task);

}  // namespace twinfirm::matching
