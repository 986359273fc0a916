// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/match.h"

#include <stdexcept>

#include "twinfirm/matching/exact_matching.h"
#include "twinfirm/matching/full_matching.h"
#include "twinfirm/matching/generalized_full_matching.h"
#include "twinfirm/matching/kernel_matching.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/matching/optimal_pairs.h"
#include "twinfirm/matching/subclassification.h"
#include "twinfirm/matching/whole_sample.h"

namespace twinfirm::matching {

using design::MatchMethod;

Result<MatchedSample> match(const MatchProblem& problem, const design::MatchingSettings& settings,
                            const CancellationToken& cancellation) {
    switch (settings.method) {
        case MatchMethod::nearest:
            return nearest_neighbor(problem, settings, cancellation);
        case MatchMethod::optimal:
            return optimal_pairs(problem, settings, cancellation);
        case MatchMethod::full:
            return full_matching(problem, settings, cancellation);
        case MatchMethod::quick:
            return generalized_full_matching(problem, settings, cancellation);
        case MatchMethod::subclass:
            return subclassification(problem, settings);
        case MatchMethod::exact:
            return exact_matching(problem, settings);
        case MatchMethod::cem:
            return settings.k2k ? k2k_matching(problem, settings, cancellation) : exact_matching(problem, settings);
        case MatchMethod::kernel:
            return kernel_matching(problem, settings, cancellation);
        case MatchMethod::none:
            return whole_sample(problem, settings);
        case MatchMethod::weighting:
            break;
    }
    throw std::invalid_argument("weighting matches nobody");
}

}  // namespace twinfirm::matching
