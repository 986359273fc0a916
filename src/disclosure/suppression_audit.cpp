// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/disclosure/suppression_audit.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "linear_program.h"

namespace twinfirm::disclosure {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A relation among suppressed cells: the sum of factor * deviation from the true values is 0.
struct Row {
    std::vector<std::pair<std::size_t, double>> terms;  ///< cell, factor
};

/// Takes away what one subtraction tells, again and again: a row with a single unknown cell fixes it.
std::vector<Row> open_rows(const AggregateTable& table, std::vector<bool>& unknown) {
    std::vector<Row> rows;
    for (bool again = true; again;) {
        again = false;
        rows.clear();
        for (const Relation& relation : table.relations) {
            Row row;
            if (unknown[relation.total]) row.terms.emplace_back(relation.total, -1.0);
            for (const std::size_t part : relation.parts)
                if (unknown[part]) row.terms.emplace_back(part, 1.0);
            if (row.terms.size() == 1) {
                unknown[row.terms.front().first] = false;
                again = true;
            } else if (!row.terms.empty()) {
                rows.push_back(std::move(row));
            }
        }
    }
    return rows;
}

/// Suppressed cells that hang together through relations.
struct Group {
    std::vector<std::size_t> cells;
    std::vector<const Row*> rows;
};

std::vector<Group> connected_groups(std::size_t cells, const std::vector<bool>& unknown, const std::vector<Row>& rows) {
    std::vector<std::size_t> parent(cells);
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t cell) {
        while (parent[cell] != cell) cell = parent[cell] = parent[parent[cell]];
        return cell;
    };
    for (const Row& row : rows)
        for (const auto& [cell, factor] : row.terms) parent[root(cell)] = root(row.terms.front().first);
    std::map<std::size_t, Group> groups;
    for (std::size_t cell = 0; cell < cells; ++cell)
        if (unknown[cell]) groups[root(cell)].cells.push_back(cell);
    for (const Row& row : rows) groups[root(row.terms.front().first)].rows.push_back(&row);
    std::vector<Group> result;
    for (auto& [cell, group] : groups) result.push_back(std::move(group));
    return result;
}

/// Finds the intervals of one group. Works on deviations from the true values, which is exact where values are large
/// and their uncertainty is small.
class GroupAttack {
  public:
    GroupAttack(const AggregateTable& table, const Group& group)
        : table_(table),
          group_(group),
          bounded_(table.non_negative()),
          program_(group.rows.size(), group.cells.size(), entries(group)) {
        for (const std::size_t cell : group.cells)
            if (table.content == Content::magnitudes)
                scale_ = std::max(scale_, std::abs(table.cells[cell].value) / 1e4);
        lowest_.assign(group.cells.size(), 0);
        for (std::size_t i = 0; i < group.cells.size(); ++i) program_.set_bounds(i, floor_of(i), infinity);
    }

    Status run(std::vector<double>& low, std::vector<double>& high, std::size_t& programs,
               const CancellationToken& token) {
        for (std::size_t i = 0; i < group_.cells.size(); ++i) {
            TWINFIRM_TRY(token.check());
            const std::size_t cell = group_.cells[i];
            const double value = table_.cells[cell].value;
            program_.set_cost(i, 1);
            high[cell] = value + scale_ * bound(program_.maximise(), i, infinity);
            ++programs;
            // Zero is the least a cell can be: once it was seen there is nothing more to find.
            if (!bounded_ || lowest_[i] > floor_of(i)) {
                lowest_[i] = std::min(lowest_[i], bound(program_.minimise(), i, -infinity));
                ++programs;
            }
            low[cell] = value + scale_ * lowest_[i];
            if (bounded_) low[cell] = std::max(low[cell], 0.0);
            program_.set_cost(i, 0);
        }
        return {};
    }

  private:
    static std::vector<LinearProgram::Entry> entries(const Group& group) {
        std::vector<LinearProgram::Entry> result;
        for (std::size_t row = 0; row < group.rows.size(); ++row) {
            for (const auto& [cell, factor] : group.rows[row]->terms) {
                const auto column = std::lower_bound(group.cells.begin(), group.cells.end(), cell);
                result.push_back({row, static_cast<std::size_t>(column - group.cells.begin()), factor});
            }
        }
        return result;
    }
    [[nodiscard]] double floor_of(std::size_t i) const {
        return bounded_ ? -table_.cells[group_.cells[i]].value / scale_ : -infinity;
    }
    /// The column's deviation at the best solution; 0, which is "recovered", if there was none.
    double bound(LinearProgram::Outcome outcome, std::size_t i, double unbounded) {
        if (outcome == LinearProgram::Outcome::unbounded) return unbounded;
        if (outcome == LinearProgram::Outcome::failed) return 0;
        for (std::size_t j = 0; j < group_.cells.size(); ++j) {
            lowest_[j] = std::min(lowest_[j], std::max(program_.value(j), floor_of(j)));
        }
        return program_.value(i);
    }

    const AggregateTable& table_;
    const Group& group_;
    bool bounded_;
    double scale_ = 1;
    LinearProgram program_;
    std::vector<double> lowest_;  ///< the least deviation seen in any solution
};

Disclosure judge(const CellInterval& interval, const AggregateTable& table) {
    const double value = table.cells[interval.cell].value;
    const bool sensitive = interval.protection.reason != Sensitivity::none;
    if (!sensitive && table.cells[interval.cell].unpublished) return Disclosure::none;
    if (table.content == Content::counts) {
        const double width = std::floor(interval.high + 1e-6) - std::ceil(interval.low - 1e-6);
        if (!(width >= 1)) return Disclosure::exact;
        return !sensitive || width >= interval.protection.whole_numbers ? Disclosure::none : Disclosure::too_close;
    }
    const double slack = 1e-9 * std::max(1.0, std::abs(value));
    if (!(interval.high - interval.low > 1e-7 * std::abs(value))) return Disclosure::exact;
    if (!sensitive) return Disclosure::none;
    const bool wide = interval.high - value >= interval.protection.up - slack &&
                      value - interval.low >= interval.protection.down - slack;
    return wide ? Disclosure::none : Disclosure::too_close;
}

}  // namespace

bool SuppressionAudit::passed() const {
    return std::all_of(cells.begin(), cells.end(),
                       [](const CellInterval& cell) { return cell.disclosure == Disclosure::none; });
}

std::vector<CellInterval> SuppressionAudit::failures() const {
    std::vector<CellInterval> result;
    for (const CellInterval& cell : cells)
        if (cell.disclosure != Disclosure::none) result.push_back(cell);
    return result;
}

Result<SuppressionAudit> audit_suppression(const AggregateTable& table, const std::vector<bool>& suppressed,
                                           const PrimaryRules& rules, const CancellationToken& token) {
    std::vector<bool> unknown = suppressed;
    const std::vector<Row> rows = open_rows(table, unknown);
    std::vector<double> low(table.cells.size());
    std::vector<double> high(table.cells.size());
    for (std::size_t i = 0; i < table.cells.size(); ++i) low[i] = high[i] = table.cells[i].value;
    SuppressionAudit audit;
    for (const Group& group : connected_groups(table.cells.size(), unknown, rows)) {
        if (group.rows.empty()) {  // part of no sum: nothing is known
            low[group.cells.front()] = table.non_negative() ? 0 : -infinity;
            high[group.cells.front()] = infinity;
            continue;
        }
        TWINFIRM_TRY(GroupAttack(table, group).run(low, high, audit.programs, token));
    }
    const std::vector<Protection> protection = required_protection(table, rules);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
        const bool sensitive = protection[i].reason != Sensitivity::none;
        if (!suppressed[i] && !sensitive) continue;
        CellInterval interval{i, low[i], high[i], protection[i], Disclosure::shown};
        if (suppressed[i]) interval.disclosure = judge(interval, table);
        audit.cells.push_back(interval);
    }
    return audit;
}

}  // namespace twinfirm::disclosure
