// SPDX-License-Identifier: GPL-3.0-or-later
#include "unit_setup.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

#include "twinfirm/base/number_text.h"
#include "twinfirm/matching/caliper.h"
#include "twinfirm/matching/common_support.h"
#include "twinfirm/matching/verify_match.h"
#include "twinfirm/stats/rising_order.h"

namespace twinfirm::matching {
namespace {

using design::MatchingSettings;

void require_equal_lengths(const MatchProblem& problem) {
    const std::size_t units = problem.score.size();
    const auto fits = [&](std::size_t length) { return length == 0 || length == units; };
    if (problem.treated.size() != units || !fits(problem.stratum.size()) || !fits(problem.rank.size()) ||
        !fits(problem.preset.size())) {
        throw std::invalid_argument("MatchProblem: the spans differ in length");
    }
    for (const CovariateLimit& limit : problem.limits) {
        if (limit.value.size() != units) throw std::invalid_argument("MatchProblem: a limit's values");
    }
    for (const std::vector<std::int32_t>& code : problem.anti_exact) {
        if (code.size() != units) throw std::invalid_argument("MatchProblem: the codes that must differ");
    }
}

Status check_problem(const MatchProblem& problem, const MatchingSettings& settings) {
    if (settings.ratio < 1) {
        return fail(ErrorKind::usage, "ratio_value", {{"value", integer_text(settings.ratio)}});
    }
    for (const CovariateLimit& limit : problem.limits) {
        if (!std::isfinite(limit.width) || limit.width < 0) {
            return fail(ErrorKind::usage, "covariate_caliper_value", {{"value", shortest_text(limit.width)}});
        }
    }
    if (problem.points != nullptr && problem.points->dimensions == 0) {
        return fail(ErrorKind::statistics, "metric_without_covariates");
    }
    if (std::any_of(problem.score.begin(), problem.score.end(), [](double score) { return std::isinf(score); })) {
        return fail(ErrorKind::statistics, "score_not_finite");
    }
    return {};
}

/// Why each unit stays out before anything is matched; `matched` = it takes part.
std::vector<Reason> preset_reasons(const MatchProblem& problem) {
    std::vector<Reason> reason(problem.score.size(), Reason::matched);
    for (std::size_t i = 0; i < reason.size(); ++i) {
        if (!problem.preset.empty()) reason[i] = problem.preset[i];
        bool missing = std::isnan(problem.score[i]) || (!problem.stratum.empty() && problem.stratum[i] < 0);
        for (const CovariateLimit& limit : problem.limits) missing |= std::isnan(limit.value[i]);
        if (problem.points != nullptr && problem.points->dimensions > 0) {
            missing |= std::isnan(problem.points->of(i).front());
        }
        for (const std::vector<std::int32_t>& code : problem.anti_exact) missing |= code[i] < 0;
        if (reason[i] == Reason::matched && missing) reason[i] = Reason::missing_covariate;
    }
    return reason;
}

std::vector<std::uint8_t> usable_units(const std::vector<Reason>& reason) {
    std::vector<std::uint8_t> usable(reason.size());
    for (std::size_t i = 0; i < reason.size(); ++i) usable[i] = reason[i] == Reason::matched;
    return usable;
}

Status require_both_arms(const std::vector<std::uint8_t>& treated, const std::vector<std::uint8_t>& usable) {
    std::size_t adopters = 0;
    std::size_t others = 0;
    for (std::size_t i = 0; i < treated.size(); ++i) {
        if (usable[i] != 0) ++(treated[i] != 0 ? adopters : others);
    }
    if (adopters == 0) return fail(ErrorKind::statistics, "no_treated");
    if (others == 0) return fail(ErrorKind::statistics, "no_controls");
    return {};
}

/// The covariates' calipers in their own units.
Result<std::vector<PairLimits::Width>> widths_of(const MatchProblem& problem, const MatchingSettings& settings,
                                                 const std::vector<std::uint8_t>& treated,
                                                 const std::vector<std::uint8_t>& usable) {
    std::vector<PairLimits::Width> widths;
    for (const CovariateLimit& limit : problem.limits) {
        double raw = limit.width;
        if (limit.in_sd) raw *= score_sd(limit.value, treated, usable, settings.caliper_sd);
        if (std::isnan(raw)) return fail(ErrorKind::statistics, "caliper_sd_undefined");
        widths.push_back({limit.value, raw});
    }
    return widths;
}

/// Rows of the usable units of one arm, in order of their ranks.
std::vector<std::uint32_t> rows_by_rank(const MatchProblem& problem, const std::vector<std::uint8_t>& treated,
                                        const std::vector<std::uint8_t>& usable, std::uint8_t arm) {
    std::vector<std::uint32_t> rows;
    rows.reserve(usable.size());
    for (std::uint32_t i = 0; i < usable.size(); ++i) {
        if (usable[i] != 0 && treated[i] == arm) rows.push_back(i);
    }
    if (problem.rank.empty()) return rows;
    std::vector<double> ranks(rows.size());
    std::transform(rows.begin(), rows.end(), ranks.begin(), [&](std::uint32_t row) { return problem.rank[row]; });
    std::vector<std::uint32_t> sorted = stats::rising_order(ranks);
    for (std::uint32_t& place : sorted) place = rows[place];
    return sorted;
}

/// Where the units of each stratum begin when they stand stratum by stratum.
std::vector<std::uint32_t> stratum_starts(std::span<const std::int32_t> stratum,
                                          const std::vector<std::uint32_t>& rows) {
    std::vector<std::uint32_t> starts(1, 0);
    if (stratum.empty()) return starts;
    for (const std::uint32_t row : rows) {
        const auto next = static_cast<std::size_t>(stratum[row]) + 1;
        if (next >= starts.size()) starts.resize(next + 1, 0);
        ++starts[next];
    }
    std::partial_sum(starts.begin(), starts.end(), starts.begin());
    return starts;
}

}  // namespace

Status prepare_units(const MatchProblem& problem, const MatchingSettings& settings, UnitSetup& setup) {
    require_equal_lengths(problem);
    TWINFIRM_TRY(check_problem(problem, settings));
    MatchedSample& sample = setup.sample;
    sample.treated.resize(problem.treated.size());
    for (std::size_t i = 0; i < sample.treated.size(); ++i) sample.treated[i] = problem.treated[i] != 0;
    sample.reason = preset_reasons(problem);
    setup.usable = usable_units(sample.reason);
    TWINFIRM_TRY(require_both_arms(sample.treated, setup.usable));

    const auto outside = outside_common_support(problem.score, sample.treated, setup.usable, settings.discard);
    for (std::size_t i = 0; i < outside.size(); ++i) {
        if (outside[i] != 0) sample.reason[i] = Reason::outside_support;
    }
    setup.usable = usable_units(sample.reason);
    if (!require_both_arms(sample.treated, setup.usable)) return fail(ErrorKind::statistics, "no_common_support");

    if (settings.caliper) {
        auto resolved = resolve_caliper(problem.score, sample.treated, setup.usable, settings);
        if (!resolved) return tl::unexpected(std::move(resolved.error()));
        sample.caliper_raw = setup.caliper = resolved->raw;
        sample.caliper_sd = resolved->sd;
    }
    auto widths = widths_of(problem, settings, sample.treated, setup.usable);
    if (!widths) return tl::unexpected(std::move(widths.error()));
    for (const PairLimits::Width& width : *widths) sample.covariate_widths.push_back(width.raw);
    setup.limits = PairLimits(std::move(*widths), problem.anti_exact);
    return {};
}

std::vector<ScoredUnit> sorted_arm(const MatchProblem& problem, const UnitSetup& setup, std::uint8_t arm) {
    const std::vector<std::uint32_t> rows = rows_by_rank(problem, setup.sample.treated, setup.usable, arm);
    std::vector<double> scores(rows.size());
    std::transform(rows.begin(), rows.end(), scores.begin(), [&](std::uint32_t row) { return problem.score[row]; });
    std::vector<std::uint32_t> next = stratum_starts(problem.stratum, rows);
    std::vector<ScoredUnit> units(rows.size());
    for (const std::uint32_t place : stats::rising_order(scores)) {
        const std::uint32_t row = rows[place];
        const std::int32_t stratum = problem.stratum.empty() ? 0 : problem.stratum[row];
        units[next[static_cast<std::size_t>(stratum)]++] = {
            problem.score[row], problem.rank.empty() ? row : problem.rank[row], row, stratum};
    }
    return units;
}

std::vector<StratumTask> stratum_tasks(std::span<const ScoredUnit> focal, std::span<const ScoredUnit> pool,
                                       std::span<const std::uint32_t> wanted, const StratumTask& common) {
    std::vector<StratumTask> tasks;
    while (!focal.empty() || !pool.empty()) {
        const std::int32_t stratum = pool.empty()    ? focal.front().stratum
                                     : focal.empty() ? pool.front().stratum
                                                     : std::min(focal.front().stratum, pool.front().stratum);
        const auto cut = [&](std::span<const ScoredUnit>& rest) {
            const auto end = std::partition_point(rest.begin(), rest.end(),
                                                  [&](const ScoredUnit& unit) { return unit.stratum == stratum; });
            const auto part = rest.first(static_cast<std::size_t>(end - rest.begin()));
            rest = rest.subspan(part.size());
            return part;
        };
        StratumTask task = common;
        task.focal = cut(focal);
        task.pool = cut(pool);
        if (!wanted.empty()) {
            task.wanted = wanted.first(task.focal.size());
            wanted = wanted.subspan(task.focal.size());
        }
        tasks.push_back(task);
    }
    return tasks;
}

Result<MatchedSample> checked_sample(const MatchProblem& problem, const MatchingSettings& settings,
                                     MatchedSample sample) {
    sample.verification = verify_match(problem, settings, sample);
    if (sample.verification.violations() > 0) {
        return fail(ErrorKind::statistics, "match_verification_failed",
                    {{"count", integer_text(static_cast<std::int64_t>(sample.verification.violations()))}});
    }
    return sample;
}

}  // namespace twinfirm::matching
