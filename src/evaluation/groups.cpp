// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/groups.h"

#include <map>

#include "twinfirm/base/number_text.h"
#include "twinfirm/breakdowns/bands.h"
#include "twinfirm/design/industry_division.h"
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
        const auto column = base_year_column(breakdown.variable, panel, specification, year, firms);
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

}  // namespace

Result<Grouping> group_adopters(const design::Breakdown& breakdown, const stats::Panel& panel,
                                const design::Specification& specification, std::span<const Adopter> adopters) {
    const auto values = values_of(breakdown, panel, specification, adopters);
    if (!values) return tl::unexpected(values.error());
    const std::vector<std::uint8_t> everyone(adopters.size(), 1);
    breakdowns::Grouping divided = breakdown.edges.empty()
                                       ? breakdowns::group_by_category(breakdown, values->texts, everyone)
                                       : breakdowns::group_by_bands(breakdown, values->numbers, everyone);
    if (breakdown.variable == "industry") name_industries(divided.groups);
    Grouping grouping;
    for (breakdowns::GroupDefinition& group : divided.groups) {
        grouping.groups.push_back({breakdown.key, std::move(group.key), std::move(group.label), false});
    }
    grouping.of = std::move(divided.group);
    grouping.without_group = divided.adopters_without_value;
    return grouping;
}

}  // namespace twinfirm::evaluation
