// SPDX-License-Identifier: GPL-3.0-or-later
#include "hidden_rows.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "twinfirm/disclosure/cell_suppression.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::app {

namespace {

using evaluation::hidden_count;

constexpr std::int64_t fewest = 3;

bool is_small(std::int64_t units) {
    return units > 0 && units < fewest;
}

/// The column of a group `column=value`; empty for all units.
std::string column_of(const std::string& group) {
    return group.substr(0, group.find('='));
}

void hide(evaluation::SingleEffect& row) {
    row.effect = {};
    row.effect.n_treated = row.effect.n_control = hidden_count;
    row.percent = effects::not_available;
}

void hide(effects::DidEstimate& estimate) {
    estimate.att = estimate.std_error = estimate.ci_low = estimate.ci_high = estimate.p_value = effects::not_available;
    estimate.n_treated = hidden_count;
    estimate.combination.clear();
}

void hide(SurveyRow& row) {
    row.estimate = {};
    row.of_answers = {};
    row.estimate.n = hidden_count;
    row.interval = {effects::not_available, effects::not_available};
    row.margin = effects::not_available;
}

/// Units of either arm of the rows of one outcome and estimator: all of them, and by column.
std::int64_t hide_groups(std::vector<evaluation::SingleEffect*>& rows) {
    const auto all = std::find_if(rows.begin(), rows.end(), [](const auto* row) { return row->group.empty(); });
    std::set<evaluation::SingleEffect*> hidden;
    for (auto* row : rows) {
        if (is_small(row->effect.n_treated) || is_small(row->effect.n_control)) hidden.insert(row);
    }
    std::map<std::string, std::vector<evaluation::SingleEffect*>> columns;
    for (auto* row : rows) {
        if (!row->group.empty()) columns[column_of(row->group)].push_back(row);
    }
    for (const auto& [column, groups] : columns) {
        if (all == rows.end()) break;
        for (const auto arm : {&effects::Estimate::n_treated, &effects::Estimate::n_control}) {
            std::vector<std::int64_t> parts;
            for (const auto* group : groups) parts.push_back(group->effect.*arm);
            const std::vector<bool> of_arm = hidden_parts((*all)->effect.*arm, parts);
            for (std::size_t i = 0; i < groups.size(); ++i) {
                if (of_arm[i]) hidden.insert(groups[i]);
            }
        }
        // One hidden for the other arm's sake is the whole less the rest as well.
        const auto is_hidden = [&](auto* group) { return hidden.count(group) > 0; };
        if (std::count_if(groups.begin(), groups.end(), is_hidden) != 1) continue;
        evaluation::SingleEffect* next = nullptr;
        for (auto* group : groups) {
            if (is_hidden(group) || group->effect.n_treated <= 0) continue;
            if (next == nullptr || group->effect.n_treated < next->effect.n_treated) next = group;
        }
        if (next != nullptr) hidden.insert(next);
    }
    for (auto* row : hidden) hide(*row);
    return static_cast<std::int64_t>(hidden.size());
}

/// Adoption years whose adopters must not be told of.
std::set<int> hidden_years(const effects::StaggeredDid& did) {
    std::vector<std::int64_t> adopters;
    for (const int year : did.groups) {
        std::int64_t most = 0;
        for (const effects::GroupTimeEffect& effect : did.effects) {
            if (effect.group == year) most = std::max(most, effect.n_treated);
        }
        adopters.push_back(most);
    }
    const std::vector<bool> hidden =
        hidden_parts(std::accumulate(adopters.begin(), adopters.end(), std::int64_t{0}), adopters);
    std::set<int> years;
    for (std::size_t i = 0; i < hidden.size(); ++i) {
        if (hidden[i]) years.insert(did.groups[i]);
    }
    return years;
}

}  // namespace

std::vector<bool> hidden_parts(std::int64_t total, const std::vector<std::int64_t>& parts) {
    std::vector<bool> hidden;
    for (const std::int64_t part : parts) hidden.push_back(is_small(part));
    const std::int64_t rest = total - std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
    const bool any = std::any_of(hidden.begin(), hidden.end(), [](bool small) { return small; });
    if (rest < 0 || (!any && !is_small(rest))) return hidden;
    disclosure::AggregateTable table;
    const auto add = [&](std::int64_t value) -> disclosure::Cell& {
        disclosure::Cell& cell = table.cells.emplace_back();
        cell.value = static_cast<double>(value);
        return cell;
    };
    disclosure::Cell& whole = add(total);
    whole.contributors = 1e9;
    whole.known = true;
    disclosure::Relation sum;
    for (const std::int64_t part : parts) {
        sum.parts.push_back(table.cells.size());
        add(part);
    }
    if (rest > 0) {
        sum.parts.push_back(table.cells.size());
        add(rest).unpublished = true;
    }
    table.relations.push_back(std::move(sum));
    const auto done = disclosure::protect_table(table, {});
    if (!done) return std::vector<bool>(parts.size(), true);  // nothing less is safe
    const std::vector<bool> suppressed = done->suppression.suppressed();
    for (std::size_t i = 0; i < parts.size(); ++i) hidden[i] = suppressed[i + 1];
    return hidden;
}

std::int64_t hide_rows(const OutputProtection& protection, std::vector<evaluation::SingleEffect>& rows) {
    if (!protection.enabled) return 0;
    std::map<std::pair<std::string, std::string>, std::vector<evaluation::SingleEffect*>> tables;
    for (evaluation::SingleEffect& row : rows) tables[{row.outcome, row.estimator}].push_back(&row);
    std::int64_t hidden = 0;
    for (auto& [key, table] : tables) hidden += hide_groups(table);
    return hidden;
}

std::int64_t hide_rows(const OutputProtection& protection, DidResult& result) {
    if (!protection.enabled) return 0;
    effects::StaggeredDid& did = result.did;
    const std::set<int> years = hidden_years(did);
    std::int64_t hidden = 0;
    for (std::size_t i = 0; i < did.effects.size(); ++i) {
        effects::GroupTimeEffect& effect = did.effects[i];
        if (years.count(effect.group) == 0 && !is_small(effect.n_treated) && !is_small(effect.n_control)) continue;
        effect.att = effect.std_error = effect.ci_low = effect.ci_high = effects::not_available;
        effect.n_treated = effect.n_control = hidden_count;
        result.band.low[i] = result.band.high[i] = result.band.std_error[i] = effects::not_available;
        ++hidden;
    }
    for (std::size_t g = 0; g < did.groups.size(); ++g) {
        if (years.count(did.groups[g]) > 0) did.group_share[g] = effects::not_available;
    }
    for (DidAggregate& aggregate : result.aggregates) {
        for (std::size_t i = 0; i < aggregate.estimate.by.size(); ++i) {
            effects::DidEstimate& estimate = aggregate.estimate.by[i];
            const bool contains = std::any_of(estimate.groups.begin(), estimate.groups.end(),
                                              [&](int year) { return years.count(year) > 0; });
            if (!contains && !is_small(estimate.n_treated)) continue;
            hide(estimate);
            aggregate.band.low[i] = aggregate.band.high[i] = aggregate.band.std_error[i] = effects::not_available;
            ++hidden;
        }
        if (is_small(aggregate.estimate.overall.n_treated)) {
            hide(aggregate.estimate.overall);
            aggregate.overall_band.low[0] = aggregate.overall_band.high[0] = effects::not_available;
            aggregate.overall_band.std_error[0] = effects::not_available;
            ++hidden;
        }
    }
    // Years of the event study that are hidden there are hidden here.
    for (const DidAggregate& aggregate : result.aggregates) {
        if (aggregate.estimate.kind != effects::DidAggregation::dynamic) continue;
        for (const effects::DidEstimate& estimate : aggregate.estimate.by) {
            if (estimate.n_treated != hidden_count) continue;
            std::erase_if(result.relative_magnitudes,
                          [&](const effects::RelativeMagnitudes& item) { return item.at == estimate.at; });
        }
    }
    return hidden;
}

std::int64_t hide_rows(const OutputProtection& protection, SurveyResult& result) {
    if (!protection.enabled) return 0;
    std::int64_t hidden = 0;
    const auto is_total_of = [](const SurveyRow& all, const SurveyRow& row) {
        return all.by_column.empty() && all.item == row.item && all.level == row.level;
    };
    std::map<std::tuple<std::string, std::string, std::string>, std::vector<SurveyRow*>> tables;
    for (SurveyRow& row : result.estimates) {
        if (!row.by_column.empty()) tables[{row.item, row.level, row.by_column}].push_back(&row);
    }
    std::set<std::tuple<std::string, std::string, std::string>> hidden_groups;  // item, column, group
    for (auto& [key, rows] : tables) {
        const auto total =
            std::find_if(result.estimates.begin(), result.estimates.end(),
                         [&, first = rows.front()](const SurveyRow& all) { return is_total_of(all, *first); });
        std::vector<std::int64_t> parts;
        for (const SurveyRow* row : rows) parts.push_back(row->estimate.n);
        const auto of_parts = hidden_parts(total == result.estimates.end() ? -1 : total->estimate.n, parts);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (!of_parts[i]) continue;
            hidden_groups.insert({rows[i]->item, rows[i]->by_column, rows[i]->by});
            hide(*rows[i]);
            ++hidden;
        }
    }
    for (SurveyRow& row : result.estimates) {
        if (!is_small(row.estimate.n)) continue;
        hide(row);
        ++hidden;
    }
    for (SurveyTestRow& test : result.tests) {
        const auto is_hidden = [&](const std::string& group) {
            return hidden_groups.count({test.item, test.by_column, group}) > 0;
        };
        if (!is_hidden(test.first) && !is_hidden(test.second)) continue;
        for (double* value : {&test.difference, &test.std_error, &test.statistic, &test.df1, &test.df2, &test.p_value,
                              &test.p_holm, &test.interval.low, &test.interval.high}) {
            *value = effects::not_available;
        }
        ++hidden;
    }
    return hidden;
}

Status check_protection(const OutputProtection& protection) {
    if (protection.enabled || protection.reason.find_first_not_of(" \t") != std::string::npos) return {};
    return fail(ErrorKind::usage, "disclosure_without_reason");
}

void tell_of_protection(const OutputProtection& protection, std::int64_t hidden, Messages& messages) {
    if (!protection.enabled) {
        messages.push_back({"output_unprotected", Severity::warning, {{"reason", protection.reason}}, 1});
    } else if (hidden > 0) {
        messages.push_back({"output_hidden", Severity::warning, {}, hidden});
    }
}

void write_count(CsvWriter& csv, std::int64_t count) {
    count == hidden_count ? csv.text("X") : csv.integer(count);
}

void write_number(CsvWriter& csv, double value, std::int64_t count) {
    count == hidden_count ? csv.text("X") : csv.number(value);
}

}  // namespace twinfirm::app
