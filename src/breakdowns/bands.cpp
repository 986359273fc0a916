// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/bands.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>

#include "twinfirm/base/number_text.h"

namespace twinfirm::breakdowns {
namespace {

LocalizedText band_bounds(std::span<const double> lower_bounds, std::size_t band) {
    const std::string low = shortest_text(lower_bounds[band]);
    if (band + 1 == lower_bounds.size()) return {low + " ≤", low + " ≤"};
    const std::string text = "[" + low + ", " + shortest_text(lower_bounds[band + 1]) + ")";
    return {text, text};
}

std::vector<std::int64_t> adopters_by_group(const Grouping& grouping, std::span<const std::uint8_t> adopter) {
    std::vector<std::int64_t> count(grouping.groups.size(), 0);
    for (std::size_t i = 0; i < adopter.size(); ++i)
        if (adopter[i] != 0 && grouping.group[i] != no_group) ++count[static_cast<std::size_t>(grouping.group[i])];
    return count;
}

/// Keeps the groups at these old places, in this order.
void keep(Grouping& grouping, const std::vector<std::size_t>& places, std::span<const std::uint8_t> adopter) {
    std::vector<std::int32_t> new_place(grouping.groups.size(), no_group);
    std::vector<GroupDefinition> kept;
    for (const std::size_t place : places) {
        new_place[place] = static_cast<std::int32_t>(kept.size());
        kept.push_back(grouping.groups[place]);
    }
    for (std::size_t i = 0; i < grouping.group.size(); ++i) {
        if (grouping.group[i] == no_group) continue;
        grouping.group[i] = new_place[static_cast<std::size_t>(grouping.group[i])];
        if (grouping.group[i] == no_group && adopter[i] != 0) ++grouping.adopters_not_shown;
    }
    grouping.groups = std::move(kept);
}

/// The places of the `top` groups, most adopters first; all in their order if `top` is 0.
std::vector<std::size_t> top_places(const std::vector<std::int64_t>& adopters, int top) {
    std::vector<std::size_t> places(adopters.size());
    for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
    if (top <= 0) return places;
    std::stable_sort(places.begin(), places.end(),
                     [&](std::size_t a, std::size_t b) { return adopters[a] > adopters[b]; });
    places.resize(std::min(places.size(), static_cast<std::size_t>(top)));
    return places;
}

void count_without_value(Grouping& grouping, std::span<const std::uint8_t> adopter) {
    for (std::size_t i = 0; i < adopter.size(); ++i)
        grouping.adopters_without_value += adopter[i] != 0 && grouping.group[i] == no_group ? 1 : 0;
}

}  // namespace

std::int32_t band_of(double value, std::span<const double> lower_bounds) {
    if (std::isnan(value)) return no_group;
    const auto above = std::upper_bound(lower_bounds.begin(), lower_bounds.end(), value);
    return static_cast<std::int32_t>(above - lower_bounds.begin()) - 1;
}

Grouping group_by_bands(const design::Breakdown& breakdown, std::span<const double> values,
                        std::span<const std::uint8_t> adopter) {
    Grouping grouping;
    for (std::size_t band = 0; band < breakdown.edges.size(); ++band) {
        const bool labelled = band < breakdown.labels.size();
        grouping.groups.push_back({integer_text(static_cast<std::int64_t>(band)),
                                   labelled ? breakdown.labels[band] : band_bounds(breakdown.edges, band)});
    }
    grouping.group.reserve(values.size());
    for (const double value : values) grouping.group.push_back(band_of(value, breakdown.edges));
    count_without_value(grouping, adopter);
    if (breakdown.top > 0) {
        std::vector<std::size_t> places = top_places(adopters_by_group(grouping, adopter), breakdown.top);
        std::sort(places.begin(), places.end());
        keep(grouping, places, adopter);
    }
    return grouping;
}

Grouping group_by_category(const design::Breakdown& breakdown, std::span<const std::string> values,
                           std::span<const std::uint8_t> adopter) {
    std::vector<std::string> categories = breakdown.values;
    if (categories.empty()) {
        for (const std::string& value : values)
            if (!value.empty()) categories.push_back(value);
        std::sort(categories.begin(), categories.end());
        categories.erase(std::unique(categories.begin(), categories.end()), categories.end());
    }
    Grouping grouping;
    std::map<std::string, std::int32_t, std::less<>> place;
    for (std::size_t i = 0; i < categories.size(); ++i) {
        const bool labelled = !breakdown.values.empty() && i < breakdown.labels.size();
        grouping.groups.push_back(
            {categories[i], labelled ? breakdown.labels[i] : LocalizedText{categories[i], categories[i]}});
        place.emplace(categories[i], static_cast<std::int32_t>(i));
    }
    grouping.group.reserve(values.size());
    for (const std::string& value : values) {
        const auto found = place.find(value);
        grouping.group.push_back(value.empty() || found == place.end() ? no_group : found->second);
    }
    count_without_value(grouping, adopter);
    if (breakdown.top > 0) keep(grouping, top_places(adopters_by_group(grouping, adopter), breakdown.top), adopter);
    return grouping;
}

}  // namespace twinfirm::breakdowns
