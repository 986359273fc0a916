// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include "linked_table.h"
#include "protection_parts.h"
#include "suppression.h"

namespace twinfirm::evaluation {

namespace {

using disclosure::Content;

/// Rows of one outcome at one time by one estimator: all adopters and every breakdown.
template <class Row>
using RowTables = std::map<std::tuple<std::string, std::string, std::optional<int>>, std::vector<Row*>>;

RowTables<BeforeAfterRow> tables_of(std::vector<BeforeAfterRow>& rows) {
    RowTables<BeforeAfterRow> tables;
    for (BeforeAfterRow& row : rows) tables[{row.outcome, {}, row.event_time}].push_back(&row);
    return tables;
}
RowTables<EffectRow> tables_of(std::vector<EffectRow>& rows) {
    RowTables<EffectRow> tables;
    for (EffectRow& row : rows) tables[{row.outcome, row.estimator, row.event_time}].push_back(&row);
    return tables;
}

/// The group of `parent` that a crossed group stands in; its key is `a:b`.
bool stands_in(const std::string& crossed, const std::string& parent, std::size_t side) {
    if (crossed.size() <= parent.size()) return false;
    return side == 0 ? crossed.compare(0, parent.size() + 1, parent + ":") == 0
                     : crossed.compare(crossed.size() - parent.size() - 1, std::string::npos, ":" + parent) == 0;
}

/// How the cells of the rows add up. `place[i]` is the cell of row i.
template <class Row>
void add_sums(const design::Specification& specification, const std::vector<Row*>& rows,
              const std::vector<std::size_t>& place, LinkedTable& table) {
    const auto cells_of = [&](const auto& is_part) {
        std::vector<std::size_t> cells;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (is_part(rows[i]->group)) cells.push_back(place[i]);
        }
        return cells;
    };
    const auto total = cells_of([](const Group& group) { return group.breakdown.empty(); });
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        const auto of_breakdown = [&](const Group& group) { return group.breakdown == breakdown.key; };
        const bool same_firms = !breakdown.within || std::is_same_v<Row, BeforeAfterRow>;
        if (total.size() == 1) table.sum(total.front(), cells_of(of_breakdown), same_firms);
        for (std::size_t side = 0; side < breakdown.cross.size(); ++side) {
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const Group& parent = rows[i]->group;
                if (parent.breakdown != breakdown.cross[side]) continue;
                table.sum(place[i], cells_of([&](const Group& group) {
                              return of_breakdown(group) && stands_in(group.key, parent.key, side);
                          }));
            }
        }
    }
}

/// Links one number of firms of every row; a row with a hidden one is suppressed.
template <class Row, class Firms>
Status protect_counts(const std::vector<Row*>& rows, Firms firms, const CancellationToken& token, Evaluation& result) {
    LinkedTable table(Content::counts);
    std::vector<std::size_t> place;
    for (Row* row : rows) {
        place.push_back(table.add_count(firms(*row), row->group.suppressed, [row] { row->group.suppressed = true; }));
    }
    add_sums(result.specification, rows, place, table);
    return table.protect(result.specification, token, result.disclosure);
}

/// Sums before or after, judged by their largest contributions. Rows that are hidden for another reason are no partners
/// here and need no protection of their own: what hides more than a safe pattern is safe too.
Status protect_totals(const std::vector<BeforeAfterRow*>& rows, Contributions BeforeAfterRow::*sum,
                      const CancellationToken& token, Evaluation& result) {
    if (std::any_of(rows.begin(), rows.end(), [&](const auto* row) { return std::isnan((row->*sum).total); }))
        return {};
    LinkedTable table(Content::magnitudes);
    std::vector<std::size_t> place;
    for (BeforeAfterRow* row : rows) {
        disclosure::Cell cell;
        cell.value = (row->*sum).total;
        // A sum of 0 cannot be moved by hiding it; where too few firms stand behind it, the counts hide its row.
        if (cell.value != 0) cell.contributors = static_cast<double>(row->change.n);
        cell.largest = (row->*sum).largest;
        cell.second = (row->*sum).second;
        place.push_back(table.add(std::move(cell), [row] { row->group.suppressed = true; }));
    }
    add_sums(result.specification, rows, place, table);
    return table.protect(result.specification, token, result.disclosure);
}

/// Firms by the sign of the amount before and after: every row adds up to its firms, every kind to all adopters.
Status protect_signs(const std::vector<BeforeAfterRow*>& rows, const CancellationToken& token, Evaluation& result) {
    using effects::SignChanges;
    static constexpr std::int64_t SignChanges::*kinds[] = {&SignChanges::stayed_in_profit,
                                                           &SignChanges::turned_to_profit, &SignChanges::turned_to_loss,
                                                           &SignChanges::stayed_in_loss};
    if (std::all_of(rows.begin(), rows.end(), [](const auto* row) { return row->change.signs.with_loss() == 0; })) {
        return {};
    }
    LinkedTable table(Content::counts);
    std::vector<std::vector<std::size_t>> of_row(rows.size());
    for (const auto kind : kinds) {
        std::vector<std::size_t> place;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::int64_t& count = rows[i]->change.signs.*kind;
            place.push_back(table.add_count(count, rows[i]->group.suppressed, [&count] { count = hidden_count; }));
            of_row[i].push_back(place.back());
        }
        add_sums(result.specification, rows, place, table);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i]->group.suppressed) continue;
        const std::size_t all = table.add_known(static_cast<double>(rows[i]->change.n));
        table.sum(all, of_row[i]);
    }
    return table.protect(result.specification, token, result.disclosure);
}

/// Firms with a base of 0; those with one above 0 are the others.
Status protect_zero_bases(const std::vector<BeforeAfterRow*>& rows, const CancellationToken& token,
                          Evaluation& result) {
    LinkedTable table(Content::counts);
    std::vector<std::size_t> place;
    for (BeforeAfterRow* row : rows) {
        std::int64_t& zeros = row->change.n_zero_base;
        disclosure::Cell cell;
        cell.value = static_cast<double>(zeros);
        cell.treated = row->group.suppressed && zeros > 0 ? 1 : cell.value;
        if (zeros > 0) cell.control = static_cast<double>(row->change.n - zeros);
        place.push_back(table.add(std::move(cell), [&zeros] { zeros = hidden_count; }));
    }
    add_sums(result.specification, rows, place, table);
    return table.protect(result.specification, token, result.disclosure);
}

const BeforeAfterRow* same_row(const std::vector<BeforeAfterRow>& rows, const EffectRow& effect) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const BeforeAfterRow& row) {
        return row.outcome == effect.outcome && row.event_time == effect.event_time &&
               row.group.breakdown == effect.group.breakdown && row.group.key == effect.group.key;
    });
    return found == rows.end() ? nullptr : &*found;
}

/// Means of few firms, and those whose naive twin is hidden, would give totals away.
void hide_means(Evaluation& result) {
    const std::int64_t fewest = result.specification.disclosure.minimum_extremes;
    for (EffectRow& row : result.effects) {
        if (row.group.breakdown.empty() || row.group.suppressed) continue;
        const BeforeAfterRow* naive = same_row(result.before_after, row);
        const bool hidden = naive != nullptr && naive->group.suppressed;
        if (!hidden && std::min(row.effect.n_treated, row.effect.n_control) >= fewest) continue;
        row.treated_base = row.treated_after = row.control_base = row.control_after = effects::not_available;
    }
}

void hide_medians(Evaluation& result) {
    for (BeforeAfterRow& row : result.before_after) {
        if (row.change.n >= result.specification.disclosure.minimum_extremes) continue;
        row.median_hidden = std::isfinite(row.change.median_of_ratios.estimate);
        row.change.median_of_ratios = {};
    }
}

/// What else is told of a group whose effect or change is hidden.
void hide_followers(Evaluation& result) {
    const auto hidden = [&](const std::string& outcome, const Group& group) {
        const auto is = [&](const auto& row) {
            return row.group.suppressed && !row.event_time && row.outcome == outcome &&
                   row.group.breakdown == group.breakdown && row.group.key == group.key;
        };
        return std::any_of(result.effects.begin(), result.effects.end(), is) ||
               std::any_of(result.before_after.begin(), result.before_after.end(), is);
    };
    auto& ranking = result.groups.ranking;
    ranking.erase(std::remove_if(ranking.begin(), ranking.end(),
                                 [&](const RankRow& row) { return hidden(row.outcome, row.group); }),
                  ranking.end());
    for (BandShiftRow& row : result.groups.band_shifts) {
        if (row.group.suppressed || !hidden(row.outcome, row.group)) continue;
        Group group = row.group;
        group.suppressed = true;
        row = {row.outcome, std::move(group), row.band_year, 0, {}, {}, {}};
    }
}

}  // namespace

Status protect_rows(const CancellationToken& token, Evaluation& result) {
    for (auto& [key, rows] : tables_of(result.before_after)) {
        TWINFIRM_TRY(protect_counts(
            rows, [](const BeforeAfterRow& row) { return row.change.n; }, token, result));
        TWINFIRM_TRY(protect_totals(rows, &BeforeAfterRow::before_sum, token, result));
        TWINFIRM_TRY(protect_totals(rows, &BeforeAfterRow::after_sum, token, result));
        TWINFIRM_TRY(protect_signs(rows, token, result));
        TWINFIRM_TRY(protect_zero_bases(rows, token, result));
    }
    for (auto& [key, rows] : tables_of(result.effects)) {
        TWINFIRM_TRY(protect_counts(
            rows, [](const EffectRow& row) { return row.effect.n_treated; }, token, result));
        TWINFIRM_TRY(protect_counts(
            rows, [](const EffectRow& row) { return row.effect.n_control; }, token, result));
    }
    for (BeforeAfterRow& row : result.before_after) row.before_sum = row.after_sum = {};
    if (!result.specification.disclosure.enabled) return {};
    hide_means(result);
    hide_medians(result);
    hide_followers(result);
    clear_suppressed(result);
    return {};
}

}  // namespace twinfirm::evaluation
