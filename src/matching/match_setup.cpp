// SPDX-License-Identifier: GPL-3.0-or-later
#include "match_setup.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "match_outcome.h"
#include "score_search.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/matching/caliper.h"
#include "twinfirm/matching/common_support.h"
#include "twinfirm/matching/verify_match.h"
#include "twinfirm/stats/rising_order.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
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

Status check_settings(const MatchProblem& problem, const MatchingSettings& settings) {
    if (settings.estimand == Estimand::ate) return fail(ErrorKind::usage, "estimand_not_for_nearest");
    if (settings.ratio < 1) {
        return fail(ErrorKind::usage, "ratio_value", {{"value", integer_text(settings.ratio)}});
    }
    const int low = settings.min_controls;
    const int high = settings.max_controls;
    if ((low != 0 || high != 0) && !(1 <= low && low <= settings.ratio && settings.ratio <= high && low < high)) {
        return fail(
            ErrorKind::usage, "variable_ratio_value",
            {{"low", integer_text(low)}, {"high", integer_text(high)}, {"ratio", integer_text(settings.ratio)}});
    }
    if (settings.max_reuse < 0 || (settings.max_reuse > 1 && !settings.replace)) {
        return fail(ErrorKind::usage, "max_reuse_value", {{"value", integer_text(settings.max_reuse)}});
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

/// Usable units of one arm by (stratum, score, rank): sorted stably by the score, then dealt out to their strata.
std::vector<ScoredUnit> sorted_arm(const MatchProblem& problem, const std::vector<std::uint8_t>& treated,
                                   const std::vector<std::uint8_t>& usable, std::uint8_t arm) {
    const std::vector<std::uint32_t> rows = rows_by_rank(problem, treated, usable, arm);
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

/// Variable ratio: how many matches each focal unit gets, so that they are `ratio` on average. As many as possible get
/// the most, at most one something between, the others the least; those that stand furthest from the other arm, to
/// which fewer candidates are near, get the least (Ming & Rosenbaum 2000, Biometrics 56:118; the assignment as in R's
/// MatchIt).
std::vector<std::uint32_t> variable_ratio(const MatchSetup& setup, const MatchingSettings& settings) {
    if (settings.max_controls == 0) return {};
    const auto units = static_cast<std::int64_t>(setup.focal.size());
    const std::int64_t low = settings.min_controls;
    const std::int64_t high = settings.max_controls;
    const std::int64_t total = settings.ratio * units;
    const std::int64_t at_most = (total - low * units) / (high - low);
    const std::int64_t between = total - high * at_most - low * (units - at_most) + low;
    std::vector<std::uint32_t> places(setup.focal.size());
    std::iota(places.begin(), places.end(), 0U);
    const auto mean = [](const std::vector<ScoredUnit>& arm) {
        std::vector<double> scores;
        for (const ScoredUnit& unit : arm) scores.push_back(unit.score);
        std::sort(scores.begin(), scores.end());  // the same bits in any order of the rows
        return std::accumulate(scores.begin(), scores.end(), 0.0) / static_cast<double>(scores.size());
    };
    const double sign = mean(setup.focal) > mean(setup.pool) ? -1 : 1;
    std::sort(places.begin(), places.end(), [&](std::uint32_t a, std::uint32_t b) {
        const auto key = [&](std::uint32_t place) {
            const ScoredUnit& unit = setup.focal[place];
            return std::tuple(sign * unit.score, unit.rank, unit.row);
        };
        return key(a) < key(b);
    });
    std::vector<std::uint32_t> wanted(setup.focal.size(), static_cast<std::uint32_t>(low));
    for (std::int64_t i = 0; i < at_most; ++i) {
        wanted[places[static_cast<std::size_t>(units - 1 - i)]] = static_cast<std::uint32_t>(high);
    }
    if (at_most < units) {
        wanted[places[static_cast<std::size_t>(units - 1 - at_most)]] = static_cast<std::uint32_t>(between);
    }
    return wanted;
}

/// `common` has what is the same for all strata.
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

/// Whether anybody has a candidate, whom the limits beside the score's caliper admit too.
bool anybody_has_a_candidate(const std::vector<StratumTask>& tasks) {
    return std::any_of(tasks.begin(), tasks.end(), [](const StratumTask& task) {
        if (task.pool.empty()) return false;
        ScoreSearch search(task);
        for (std::uint32_t place = 0; place < task.focal.size(); ++place) {
            if (search.nearest(place)) return true;
        }
        return false;
    });
}

/// A caliper within which nobody has a candidate: what would be needed instead.
Status require_candidates(const std::vector<StratumTask>& tasks, const std::optional<Caliper>& caliper) {
    std::vector<double> nearest;
    for (const StratumTask& task : tasks) {
        const std::vector<double> distances = nearest_distances(task.focal, task.pool);
        if (caliper && std::any_of(distances.begin(), distances.end(), [&](double d) { return d <= caliper->raw; })) {
            return {};
        }
        nearest.insert(nearest.end(), distances.begin(), distances.end());
    }
    std::sort(nearest.begin(), nearest.end());
    if (std::isinf(nearest.front())) return fail(ErrorKind::statistics, "no_shared_strata");
    if (!caliper) return {};
    const double half = nearest[(nearest.size() - 1) / 2];
    return fail(ErrorKind::statistics, "caliper_drops_all",
                {{"caliper", shortest_text(caliper->raw)},
                 {"smallest", shortest_text(nearest.front())},
                 {"half", std::isinf(half) ? "-" : shortest_text(half)}});
}

}  // namespace

Status prepare_match(const MatchProblem& problem, const MatchingSettings& settings, MatchSetup& setup) {
    require_equal_lengths(problem);
    TWINFIRM_TRY(check_settings(problem, settings));
    MatchedSample& sample = setup.sample;
    sample.treated.resize(problem.treated.size());
    for (std::size_t i = 0; i < sample.treated.size(); ++i) sample.treated[i] = problem.treated[i] != 0;
    sample.reason = preset_reasons(problem);
    std::vector<std::uint8_t> usable = usable_units(sample.reason);
    TWINFIRM_TRY(require_both_arms(sample.treated, usable));

    const auto outside = outside_common_support(problem.score, sample.treated, usable, settings.discard);
    for (std::size_t i = 0; i < outside.size(); ++i) {
        if (outside[i] != 0) sample.reason[i] = Reason::outside_support;
    }
    usable = usable_units(sample.reason);
    if (!require_both_arms(sample.treated, usable)) return fail(ErrorKind::statistics, "no_common_support");

    StratumTask common;
    std::optional<Caliper> caliper;
    if (settings.caliper) {
        auto resolved = resolve_caliper(problem.score, sample.treated, usable, settings);
        if (!resolved) return tl::unexpected(std::move(resolved.error()));
        caliper = *resolved;
        sample.caliper_raw = common.caliper = caliper->raw;
        sample.caliper_sd = caliper->sd;
    }
    auto widths = widths_of(problem, settings, sample.treated, usable);
    if (!widths) return tl::unexpected(std::move(widths.error()));
    for (const PairLimits::Width& width : *widths) sample.covariate_widths.push_back(width.raw);
    setup.limits = PairLimits(std::move(*widths), problem.anti_exact);

    const std::uint8_t focal_arm = settings.estimand == Estimand::att ? 1 : 0;
    setup.focal = sorted_arm(problem, sample.treated, usable, focal_arm);
    setup.pool = sorted_arm(problem, sample.treated, usable, focal_arm == 1 ? 0 : 1);
    setup.wanted = variable_ratio(setup, settings);
    common.ratio = static_cast<std::size_t>(settings.ratio);
    if (settings.replace) {
        common.uses = settings.max_reuse == 0 ? any_number : static_cast<std::uint32_t>(settings.max_reuse);
    }
    common.points = problem.points;
    if (!setup.limits.none()) common.limits = &setup.limits;
    setup.tasks = stratum_tasks(setup.focal, setup.pool, setup.wanted, common);
    TWINFIRM_TRY(require_candidates(setup.tasks, caliper));
    if (!setup.limits.none() && !anybody_has_a_candidate(setup.tasks)) {
        return fail(ErrorKind::statistics, "pair_limits_drop_all");
    }
    return {};
}

Result<MatchedSample> finish_match(const MatchProblem& problem, const MatchingSettings& settings, MatchSetup& setup,
                                   const Choices& choices) {
    record_pairs(choices, settings, setup.sample);
    for (const StratumTask& task : setup.tasks) explain_unmatched(task, setup.sample);
    warn(setup.tasks, settings, setup.sample);
    setup.sample.verification = verify_match(problem, settings, setup.sample);
    if (setup.sample.verification.violations() > 0) {
        return fail(ErrorKind::statistics, "match_verification_failed",
                    {{"count", integer_text(static_cast<std::int64_t>(setup.sample.verification.violations()))}});
    }
    return std::move(setup.sample);
}

}  // namespace twinfirm::matching
