// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/groups.h"

#include <algorithm>
#include <map>

#include "twinfirm/base/number_text.h"
#include "twinfirm/breakdowns/bands.h"
#include "twinfirm/evaluation/cohort_frame.h"

namespace twinfirm::evaluation {

namespace {

/// The value of the breakdown's variable for each adopter, as the place of a band or as a category's text.
struct Values {
    std::vector<std::int32_t> band;
    std::vector<std::string> category;
};

Result<Values> values_of(const design::Breakdown& breakdown, const stats::Panel& panel,
                         const design::Specification& specification, std::span<const Adopter> adopters) {
    Values values;
    values.band.assign(adopters.size(), -1);
    values.category.assign(adopters.size(), "");
    std::map<int, std::vector<std::size_t>> by_year;
    for (std::size_t i = 0; i < adopters.size(); ++i) by_year[adopters[i].year].push_back(i);
    for (const auto& [year, places] : by_year) {
        std::vector<std::size_t> firms;
        firms.reserve(places.size());
        for (const std::size_t place : places) firms.push_back(adopters[place].firm);
        const auto column = base_year_column(breakdown.variable, panel, specification, year, firms);
        if (!column) return tl::unexpected(column.error());
        const bool bands = !breakdown.edges.empty();
        if (bands && column->kind() != stats::ColumnKind::number) {
            return fail(ErrorKind::usage, "breakdown_not_numeric", {{"breakdown", breakdown.key}});
        }
        const std::vector<std::int32_t> codes =
            bands ? breakdowns::assign_bands(column->values(), breakdown.edges) : std::vector<std::int32_t>();
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (bands) {
                values.band[places[i]] = codes[i];
            } else if (!column->missing(i)) {
                values.category[places[i]] =
                    column->kind() == stats::ColumnKind::category
                        ? column->levels()[static_cast<std::size_t>(column->codes()[i])]
                        : shortest_text(column->values()[i]);
            }
        }
    }
    return values;
}

LocalizedText label_of(const design::Breakdown& breakdown, std::size_t place, const std::string& key) {
    if (place < breakdown.labels.size()) return breakdown.labels[place];
    return {key, key};
}

}  // namespace

Result<Grouping> group_adopters(const design::Breakdown& breakdown, const stats::Panel& panel,
                                const design::Specification& specification, std::span<const Adopter> adopters) {
    auto values = values_of(breakdown, panel, specification, adopters);
    if (!values) return tl::unexpected(values.error());
    Grouping grouping;
    if (!breakdown.edges.empty()) {
        for (std::size_t band = 0; band < breakdown.edges.size(); ++band) {
            const std::string key = std::to_string(band);
            grouping.groups.push_back({breakdown.key, key, label_of(breakdown, band, key), false});
        }
        grouping.of = std::move(values->band);
    } else {
        std::vector<std::string> order = breakdown.values;
        std::map<std::string, std::int64_t> sizes;
        for (const std::string& category : values->category) {
            if (!category.empty()) ++sizes[category];
        }
        if (order.empty()) {
            for (const auto& [category, size] : sizes) order.push_back(category);
        }
        std::vector<std::size_t> shown(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) shown[i] = i;
        if (breakdown.top > 0 && shown.size() > static_cast<std::size_t>(breakdown.top)) {
            // Most adopters first; equal sizes keep the order of the categories.
            std::stable_sort(shown.begin(), shown.end(),
                             [&](std::size_t a, std::size_t b) { return sizes[order[a]] > sizes[order[b]]; });
            shown.resize(static_cast<std::size_t>(breakdown.top));
        }
        std::map<std::string, std::int32_t> place;
        for (const std::size_t i : shown) {
            place[order[i]] = static_cast<std::int32_t>(grouping.groups.size());
            grouping.groups.push_back({breakdown.key, order[i], label_of(breakdown, i, order[i]), false});
        }
        for (const std::string& category : values->category) {
            const auto found = place.find(category);
            grouping.of.push_back(found == place.end() ? -1 : found->second);
            if (category.empty()) ++grouping.without_group;
        }
        return grouping;
    }
    grouping.without_group = std::count(grouping.of.begin(), grouping.of.end(), -1);
    return grouping;
}

}  // namespace twinfirm::evaluation
