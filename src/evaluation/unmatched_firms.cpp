// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/unmatched_firms.h"

#include <algorithm>

#include "study_matching.h"

namespace twinfirm::evaluation {

Result<std::vector<UnmatchedFirm>> unmatched_firms(const StudyData& data, const design::Specification& specification,
                                                   unsigned threads, const CancellationToken& token) {
    const design::Validation validation = design::validate(specification);
    if (!validation.errors.empty()) return tl::unexpected(validation.errors.front());
    Messages messages;
    const design::Specification applied = with_growth_before(specification, data.panel, messages);
    const auto terms = score_terms(applied);
    if (!terms) return tl::unexpected(terms.error());
    StageTimes times;
    const auto cohorts =
        match_cohorts({applied, data.panel}, *terms, cohort_years(data.panel), threads, token, times, messages);
    if (!cohorts) return tl::unexpected(cohorts.error());
    std::vector<UnmatchedFirm> unmatched;
    for (const MatchedCohort& cohort : *cohorts) {
        const auto begin = static_cast<std::ptrdiff_t>(unmatched.size());
        for (std::size_t i = 0; i < cohort.firms.firms.size(); ++i) {
            const matching::Reason reason = cohort.match.sample.reason[i];
            if (reason == matching::Reason::matched) continue;
            unmatched.push_back(
                {data.panel.ids()[cohort.firms.firms[i]], cohort.firms.year, cohort.firms.adopter[i] != 0, reason});
        }
        // Firms stand in the order of their ids already.
        std::stable_partition(unmatched.begin() + begin, unmatched.end(),
                              [](const UnmatchedFirm& firm) { return firm.adopter; });
    }
    return unmatched;
}

}  // namespace twinfirm::evaluation
