// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/technology_level.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

using Cell = std::tuple<int, std::string, std::string, std::string>;  // year, scope, area, country

Cell cell_of(const TechnologyLevel& level) {
    return {level.year, level.scope, level.area, level.country};
}

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

tl::unexpected<Error> row_error(const char* code, const TechnologyLevel& level, std::string value) {
    return fail(ErrorKind::input, code, {{"row", std::to_string(level.row)}, {"value", std::move(value)}});
}

Status check_row(const TechnologyLevel& level) {
    if (level.year < 1990 || level.year > 2100) {
        return row_error("technology_year", level, std::to_string(level.year));
    }
    if (level.country.empty()) {
        return fail(ErrorKind::input, "technology_country", {{"row", std::to_string(level.row)}});
    }
    if (!std::isnan(level.level) && (!(level.level >= 0) || !(level.level <= 100))) {
        return row_error("technology_level_range", level, shortest_text(level.level));
    }
    if (!std::isnan(level.gap_years) && (!(level.gap_years >= 0) || !(level.gap_years <= 100))) {
        return row_error("technology_gap_range", level, shortest_text(level.gap_years));
    }
    return {};
}

using Levels = std::vector<TechnologyLevel>;

/// Calls with the ranges of one year and area; scopes are compared with each other, since a country's best is national.
template <class F>
void for_each_field(const Levels& levels, F call) {
    std::map<std::pair<int, std::string>, std::vector<const TechnologyLevel*>> fields;
    for (const TechnologyLevel& level : levels) fields[{level.year, level.area}].push_back(&level);
    for (const auto& [key, members] : fields) call(members);
}

std::string best_of(const std::vector<const TechnologyLevel*>& field) {
    for (const TechnologyLevel* level : field)
        if (level->level == 100) return level->country;
    for (const TechnologyLevel* level : field)
        if (!level->best.empty()) return level->best;
    return {};
}

void judge(const Levels& levels, Messages& messages) {
    std::int64_t without_best = 0;
    std::int64_t contradicting = 0;
    std::int64_t gaps = 0;
    for_each_field(levels, [&](const std::vector<const TechnologyLevel*>& field) {
        if (best_of(field).empty()) ++without_best;
        std::set<std::string> best;
        for (const TechnologyLevel* level : field) {
            if (!level->best.empty()) best.insert(level->best);
            if (level->level == 100 && !level->country.empty()) best.insert(level->country);
        }
        if (best.size() > 1) ++contradicting;
        for (const TechnologyLevel* a : field)
            for (const TechnologyLevel* b : field)
                if (a->level > b->level && a->gap_years > b->gap_years) ++gaps;
    });
    const auto note = [&](const char* code, std::int64_t count) {
        if (count > 0) messages.push_back({code, Severity::warning, {}, count});
    };
    note("technology_best_missing", without_best);
    note("technology_best_contradicts", contradicting);
    note("technology_gap_contradicts", gaps);
}

const TechnologyLevel* find(const Levels& levels, const Cell& cell) {
    const auto found = std::lower_bound(levels.begin(), levels.end(), cell,
                                        [](const TechnologyLevel& level, const Cell& c) { return cell_of(level) < c; });
    return found == levels.end() || cell_of(*found) != cell ? nullptr : &*found;
}

}  // namespace

TechnologyGroup technology_group(double level) {
    if (std::isnan(level)) return TechnologyGroup::unknown;
    if (level >= 80) return TechnologyGroup::leading;
    return level >= 60 ? TechnologyGroup::following : TechnologyGroup::late;
}

std::string_view technology_group_code(TechnologyGroup group) {
    switch (group) {
        case TechnologyGroup::leading:
            return "leading";
        case TechnologyGroup::following:
            return "following";
        case TechnologyGroup::late:
            return "late";
        case TechnologyGroup::unknown:
            break;
    }
    return "";
}

Result<Levels> checked_levels(Levels levels, Messages& messages) {
    for (const TechnologyLevel& level : levels) TWINFIRM_TRY(check_row(level));
    std::stable_sort(levels.begin(), levels.end(),
                     [](const TechnologyLevel& a, const TechnologyLevel& b) { return cell_of(a) < cell_of(b); });
    Levels unique;
    std::int64_t repeated = 0;
    for (TechnologyLevel& level : levels) {
        if (unique.empty() || cell_of(unique.back()) != cell_of(level)) {
            unique.push_back(std::move(level));
            continue;
        }
        const TechnologyLevel& kept = unique.back();
        if (!same(kept.level, level.level) || !same(kept.gap_years, level.gap_years) || kept.best != level.best) {
            return fail(ErrorKind::input, "technology_repeated",
                        {{"row", std::to_string(level.row)},
                         {"year", std::to_string(level.year)},
                         {"country", level.country},
                         {"area", level.area.empty() ? "-" : level.area}});
        }
        ++repeated;
    }
    if (repeated > 0) messages.push_back({"technology_rows_equal", Severity::warning, {}, repeated});
    judge(unique, messages);
    return unique;
}

std::vector<TechnologyChange> technology_changes(const Levels& levels, int from, int to, Messages& messages) {
    std::vector<TechnologyChange> changes;
    for (const TechnologyLevel& after : levels) {
        if (after.year != to) continue;
        const TechnologyLevel* before = find(levels, {from, after.scope, after.area, after.country});
        if (before == nullptr || std::isnan(before->level) || std::isnan(after.level)) continue;
        TechnologyChange change;
        change.country = after.country;
        change.scope = after.scope;
        change.area = after.area;
        change.from = from;
        change.to = to;
        change.level_from = before->level;
        change.level_to = after.level;
        change.change = after.level - before->level;
        change.gap_change = after.gap_years - before->gap_years;
        change.group_from = technology_group(before->level);
        change.group_to = technology_group(after.level);
        changes.push_back(std::move(change));
    }
    std::map<std::string, std::set<std::string>> best;
    for_each_field(levels, [&](const std::vector<const TechnologyLevel*>& field) {
        const int year = field.front()->year;
        if ((year == from || year == to) && !best_of(field).empty()) best[field.front()->area].insert(best_of(field));
    });
    const auto moved = std::count_if(best.begin(), best.end(), [](const auto& area) { return area.second.size() > 1; });
    if (moved > 0) messages.push_back({"technology_best_changed", Severity::warning, {}, moved});
    return changes;
}

std::vector<TechnologyGap> technology_gaps(const Levels& levels, int year, std::string_view country) {
    std::vector<TechnologyGap> gaps;
    const auto usable = [&](const TechnologyLevel& level) { return level.year == year && !std::isnan(level.level); };
    for (const TechnologyLevel& own : levels) {
        if (!usable(own) || own.country != country) continue;
        const auto others_in = [&](std::string_view scope) {
            std::vector<const TechnologyLevel*> others;
            for (const TechnologyLevel& level : levels)
                if (usable(level) && level.country != country && level.area == own.area && level.scope == scope)
                    others.push_back(&level);
            return others;
        };
        std::vector<const TechnologyLevel*> others = others_in(own.scope);
        if (others.empty()) others = others_in("national");
        std::stable_sort(others.begin(), others.end(),
                         [](const TechnologyLevel* a, const TechnologyLevel* b) { return a->level > b->level; });
        for (const TechnologyLevel* other : others)
            gaps.push_back({own.scope, own.area, other->country, own.level, other->level, own.level - other->level,
                            own.gap_years - other->gap_years});
    }
    return gaps;
}

}  // namespace twinfirm::survey
