// SPDX-License-Identifier: GPL-3.0-or-later
#include "match_setup.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string_view>
#include <tuple>

#include "match_outcome.h"
#include "score_search.h"
#include "smallest_caliper.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/matching/caliper.h"

namespace twinfirm::matching {
namespace {

/// A width for a sentence: four digits, rounded up, so that who asks for the number shown gets what it promises.
std::string not_below(double width) {
    constexpr int digits = 4;
    std::array<char, 40> text{};
    const auto shown = [&](double value) {
        const auto written =
            std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits);
        return std::string_view(text.data(), static_cast<std::size_t>(written.ptr - text.data()));
    };
    const std::string_view nearest = shown(width);
    double value = 0;
    std::from_chars(nearest.data(), nearest.data() + nearest.size(), value);
    if (!(value < width)) return std::string(nearest);
    return std::string(shown(value + std::pow(10, std::floor(std::log10(width)) - (digits - 1))));
}

using design::Estimand;
using design::MatchingSettings;

Status check_settings(const MatchingSettings& settings) {
    if (settings.estimand == Estimand::ate) return fail(ErrorKind::usage, "estimand_not_for_nearest");
    const double low = settings.min_controls;
    const double high = settings.max_controls;
    const bool whole = low == std::floor(low) && high == std::floor(high) && high <= 1000000;
    if ((low != 0 || high != 0) &&
        !(whole && 1 <= low && low <= settings.ratio && settings.ratio <= high && low < high)) {
        return fail(
            ErrorKind::usage, "variable_ratio_value",
            {{"low", shortest_text(low)}, {"high", shortest_text(high)}, {"ratio", integer_text(settings.ratio)}});
    }
    if (settings.max_reuse < 0 || (settings.max_reuse > 1 && !settings.replace)) {
        return fail(ErrorKind::usage, "max_reuse_value", {{"value", integer_text(settings.max_reuse)}});
    }
    if (settings.keep_ties && (!settings.replace || settings.max_reuse != 0 || high != 0)) {
        return fail(ErrorKind::usage, "ties_need_replacement");
    }
    if (!(settings.tie_tolerance >= 0) || !std::isfinite(settings.tie_tolerance)) {
        return fail(ErrorKind::usage, "tie_tolerance_value", {{"value", shortest_text(settings.tie_tolerance)}});
    }
    return {};
}

/// Variable ratio: how many matches each focal unit gets, so that they are `ratio` on average. As many as possible get
/// the most, at most one something between, the others the least; those that stand furthest from the other arm, to
/// which fewer candidates are near, get the least (Ming & Rosenbaum 2000, Biometrics 56:118; the assignment as in R's
/// MatchIt).
std::vector<std::uint32_t> variable_ratio(const MatchSetup& setup, const MatchingSettings& settings) {
    if (settings.max_controls == 0) return {};
    const auto units = static_cast<std::int64_t>(setup.focal.size());
    const auto low = static_cast<std::int64_t>(settings.min_controls);
    const auto high = static_cast<std::int64_t>(settings.max_controls);
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

/// Each focal unit must be served in its stratum, or no caliper is wide enough.
Status take_smallest_caliper(const MatchProblem& problem, const MatchingSettings& settings, MatchSetup& setup) {
    const char* setting = settings.caliper             ? "caliper"
                          : settings.max_controls > 0  ? "max_controls"
                          : !setup.units.limits.none() ? "covariate_calipers"
                          : settings.max_reuse > 1     ? "max_reuse"
                                                       : nullptr;
    if (setting != nullptr) return fail(ErrorKind::usage, "setting_not_for_smallest_caliper", {{"setting", setting}});
    double caliper = 0;
    std::size_t lacking = 0;
    for (const StratumTask& task : setup.tasks) {
        const auto found = smallest_caliper(task);
        if (found) caliper = std::max(caliper, *found);
        if (!found) lacking += task.focal.size();
    }
    if (lacking > 0) {
        const auto count = static_cast<std::int64_t>(lacking);
        return fail(ErrorKind::statistics, "smallest_caliper_impossible", {{"count", integer_text(count)}});
    }
    MatchedSample& sample = setup.units.sample;
    const double sd = score_sd(problem.score, sample.treated, setup.units.usable, settings.caliper_sd);
    setup.units.caliper = sample.caliper_raw = caliper;
    sample.caliper_sd = sd;
    for (StratumTask& task : setup.tasks) task.caliper = caliper;
    sample.messages.push_back(
        {"smallest_caliper_found",
         Severity::info,
         {{"caliper", not_below(caliper)}, {"multiple", sd > 0 ? fixed_text(caliper / sd, 3) : std::string("-")}},
         0});
    return {};
}

}  // namespace

Status require_candidates(const std::vector<StratumTask>& tasks, double caliper) {
    const bool limited = !std::isinf(caliper);
    std::vector<double> nearest;
    for (const StratumTask& task : tasks) {
        const std::vector<double> distances = nearest_distances(task.focal, task.pool);
        if (limited && std::any_of(distances.begin(), distances.end(), [&](double d) { return d <= caliper; })) {
            return {};
        }
        nearest.insert(nearest.end(), distances.begin(), distances.end());
    }
    std::sort(nearest.begin(), nearest.end());
    if (std::isinf(nearest.front())) return fail(ErrorKind::statistics, "no_shared_strata");
    if (!limited) return {};
    const double half = nearest[(nearest.size() - 1) / 2];
    return fail(ErrorKind::statistics, "caliper_drops_all",
                {{"caliper", not_below(caliper)},
                 {"smallest", not_below(nearest.front())},
                 {"half", std::isinf(half) ? "-" : not_below(half)}});
}

Status prepare_match(const MatchProblem& problem, const MatchingSettings& settings, MatchSetup& setup) {
    TWINFIRM_TRY(check_settings(settings));
    TWINFIRM_TRY(prepare_units(problem, settings, setup.units));
    const std::uint8_t focal_arm = settings.estimand == Estimand::att ? 1 : 0;
    setup.focal = sorted_arm(problem, setup.units, focal_arm);
    setup.pool = sorted_arm(problem, setup.units, focal_arm == 1 ? 0 : 1);
    setup.wanted = variable_ratio(setup, settings);
    StratumTask common;
    common.caliper = setup.units.caliper;
    common.ratio = static_cast<std::size_t>(settings.ratio);
    if (settings.replace) {
        common.uses = settings.max_reuse == 0 ? any_number : static_cast<std::uint32_t>(settings.max_reuse);
    }
    common.points = problem.points;
    common.keep_ties = settings.keep_ties;
    common.tie_tolerance = settings.tie_tolerance;
    if (!setup.units.limits.none()) common.limits = &setup.units.limits;
    setup.tasks = stratum_tasks(setup.focal, setup.pool, setup.wanted, common);
    if (settings.smallest_caliper) TWINFIRM_TRY(take_smallest_caliper(problem, settings, setup));
    TWINFIRM_TRY(require_candidates(setup.tasks, setup.units.caliper));
    if (!setup.units.limits.none() && !anybody_has_a_candidate(setup.tasks)) {
        return fail(ErrorKind::statistics, "pair_limits_drop_all");
    }
    return {};
}

Result<MatchedSample> finish_match(const MatchProblem& problem, const MatchingSettings& settings, MatchSetup& setup,
                                   const Choices& choices) {
    MatchedSample& sample = setup.units.sample;
    record_pairs(choices, settings, sample);
    for (const StratumTask& task : setup.tasks) explain_unmatched(task, sample);
    warn(setup.tasks, settings, sample);
    return checked_sample(problem, settings, std::move(sample));
}

}  // namespace twinfirm::matching
