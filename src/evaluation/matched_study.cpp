// SPDX-License-Identifier: GPL-3.0-or-later
#include "matched_study.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "protection.h"
#include "study_effects.h"
#include "study_matching.h"
#include "study_warnings.h"

namespace twinfirm::evaluation {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int overlap_bins = 40;

DataSummary summarise(const StudyData& data, const std::vector<int>& years) {
    DataSummary summary;
    const stats::Panel& panel = data.panel;
    summary.firms = static_cast<std::int64_t>(panel.firms());
    summary.first_year = panel.first_year();
    summary.last_year = panel.last_year();
    for (const int year : panel.adoption_year) {
        if (year == 0) continue;
        ++summary.adopters;
        if (!std::binary_search(years.begin(), years.end(), year)) ++summary.adopters_outside_window;
    }
    std::vector<std::uint8_t> answered(panel.firms(), 0);
    for (const auto& [field, values] : data.survey) {
        for (std::size_t firm = 0; firm < values.size(); ++firm) {
            if (!std::isnan(values[firm])) answered[firm] = 1;
        }
    }
    summary.survey_respondents = std::count(answered.begin(), answered.end(), 1);
    summary.tables = data.tables;
    return summary;
}

void add_overlap(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    double low = INFINITY;
    double high = -INFINITY;
    for (const MatchedCohort& cohort : cohorts) {
        for (const double score : cohort.match.score) {
            if (std::isnan(score)) continue;
            low = std::min(low, score);
            high = std::max(high, score);
        }
    }
    const double width = (high - low) / overlap_bins;
    if (!(width > 0)) return;
    result.overlap.resize(overlap_bins);
    for (int i = 0; i < overlap_bins; ++i) {
        result.overlap[static_cast<std::size_t>(i)].low = low + i * width;
        result.overlap[static_cast<std::size_t>(i)].high = i + 1 == overlap_bins ? high : low + (i + 1) * width;
    }
    for (const MatchedCohort& cohort : cohorts) {
        for (std::size_t i = 0; i < cohort.match.score.size(); ++i) {
            const double score = cohort.match.score[i];
            if (std::isnan(score)) continue;
            const auto bin = std::min(static_cast<std::size_t>((score - low) / width), result.overlap.size() - 1);
            OverlapBin& counts = result.overlap[bin];
            const bool matched = cohort.match.sample.reason[i] == matching::Reason::matched;
            ++(cohort.firms.adopter[i] != 0 ? (matched ? counts.treated_matched : counts.treated_unmatched)
                                            : (matched ? counts.control_matched : counts.control_unmatched));
        }
    }
    result.overlap_total = {low, high, 0, 0, 0, 0};
    for (const auto count : {&OverlapBin::treated_matched, &OverlapBin::treated_unmatched, &OverlapBin::control_matched,
                             &OverlapBin::control_unmatched}) {
        for (const OverlapBin& bin : result.overlap) result.overlap_total.*count += bin.*count;
    }
}

/// Adds the cohorts' counts step by step and reason by reason. The adopters of cohorts left out were loaded and are
/// lost in the first step.
void add_flow(const Messages& left_out, Evaluation& result) {
    for (const Cohort& cohort : result.cohorts) {
        for (std::size_t i = 0; i < cohort.flow.size(); ++i) {
            if (i == result.flow.size()) result.flow.push_back({cohort.flow[i].step, {}});
            result.flow[i].firms.treated += cohort.flow[i].firms.treated;
            result.flow[i].firms.control += cohort.flow[i].firms.control;
        }
        for (const ReasonCount& reason : cohort.reasons) {
            auto found = std::find_if(result.reasons.begin(), result.reasons.end(),
                                      [&](const ReasonCount& known) { return known.reason == reason.reason; });
            if (found == result.reasons.end()) found = result.reasons.insert(found, {reason.reason, {}});
            found->firms.treated += reason.firms.treated;
            found->firms.control += reason.firms.control;
        }
    }
    for (const Message& cohort : left_out) result.flow.front().firms.treated += cohort.count;
    std::sort(result.reasons.begin(), result.reasons.end(),
              [](const ReasonCount& a, const ReasonCount& b) { return a.reason < b.reason; });
}

}  // namespace

Result<MatchedStudy> match_study(const design::Specification& specification, const StudyData& data, unsigned threads,
                                 const CancellationToken& token, const ProgressSink& progress, StageTimes& times) {
    const stats::Panel& panel = data.panel;
    const design::Validation validation = design::validate(specification);
    if (!validation.errors.empty()) return tl::unexpected(validation.errors.front());
    const auto choice = design::effect_choice(specification.matching, specification.effects);
    if (!choice) return tl::unexpected(choice.error());
    const effects::Target target = effect_target(specification.matching);
    Messages growth_messages;
    MatchedStudy study;
    study.applied = with_growth_before(specification, panel, growth_messages);
    const auto terms = score_terms(study.applied);
    if (!terms) return tl::unexpected(terms.error());
    const auto adopts = [](int year) { return year != 0; };
    if (std::none_of(panel.adoption_year.begin(), panel.adoption_year.end(), adopts)) {
        return fail(ErrorKind::statistics, "no_adopters");
    }
    if (std::all_of(panel.adoption_year.begin(), panel.adoption_year.end(), adopts)) {
        return fail(ErrorKind::statistics, "no_non_adopters");
    }
    const std::vector<int> years = cohort_years(panel);
    if (years.empty()) {
        return fail(ErrorKind::statistics, "no_cohort_with_base_year",
                    {{"first", std::to_string(panel.first_year())}, {"last", std::to_string(panel.last_year())}});
    }

    Evaluation& result = study.result;
    result.specification = specification;
    result.specification_hash = design::specification_hash(specification);
    result.estimand = design::estimand_code(specification.matching);
    result.adjustment = design::adjustment_code(choice->adjustment);
    result.standard_error = design::standard_error_code(choice->error);
    result.data = summarise(data, years);
    result.messages = data.messages;
    result.messages.insert(result.messages.end(), validation.warnings.begin(), validation.warnings.end());
    result.messages.insert(result.messages.end(), growth_messages.begin(), growth_messages.end());
    result.overlap_axis =
        specification.matching.score == design::ScoreKind::linear_logit ? "linear_predictor" : "probability";

    report_progress(progress, "matching", 0);
    Messages left_out;
    auto matched = match_cohorts({study.applied, panel}, *terms, years, threads, token, times, left_out);
    if (!matched) return tl::unexpected(matched.error());
    study.cohorts = std::move(*matched);
    for (const MatchedCohort& cohort : study.cohorts) result.cohorts.push_back(cohort.report);
    result.messages.insert(result.messages.end(), left_out.begin(), left_out.end());
    add_flow(left_out, result);
    add_overlap(study.cohorts, result);
    result.size = stacked_size(study.cohorts, target);

    report_progress(progress, "balance", 0);
    const auto start = Clock::now();
    auto stacked = stack_designs(study.cohorts, *terms, threads);
    if (!stacked) return tl::unexpected(stacked.error());
    study.stacked = std::move(*stacked);
    result.balance = stacked_balance(study.cohorts, study.stacked, target, threads);
    if (specification.balance_interactions) {
        result.balance_interactions = stacked_interactions(study.cohorts, study.stacked, target, threads);
    }
    times.balance = std::chrono::duration<double>(Clock::now() - start).count();
    TWINFIRM_TRY(token.check());
    return study;
}

Status finish_result(const std::vector<MatchedCohort>& cohorts, const stats::Panel& panel,
                     const CancellationToken& token, Evaluation& result) {
    TWINFIRM_TRY(protect(token, result));
    add_study_warnings(cohorts, panel, result);
    protect_messages(result);
    return {};
}

}  // namespace twinfirm::evaluation
