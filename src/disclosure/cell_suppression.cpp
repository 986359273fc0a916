// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/cell_suppression.h"

#include <algorithm>
#include <cmath>

#include "cheapest_pattern.h"
#include "suppression_search.h"

namespace twinfirm::disclosure {

namespace {

constexpr int most_rounds = 20;

/// How far the cell has to move so that the audit is content.
Target target_of(const AggregateTable& table, std::size_t cell, const Protection& protection) {
    const double value = table.cells[cell].value;
    if (table.content == Content::counts) {
        const double whole = std::max(1.0, protection.whole_numbers);
        const double down = std::min(value, std::floor(whole / 2));
        return {cell, whole - down, down};
    }
    if (protection.reason != Sensitivity::none) return {cell, protection.up, protection.down};
    return {cell, std::max(1e-3 * std::abs(value), 1e-9), 0};
}

struct Preparation {
    std::vector<bool> sensitive;  ///< hidden from the outset
    std::vector<Target> targets;
};

Preparation prepare(const AggregateTable& table, const PrimaryRules& rules) {
    Preparation result;
    const std::vector<Protection> protection = required_protection(table, rules);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        const bool named = protection[i].reason != Sensitivity::none;
        result.sensitive.push_back(named || table.cells[i].unpublished);
        if (named) result.targets.push_back(target_of(table, i, protection[i]));
    }
    return result;
}

Suppression result_of(const AggregateTable& table, const std::vector<bool>& sensitive,
                      const std::vector<bool>& suppressed) {
    Suppression result;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        CellState state = CellState::shown;
        if (sensitive[i]) {
            state = CellState::sensitive;
        } else if (suppressed[i]) {
            state = CellState::complementary;
            ++result.complementary;
            result.loss += std::abs(table.cells[i].value);
        }
        result.states.push_back(state);
    }
    return result;
}

std::vector<bool> hidden_cells(const AggregateTable& table, const SuppressionSearch& search) {
    std::vector<bool> result;
    for (std::size_t i = 0; i < table.cells.size(); ++i) result.push_back(search.hidden(i));
    return result;
}

/// A safe pattern, or a better one if the table is small enough to try them all.
Result<ProtectedTable> best_of(const AggregateTable& table, const PrimaryRules& rules,
                               const std::vector<bool>& sensitive, double cost, ProtectedTable safe,
                               const CancellationToken& token) {
    const auto better = cheapest_pattern(table, rules, sensitive, cost, token);
    if (!better) return tl::unexpected(better.error());
    if (!*better) return safe;
    auto audit = audit_suppression(table, **better, rules, token);
    if (!audit) return tl::unexpected(audit.error());
    return ProtectedTable{result_of(table, sensitive, **better), std::move(*audit)};
}

Status check(const AggregateTable& table, const PrimaryRules& rules) {
    TWINFIRM_TRY(check_rules(rules));
    return check_table(table);
}

}  // namespace

std::vector<bool> Suppression::suppressed() const {
    std::vector<bool> result;
    for (const CellState state : states) result.push_back(state != CellState::shown);
    return result;
}

Result<Suppression> suppress_cells(const AggregateTable& table, const PrimaryRules& rules,
                                   const CancellationToken& token) {
    TWINFIRM_TRY(check(table, rules));
    const Preparation prepared = prepare(table, rules);
    SuppressionSearch search(table, prepared.sensitive);
    TWINFIRM_TRY(search.protect(prepared.targets, token));
    return result_of(table, prepared.sensitive, hidden_cells(table, search));
}

Result<ProtectedTable> protect_table(const AggregateTable& table, const PrimaryRules& rules,
                                     const CancellationToken& token) {
    TWINFIRM_TRY(check(table, rules));
    const Preparation prepared = prepare(table, rules);
    SuppressionSearch search(table, prepared.sensitive);
    std::vector<Target> targets = prepared.targets;
    for (int round = 0; round < most_rounds; ++round) {
        TWINFIRM_TRY(search.protect(targets, token));
        ProtectedTable result{result_of(table, prepared.sensitive, hidden_cells(table, search)), {}};
        auto audit = audit_suppression(table, result.suppression.suppressed(), rules, token);
        if (!audit) return tl::unexpected(audit.error());
        if (audit->passed()) {
            result.audit = std::move(*audit);
            return best_of(table, rules, prepared.sensitive, search.loss(), std::move(result), token);
        }
        targets.clear();
        for (const CellInterval& failure : audit->failures()) {
            Target target = target_of(table, failure.cell, failure.protection);
            target.up *= 1 + 0.1 * round;  // the same route again would not help
            targets.push_back(target);
        }
    }
    return fail(ErrorKind::statistics, "disclosure_cannot_protect", {{"cell", table.cells[targets.front().cell].name}});
}

}  // namespace twinfirm::disclosure
