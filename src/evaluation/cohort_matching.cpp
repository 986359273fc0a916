// SPDX-License-Identifier: GPL-3.0-or-later
#include "cohort_matching.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/missing_covariates.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::evaluation {

namespace {

std::vector<FlowStep> flow_of(const stats::Panel& panel, const MatchedCohort& cohort) {
    using matching::Reason;
    ArmCount loaded;
    for (const int year : panel.adoption_year) {
        if (year == cohort.firms.year) ++loaded.treated;
        if (year == 0 || (cohort.firms.pool_after > 0 && year > cohort.firms.pool_after)) ++loaded.control;
    }
    ArmCount eligible;
    ArmCount complete;
    ArmCount supported;
    ArmCount matched;
    for (std::size_t i = 0; i < cohort.firms.firms.size(); ++i) {
        const auto count = [&](ArmCount& arms) { ++(cohort.firms.adopter[i] != 0 ? arms.treated : arms.control); };
        const Reason reason = cohort.match.sample.reason[i];
        count(eligible);
        if (reason == Reason::missing_covariate) continue;
        count(complete);
        if (reason == Reason::outside_support) continue;
        count(supported);
        if (reason == Reason::matched) count(matched);
    }
    return {{"loaded", loaded},
            {"eligible", eligible},
            {"complete", complete},
            {"in_support", supported},
            {"matched", matched}};
}

std::vector<ReasonCount> reasons_of(const MatchedCohort& cohort) {
    std::vector<ReasonCount> counts;
    for (std::size_t i = 0; i < cohort.match.sample.reason.size(); ++i) {
        const matching::Reason reason = cohort.match.sample.reason[i];
        auto found = std::find_if(counts.begin(), counts.end(),
                                  [&](const ReasonCount& known) { return known.reason == reason; });
        if (found == counts.end()) found = counts.insert(found, {reason, {}});
        ++(cohort.firms.adopter[i] != 0 ? found->firms.treated : found->firms.control);
    }
    std::sort(counts.begin(), counts.end(),
              [](const ReasonCount& a, const ReasonCount& b) { return a.reason < b.reason; });
    return counts;
}

std::vector<Coefficient> coefficients_of(const stats::LogisticFit& fit) {
    std::vector<Coefficient> list;
    for (std::size_t i = 0; i < fit.terms.size(); ++i) {
        const auto k = static_cast<Eigen::Index>(i);
        const double z = fit.coefficients[k] / fit.standard_errors[k];
        list.push_back(
            {fit.terms[i], fit.coefficients[k], fit.standard_errors[k], z, 2 * stats::normal_cdf(-std::abs(z))});
    }
    return list;
}

void add_distances(const matching::MatchedSample& sample, Cohort& report) {
    if (sample.pairs.empty()) return;
    report.mean_distance = report.largest_distance = 0;
    for (const matching::Pair& pair : sample.pairs) {
        report.mean_distance += pair.distance / static_cast<double>(sample.pairs.size());
        report.largest_distance = std::max(report.largest_distance, pair.distance);
    }
}

SampleSize size_of(const matching::MatchedSample& sample) {
    SampleSize size;
    if (sample.form == matching::SampleForm::pairs) size.pairs = static_cast<std::int64_t>(sample.pairs.size());
    if (sample.form != matching::SampleForm::weights) {
        std::vector<std::int32_t> sets = sample.subclass;
        std::sort(sets.begin(), sets.end());
        sets.erase(std::unique(sets.begin(), sets.end()), sets.end());
        size.sets = static_cast<std::int64_t>(sets.size()) - (!sets.empty() && sets.front() < 0 ? 1 : 0);
    }
    std::vector<double> weight[2];
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        if (sample.weight[i] > 0) weight[sample.treated[i] != 0 ? 1 : 0].push_back(sample.weight[i]);
    }
    size.ess_control = stats::effective_sample_size(weight[0]);
    size.ess_treated = stats::effective_sample_size(weight[1]);
    return size;
}

/// Adopters of later years than this one can be compared with; 0 = none of them.
int last_adoption_of_pool(const design::Specification& specification, int year) {
    return specification.over_time.control_pool == design::ControlPool::never ? 0 : year + specification.lags;
}

}  // namespace

Result<ScoredCohort> score_cohort(const design::Specification& specification, const stats::Panel& panel,
                                  const std::vector<stats::Term>& terms, int year, unsigned threads,
                                  std::span<const std::uint8_t> left_out) {
    ScoredCohort scored;
    scored.firms =
        cohort_firms(panel, year, last_adoption_of_pool(specification, year), left_out, specification.derived);
    auto frame = cohort_frame(panel, specification, scored.firms);
    if (!frame) return tl::unexpected(frame.error());
    scored.frame = std::move(*frame);
    const std::vector<stats::Term>* score_terms = &terms;
    stats::MarkedFrame marked;
    if (specification.matching.missing_covariates == design::MissingCovariates::indicator) {
        marked = stats::mark_missing_covariates(scored.frame, terms);
        scored.frame = std::move(marked.frame);
        score_terms = &marked.terms;
    }
    auto section = fit_score(scored.frame, scored.firms.adopter, *score_terms, specification.matching, threads);
    if (!section) return tl::unexpected(section.error());
    scored.section = std::move(*section);
    Messages& messages = scored.section.design.messages;
    messages.insert(messages.end(), marked.messages.begin(), marked.messages.end());
    return scored;
}

Result<MatchedCohort> match_cohort(const design::Specification& specification, const stats::Panel& panel,
                                   ScoredCohort scored, const CancellationToken& token) {
    TWINFIRM_TRY(match_on_score(scored.section, scored.frame, scored.firms.adopter, specification.matching, {}, token));
    MatchedCohort cohort;
    cohort.firms = std::move(scored.firms);
    cohort.frame = std::move(scored.frame);
    cohort.match = std::move(scored.section);

    const CrossSection& section = cohort.match;
    Cohort& report = cohort.report;
    report.year = cohort.firms.year;
    report.flow = flow_of(panel, cohort);
    report.reasons = reasons_of(cohort);
    report.coefficients = coefficients_of(section.fit);
    report.log_likelihood = section.fit.log_likelihood;
    report.auc = section.fit.auc;
    report.iterations = section.fit.iterations;
    report.caliper_raw = section.sample.caliper_raw;
    report.caliper_sd = section.sample.caliper_sd;
    if (section.sample.bandwidth > 0) report.bandwidth = section.sample.bandwidth;
    add_distances(section.sample, report);
    report.size = size_of(section.sample);
    report.check.sets_checked = static_cast<std::int64_t>(section.sample.verification.sets_checked);
    report.check.units_checked = static_cast<std::int64_t>(section.sample.verification.units_checked);
    report.check.pairs_checked = static_cast<std::int64_t>(section.sample.verification.pairs_checked);
    report.check.nearest_checked = static_cast<std::int64_t>(section.sample.verification.nearest_checked);
    report.check.violations = static_cast<std::int64_t>(section.sample.verification.violations());
    for (const Messages* messages : {&section.design.messages, &section.fit.messages, &section.sample.messages}) {
        report.messages.insert(report.messages.end(), messages->begin(), messages->end());
    }
    return cohort;
}

void append_sets(const MatchedCohort& cohort, std::vector<effects::MatchedSet>& sets,
                 const std::function<bool(std::size_t)>& wanted) {
    const std::vector<matching::Pair>& pairs = cohort.match.sample.pairs;
    for (std::size_t begin = 0; begin < pairs.size();) {
        effects::MatchedSet set;
        set.adopter = cohort.firms.firms[pairs[begin].focal];
        set.cohort = cohort.firms.year;
        std::size_t end = begin;
        for (; end < pairs.size() && pairs[end].focal == pairs[begin].focal; ++end) {
            set.controls.push_back(cohort.firms.firms[pairs[end].match]);
        }
        set.weights.assign(end - begin, 1.0 / static_cast<double>(end - begin));
        if (wanted(pairs[begin].focal)) sets.push_back(std::move(set));
        begin = end;
    }
}

}  // namespace twinfirm::evaluation
