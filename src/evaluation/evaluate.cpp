// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/evaluate.h"

#include <chrono>

#include "effect_rows.h"
#include "firm_changes.h"
#include "matched_study.h"
#include "study_clusters.h"
#include "study_effects.h"
#include "study_over_time.h"
#include "study_sensitivity.h"

namespace twinfirm::evaluation {

Result<Evaluation> evaluate(const design::Specification& specification, const StudyData& data, unsigned threads,
                            const CancellationToken& token, const ProgressSink& progress, StageTimes* times) {
    using Clock = std::chrono::steady_clock;
    StageTimes stage;
    auto matched = match_study(specification, data, threads, token, progress, stage);
    if (!matched) return tl::unexpected(matched.error());
    const stats::Panel& panel = data.panel;
    const std::vector<MatchedCohort>& cohorts = matched->cohorts;
    Evaluation& result = matched->result;
    const auto choice = design::effect_choice(specification.matching, specification.effects);
    if (!choice) return tl::unexpected(choice.error());

    report_progress(progress, "effects", 0);
    const auto start = Clock::now();
    std::vector<Adopter> adopters;
    for (const MatchedCohort& cohort : cohorts) {
        for (std::size_t i = 0; i < cohort.firms.firms.size(); ++i) {
            if (cohort.firms.adopter[i] != 0) adopters.push_back({cohort.firms.firms[i], cohort.firms.year});
        }
    }
    auto clusters = study_clusters(specification, panel, cohorts, result.messages);
    if (!clusters) return tl::unexpected(clusters.error());
    const StudyCohorts study{specification, *choice, panel, cohorts, matched->stacked, std::move(*clusters)};
    TWINFIRM_TRY(add_effect_rows(study, data, adopters, threads, token, progress, result));
    TWINFIRM_TRY(add_firm_changes(study, result));
    TWINFIRM_TRY(add_sensitivity(study, threads, token, result));
    TWINFIRM_TRY(add_over_time({study, matched->applied, data, result, threads, token}, result));
    stage.effects = std::chrono::duration<double>(Clock::now() - start).count();
    TWINFIRM_TRY(finish_result(cohorts, panel, token, result));
    report_progress(progress, "effects", 1);
    if (times != nullptr) *times = stage;
    return std::move(result);
}

Result<Evaluation> evaluate_balance(const design::Specification& specification, const StudyData& data, unsigned threads,
                                    const CancellationToken& token, const ProgressSink& progress) {
    StageTimes times;
    auto matched = match_study(specification, data, threads, token, progress, times);
    if (!matched) return tl::unexpected(matched.error());
    TWINFIRM_TRY(finish_result(matched->cohorts, data.panel, token, matched->result));
    return std::move(matched->result);
}

}  // namespace twinfirm::evaluation
