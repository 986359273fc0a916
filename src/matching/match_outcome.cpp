// SPDX-License-Identifier: GPL-3.0-or-later
#include "match_outcome.h"

#include <algorithm>
#include <cstdint>

#include "score_search.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::matching {
namespace {

// Beyond these an analyst is warned.
constexpr double share_of_focal_units_lost = 0.05;
constexpr std::size_t often_used = 10;
constexpr double share_of_tied_choices = 0.01;

/// The shares 1/m are added in order of m, so that a match of several sets gets the same bits in any order of the rows.
void weigh(MatchedSample& sample, const std::vector<std::uint32_t>& set_size) {
    std::vector<std::size_t> by_size;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) by_size.push_back(i);
    std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
        return set_size[sample.pairs[a].focal] < set_size[sample.pairs[b].focal];
    });
    std::size_t focal_units = 0;
    std::size_t match_units = 0;
    for (const std::size_t i : by_size) {
        const Pair& pair = sample.pairs[i];
        if (sample.weight[pair.focal] == 0) ++focal_units;
        if (sample.weight[pair.match] == 0) ++match_units;
        sample.weight[pair.focal] = 1;
        sample.weight[pair.match] += 1.0 / set_size[pair.focal];
    }
    if (focal_units == match_units) return;
    // The weights of the matches add up to the number of sets, so this scales them to mean 1.
    const double scale = static_cast<double>(match_units) / static_cast<double>(focal_units);
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        if (set_size[i] == 0) sample.weight[i] *= scale;
    }
}

void add_warning(MatchedSample& sample, std::string code, std::size_t count, MessageArguments arguments) {
    arguments["count"] = integer_text(static_cast<std::int64_t>(count));
    sample.messages.push_back(
        {std::move(code), Severity::warning, std::move(arguments), static_cast<std::int64_t>(count)});
}

std::string percent(std::size_t part, std::size_t whole) {
    return fixed_text(100.0 * static_cast<double>(part) / static_cast<double>(whole), 1);
}

void warn_of_reuse(MatchedSample& sample) {
    std::vector<std::size_t> used(sample.treated.size(), 0);
    for (const Pair& pair : sample.pairs) ++used[pair.match];
    const auto worn = std::count_if(used.begin(), used.end(), [](std::size_t times) { return times > often_used; });
    if (worn == 0) return;
    const std::size_t most = *std::max_element(used.begin(), used.end());
    add_warning(sample, "match_used_often", static_cast<std::size_t>(worn),
                {{"limit", integer_text(often_used)}, {"most", integer_text(static_cast<std::int64_t>(most))}});
}

}  // namespace

void record_pairs(const Choices& choices, const design::MatchingSettings& settings, MatchedSample& sample) {
    std::vector<std::uint32_t> set_size(sample.treated.size(), 0);
    sample.pairs.reserve(choices.made.size());
    for (const Choice& choice : choices.made) {
        sample.pairs.push_back({choice.focal_row, choice.match_row, choice.distance});
        ++set_size[choice.focal_row];
    }
    std::stable_sort(sample.pairs.begin(), sample.pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.focal < b.focal; });
    sample.tied_choices = choices.tied;
    sample.weight.assign(sample.treated.size(), 0);
    sample.subclass.assign(sample.treated.size(), -1);
    std::int32_t set = -1;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
        const Pair& pair = sample.pairs[i];
        if (i == 0 || pair.focal != sample.pairs[i - 1].focal) ++set;
        sample.subclass[pair.focal] = set;
        if (!settings.replace) sample.subclass[pair.match] = set;
        sample.reason[pair.focal] = Reason::matched;
        sample.reason[pair.match] = Reason::matched;
    }
    weigh(sample, set_size);
}

namespace {

/// Reasons of units for whom the limits beside the score's caliper matter too.
void explain_by_search(const StratumTask& task, Reason within_reach, MatchedSample& sample) {
    StratumTask reach = task;
    reach.uses = any_number;
    StratumTask wide = reach;
    wide.caliper = std::numeric_limits<double>::infinity();
    const PairLimits differences = task.limits->differences_only();
    wide.limits = &differences;
    ScoreSearch within(reach);
    ScoreSearch within_stratum(wide);
    for (std::uint32_t place = 0; place < task.focal.size(); ++place) {
        const std::uint32_t row = task.focal[place].row;
        if (sample.weight[row] > 0) continue;
        sample.reason[row] = within.nearest(place)           ? within_reach
                             : within_stratum.nearest(place) ? Reason::outside_caliper
                                                             : Reason::no_candidate_in_stratum;
    }
}

}  // namespace

void explain_unmatched(const StratumTask& task, MatchedSample& sample) {
    if (task.limits != nullptr) {
        StratumTask mirrored = task;
        std::swap(mirrored.focal, mirrored.pool);
        explain_by_search(task, Reason::candidates_used_up, sample);
        explain_by_search(mirrored, Reason::not_selected, sample);
        return;
    }
    const auto explain = [&](std::span<const ScoredUnit> units, std::span<const ScoredUnit> others,
                             Reason within_reach) {
        const std::vector<double> nearest = nearest_distances(units, others);
        for (std::size_t i = 0; i < units.size(); ++i) {
            if (sample.weight[units[i].row] > 0) continue;
            sample.reason[units[i].row] = others.empty()              ? Reason::no_candidate_in_stratum
                                          : nearest[i] > task.caliper ? Reason::outside_caliper
                                                                      : within_reach;
        }
    };
    explain(task.focal, task.pool, Reason::candidates_used_up);
    explain(task.pool, task.focal, Reason::not_selected);
}

void warn(const std::vector<StratumTask>& tasks, const design::MatchingSettings& settings, MatchedSample& sample) {
    std::size_t focal_units = 0;
    std::size_t matched = 0;
    std::size_t incomplete = 0;
    std::size_t outside_caliper = 0;
    std::size_t thin_strata = 0;
    std::size_t lacking = 0;
    std::vector<std::size_t> set_size(sample.treated.size(), 0);
    for (const Pair& pair : sample.pairs) ++set_size[pair.focal];
    for (const StratumTask& task : tasks) {
        focal_units += task.focal.size();
        for (std::size_t i = 0; i < task.focal.size(); ++i) {
            const ScoredUnit& unit = task.focal[i];
            matched += set_size[unit.row] > 0;
            incomplete += set_size[unit.row] > 0 && set_size[unit.row] < task.wanted_by(i);
            outside_caliper += sample.reason[unit.row] == Reason::outside_caliper;
        }
        if (task.focal.size() > task.pool.size() && !task.pool.empty() && !settings.replace) {
            ++thin_strata;
            lacking += task.focal.size() - task.pool.size();
        }
    }
    const std::size_t lost = focal_units - matched;
    const bool by_caliper = settings.caliper.has_value() || !sample.covariate_widths.empty();
    if (static_cast<double>(lost) > share_of_focal_units_lost * static_cast<double>(focal_units)) {
        add_warning(sample, by_caliper ? "caliper_drops_many" : "match_drops_many", lost,
                    {{"total", integer_text(static_cast<std::int64_t>(focal_units))},
                     {"percent", percent(lost, focal_units)},
                     {"outside", integer_text(static_cast<std::int64_t>(outside_caliper))}});
    }
    if (thin_strata > 0) {
        add_warning(sample, "strata_short_of_candidates", thin_strata,
                    {{"lacking", integer_text(static_cast<std::int64_t>(lacking))}});
    }
    if (incomplete > 0) {
        add_warning(sample, "sets_incomplete", incomplete, {{"ratio", integer_text(settings.ratio)}});
    }
    warn_of_reuse(sample);
    if (static_cast<double>(sample.tied_choices) > share_of_tied_choices * static_cast<double>(sample.pairs.size())) {
        add_warning(sample, "match_ties", sample.tied_choices,
                    {{"percent", percent(sample.tied_choices, sample.pairs.size())}});
    }
}

}  // namespace twinfirm::matching
