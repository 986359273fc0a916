// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/optimal_pairs.h"

#include <vector>

#include "match_setup.h"
#include "score_line.h"
#include "twinfirm/base/parallel.h"

namespace twinfirm::matching {
namespace {

Status check_settings(const MatchProblem& problem, const design::MatchingSettings& settings) {
    const char* setting = settings.replace              ? "replace"
                          : settings.max_controls > 0   ? "max_controls"
                          : problem.points != nullptr   ? "mahalanobis"
                          : !problem.limits.empty()     ? "covariate_calipers"
                          : !problem.anti_exact.empty() ? "anti_exact"
                                                        : nullptr;
    if (setting == nullptr) return {};
    return fail(ErrorKind::usage, "setting_not_for_optimal", {{"setting", setting}});
}

}  // namespace

Result<MatchedSample> optimal_pairs(const MatchProblem& problem, const design::MatchingSettings& settings,
                                    const CancellationToken& cancellation) {
    TWINFIRM_TRY(check_settings(problem, settings));
    MatchSetup setup;
    TWINFIRM_TRY(prepare_match(problem, settings, setup));
    std::vector<Choices> by_stratum(setup.tasks.size());
    parallel_chunks(setup.tasks.size(), 1, problem.threads, [&](std::size_t stratum, std::size_t) {
        if (!cancellation.cancelled()) choose_optimal(setup.tasks[stratum], by_stratum[stratum]);
    });
    TWINFIRM_TRY(cancellation.check());
    return finish_match(problem, settings, setup, joined(by_stratum));
}

}  // namespace twinfirm::matching
