// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/staggered_did.h"

namespace twinfirm::effects {

/// The matched effect in each year since adoption, with the covariance between the years: the same firms stand behind
/// all of them, so that their intervals cannot be compared one by one.
struct MatchedPath {
    struct Point {
        int event_time = 0;  ///< years since adoption; -1, the base year, is not among them
        DidResult did;       ///< as matched_did() of that year alone
    };
    std::vector<Point> points;       ///< rising event times that any set has
    std::vector<double> covariance;  ///< points x points
    bool same_sets = true;           ///< the same sets stand behind every point from the year of adoption on
    std::int64_t left_out = 0;       ///< sets that lack a year of the window, with a fixed composition
};

/// matched_did() for each year of `window` but -1. Covariance: the influences of an observation on all years are summed
/// within clusters of `kind` (two ways: set + firm - both; Cameron, Gelbach & Miller 2011, JBES 29, eq. 2.11 and 2.8),
/// the matrix is then scaled so that its diagonal holds the squared standard errors of matched_did(). A matrix that the
/// subtraction leaves with negative eigenvalues has them set to 0 (their section 2.3).
///
/// @param fixed_composition  only sets observed in the base year and every year of the window
/// Kinds other than cr0, cr1, paired and firm are clustered two ways.
/// Errors (usage): those of matched_changes(). Cost: O(sets * years + observations * years^2).
[[nodiscard]] Result<MatchedPath> matched_path(const stats::Panel& panel, std::span<const MatchedSet> sets,
                                               const DidOutcome& outcome, EventWindow window, SeKind kind,
                                               double confidence, bool fixed_composition = false);

/// A path, or any estimates by year with their covariance, in the form that the tests of an event study read
/// (event_study_tests.h, relative_magnitudes.h): a group that adopts in year 0, with the base year -1 as reference. It
/// has no influences: no multiplier bootstrap.
[[nodiscard]] StaggeredDid as_event_study(const MatchedPath& path, double confidence);

/// Draws from the normal distribution with this K x K covariance, for sup-t bands where only the covariance is known
/// (Montiel Olea & Plagborg-Moller 2019, J. Applied Econometrics 34:1-17, algorithm 2). The same bits for a seed.
/// Cost: O(K^3 + draws * K^2).
[[nodiscard]] MultiplierDraws normal_draws(std::span<const double> covariance, std::size_t draws, std::uint64_t seed);

}  // namespace twinfirm::effects
