// SPDX-License-Identifier: GPL-3.0-or-later
#include "within_strata.h"

#include <algorithm>

#include "twinfirm/base/parallel.h"

namespace twinfirm::evaluation {

namespace {

bool any_non_adopter_known(const MatchedCohort& cohort, const stats::Column& column) {
    for (std::size_t row = 0; row < cohort.firms.firms.size(); ++row) {
        if (cohort.firms.adopter[row] == 0 && !column.missing(row)) return true;
    }
    return false;
}

void empty_sample(matching::MatchedSample& sample) {
    sample.pairs.clear();
    std::fill(sample.weight.begin(), sample.weight.end(), 0.0);
    std::fill(sample.subclass.begin(), sample.subclass.end(), -1);
}

/// A cohort without a match is counted and kept empty; anything else that fails stops the study.
Status keep_or_empty(const Status& matched, WithinStudy& within, MatchedCohort& cohort) {
    if (matched) return {};
    if (matched.error().kind != ErrorKind::statistics) return matched;
    empty_sample(cohort.match.sample);
    ++within.cohorts_left_out;
    return {};
}

std::unique_ptr<StudyEffects> effects_of(const StudyCohorts& study, const std::vector<MatchedCohort>& cohorts) {
    return study_effects({study.specification, study.choice, study.panel, cohorts, study.stacked, study.cluster});
}

}  // namespace

WithinRule within_rule(const StudyCohorts& study, const design::Breakdown& breakdown) {
    const design::MatchingSettings& matching = study.specification.matching;
    const design::EffectDesign form = design::effect_design(matching);
    const bool by_sets = form == design::EffectDesign::pairs || form == design::EffectDesign::replacement ||
                         form == design::EffectDesign::sets;
    const bool already = std::find(matching.exact.begin(), matching.exact.end(), breakdown.key) != matching.exact.end();
    if (!breakdown.within || !by_sets || already || study.cohorts.empty()) return WithinRule::none;
    const MatchedCohort& cohort = study.cohorts.front();
    const auto column =
        group_column(breakdown, study.panel, study.specification, cohort.firms.year, cohort.firms.firms);
    return !column || any_non_adopter_known(cohort, *column) ? WithinRule::strata : WithinRule::apart;
}

Result<std::unique_ptr<WithinStudy>> match_within(const StudyCohorts& study, const design::Breakdown& breakdown,
                                                  const CancellationToken& token) {
    design::MatchingSettings settings = study.specification.matching;
    settings.exact.push_back(breakdown.key);
    auto within = std::make_unique<WithinStudy>();
    within->cohorts = study.cohorts;
    std::vector<Status> matched(within->cohorts.size());
    parallel_chunks(within->cohorts.size(), 1, 0, [&](std::size_t c, std::size_t) {
        MatchedCohort& cohort = within->cohorts[c];
        auto column = group_column(breakdown, study.panel, study.specification, cohort.firms.year, cohort.firms.firms);
        if (!column) {
            matched[c] = tl::unexpected(column.error());
            return;
        }
        cohort.frame.add(column->renamed(breakdown.key));
        matched[c] = match_on_score(cohort.match, cohort.frame, cohort.firms.adopter, settings, {}, token);
    });
    for (std::size_t c = 0; c < matched.size(); ++c) {
        TWINFIRM_TRY(keep_or_empty(matched[c], *within, within->cohorts[c]));
    }
    within->effects = effects_of(study, within->cohorts);
    return within;
}

Result<std::unique_ptr<WithinStudy>> match_apart(const StudyCohorts& study, const GroupUnits& group,
                                                 const CancellationToken& token) {
    const design::MatchingSettings& settings = study.specification.matching;
    auto apart = std::make_unique<WithinStudy>();
    apart->cohorts = study.cohorts;
    std::vector<Status> matched(apart->cohorts.size());
    parallel_chunks(apart->cohorts.size(), 1, 0, [&](std::size_t c, std::size_t) {
        MatchedCohort& cohort = apart->cohorts[c];
        std::vector<std::uint8_t> left_out(cohort.firms.firms.size());
        bool any = false;
        for (std::size_t row = 0; row < left_out.size(); ++row) {
            const bool other = cohort.firms.adopter[row] != 0 && !group.has(c, row);
            left_out[row] = other || cohort.match.sample.reason[row] == matching::Reason::outside_support ? 1 : 0;
            any = any || (cohort.firms.adopter[row] != 0 && left_out[row] == 0);
        }
        if (!any) {
            empty_sample(cohort.match.sample);
            return;
        }
        matched[c] = leave_out(cohort.match, cohort.frame, cohort.firms.adopter, left_out, settings, 1);
        if (!matched[c]) return;
        matched[c] = match_on_score(cohort.match, cohort.frame, cohort.firms.adopter, settings, {}, token);
    });
    for (std::size_t c = 0; c < matched.size(); ++c) {
        TWINFIRM_TRY(keep_or_empty(matched[c], *apart, apart->cohorts[c]));
    }
    apart->effects = effects_of(study, apart->cohorts);
    return apart;
}

}  // namespace twinfirm::evaluation
