// SPDX-License-Identifier: GPL-3.0-or-later
#include "within_strata.h"

#include <algorithm>

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
        base_year_column(breakdown.key, study.panel, study.specification, cohort.firms.year, cohort.firms.firms);
    return !column || any_non_adopter_known(cohort, *column) ? WithinRule::strata : WithinRule::apart;
}

Result<std::unique_ptr<WithinStudy>> match_within(const StudyCohorts& study, const design::Breakdown& breakdown,
                                                  const CancellationToken& token) {
    design::MatchingSettings settings = study.specification.matching;
    settings.exact.push_back(breakdown.key);
    auto within = std::make_unique<WithinStudy>();
    within->cohorts = study.cohorts;
    for (MatchedCohort& cohort : within->cohorts) {
        auto column =
            base_year_column(breakdown.key, study.panel, study.specification, cohort.firms.year, cohort.firms.firms);
        if (!column) return tl::unexpected(column.error());
        cohort.frame.add(column->renamed(breakdown.key));
        const Status matched = match_on_score(cohort.match, cohort.frame, cohort.firms.adopter, settings, {}, token);
        TWINFIRM_TRY(keep_or_empty(matched, *within, cohort));
    }
    within->effects = effects_of(study, within->cohorts);
    return within;
}

Result<std::unique_ptr<WithinStudy>> match_apart(const StudyCohorts& study, const GroupUnits& group,
                                                 const CancellationToken& token) {
    const design::MatchingSettings& settings = study.specification.matching;
    auto apart = std::make_unique<WithinStudy>();
    apart->cohorts = study.cohorts;
    for (std::size_t c = 0; c < apart->cohorts.size(); ++c) {
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
            continue;
        }
        Status matched = leave_out(cohort.match, cohort.frame, cohort.firms.adopter, left_out, settings, 1);
        if (matched) matched = match_on_score(cohort.match, cohort.frame, cohort.firms.adopter, settings, {}, token);
        TWINFIRM_TRY(keep_or_empty(matched, *apart, cohort));
    }
    apart->effects = effects_of(study, apart->cohorts);
    return apart;
}

}  // namespace twinfirm::evaluation
