// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/exact_matching.h"

#include <array>
#include <vector>

#include "matched_sets.h"
#include "twinfirm/matching/nearest_neighbor.h"
#include "unit_setup.h"

namespace twinfirm::matching {
namespace {

Status check_settings(const MatchProblem& problem, const design::MatchingSettings& settings) {
    return refuse(settings.method == design::MatchMethod::cem ? "cem" : "exact",
                  {{settings.caliper.has_value(), "caliper"},
                   {settings.smallest_caliper, "smallest_caliper"},
                   {settings.ratio > 1, "ratio"},
                   {settings.replace, "replace"},
                   {settings.max_controls > 0 || settings.min_controls > 0, "max_controls"},
                   {!settings.k2k && problem.points != nullptr, "mahalanobis"},
                   {!problem.limits.empty(), "covariate_calipers"},
                   {!problem.anti_exact.empty(), "anti_exact"}});
}

}  // namespace

Result<MatchedSample> k2k_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                   const CancellationToken& cancellation) {
    TWINFIRM_TRY(check_settings(problem, settings));
    return nearest_neighbor(problem, settings, cancellation);
}

Result<MatchedSample> exact_matching(const MatchProblem& problem, const design::MatchingSettings& settings) {
    TWINFIRM_TRY(check_settings(problem, settings));
    UnitSetup setup;
    TWINFIRM_TRY(prepare_units(problem, settings, setup));
    std::vector<std::array<std::size_t, 2>> arms;
    const auto stratum_of = [&](std::size_t unit) {
        return problem.stratum.empty() ? std::size_t{0} : static_cast<std::size_t>(problem.stratum[unit]);
    };
    for (std::size_t i = 0; i < setup.usable.size(); ++i) {
        if (setup.usable[i] == 0) continue;
        const std::size_t stratum = stratum_of(i);
        if (stratum >= arms.size()) arms.resize(stratum + 1, {0, 0});
        ++arms[stratum][setup.sample.treated[i]];
    }
    std::vector<std::int32_t> set(setup.usable.size(), -1);
    for (std::size_t i = 0; i < set.size(); ++i) {
        if (setup.usable[i] == 0) continue;
        const std::array<std::size_t, 2>& both = arms[stratum_of(i)];
        if (both[0] > 0 && both[1] > 0) {
            set[i] = static_cast<std::int32_t>(stratum_of(i));
        } else {
            setup.sample.reason[i] = Reason::no_candidate_in_stratum;
        }
    }
    return finish_sets(problem, settings, setup, set);
}

}  // namespace twinfirm::matching
