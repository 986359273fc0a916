// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/press_tables.h"

#include <algorithm>
#include <set>
#include <string>

#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::report {

using design::Outcome;
using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;
using evaluation::Group;

namespace {

/// Outcomes that one page is wide enough for.
constexpr std::size_t outcomes_a_table = 2;

/// The estimate, or why there is none; nothing is shown of a group that must not be.
template <class Row>
void add_cell(TableBuilder& table, const Row* row, const Shown& shown, std::int64_t n, std::string_view reason) {
    if (row == nullptr) {
        table.estimate_with_n({}, 0, reason);
    } else if (row->group.suppressed) {
        table.suppressed();
    } else {
        table.estimate_with_n(shown, n, reason).caution(row->traps);
    }
}

void add_naive(TableBuilder& table, const BeforeAfterRow* row, const Outcome& outcome) {
    add_cell(table, row, row == nullptr ? Shown{} : shown_change(*row, outcome), row == nullptr ? 0 : row->change.n,
             row == nullptr ? "report_missing_no_firms" : missing_change_reason(row->change));
}

void add_matched(TableBuilder& table, const EffectRow* row, const Outcome& outcome) {
    table.emphasised([&] {
        add_cell(table, row, row == nullptr ? Shown{} : shown_effect(*row, outcome),
                 row == nullptr ? 0 : row->effect.n_treated,
                 row == nullptr ? "report_missing_no_pairs" : missing_effect_reason(row->effect));
    });
}

void group_columns(const Words& words, TableBuilder& table) {
    table.text_column({"breakdown", "breakdown_label"}, words("report_column_breakdown_by"), 1.1)
        .text_column({"group", "group_label"}, words("report_column_group"), 1.7);
}

/// The CSV columns of an estimate with its interval and n.
std::vector<std::string> estimate_names(const std::string& key, std::string_view what) {
    return {key + "_" + std::string(what), key + "_" + std::string(what) + "_low",
            key + "_" + std::string(what) + "_high", key + "_" + std::string(what) + "_n"};
}

/// Calls `row(group)` for all adopters and then for every group, after the labels were written.
template <class AddRow>
void for_each_group(const Evaluation& evaluation, const Words& words, TableBuilder& table, AddRow add_row) {
    table.begin_row().text(words("report_press_all"), "all").text(words("report_adopters"), "all");
    add_row(Group{});
    for (const design::Breakdown& breakdown : evaluation.specification.breakdowns) {
        if (!breakdown.cross.empty()) continue;
        for (const Group& group : groups_of(evaluation, breakdown.key)) {
            table.begin_row()
                .text(breakdown.label.in(words.language()), breakdown.key)
                .text(group.label.in(words.language()), group.key);
            add_row(group);
        }
    }
    table.merge_equal_rows(0);
}

std::string interval_note(const Evaluation& evaluation, const Words& words) {
    return words("report_note_interval_and_n_below", {{"interval", interval_text(evaluation.specification, words)}});
}

/// How the groups of a breakdown that does not show all of them were chosen.
void add_group_notes(const Evaluation& evaluation, const Words& words, TableBuilder& table) {
    const auto& breakdowns = evaluation.specification.breakdowns;
    if (std::any_of(breakdowns.begin(), breakdowns.end(), [](const auto& entry) { return entry.top > 0; })) {
        table.note(words("report_note_press_top"));
    }
}

}  // namespace

Table press_process_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "press_process", "report_caption_press_process");
    group_columns(words, table);
    const auto& kpis = evaluation.specification.process_kpis;
    for (const design::ProcessKpi& kpi : kpis) {
        table.number_column(estimate_names(kpi.key, "percent"), kpi.label.in(language), 1.6);
    }
    table.unit("%")
        .note(interval_note(evaluation, words))
        .note(words("report_note_lower_is_better"))
        .note(words("report_note_process_kpi"));
    add_group_notes(evaluation, words, table);
    if (kpis.empty()) return table.finish();
    for_each_group(evaluation, words, table, [&](const Group& group) {
        for (const design::ProcessKpi& kpi : kpis) {
            const BeforeAfterRow* row = find_change(evaluation, {kpi.key, std::nullopt, group.breakdown, group.key});
            add_cell(table, row, row == nullptr ? Shown{} : shown_share(row->change.ratio_of_sums),
                     row == nullptr ? 0 : row->change.n,
                     row == nullptr ? "report_missing_no_firms" : missing_change_reason(row->change));
        }
    });
    return table.finish();
}

std::vector<Table> press_management_tables(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string estimator = main_estimator(evaluation);
    const std::string when = event_time_text(std::nullopt, evaluation.specification, words);
    const auto& outcomes = evaluation.specification.outcomes;
    std::vector<Table> tables;
    for (std::size_t first = 0; first < outcomes.size(); first += outcomes_a_table) {
        const std::size_t end = std::min(first + outcomes_a_table, outcomes.size());
        std::string labels;
        for (std::size_t i = first; i < end; ++i) {
            labels += (labels.empty() ? "" : words("report_press_and")) + outcomes[i].label.in(language);
        }
        TableBuilder table(words, "press_management_" + integer_text(static_cast<int>(tables.size()) + 1),
                           "report_caption_press_management", {{"outcomes", labels}, {"time", when}});
        group_columns(words, table);
        for (std::size_t i = first; i < end; ++i) {
            table.number_column(estimate_names(outcomes[i].key, "naive"), words("report_press_naive"), 1.6)
                .number_column(estimate_names(outcomes[i].key, "effect"), words("report_column_matched_effect"), 1.6);
        }
        for (std::size_t i = first; i < end; ++i) {
            const std::string unit = words.format().unit(change_unit(outcomes[i]));
            table.header_above(
                2 + 2 * (i - first), 2,
                words("report_label_with_unit", {{"label", outcomes[i].label.in(language)}, {"unit", unit}}));
        }
        table.note(interval_note(evaluation, words))
            .note(words("report_note_naive"))
            .note(words("report_note_press_matched"));
        add_group_notes(evaluation, words, table);
        for_each_group(evaluation, words, table, [&](const Group& group) {
            for (std::size_t i = first; i < end; ++i) {
                const RowKey key{outcomes[i].key, std::nullopt, group.breakdown, group.key};
                add_naive(table, find_change(evaluation, key), outcomes[i]);
                add_matched(table, find_effect(evaluation, key, estimator), outcomes[i]);
            }
        });
        tables.push_back(table.finish());
    }
    return tables;
}

Table press_elapsed_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string estimator = main_estimator(evaluation);
    TableBuilder table(words, "press_elapsed", "report_caption_press_elapsed");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.1)
        .text_column({"event_time", "event_time_label"}, words("report_column_year_since"), 1.3)
        .number_column({"adopters_before"}, words("report_before"), 0.9)
        .number_column({"adopters_after"}, words("report_after"), 0.9)
        .number_column({"non_adopters_before"}, words("report_before"), 0.9)
        .number_column({"non_adopters_after"}, words("report_after"), 0.9)
        .text_column({"unit"}, words("report_column_unit"), 0.6)
        .number_column({"effect", "effect_low", "effect_high", "effect_n"}, words("report_column_matched_effect"), 1.7)
        .number_column({"naive", "naive_low", "naive_high", "naive_n"}, words("report_press_naive"), 2)
        .header_above(2, 2, words("report_adopters"))
        .header_above(4, 2, words("report_matched_non_adopters"))
        .header_above(6, 3, words("report_column_change"))
        .note(interval_note(evaluation, words))
        .note(words("report_note_matched_means"))
        .note(words("report_note_press_years"))
        .note(words("report_note_naive"));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        std::set<int> times;
        for (const EffectRow& row : evaluation.effects) {
            const bool all_adopters = row.group.breakdown.empty() && row.estimator == estimator;
            if (all_adopters && row.outcome == outcome.key && row.event_time >= 0) times.insert(*row.event_time);
        }
        std::vector<std::optional<int>> shown(times.begin(), times.end());
        shown.emplace_back(std::nullopt);
        for (const std::optional<int> time : shown) {
            const RowKey key{outcome.key, time};
            const EffectRow* effect = find_effect(evaluation, key, estimator);
            if (effect == nullptr) continue;
            table.begin_row(!time)
                .text(label_with_unit(outcome, words), outcome.key)
                .text(event_time_text(time, evaluation.specification, words), time ? integer_text(*time) : "mean");
            for (const double mean :
                 {effect->treated_base, effect->treated_after, effect->control_base, effect->control_after}) {
                if (effect->group.suppressed) {
                    table.suppressed();
                } else {
                    table.number(shown_mean(mean, outcome), unit_decimals(outcome),
                                 missing_effect_reason(effect->effect));
                }
            }
            table.text(words.format().unit(change_unit(outcome)));
            add_matched(table, effect, outcome);
            add_naive(table, find_change(evaluation, key), outcome);
        }
    }
    return table.merge_equal_rows(0).finish();
}

std::vector<Table> press_tables(const Evaluation& evaluation, Language language) {
    std::vector<Table> tables = press_management_tables(evaluation, language);
    tables.insert(tables.begin(), press_process_table(evaluation, language));
    tables.push_back(press_elapsed_table(evaluation, language));
    std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
    return tables;
}

}  // namespace twinfirm::report
