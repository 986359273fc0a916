// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/groups.h"

#include <algorithm>
#include <map>
#include <utility>

#include "twinfirm/base/number_text.h"
#include "twinfirm/breakdowns/bands.h"
#include "twinfirm/design/industry_division.h"
#include "twinfirm/design/specification_lookup.h"
#include "twinfirm/evaluation/cohort_frame.h"

namespace twinfirm::evaluation {

namespace {

/// The value of the breakdown's variable for each adopter in its own base year: numbers for bands, else texts.
struct Values {
    std::vector<double> numbers;
    std::vector<std::string> texts;
};

Result<Values> values_of(const design::Breakdown& breakdown, const stats::Panel& panel,
                         const design::Specification& specification, std::span<const Adopter> adopters) {
    const bool bands = !breakdown.edges.empty();
    Values values;
    if (bands) {
        values.numbers.assign(adopters.size(), 0);
    } else {
        values.texts.assign(adopters.size(), "");
    }
    std::map<int, std::vector<std::size_t>> by_year;
    for (std::size_t i = 0; i < adopters.size(); ++i) by_year[adopters[i].year].push_back(i);
    for (const auto& [year, places] : by_year) {
        std::vector<std::size_t> firms;
        firms.reserve(places.size());
        for (const std::size_t place : places) firms.push_back(adopters[place].firm);
        const auto column = band_year_column(breakdown, panel, specification, year, firms);
        if (!column) return tl::unexpected(column.error());
        const bool number = column->kind() == stats::ColumnKind::number;
        if (bands && !number) return fail(ErrorKind::usage, "breakdown_not_numeric", {{"breakdown", breakdown.key}});
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (bands) {
                values.numbers[places[i]] = column->values()[i];
            } else if (!column->missing(i)) {
                values.texts[places[i]] = number ? shortest_text(column->values()[i])
                                                 : column->levels()[static_cast<std::size_t>(column->codes()[i])];
            }
        }
    }
    return values;
}

/// Industry codes get the names of their divisions where the specification gives none.
void name_industries(std::vector<breakdowns::GroupDefinition>& groups) {
    for (const design::IndustryDivision& division : design::manufacturing_divisions()) {
        for (breakdowns::GroupDefinition& group : groups) {
            if (group.key == division.code && group.label.ko == group.key) group.label = division.name;
        }
    }
}

/// Keeps the groups with most adopters, in their order; 0 or less = all.
void keep_largest(int top, Grouping& grouping) {
    if (top <= 0 || grouping.groups.size() <= static_cast<std::size_t>(top)) return;
    std::vector<std::int64_t> adopters(grouping.groups.size(), 0);
    for (const std::int32_t group : grouping.of) {
        if (group >= 0) ++adopters[static_cast<std::size_t>(group)];
    }
    std::vector<std::size_t> order(adopters.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return adopters[a] > adopters[b]; });
    order.resize(static_cast<std::size_t>(top));
    std::sort(order.begin(), order.end());
    std::vector<std::int32_t> place(adopters.size(), -1);
    std::vector<Group> kept;
    for (const std::size_t group : order) {
        place[group] = static_cast<std::int32_t>(kept.size());
        kept.push_back(std::move(grouping.groups[group]));
    }
    grouping.groups = std::move(kept);
    for (std::int32_t& group : grouping.of) group = group < 0 ? -1 : place[static_cast<std::size_t>(group)];
}

/// Every group of one breakdown within every group of the other; those without an adopter are not there.
Result<Grouping> group_crossed(const design::Breakdown& breakdown, const stats::Panel& panel,
                               const design::Specification& specification, std::span<const Adopter> adopters) {
    std::vector<Grouping> parts;
    for (const std::string& key : breakdown.cross) {
        const design::Breakdown* part = design::find_breakdown(specification, key);
        if (part == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", key}});
        design::Breakdown divided = *part;
        if (breakdown.top < 0) divided.top = 0;
        auto grouping = group_adopters(divided, panel, specification, adopters);
        if (!grouping) return grouping;
        parts.push_back(std::move(*grouping));
    }
    const std::size_t columns = parts.at(1).groups.size();
    std::vector<std::int32_t> cell(adopters.size(), -1);
    std::vector<std::int32_t> place(parts[0].groups.size() * columns, -1);
    Grouping crossed;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        if (parts[0].of[i] < 0 || parts[1].of[i] < 0) {
            ++crossed.without_group;
            continue;
        }
        cell[i] = parts[0].of[i] * static_cast<std::int32_t>(columns) + parts[1].of[i];
        place[static_cast<std::size_t>(cell[i])] = 0;
    }
    for (std::size_t c = 0; c < place.size(); ++c) {
        if (place[c] < 0) continue;
        const Group& row = parts[0].groups[c / columns];
        const Group& column = parts[1].groups[c % columns];
        place[c] = static_cast<std::int32_t>(crossed.groups.size());
        crossed.groups.push_back({breakdown.key,
                                  row.key + ":" + column.key,
                                  {row.label.ko + " × " + column.label.ko, row.label.en + " × " + column.label.en},
                                  false});
    }
    for (const std::int32_t c : cell) crossed.of.push_back(c < 0 ? -1 : place[static_cast<std::size_t>(c)]);
    keep_largest(breakdown.top, crossed);
    return crossed;
}

/// The legal classes are levels of a code: they get the names of the law where the specification gives none.
void name_legal_classes(std::vector<breakdowns::GroupDefinition>& groups) {
    const std::pair<std::string, LocalizedText> names[] = {{"micro", {"소상공인", "Micro enterprises"}},
                                                           {"small", {"소기업", "Small enterprises"}},
                                                           {"medium", {"중기업", "Medium enterprises"}},
                                                           {"middle_market", {"중견기업", "Middle market firms"}}};
    for (const auto& [key, label] : names) {
        for (breakdowns::GroupDefinition& group : groups) {
            if (group.key == key && group.label.ko == key) group.label = label;
        }
    }
}

}  // namespace

Result<Grouping> group_adopters(const design::Breakdown& breakdown, const stats::Panel& panel,
                                const design::Specification& specification, std::span<const Adopter> adopters) {
    if (!breakdown.cross.empty()) return group_crossed(breakdown, panel, specification, adopters);
    const auto values = values_of(breakdown, panel, specification, adopters);
    if (!values) return tl::unexpected(values.error());
    const std::vector<std::uint8_t> everyone(adopters.size(), 1);
    design::Breakdown ordered = breakdown;
    if (breakdown.variable == "legal_class" && breakdown.values.empty()) {
        ordered.values = {"micro", "small", "medium", "middle_market"};
    }
    breakdowns::Grouping divided = breakdown.edges.empty()
                                       ? breakdowns::group_by_category(ordered, values->texts, everyone)
                                       : breakdowns::group_by_bands(breakdown, values->numbers, everyone);
    if (breakdown.variable == "industry") name_industries(divided.groups);
    if (breakdown.variable == "legal_class") name_legal_classes(divided.groups);
    Grouping grouping;
    for (breakdowns::GroupDefinition& group : divided.groups) {
        grouping.groups.push_back({breakdown.key, std::move(group.key), std::move(group.label), false});
    }
    grouping.of = std::move(divided.group);
    grouping.without_group = divided.adopters_without_value;
    return grouping;
}

}  // namespace twinfirm::evaluation
