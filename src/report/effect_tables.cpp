// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/effect_tables.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "change_columns.h"
#include "effect_rows.h"
#include "small_sample_column.h"
#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"

namespace twinfirm::report {

using design::ChangeMetric;
using design::Outcome;
using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;

namespace {

/// One line of the management table: a definition of the change and its number.
class ManagementRows {
  public:
    ManagementRows(TableBuilder& table, const Words& words, const Evaluation& evaluation, const Outcome& outcome)
        : table_(table), words_(words), evaluation_(evaluation), outcome_(outcome) {}

    void naive(const BeforeAfterRow& row) {
        const design::BeforeAfterSettings& rules = evaluation_.specification.before_after;
        if (outcome_.metric != ChangeMetric::percent) naive_line(row, "difference", shown_change(row, outcome_));
        if (outcome_.metric == ChangeMetric::level) {
            BeforeAfterRow drawn_in = row;
            drawn_in.change.difference = row.change.winsorised_difference;
            naive_line(row, "winsorised_difference", shown_change(drawn_in, outcome_), rules.winsorise);
        }
        if (outcome_.metric == ChangeMetric::points) return;
        naive_line(row, "ratio_of_sums", shown_share(row.change.ratio_of_sums));
        // A firm's own accident rate is 0 for most firms: the pooled change is the only one that means something.
        if (outcome_.metric == ChangeMetric::per_hundred) return;
        naive_line(row, "mean_of_ratios", shown_share(row.change.mean_of_ratios));
        naive_line(row, "winsorised_mean_of_ratios", shown_share(row.change.winsorised_mean_of_ratios),
                   rules.winsorise);
        naive_line(row, "trimmed_mean_of_ratios", shown_share(row.change.trimmed_mean_of_ratios), rules.trim);
        if (!row.median_hidden) naive_line(row, "median_of_ratios", shown_share(row.change.median_of_ratios));
    }

    void matched(const EffectRow& row) {
        const Shown effect = shown_effect(row, outcome_);
        matched_line(row, outcome_.metric == ChangeMetric::percent ? "matched_percent" : "matched_difference", effect);
        if (outcome_.metric != ChangeMetric::level) return;
        const Shown percent{in_percent(row.percent),
                            in_percent(row.percent_low),
                            in_percent(row.percent_high),
                            row.effect.p_value,
                            "%",
                            1};
        matched_line(row, "matched_percent", percent);
    }

  private:
    void begin(const std::string& measure, const Shown& shown, bool emphasis, double share = 0) {
        table_.begin_row(emphasis)
            .text(outcome_.label.in(words_.language()), outcome_.key)
            .text(words_("report_measure_" + measure, {{"percent", words_.format().percent(share, 0)}}), measure)
            .text(words_.format().unit(shown.unit), shown.unit);
    }

    /// `share` of the firms at each end is cut off or drawn in.
    void naive_line(const BeforeAfterRow& row, const std::string& measure, const Shown& shown, double share = 0) {
        begin(measure, shown, false, share);
        numbers(row, shown, row.change.n, missing_change_reason(row.change));
    }

    void matched_line(const EffectRow& row, const std::string& measure, const Shown& shown) {
        begin(measure, shown, true);
        numbers(row, shown, row.effect.n_treated, missing_effect_reason(row.effect));
    }

    template <class Row>
    void numbers(const Row& row, const Shown& shown, std::int64_t n, std::string_view missing_reason) {
        if (row.group.suppressed) {
            for (int i = 0; i < 4; ++i) table_.suppressed();
        } else {
            table_.count(n)
                .number(shown.estimate, shown.decimals, missing_reason)
                .interval(shown.low, shown.high, shown.decimals)
                .p_value(shown.p_value);
        }
        table_.traps(row.traps);
    }

    TableBuilder& table_;
    const Words& words_;
    const Evaluation& evaluation_;
    const Outcome& outcome_;
};

}  // namespace

Table process_kpi_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "process_kpi", "report_caption_process_kpi");
    table.text_column({"kpi", "kpi_label"}, words("report_column_indicator"), 2);
    add_change_columns(table, words, evaluation.specification);
    table.note(words("report_note_lower_is_better")).note(words("report_note_process_kpi"));
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        const BeforeAfterRow* row = find_change(evaluation, {kpi.key, std::nullopt});
        if (row == nullptr) continue;
        table.begin_row().text(kpi.label.in(language), kpi.key);
        add_change_cells(table, *row);
    }
    return table.finish();
}

Table management_kpi_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string when = event_time_text(std::nullopt, evaluation.specification, words);
    TableBuilder table(words, "management_kpi", "report_caption_management_kpi", {{"time", when}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.4)
        .text_column({"measure", "measure_label"}, words("report_column_measure"), 3.4)
        .text_column({"unit"}, words("report_column_unit"), 0.8)
        .number_column({"n"}, "n", 0.8)
        .number_column({"change"}, words("report_column_change"), 0.9)
        .number_column({"ci_low", "ci_high"}, interval_text(evaluation.specification, words), 1.6)
        .number_column({"p_value"}, words("report_column_p_value"), 0.8)
        .text_column({"traps"}, words("report_column_traps"), 0.7)
        .note(words("report_note_naive"))
        .note(words("report_note_matched", {{"interval", interval_text(evaluation.specification, words)}}));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        ManagementRows rows(table, words, evaluation, outcome);
        if (const auto* naive = find_change(evaluation, {outcome.key, std::nullopt})) rows.naive(*naive);
        const auto* matched = find_effect(evaluation, {outcome.key, std::nullopt}, main_estimator(evaluation));
        if (matched != nullptr) rows.matched(*matched);
    }
    return table.merge_equal_rows(0).finish();
}

Table matched_comparison_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string when = event_time_text(std::nullopt, evaluation.specification, words);
    TableBuilder table(words, "matched_comparison", "report_caption_matched_comparison", {{"time", when}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 2)
        .number_column({"adopters_before"}, words("report_before"))
        .number_column({"adopters_after"}, words("report_after"))
        .number_column({"non_adopters_before"}, words("report_before"))
        .number_column({"non_adopters_after"}, words("report_after"))
        .text_column({"effect_unit"}, words("report_column_unit"), 0.8)
        .number_column({"effect", "ci_low", "ci_high"}, words("report_column_effect"), 1.8)
        .number_column({"n_adopters"}, words("report_column_n_adopters"), 0.9)
        .number_column({"n_non_adopters"}, words("report_column_n_non_adopters"), 0.9)
        .header_above(1, 2, words("report_adopters"))
        .header_above(3, 2, words("report_matched_non_adopters"))
        .header_above(5, 2, words("report_column_matched_effect"))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_matched_means"));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        const auto* row = find_effect(evaluation, {outcome.key, std::nullopt}, main_estimator(evaluation));
        if (row == nullptr) continue;
        table.begin_row().text(label_with_unit(outcome, words), outcome.key);
        const Shown effect = shown_effect(*row, outcome);
        const bool hidden = row->group.suppressed;
        const std::string_view reason = missing_effect_reason(row->effect);
        for (const double mean : {row->treated_base, row->treated_after, row->control_base, row->control_after}) {
            if (hidden) {
                table.suppressed();
            } else {
                table.number(shown_mean(mean, outcome), unit_decimals(outcome), reason);
            }
        }
        table.text(words.format().unit(effect.unit), effect.unit);
        if (hidden) {
            table.suppressed().suppressed().suppressed();
        } else {
            table.estimate(effect, reason).count(row->effect.n_treated).count(row->effect.n_control);
        }
    }
    return table.finish();
}

Table event_study_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "event_study", "report_caption_event_study");
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.4)
        .text_column({"estimator", "estimator_label"}, words("report_column_estimator"), 1.5)
        .text_column({"event_time", "event_time_label"}, words("report_column_event_time"), 1.7)
        .text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"effect"}, words("report_column_effect"), 0.9)
        .number_column({"ci_low", "ci_high"}, interval_text(evaluation.specification, words), 1.6)
        .number_column({"p_value"}, words("report_column_p_value"), 0.8)
        .number_column({"n_adopters"}, words("report_column_n_adopters"), 0.9)
        .number_column({"n_non_adopters"}, words("report_column_n_non_adopters"), 0.9)
        .note(words("report_note_event_study"));
    const SmallSampleColumn small_sample(evaluation, "", "");
    small_sample.header(table, words);
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        for (const EffectRow& row : evaluation.effects) {
            if (row.outcome != outcome.key || !row.group.breakdown.empty()) continue;
            const Shown effect = shown_effect(row, outcome);
            table.begin_row(!row.event_time)
                .text(outcome.label.in(language), outcome.key)
                .text(words("report_estimator_" + row.estimator), row.estimator)
                .text(event_time_text(row.event_time, evaluation.specification, words),
                      row.event_time ? integer_text(*row.event_time) : "mean")
                .text(words.format().unit(effect.unit), effect.unit);
            if (row.group.suppressed) {
                for (int i = 0; i < 5; ++i) table.suppressed();
                small_sample.cell(table, &row);
                continue;
            }
            table.number(effect.estimate, effect.decimals, missing_effect_reason(row.effect))
                .interval(effect.low, effect.high, effect.decimals)
                .p_value(effect.p_value)
                .count(row.effect.n_treated)
                .count(row.effect.n_control);
            small_sample.cell(table, &row);
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table event_study_grid_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string estimator = main_estimator(evaluation);
    TableBuilder table(words, "event_study_grid", "report_caption_event_study");
    table.text_column({"event_time"}, words("report_column_event_time"), 1.5);
    std::set<int> times;
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        const std::string unit = words.format().unit(change_unit(outcome));
        table.number_column({outcome.key},
                            words("report_label_with_unit", {{"label", outcome.label.in(language)}, {"unit", unit}}),
                            1.6);
    }
    for (const EffectRow& row : evaluation.effects) {
        if (row.estimator == estimator && row.group.breakdown.empty() && row.event_time) times.insert(*row.event_time);
    }
    const auto add_row = [&](std::optional<int> time) {
        table.begin_row(!time).text(event_time_text(time, evaluation.specification, words));
        for (const Outcome& outcome : evaluation.specification.outcomes) {
            const EffectRow* row = find_effect(evaluation, {outcome.key, time}, estimator);
            if (row == nullptr) {
                table.estimate_with_n({}, 0, "report_missing_no_pairs");
            } else if (row->group.suppressed) {
                table.suppressed();
            } else {
                table.estimate_with_n(shown_effect(*row, outcome), row->effect.n_treated,
                                      missing_effect_reason(row->effect));
            }
        }
    };
    for (const int time : times) add_row(time);
    if (!times.empty()) add_row(std::nullopt);
    return table
        .note(words("report_note_interval_and_n_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_event_study"))
        .finish();
}

Table heterogeneity_grid_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "heterogeneity_grid", "report_caption_heterogeneity");
    table.text_column({"breakdown"}, words("report_column_breakdown_by"), 1.6);
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        table.number_column({outcome.key}, outcome.label.in(language), 1.2);
    }
    std::int64_t tests = 0;
    for (const design::Breakdown& breakdown : evaluation.specification.breakdowns) {
        std::vector<double> p_values;
        for (const Outcome& outcome : evaluation.specification.outcomes) {
            const auto* test = charts::heterogeneity_of(evaluation, outcome.key, breakdown.key);
            p_values.push_back(test == nullptr ? effects::not_available : test->p_value);
        }
        if (std::none_of(p_values.begin(), p_values.end(), [](double p) { return std::isfinite(p); })) continue;
        table.begin_row().text(breakdown.label.in(language));
        for (const double p : p_values) {
            tests += std::isfinite(p) ? 1 : 0;
            table.number(p, 3, "report_missing_too_few_groups");
        }
    }
    const double chance = 1 - evaluation.specification.confidence_level;
    return table.unit(words("report_column_p_value"))
        .note(words("report_note_heterogeneity"))
        .note(words("report_note_many_tests",
                    {{"tests", words.format().count(tests)},
                     {"limit", words.format().number(chance, 2)},
                     {"chance", words.format().number(chance * static_cast<double>(tests), 1)}}))
        .finish();
}

Table heterogeneity_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "heterogeneity", "report_caption_heterogeneity");
    table.text_column({"breakdown", "breakdown_label"}, words("report_column_breakdown_by"), 1.6)
        .text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.6)
        .number_column({"q"}, "Q")
        .number_column({"df"}, words("report_column_df"))
        .number_column({"p_value"}, words("report_column_p_value"))
        .note(words("report_note_heterogeneity"));
    for (const design::Breakdown& breakdown : evaluation.specification.breakdowns) {
        for (const auto& row : evaluation.heterogeneity) {
            const Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
            if (row.breakdown != breakdown.key || outcome == nullptr) continue;
            table.begin_row()
                .text(breakdown.label.in(language), breakdown.key)
                .text(outcome->label.in(language), outcome->key)
                .number(row.q, 2, "report_missing_too_few_groups")
                .number(row.df, 0, "report_missing_too_few_groups")
                .p_value(row.p_value);
        }
    }
    return table.merge_equal_rows(0).finish();
}

}  // namespace twinfirm::report
