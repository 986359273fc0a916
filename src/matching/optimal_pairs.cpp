// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/optimal_pairs.h"

#include <optional>
#include <utility>
#include <vector>

#include "match_setup.h"
#include "optimal_flow.h"
#include "score_line.h"
#include "twinfirm/base/parallel.h"

namespace twinfirm::matching {
namespace {

Status check_settings(const design::MatchingSettings& settings) {
    const char* setting = settings.replace ? "replace" : settings.max_controls > 0 ? "max_controls" : nullptr;
    if (setting == nullptr) return {};
    return fail(ErrorKind::usage, "setting_not_for_optimal", {{"setting", setting}});
}

}  // namespace

Result<MatchedSample> optimal_pairs(const MatchProblem& problem, const design::MatchingSettings& settings,
                                    const CancellationToken& cancellation) {
    TWINFIRM_TRY(check_settings(settings));
    MatchSetup setup;
    TWINFIRM_TRY(prepare_match(problem, settings, setup));
    const bool on_a_line = problem.points == nullptr && setup.units.limits.none();
    std::vector<Choices> by_stratum(setup.tasks.size());
    std::vector<std::optional<Error>> errors(setup.tasks.size());
    parallel_chunks(setup.tasks.size(), 1, problem.threads, [&](std::size_t stratum, std::size_t) {
        if (cancellation.cancelled()) return;
        if (on_a_line) return choose_optimal(setup.tasks[stratum], by_stratum[stratum]);
        auto choices = choose_optimal_by_flow(setup.tasks[stratum]);
        if (choices) {
            by_stratum[stratum] = std::move(*choices);
        } else {
            errors[stratum] = std::move(choices.error());
        }
    });
    TWINFIRM_TRY(cancellation.check());
    for (std::optional<Error>& error : errors) {
        if (error) return tl::unexpected(std::move(*error));
    }
    return finish_match(problem, settings, setup, joined(by_stratum));
}

}  // namespace twinfirm::matching
