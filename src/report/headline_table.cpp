// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/headline_table.h"

#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/report/narrative.h"

namespace twinfirm::report {

using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;

namespace {

void add_naive(TableBuilder& table, const BeforeAfterRow* row, const Shown& shown) {
    if (row == nullptr) {
        table.estimate({}, "report_missing_no_firms").number(effects::not_available, 0, "report_missing_no_firms");
    } else if (row->group.suppressed) {
        table.suppressed().suppressed();
    } else {
        table.estimate(shown, missing_change_reason(row->change)).count(row->change.n);
    }
}

void add_effect(TableBuilder& table, const EffectRow& row, const design::Outcome& outcome, const Words& words) {
    if (row.group.suppressed) {
        table.suppressed().suppressed().text(std::string(suppressed_mark));
        return;
    }
    const Shown shown = shown_effect(row, outcome);
    const Verdict judged = verdict(shown.low, shown.high);
    const bool changed = judged == Verdict::increase || judged == Verdict::decrease;
    table.emphasised([&] { table.estimate(shown, missing_effect_reason(row.effect)); })
        .count(row.effect.n_treated)
        .text(changed                              ? direction_phrase(judged, outcome.direction, words.language())
              : judged == Verdict::not_significant ? words("report_reading_not_significant")
                                                   : std::string(not_available_mark));
}

void add_nobody_to_compare(TableBuilder& table, const Words& words) {
    table.estimate({}, "report_missing_no_comparison")
        .number(effects::not_available, 0, "report_missing_no_comparison")
        .text(words("report_reading_no_comparison"));
}

}  // namespace

Table headline_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string when = event_time_text(std::nullopt, evaluation.specification, words);
    const std::string interval = interval_text(evaluation.specification, words);
    TableBuilder table(words, "headline", "report_caption_headline", {{"time", when}});
    table.text_column({}, words("report_column_outcome"), 1.9)
        .text_column({}, words("report_column_unit"), 0.9)
        .number_column({}, words("report_column_change"), 1.6)
        .number_column({}, "n", 0.8)
        .number_column({}, words("report_column_effect"), 1.6)
        .number_column({}, "n", 0.8)
        .text_column({}, words("report_column_reading"), 1.5)
        .header_above(2, 2, words("report_column_naive"))
        .header_above(4, 2, words("report_column_matched_effect"))
        .note(words("report_note_interval_below", {{"interval", interval}}))
        .note(words("report_note_headline", {{"interval", interval}}));
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const RowKey key{outcome.key, std::nullopt};
        const BeforeAfterRow* naive = find_change(evaluation, key);
        const EffectRow* effect = find_effect(evaluation, key, main_estimator(evaluation));
        if (effect == nullptr) continue;
        table.begin_row().text(outcome.label.in(language), outcome.key).text(words.format().unit(change_unit(outcome)));
        add_naive(table, naive, naive == nullptr ? Shown{} : shown_change(*naive, outcome));
        add_effect(table, *effect, outcome, words);
    }
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        const BeforeAfterRow* naive = find_change(evaluation, {kpi.key, std::nullopt});
        if (naive == nullptr) continue;
        table.begin_row().text(kpi.label.in(language), kpi.key).text("%");
        add_naive(table, naive, shown_share(naive->change.ratio_of_sums));
        add_nobody_to_compare(table, words);
    }
    return table.finish();
}

}  // namespace twinfirm::report
