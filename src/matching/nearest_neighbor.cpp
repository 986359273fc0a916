// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/nearest_neighbor.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <tuple>

#include "match_outcome.h"
#include "score_line.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/random.h"
#include "twinfirm/matching/caliper.h"
#include "twinfirm/matching/common_support.h"
#include "twinfirm/matching/verify_match.h"
#include "twinfirm/stats/rising_order.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchOrder;

void require_equal_lengths(const MatchProblem& problem) {
    const std::size_t units = problem.score.size();
    const auto fits = [&](std::size_t length) { return length == 0 || length == units; };
    if (problem.treated.size() != units || !fits(problem.stratum.size()) || !fits(problem.rank.size()) ||
        !fits(problem.preset.size())) {
        throw std::invalid_argument("MatchProblem: the spans differ in length");
    }
}

Status check_settings(const MatchProblem& problem, const design::MatchingSettings& settings) {
    if (settings.estimand == Estimand::ate) return fail(ErrorKind::usage, "estimand_not_for_nearest");
    if (settings.ratio < 1) {
        return fail(ErrorKind::usage, "ratio_value", {{"value", integer_text(settings.ratio)}});
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
        const bool missing = std::isnan(problem.score[i]) || (!problem.stratum.empty() && problem.stratum[i] < 0);
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

std::vector<StratumTask> stratum_tasks(std::span<const ScoredUnit> focal, std::span<const ScoredUnit> pool,
                                       std::size_t ratio, const std::optional<Caliper>& caliper) {
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
        StratumTask task;
        task.focal = cut(focal);
        task.pool = cut(pool);
        task.ratio = ratio;
        if (caliper) task.caliper = caliper->raw;
        tasks.push_back(task);
    }
    return tasks;
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

/// The place of each row in the drawing of lots among the focal units.
std::vector<std::uint32_t> lots(std::span<const ScoredUnit> focal, std::size_t rows, std::uint64_t seed) {
    std::vector<ScoredUnit> by_rank(focal.begin(), focal.end());
    std::sort(by_rank.begin(), by_rank.end(), [](const ScoredUnit& a, const ScoredUnit& b) {
        return std::tie(a.rank, a.row) < std::tie(b.rank, b.row);
    });
    Random(seed).shuffle(by_rank);
    std::vector<std::uint32_t> lot(rows, 0);
    for (std::uint32_t i = 0; i < by_rank.size(); ++i) lot[by_rank[i].row] = i;
    return lot;
}

/// Places in `focal`, which is sorted by (score, rank), in the order in which the units choose.
std::vector<std::uint32_t> choosing_order(std::span<const ScoredUnit> focal, MatchOrder order,
                                          const std::vector<std::uint32_t>& lot) {
    std::vector<std::uint32_t> places(focal.size());
    std::iota(places.begin(), places.end(), 0U);
    const auto sort_by = [&](auto key) {
        std::sort(places.begin(), places.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return key(focal[a]) < key(focal[b]); });
    };
    switch (order) {
        case MatchOrder::largest:
            sort_by([](const ScoredUnit& unit) { return std::tuple(-unit.score, unit.rank, unit.row); });
            break;
        case MatchOrder::data:
            sort_by([](const ScoredUnit& unit) { return std::tuple(unit.rank, unit.row); });
            break;
        case MatchOrder::random:
            sort_by([&](const ScoredUnit& unit) { return lot[unit.row]; });
            break;
        case MatchOrder::smallest:
        case MatchOrder::closest:
            break;
    }
    return places;
}

}  // namespace

MatchOrder default_order(Estimand estimand) {
    return estimand == Estimand::atc ? MatchOrder::smallest : MatchOrder::largest;
}

Result<MatchedSample> nearest_neighbor(const MatchProblem& problem, const design::MatchingSettings& settings,
                                       const CancellationToken& cancellation) {
    require_equal_lengths(problem);
    TWINFIRM_TRY(check_settings(problem, settings));
    MatchedSample sample;
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

    std::optional<Caliper> caliper;
    if (settings.caliper) {
        auto resolved = resolve_caliper(problem.score, sample.treated, usable, settings);
        if (!resolved) return tl::unexpected(std::move(resolved.error()));
        caliper = *resolved;
        sample.caliper_raw = caliper->raw;
        sample.caliper_sd = caliper->sd;
    }

    const std::uint8_t focal_arm = settings.estimand == Estimand::att ? 1 : 0;
    const std::vector<ScoredUnit> focal = sorted_arm(problem, sample.treated, usable, focal_arm);
    const std::vector<ScoredUnit> pool = sorted_arm(problem, sample.treated, usable, focal_arm == 1 ? 0 : 1);
    const auto tasks = stratum_tasks(focal, pool, static_cast<std::size_t>(settings.ratio), caliper);
    TWINFIRM_TRY(require_candidates(tasks, caliper));

    std::vector<std::uint32_t> lot;
    if (settings.order == MatchOrder::random) lot = lots(focal, problem.score.size(), settings.seed);
    Choices choices;
    for (const StratumTask& task : tasks) {
        TWINFIRM_TRY(cancellation.check());
        if (settings.replace) {
            choose_with_replacement(task, choices);
        } else if (settings.order == MatchOrder::closest) {
            choose_closest_first(task, choices);
        } else {
            choose_in_order(task, choosing_order(task.focal, settings.order, lot), choices);
        }
    }
    record_pairs(choices, settings, sample);
    for (const StratumTask& task : tasks) explain_unmatched(task, sample);
    warn(tasks, settings, sample);

    sample.verification = verify_match(problem, settings, sample);
    if (sample.verification.violations() > 0) {
        return fail(ErrorKind::statistics, "match_verification_failed",
                    {{"count", integer_text(static_cast<std::int64_t>(sample.verification.violations()))}});
    }
    return sample;
}

}  // namespace twinfirm::matching
