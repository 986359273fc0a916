// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/match.h"

#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/matching/optimal_pairs.h"

namespace twinfirm::matching {

Result<MatchedSample> match(const MatchProblem& problem, const design::MatchingSettings& settings,
                            const CancellationToken& cancellation) {
    return settings.method == design::MatchMethod::optimal ? optimal_pairs(problem, settings, cancellation)
                                                           : nearest_neighbor(problem, settings, cancellation);
}

}  // namespace twinfirm::matching
