// SPDX-License-Identifier: GPL-3.0-or-later
#include "linked_table.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "twinfirm/disclosure/suppression_audit.h"

namespace twinfirm::evaluation {

namespace {

constexpr double many = 1e9;  // contributors of a cell that no rule names

/// A pattern that holds against the attack, or everything hidden that can be.
Result<disclosure::ProtectedTable> pattern(const disclosure::AggregateTable& table,
                                           const disclosure::PrimaryRules& rules, const CancellationToken& token) {
    auto quick = disclosure::suppress_cells(table, rules, token);
    if (quick) {
        auto audit = disclosure::audit_suppression(table, quick->suppressed(), rules, token);
        if (!audit) return tl::unexpected(audit.error());
        if (audit->passed()) return disclosure::ProtectedTable{std::move(*quick), std::move(*audit)};
    }
    auto thorough = disclosure::protect_table(table, rules, token);
    if (thorough || thorough.error().kind == ErrorKind::cancelled) return thorough;
    const auto protection = disclosure::required_protection(table, rules);
    disclosure::ProtectedTable everything;
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        const bool sensitive = protection[i].reason != disclosure::Sensitivity::none;
        const bool hidden =
            sensitive || table.cells[i].unpublished || (!table.cells[i].known && table.cells[i].value != 0);
        everything.suppression.states.push_back(sensitive || table.cells[i].unpublished
                                                    ? disclosure::CellState::sensitive
                                                : hidden ? disclosure::CellState::complementary
                                                         : disclosure::CellState::shown);
        everything.suppression.complementary += hidden && !sensitive && !table.cells[i].unpublished ? 1 : 0;
    }
    auto audit = disclosure::audit_suppression(table, everything.suppression.suppressed(), rules, token);
    if (!audit) return tl::unexpected(audit.error());
    everything.audit = std::move(*audit);
    return everything;
}

}  // namespace

disclosure::PrimaryRules disclosure_rules(const design::Specification& specification) {
    disclosure::PrimaryRules rules;
    rules.minimum_frequency = static_cast<double>(specification.minimum_cell);
    rules.dominance.clear();
    for (const design::DominanceRule& rule : specification.disclosure.dominance) {
        rules.dominance.push_back({rule.largest, rule.percent});
    }
    rules.p_percent = specification.disclosure.p_percent;
    rules.minimum_extremes = specification.disclosure.minimum_extremes;
    return rules;
}

std::size_t LinkedTable::add(disclosure::Cell cell, std::function<void()> hide) {
    table_.cells.push_back(std::move(cell));
    hide_.push_back(std::move(hide));
    return table_.cells.size() - 1;
}

std::size_t LinkedTable::add_count(std::int64_t firms, bool forced, std::function<void()> hide) {
    disclosure::Cell cell;
    cell.value = static_cast<double>(firms);
    if (forced && firms > 0) cell.treated = 1;
    return add(std::move(cell), std::move(hide));
}

std::size_t LinkedTable::add_known(double value) {
    disclosure::Cell cell;
    cell.value = value;
    cell.contributors = many;
    cell.known = true;
    return add(std::move(cell), [] {});
}

std::size_t LinkedTable::add_rest(double value) {
    disclosure::Cell cell;
    cell.value = value;
    if (table_.content == disclosure::Content::magnitudes) cell.contributors = many;  // not known
    cell.unpublished = true;
    return add(std::move(cell), [] {});
}

void LinkedTable::sum(std::size_t total, std::vector<std::size_t> parts, bool same_firms) {
    if (parts.empty()) return;
    double rest = table_.cells[total].value;
    double largest = std::abs(rest);
    for (const std::size_t part : parts) {
        rest -= table_.cells[part].value;
        largest = std::max(largest, std::abs(table_.cells[part].value));
    }
    if (std::abs(rest) > 1e-10 * largest) {
        if (table_.content == disclosure::Content::counts && rest < 0) return;
        parts.push_back(same_firms ? add_rest(rest) : add_known(rest));
    }
    table_.relations.push_back({total, std::move(parts)});
}

Status LinkedTable::protect(const design::Specification& specification, const CancellationToken& token,
                            DisclosureReport& report) {
    const disclosure::PrimaryRules rules = disclosure_rules(specification);
    ++report.tables;
    report.cells += std::count_if(table_.cells.begin(), table_.cells.end(),
                                  [](const auto& cell) { return !cell.known && !cell.unpublished; });
    const auto protection = disclosure::required_protection(table_, rules);
    const auto sensitive = std::count_if(protection.begin(), protection.end(), [](const disclosure::Protection& asked) {
        return asked.reason != disclosure::Sensitivity::none;
    });
    report.primary += sensitive;
    if (sensitive == 0 || !specification.disclosure.enabled) return {};
    const auto done = pattern(table_, rules, token);
    if (!done) return tl::unexpected(done.error());
    const std::vector<bool> hidden = done->suppression.suppressed();
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i]) hide_[i]();
    }
    report.complementary += static_cast<std::int64_t>(done->suppression.complementary);
    report.recovered += static_cast<std::int64_t>(done->audit.failures().size());
    report.programs += static_cast<std::int64_t>(done->audit.programs);
    return {};
}

}  // namespace twinfirm::evaluation
