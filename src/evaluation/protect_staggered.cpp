// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>
#include <utility>
#include <vector>

#include "linked_table.h"
#include "protection_parts.h"

namespace twinfirm::evaluation {

namespace {

/// The cells of one table, by the year or time that they stand at.
using Places = std::vector<std::pair<int, std::size_t>>;

std::size_t add(TimedEffect& effect, LinkedTable& table) {
    return table.add_count(effect.n_treated, effect.suppressed, [&effect] { effect.suppressed = true; });
}

Status link(StaggeredOutcome& outcome, const CancellationToken& token, Evaluation& result) {
    LinkedTable table(disclosure::Content::counts);
    Places by_length;
    Places by_time;
    for (GroupTime& cell : outcome.effects) {
        const std::size_t place = add(cell.effect, table);
        by_length.emplace_back(cell.time - cell.group, place);
        if (cell.time >= cell.group) by_time.emplace_back(cell.time, place);
    }
    for (TimedAggregate& aggregate : outcome.aggregates) {
        const std::size_t overall = add(aggregate.overall, table);
        std::vector<std::size_t> groups;
        for (TimedEffect& effect : aggregate.by) {
            const std::size_t place = add(effect, table);
            if (aggregate.kind == "group") groups.push_back(place);
            const Places& cells = aggregate.kind == "calendar" ? by_time : by_length;
            if (aggregate.kind == "group" || !effect.at) continue;
            std::vector<std::size_t> parts;
            for (const auto& [at, cell] : cells) {
                if (at == *effect.at) parts.push_back(cell);
            }
            table.sum(place, std::move(parts));
        }
        table.sum(overall, std::move(groups));
    }
    return table.protect(result.specification, token, result.disclosure);
}

}  // namespace

Status link_staggered(const CancellationToken& token, OverTime& over_time, Evaluation& result) {
    for (StaggeredOutcome& outcome : over_time.staggered) TWINFIRM_TRY(link(outcome, token, result));
    return {};
}

}  // namespace twinfirm::evaluation
