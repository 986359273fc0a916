// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/stage_shares.h"

#include <cmath>
#include <map>
#include <set>

#include "twinfirm/survey/proportion_interval.h"

namespace twinfirm::survey {

namespace {

struct LevelCounts {
    std::map<int, std::int64_t> by_level;
    std::int64_t known = 0;
    std::int64_t unknown = 0;

    void add(int level) {
        if (level <= 0) {
            ++unknown;
            return;
        }
        ++by_level[level];
        ++known;
    }
};

}  // namespace

Interval wilson_interval(std::int64_t count, std::int64_t base, double confidence) {
    if (base <= 0) return {};
    SurveyEstimate estimate;
    const auto n = static_cast<double>(base);
    estimate.value = static_cast<double>(count) / n;
    estimate.std_error = std::sqrt(estimate.value * (1 - estimate.value) / n);
    estimate.df = std::numeric_limits<double>::infinity();
    estimate.kish_n = n;
    return proportion_interval(estimate, ProportionInterval::wilson, confidence);
}

std::vector<StageShare> stage_shares(const std::vector<StageEvent>& events, double confidence) {
    LevelCounts all;
    std::map<int, LevelCounts> by_year;
    std::map<std::string, LevelCounts> by_programme;
    std::map<std::pair<int, std::string>, LevelCounts> by_both;
    for (const StageEvent& event : events) {
        all.add(event.after);
        by_year[event.year].add(event.after);
        if (event.programme.empty()) continue;
        by_programme[event.programme].add(event.after);
        by_both[{event.year, event.programme}].add(event.after);
    }
    std::vector<StageShare> shares;
    const auto append = [&](const LevelCounts& counts, std::optional<int> year, std::optional<std::string> programme) {
        for (const auto& [level, total] : all.by_level) {
            const auto found = counts.by_level.find(level);
            StageShare share;
            share.year = year;
            share.programme = programme;
            share.level = level;
            share.count = found == counts.by_level.end() ? 0 : found->second;
            share.base = counts.known;
            share.share = counts.known == 0 ? std::numeric_limits<double>::quiet_NaN()
                                            : static_cast<double>(share.count) / static_cast<double>(counts.known);
            share.interval = wilson_interval(share.count, share.base, confidence);
            share.unknown = counts.unknown;
            shares.push_back(std::move(share));
        }
    };
    append(all, std::nullopt, std::nullopt);
    for (const auto& [year, counts] : by_year) append(counts, year, std::nullopt);
    for (const auto& [programme, counts] : by_programme) append(counts, std::nullopt, programme);
    for (const auto& [key, counts] : by_both) append(counts, key.first, key.second);
    return shares;
}

std::vector<StageTransition> stage_transitions(const std::vector<StageEvent>& events, StageStep step,
                                               std::int64_t& unknown, double confidence) {
    std::map<std::pair<int, int>, std::int64_t> counts;
    std::map<int, std::int64_t> totals;
    std::set<int> ends;
    unknown = 0;
    for (const StageEvent& event : events) {
        const bool first = step == StageStep::before_to_after;
        const int from = first ? event.before : event.after;
        const int to = first ? event.after : event.target;
        if (to <= 0 || (!first && from <= 0)) {
            ++unknown;
            continue;
        }
        ++counts[{from, to}];
        ++totals[from];
        ends.insert(to);
    }
    std::vector<StageTransition> transitions;
    for (const auto& [from, total] : totals) {
        for (const int to : ends) {
            const auto found = counts.find({from, to});
            const std::int64_t count = found == counts.end() ? 0 : found->second;
            transitions.push_back({from, to, count, total, static_cast<double>(count) / static_cast<double>(total),
                                   wilson_interval(count, total, confidence)});
        }
    }
    return transitions;
}

}  // namespace twinfirm::survey
