// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/record_tables.h"

#include <algorithm>

#include "effect_rows.h"
#include "table_builder.h"
#include "timed_numbers.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"

namespace twinfirm::report {

using evaluation::Evaluation;
using evaluation::TriedDesign;

namespace {

constexpr std::size_t hash_shown = 8;
constexpr std::size_t changes_shown = 3;

/// The first of the settings that differ, and how many more there are.
std::string changes_text(const TriedDesign& design, const Words& words) {
    if (design.changes.empty()) return words("report_record_none");
    std::string text;
    for (std::size_t i = 0; i < std::min(changes_shown, design.changes.size()); ++i) {
        text += (i == 0 ? "" : ", ") + design.changes[i];
    }
    if (design.changes.size() > changes_shown) {
        const auto more = static_cast<std::int64_t>(design.changes.size() - changes_shown);
        text += " " + words("report_record_more", {{"count", integer_text(more)}});
    }
    return text;
}

/// An outcome that this run's specification does not have is shown by its key, as the run itself measured it.
design::Outcome outcome_of(const Evaluation& evaluation, const evaluation::Headline& headline) {
    if (const design::Outcome* known = charts::find_outcome(evaluation, headline.outcome)) return *known;
    design::Outcome outcome;
    outcome.key = headline.outcome;
    outcome.label = {headline.outcome, headline.outcome};
    outcome.metric = headline.metric == "percent" ? design::ChangeMetric::percent : design::ChangeMetric::level;
    return outcome;
}

}  // namespace

Table record_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "record", "report_caption_record");
    table.text_column({"first_run"}, words("report_column_run_time"), 1.7)
        .text_column({"specification_hash"}, words("report_column_hash"), 1)
        .text_column({"changes"}, words("report_column_changes"), 2.4)
        .text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.2)
        .text_column({"unit"}, words("report_column_unit"), 0.6)
        .number_column({"n"}, "n", 0.7)
        .number_column({"effect", "ci_low", "ci_high"}, words("report_column_effect"), 1.6)
        .note(words("report_note_record"))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}));
    for (const TriedDesign& design : evaluation.record.designs) {
        for (const evaluation::Headline& headline : design.headlines) {
            const design::Outcome outcome = outcome_of(evaluation, headline);
            const Shown shown =
                shown_interval(headline.estimate, headline.ci_low, headline.ci_high, effects::not_available, outcome);
            table.begin_row(design.time.empty())
                .text(design.time.empty() ? words("report_record_this") : design.time)
                .text(design.specification_hash.substr(0, hash_shown))
                .text(changes_text(design, words))
                .text(outcome.label.in(language), outcome.key)
                .text(words.format().unit(shown.unit), shown.unit)
                .count(headline.n_treated)
                .estimate(shown);
        }
    }
    return table.merge_equal_rows(0).merge_equal_rows(1).merge_equal_rows(2).finish();
}

std::vector<std::string> record_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const evaluation::StudyRecord& record = evaluation.record;
    std::vector<std::string> lines;
    if (!record.lock) {
        lines.push_back(words("report_record_unlocked"));
    } else {
        const char* code = record.changed_since_lock     ? "report_record_changed"
                           : record.lock->before_results ? "report_record_locked"
                                                         : "report_record_locked_late";
        lines.push_back(words(
            code, {{"time", record.lock->time}, {"hash", record.lock->specification_hash.substr(0, hash_shown)}}));
    }
    if (!record.intact) lines.push_back(words("report_record_broken"));
    return lines;
}

}  // namespace twinfirm::report
