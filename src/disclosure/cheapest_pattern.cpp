// SPDX-License-Identifier: GPL-3.0-or-later
#include "cheapest_pattern.h"

#include <algorithm>
#include <cstdint>
#include <queue>
#include <utility>

#include "protection_route.h"

namespace twinfirm::disclosure {

namespace {

constexpr std::size_t most_candidates = 64;
constexpr int most_sets = 50'000;
constexpr int most_audits = 2'000;

/// Sets of numbers by their sums: the successors of a set whose largest element is `last` exchange it for the next one,
/// or add that.
struct Choice {
    double loss = 0;
    std::size_t last = 0;
    std::uint64_t members = 0;
    friend bool operator>(const Choice& a, const Choice& b) {
        return std::pair(a.loss, a.members) > std::pair(b.loss, b.members);
    }
};

bool a_subtraction_tells(const AggregateTable& table, const std::vector<bool>& suppressed) {
    return std::any_of(table.relations.begin(), table.relations.end(), [&](const Relation& relation) {
        int hidden = suppressed[relation.total] ? 1 : 0;
        for (const std::size_t part : relation.parts) hidden += suppressed[part] ? 1 : 0;
        return hidden == 1;
    });
}

}  // namespace

Result<std::optional<std::vector<bool>>> cheapest_pattern(const AggregateTable& table, const PrimaryRules& rules,
                                                          const std::vector<bool>& sensitive, double loss,
                                                          const CancellationToken& token) {
    const std::optional<std::vector<bool>> nothing;
    const StepCosts costs = hiding_costs(table);
    std::vector<std::size_t> candidates;
    for (std::size_t i = 0; i < table.cells.size(); ++i)
        if (!sensitive[i] && costs[i] < closed) candidates.push_back(i);
    const auto size = [&](std::size_t i) { return costs[candidates[i]]; };
    std::stable_sort(candidates.begin(), candidates.end(),
                     [&](std::size_t a, std::size_t b) { return costs[a] < costs[b]; });
    if (candidates.empty() || candidates.size() > most_candidates) return nothing;
    std::priority_queue<Choice, std::vector<Choice>, std::greater<>> open;
    open.push({size(0), 0, 1});
    int audits = 0;
    for (int sets = 0; sets < most_sets && audits < most_audits && !open.empty(); ++sets) {
        const Choice choice = open.top();
        open.pop();
        if (!(choice.loss < loss * (1 - 1e-9))) return nothing;
        if (const std::size_t next = choice.last + 1; next < candidates.size()) {
            const std::uint64_t added = choice.members | std::uint64_t{1} << next;
            open.push({choice.loss + size(next), next, added});
            open.push({choice.loss + size(next) - size(choice.last), next, added & ~(std::uint64_t{1} << choice.last)});
        }
        std::vector<bool> suppressed = sensitive;
        for (std::size_t i = 0; i < candidates.size(); ++i)
            if (choice.members >> i & 1U) suppressed[candidates[i]] = true;
        if (a_subtraction_tells(table, suppressed)) continue;
        ++audits;
        const auto audit = audit_suppression(table, suppressed, rules, token);
        if (!audit) return tl::unexpected(audit.error());
        if (audit->passed()) return suppressed;
    }
    return nothing;
}

}  // namespace twinfirm::disclosure
