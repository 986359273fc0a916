// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_matching.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "twinfirm/base/parallel.h"

namespace twinfirm::evaluation {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Firms with a value of 0 or below among those with any, over all years.
double share_without_logarithm(std::span<const double> values) {
    double all = 0;
    double none = 0;
    for (const double value : values) {
        if (!(value == value)) continue;
        ++all;
        if (!(value > 0)) ++none;
    }
    return all > 0 ? none / all : 1;
}

}  // namespace

Result<std::vector<stats::Term>> score_terms(const design::Specification& specification) {
    std::vector<stats::Term> terms;
    for (const std::string& text : specification.covariates) {
        auto formula = stats::parse_formula("~ " + text);
        if (!formula) return tl::unexpected(formula.error());
        for (stats::Term& term : formula->terms) {
            if (std::find(terms.begin(), terms.end(), term) == terms.end()) terms.push_back(std::move(term));
        }
    }
    return terms;
}

design::Specification with_growth_before(const design::Specification& specification, const stats::Panel& panel,
                                         Messages& messages) {
    design::Specification result = specification;
    if (!specification.over_time.pre_growth) return result;
    constexpr double rare = 0.05;
    for (const design::Outcome& outcome : specification.outcomes) {
        if (outcome.metric != design::ChangeMetric::percent || !panel.has(outcome.variable)) continue;
        const std::string term = outcome.variable + "_growth";
        if (std::find(result.covariates.begin(), result.covariates.end(), term) != result.covariates.end()) continue;
        if (share_without_logarithm(panel.values(outcome.variable)) > rare) {
            messages.push_back({"over_time_growth_left_out",
                                Severity::info,
                                {{"outcome@ko", outcome.label.ko}, {"outcome@en", outcome.label.en}},
                                0});
            continue;
        }
        result.covariates.push_back(term);
    }
    return result;
}

/// Adoption years whose base year the panel holds.
std::vector<int> cohort_years(const stats::Panel& panel) {
    std::set<int> years;
    for (const int year : panel.adoption_year) {
        if (year > panel.first_year() && year <= panel.last_year()) years.insert(year);
    }
    return {years.begin(), years.end()};
}

Result<std::vector<MatchedCohort>> match_cohorts(const MatchingInput& input, const std::vector<stats::Term>& terms,
                                                 const std::vector<int>& years, unsigned threads,
                                                 const CancellationToken& token, StageTimes& stage,
                                                 Messages& left_out) {
    const Error untouched{ErrorKind::cancelled, "cancelled", {}, {}, 0, 0};
    std::vector<Result<ScoredCohort>> scored(years.size(), tl::unexpected(untouched));
    std::vector<Result<MatchedCohort>> matched(years.size(), tl::unexpected(untouched));
    auto start = Clock::now();
    parallel_chunks(years.size(), 1, threads, [&](std::size_t i, std::size_t) {
        if (!token.cancelled()) {
            scored[i] = score_cohort(input.specification, input.panel, terms, years[i], years.size() > 1 ? 1 : threads,
                                     input.left_out);
        }
    });
    stage.score = seconds_since(start);
    TWINFIRM_TRY(token.check());
    start = Clock::now();
    parallel_chunks(years.size(), 1, threads, [&](std::size_t i, std::size_t) {
        matched[i] = scored[i] ? match_cohort(input.specification, input.panel, std::move(*scored[i]), token)
                               : Result<MatchedCohort>(tl::unexpected(scored[i].error()));
    });
    stage.matching = seconds_since(start);
    TWINFIRM_TRY(token.check());

    std::vector<MatchedCohort> cohorts;
    for (std::size_t i = 0; i < years.size(); ++i) {
        if (matched[i]) {
            cohorts.push_back(std::move(*matched[i]));
            continue;
        }
        const Error& error = matched[i].error();
        if (error.kind != ErrorKind::statistics || years.size() == 1) return tl::unexpected(error);
        MessageArguments arguments = error.arguments;
        arguments["year"] = std::to_string(years[i]);
        arguments["cause"] = error.code;
        const auto adopters = std::count(input.panel.adoption_year.begin(), input.panel.adoption_year.end(), years[i]);
        left_out.push_back({"cohort_left_out", Severity::warning, std::move(arguments), adopters});
    }
    if (cohorts.empty()) {
        return fail(ErrorKind::statistics, "no_cohort_matched", std::move(left_out.front().arguments));
    }
    return cohorts;
}

}  // namespace twinfirm::evaluation
