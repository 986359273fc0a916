// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/breakdown_tables.h"

#include <algorithm>

#include "change_columns.h"
#include "effect_rows.h"
#include "small_sample_column.h"
#include "table_builder.h"
#include "twinfirm/report/group_tables.h"

namespace twinfirm::report {

using design::Outcome;
using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;
using evaluation::Group;

namespace {

void naive_cells(const BeforeAfterRow* row, const Outcome& outcome, TableBuilder& table) {
    if (row == nullptr) {
        table.number(effects::not_available, 0, "report_missing_no_firms").estimate({}, "report_missing_no_firms");
    } else if (row->group.suppressed) {
        table.suppressed().suppressed();
    } else {
        table.count(row->change.n).estimate(shown_change(*row, outcome), missing_change_reason(row->change));
    }
}

void matched_cells(const EffectRow* row, const Outcome& outcome, TableBuilder& table) {
    if (row == nullptr) {
        table.estimate({}, "report_missing_no_pairs")
            .number(effects::not_available, 0, "report_missing_no_pairs")
            .number(effects::not_available, 0, "report_missing_no_pairs");
    } else if (row->group.suppressed) {
        table.suppressed().suppressed().suppressed();
    } else {
        table.estimate(shown_effect(*row, outcome), missing_effect_reason(row->effect))
            .count(row->effect.n_treated)
            .count(row->effect.n_control);
    }
}

evaluation::Traps traps_of(const BeforeAfterRow* naive, const EffectRow* matched) {
    evaluation::Traps traps;
    if (naive != nullptr) traps = naive->traps;
    if (matched == nullptr) return traps;
    for (const std::string& trap : matched->traps) {
        if (std::find(traps.begin(), traps.end(), trap) == traps.end()) traps.push_back(trap);
    }
    return traps;
}

void group_columns(const Words& words, TableBuilder& table) {
    table.text_column({"breakdown", "breakdown_label"}, words("report_column_breakdown_by"), 1.1)
        .text_column({"group", "group_label"}, words("report_column_group"), 1.6);
}

/// Calls `row(group)` for every group of every breakdown, after its two labels were written.
template <class Row>
void for_each_group(const Evaluation& evaluation, Language language, TableBuilder& table, Row row) {
    for (const design::Breakdown& breakdown : evaluation.specification.breakdowns) {
        for (const Group& group : groups_of(evaluation, breakdown.key)) {
            table.begin_row()
                .text(breakdown.label.in(language), breakdown.key)
                .text(group.label.in(language), group.key);
            row(group);
        }
    }
}

}  // namespace

Table group_effect_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "effects_by_group", "report_caption_effects_by_group",
                       {{"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    group_columns(words, table);
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        const std::string unit = words.format().unit(change_unit(outcome));
        table.number_column({outcome.key + "_effect", outcome.key + "_low", outcome.key + "_high", outcome.key + "_n"},
                            words("report_label_with_unit", {{"label", outcome.label.in(language)}, {"unit", unit}}),
                            1.6);
    }
    table
        .note(words("report_note_interval_and_n_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_many_groups"));
    const std::string estimator = main_estimator(evaluation);
    for_each_group(evaluation, language, table, [&](const Group& group) {
        for (const Outcome& outcome : evaluation.specification.outcomes) {
            const EffectRow* row =
                find_effect(evaluation, {outcome.key, std::nullopt, group.breakdown, group.key}, estimator);
            if (row != nullptr && row->group.suppressed) {
                table.suppressed();
            } else if (row != nullptr) {
                table.estimate_with_n(shown_effect(*row, outcome), row->effect.n_treated,
                                      missing_effect_reason(row->effect));
            } else {
                table.estimate_with_n({}, 0, "report_missing_no_pairs");
            }
        }
    });
    return table.merge_equal_rows(0).finish();
}

Table group_process_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "process_kpi_by_group", "report_caption_process_by_group");
    group_columns(words, table);
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        table.number_column({kpi.key + "_percent", kpi.key + "_low", kpi.key + "_high", kpi.key + "_n"},
                            kpi.label.in(language), 1.6);
    }
    table.unit("%")
        .note(words("report_note_interval_and_n_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_process_kpi"));
    for_each_group(evaluation, language, table, [&](const Group& group) {
        for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
            const BeforeAfterRow* row = find_change(evaluation, {kpi.key, std::nullopt, group.breakdown, group.key});
            if (row != nullptr && row->group.suppressed) {
                table.suppressed();
            } else if (row != nullptr) {
                table.estimate_with_n(shown_share(row->change.ratio_of_sums), row->change.n,
                                      missing_change_reason(row->change));
            } else {
                table.estimate_with_n({}, 0, "report_missing_no_firms");
            }
        }
    });
    return table.merge_equal_rows(0).finish();
}

Table breakdown_table(const Evaluation& evaluation, const design::Breakdown& breakdown, Language language) {
    const Words words(evaluation, language);
    const std::string when = event_time_text(std::nullopt, evaluation.specification, words);
    TableBuilder table(words, "breakdown_" + breakdown.key, "report_caption_breakdown",
                       {{"breakdown", breakdown.label.in(language)}, {"time", when}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.5)
        .text_column({"group", "group_label"}, breakdown.label.in(language), 1.7)
        .text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"naive_n"}, "n", 0.8)
        .number_column({"naive_change", "naive_low", "naive_high"}, words("report_column_change"), 1.6)
        .number_column({"matched_effect", "matched_low", "matched_high"}, words("report_column_effect"), 1.6)
        .number_column({"n_adopters"}, words("report_column_n_adopters"), 0.9)
        .number_column({"n_non_adopters"}, words("report_column_n_non_adopters"), 0.9);
    const std::string estimator = main_estimator(evaluation);
    const SmallSampleColumn small_sample(evaluation, breakdown.key, estimator);
    small_sample.header(table, words);
    table.text_column({"traps"}, words("report_column_traps"), 0.7)
        .header_above(3, 2, words("report_column_naive"))
        .header_above(5, 3, words("report_column_matched_effect"))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_naive"));
    if (breakdown.top > 0) table.note(words("report_note_top_groups"));
    if (std::string note = band_year_note(breakdown, language); !note.empty()) table.note(std::move(note));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        for (const Group& group : groups_of(evaluation, breakdown.key)) {
            const RowKey key{outcome.key, std::nullopt, breakdown.key, group.key};
            const BeforeAfterRow* naive = find_change(evaluation, key);
            const EffectRow* matched = find_effect(evaluation, key, estimator);
            if (naive == nullptr && matched == nullptr) continue;
            const std::string unit = change_unit(outcome);
            table.begin_row()
                .text(outcome.label.in(language), outcome.key)
                .text(group.label.in(language), group.key)
                .text(words.format().unit(unit), unit);
            naive_cells(naive, outcome, table);
            matched_cells(matched, outcome, table);
            small_sample.cell(table, matched);
            table.traps(traps_of(naive, matched));
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table process_breakdown_table(const Evaluation& evaluation, const design::Breakdown& breakdown, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "process_kpi_" + breakdown.key, "report_caption_process_breakdown",
                       {{"breakdown", breakdown.label.in(language)}});
    table.text_column({"kpi", "kpi_label"}, words("report_column_indicator"), 1.7)
        .text_column({"group", "group_label"}, breakdown.label.in(language), 1.7);
    add_change_columns(table, words, evaluation.specification);
    table.note(words("report_note_process_kpi"));
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        for (const Group& group : groups_of(evaluation, breakdown.key)) {
            const BeforeAfterRow* row = find_change(evaluation, {kpi.key, std::nullopt, breakdown.key, group.key});
            if (row == nullptr) continue;
            table.begin_row().text(kpi.label.in(language), kpi.key).text(group.label.in(language), group.key);
            add_change_cells(table, *row);
        }
    }
    return table.merge_equal_rows(0).finish();
}

}  // namespace twinfirm::report
