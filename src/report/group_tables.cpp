// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/group_tables.h"

#include <algorithm>
#include <cmath>

#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::report {

using design::ChangeMetric;
using design::Outcome;
using evaluation::EffectRow;
using evaluation::Evaluation;
using evaluation::PercentedEffect;

namespace {

/// A difference in the estimate's scale as it is shown: logarithms in percent, else the outcome's unit.
double shown_difference(double value, const Outcome& outcome) {
    return outcome.metric == ChangeMetric::percent ? in_percent(std::expm1(value)) : shown_mean(value, outcome);
}

Shown shown_percented(const PercentedEffect& row, const Outcome& outcome) {
    EffectRow effect;
    effect.effect = row.effect;
    effect.percent = row.percent;
    effect.percent_low = row.percent_low;
    effect.percent_high = row.percent_high;
    return shown_effect(effect, outcome);
}

std::string shown_label(const Outcome& outcome, const Words& words) {
    return words("report_label_with_unit",
                 {{"label", outcome.label.in(words.language())}, {"unit", words.format().unit(change_unit(outcome))}});
}

/// `1억원`, `KRW 100 million`
std::string support_unit_text(const design::Specification& specification, const Words& words) {
    const double unit = specification.groups.support_unit;
    const bool korean = words.language() == Language::korean;
    return words("report_support_unit", {{"amount", shortest_text(unit / (korean ? 1e8 : 1e6))}});
}

void add_band_year(TableBuilder& table, const design::Breakdown& breakdown, Language language) {
    std::string note = band_year_note(breakdown, language);
    if (!note.empty()) table.note(std::move(note));
}

/// The headline rows of a breakdown, plain estimator, in their order.
std::vector<const EffectRow*> headline_rows(const Evaluation& evaluation, std::string_view breakdown,
                                            std::string_view outcome) {
    const std::string estimator = main_estimator(evaluation);
    std::vector<const EffectRow*> rows;
    for (const EffectRow& row : evaluation.effects) {
        const bool wanted = row.group.breakdown == breakdown && row.outcome == outcome && !row.event_time;
        if (wanted && row.estimator == estimator) rows.push_back(&row);
    }
    return rows;
}

}  // namespace

Table band_shift_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "band_shifts", "report_caption_band_shifts",
                       {{"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.2)
        .text_column({"breakdown", "breakdown_label"}, words("report_column_breakdown_by"), 1.2)
        .text_column({"group", "group_label"}, words("report_column_group"), 1.4)
        .text_column({"band_year", "band_year_label"}, words("report_column_band_year"), 1.5)
        .number_column({"n"}, "n", 0.7)
        .number_column({"ratio_of_sums", "ratio_of_sums_low", "ratio_of_sums_high"},
                       words("report_measure_ratio_of_sums"), 1.4)
        .number_column({"mean_of_ratios", "mean_of_ratios_low", "mean_of_ratios_high"},
                       words("report_measure_mean_of_ratios"), 1.4)
        .number_column({"matched", "matched_low", "matched_high"}, words("report_column_matched_effect"), 1.4)
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_band_shifts"));
    // The three years of a band stand below one another.
    std::vector<const evaluation::BandShiftRow*> rows;
    for (const auto& row : evaluation.groups.band_shifts) rows.push_back(&row);
    const auto place = [&](const evaluation::BandShiftRow& row) {
        for (std::size_t i = 0; i < evaluation.groups.band_shifts.size(); ++i) {
            const auto& first = evaluation.groups.band_shifts[i];
            const bool same = first.outcome == row.outcome && first.group.breakdown == row.group.breakdown &&
                              first.group.key == row.group.key;
            if (same) return i;
        }
        return evaluation.groups.band_shifts.size();
    };
    std::stable_sort(rows.begin(), rows.end(), [&](const auto* a, const auto* b) { return place(*a) < place(*b); });
    for (const auto* row : rows) {
        const Outcome* outcome = charts::find_outcome(evaluation, row->outcome);
        const design::Breakdown* breakdown = charts::find_breakdown(evaluation, row->group.breakdown);
        if (outcome == nullptr || breakdown == nullptr) continue;
        table.begin_row(row->band_year == "base")
            .text(outcome->label.in(language), outcome->key)
            .text(breakdown->label.in(language), breakdown->key)
            .text(row->group.label.in(language), row->group.key)
            .text(words("report_band_year_" + row->band_year), row->band_year);
        if (row->group.suppressed) {
            table.suppressed().suppressed().suppressed().suppressed();
            continue;
        }
        Shown matched = shown_percented(row->matched, *outcome);
        table.count(row->n)
            .estimate(shown_share(row->ratio_of_sums), "report_missing_number")
            .estimate(shown_share(row->mean_of_ratios), "report_missing_zero_base")
            .estimate(matched, missing_effect_reason(row->matched.effect));
    }
    return table.unit("%").merge_equal_rows(0).merge_equal_rows(1).merge_equal_rows(2).finish();
}

Table group_tests_table(const Evaluation& evaluation, const design::Breakdown& breakdown, Language language) {
    const Words words(evaluation, language);
    const design::Specification& specification = evaluation.specification;
    TableBuilder table(
        words, "group_tests_" + breakdown.key, "report_caption_group_tests",
        {{"breakdown", breakdown.label.in(language)}, {"time", event_time_text(std::nullopt, specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.6)
        .text_column({"group", "group_label"}, breakdown.label.in(language), 1.6)
        .number_column({"effect", "ci_low", "ci_high"}, words("report_column_effect"), 1.6)
        .number_column({"n_adopters"}, "n", 0.8)
        .number_column({"p_value"}, words("report_column_p_value"), 0.9)
        .number_column({"p_holm"}, words("report_column_p_holm"), 0.9)
        .number_column({"p_bh"}, words("report_column_p_bh"), 0.9)
        .number_column({"minimum_detectable"}, words("report_column_minimum_detectable"), 1.1)
        .note(words("report_note_interval_below", {{"interval", interval_text(specification, words)}}))
        .note(words("report_note_adjusted_p"))
        .note(words("report_note_minimum_detectable",
                    {{"power", words.format().percent(specification.groups.power, 0)}}));
    add_band_year(table, breakdown, language);
    for (const Outcome& outcome : specification.outcomes) {
        for (const EffectRow* row : headline_rows(evaluation, breakdown.key, outcome.key)) {
            table.begin_row()
                .text(shown_label(outcome, words), outcome.key)
                .text(row->group.label.in(language), row->group.key);
            if (row->group.suppressed) {
                for (int i = 0; i < 6; ++i) table.suppressed();
                continue;
            }
            table.estimate(shown_effect(*row, outcome), missing_effect_reason(row->effect))
                .count(row->effect.n_treated)
                .p_value(row->effect.p_value)
                .p_value(row->p_holm)
                .p_value(row->p_bh)
                .number(shown_difference(row->minimum_detectable, outcome), unit_decimals(outcome),
                        "report_missing_error");
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table detectable_grid_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const design::Specification& specification = evaluation.specification;
    TableBuilder table(words, "minimum_detectable", "report_caption_minimum_detectable",
                       {{"time", event_time_text(std::nullopt, specification, words)}});
    table.text_column({"breakdown", "breakdown_label"}, words("report_column_breakdown_by"), 1.2)
        .text_column({"group", "group_label"}, words("report_column_group"), 1.6);
    for (const Outcome& outcome : specification.outcomes) {
        table.number_column({outcome.key}, shown_label(outcome, words), 1.1);
    }
    table.note(
        words("report_note_minimum_detectable", {{"power", words.format().percent(specification.groups.power, 0)}}));
    const bool any = std::any_of(evaluation.effects.begin(), evaluation.effects.end(),
                                 [](const EffectRow& row) { return std::isfinite(row.minimum_detectable); });
    if (!any) return table.finish();
    for (const design::Breakdown& breakdown : specification.breakdowns) {
        for (const evaluation::Group& group : groups_of(evaluation, breakdown.key)) {
            table.begin_row()
                .text(breakdown.label.in(language), breakdown.key)
                .text(group.label.in(language), group.key);
            for (const Outcome& outcome : specification.outcomes) {
                const EffectRow* row = find_effect(evaluation, {outcome.key, std::nullopt, breakdown.key, group.key},
                                                   main_estimator(evaluation));
                if (row != nullptr && row->group.suppressed) {
                    table.suppressed();
                } else {
                    table.number(
                        row == nullptr ? effects::not_available : shown_difference(row->minimum_detectable, outcome),
                        unit_decimals(outcome), "report_missing_no_pairs");
                }
            }
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table ranking_table(const Evaluation& evaluation, const design::Breakdown& breakdown, std::string_view outcome_key,
                    Language language) {
    const Words words(evaluation, language);
    const design::Specification& specification = evaluation.specification;
    TableBuilder table(
        words, "ranking_" + breakdown.key, "report_caption_ranking",
        {{"breakdown", breakdown.label.in(language)}, {"time", event_time_text(std::nullopt, specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.6)
        .text_column({"group", "group_label"}, breakdown.label.in(language), 1.8)
        .number_column({"effect"}, words("report_column_effect"), 0.9)
        .number_column({"shrunken", "shrunken_low", "shrunken_high"}, words("report_column_shrunken"), 1.6)
        .number_column({"rank"}, words("report_column_rank"), 0.8)
        .number_column({"rank_low", "rank_high"}, words("report_column_rank_interval"), 1.1)
        .number_column({"top_share"},
                       words("report_column_top_share", {{"top", integer_text(specification.groups.top)}}), 1.1)
        .note(words("report_note_ranking", {{"draws", words.format().count(specification.groups.draws)}}));
    add_band_year(table, breakdown, language);
    for (const Outcome& outcome : specification.outcomes) {
        if (!outcome_key.empty() && outcome.key != outcome_key) continue;
        std::vector<const evaluation::RankRow*> rows;
        for (const auto& row : evaluation.groups.ranking) {
            if (row.outcome == outcome.key && row.group.breakdown == breakdown.key) rows.push_back(&row);
        }
        std::stable_sort(rows.begin(), rows.end(), [](const auto* a, const auto* b) { return a->rank < b->rank; });
        for (const auto* row : rows) {
            Shown shrunken;
            shrunken.estimate = shown_difference(row->shrunken, outcome);
            shrunken.low = shown_difference(row->shrunken_low, outcome);
            shrunken.high = shown_difference(row->shrunken_high, outcome);
            shrunken.decimals = unit_decimals(outcome);
            table.begin_row()
                .text(shown_label(outcome, words), outcome.key)
                .text(row->group.label.in(language), row->group.key)
                .number(shown_difference(row->estimate, outcome), unit_decimals(outcome))
                .estimate(shrunken)
                .number(row->rank, std::floor(row->rank) == row->rank ? 0 : 1)
                .interval(row->rank_low, row->rank_high, 0)
                .number(in_percent(row->top_share), 0);
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table zero_margin_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "zero_margins", "report_caption_zero_margins",
                       {{"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.3)
        .text_column({"measure", "measure_label"}, words("report_column_measure"), 2.4)
        .text_column({"unit"}, words("report_column_unit"), 0.8)
        .number_column({"effect", "ci_low", "ci_high"}, words("report_column_effect"), 1.6)
        .number_column({"p_value"}, words("report_column_p_value"), 0.9)
        .number_column({"n_adopters"}, words("report_column_n_adopters"), 0.9)
        .number_column({"zero_bases"}, words("report_column_zero_bases"), 1.0)
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_zero_margins"));
    for (const auto& row : evaluation.groups.margins) {
        const Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
        if (outcome == nullptr) continue;
        Outcome read = *outcome;
        if (row.measure == "extensive") read.metric = ChangeMetric::points;
        if (row.measure == "poisson") read.metric = ChangeMetric::percent;
        const Shown shown = shown_percented(row.effect, read);
        table.begin_row()
            .text(outcome->label.in(language), outcome->key)
            .text(words("report_margin_" + row.measure), row.measure)
            .text(words.format().unit(shown.unit), shown.unit)
            .estimate(shown, missing_effect_reason(row.effect.effect))
            .p_value(row.effect.effect.p_value)
            .count(row.effect.effect.n_treated)
            .count(row.zero_bases);
    }
    return table.merge_equal_rows(0).finish();
}

Table support_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const std::string unit = support_unit_text(evaluation.specification, words);
    TableBuilder table(words, "support", "report_caption_support",
                       {{"unit", unit}, {"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.4)
        .text_column({"measure", "measure_label"}, words("report_column_measure"), 2.4)
        .text_column({"unit"}, words("report_column_unit"), 0.8)
        .number_column({"effect", "ci_low", "ci_high"}, words("report_column_effect_per", {{"unit", unit}}), 1.7)
        .number_column({"p_value"}, words("report_column_p_value"), 0.9)
        .number_column({"n_adopters"}, words("report_column_n_adopters"), 0.9)
        .number_column({"mean_support"}, words("report_column_mean_support", {{"unit", unit}}), 1.1)
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_support"));
    for (const auto& row : evaluation.groups.support) {
        const Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
        if (outcome == nullptr) continue;
        const Shown shown = shown_percented(row.effect, *outcome);
        table.begin_row()
            .text(outcome->label.in(language), outcome->key)
            .text(words("report_support_" + row.measure), row.measure)
            .text(words.format().unit(shown.unit), shown.unit)
            .estimate(shown, "report_missing_no_slope")
            .p_value(row.effect.effect.p_value)
            .count(row.effect.effect.n_treated)
            .number(row.mean_support, 2);
    }
    return table.merge_equal_rows(0).finish();
}

Table representation_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "representation", "report_caption_representation",
                       {{"count", words.format().count(evaluation.groups.adopters_unmatched)}});
    table.text_column({"covariate", "covariate_label"}, words("report_column_covariate"), 2)
        .text_column({"level"}, words("report_column_level"), 1)
        .number_column({"mean_adopters"}, words("report_column_all_adopters"))
        .number_column({"mean_matched"}, words("report_column_matched_adopters"))
        .number_column({"smd"}, words("report_column_smd_adopters"))
        .note(words("report_note_representation"));
    if (evaluation.groups.adopters_unmatched == 0) return table.finish();
    for (const auto& row : evaluation.groups.representation) {
        table.begin_row()
            .text(design::term_label(evaluation.specification, row.covariate, language), row.covariate)
            .text(row.level);
        if (row.hidden) {
            table.suppressed().suppressed().suppressed();
        } else {
            table.adaptive(row.mean_adopters).adaptive(row.mean_matched).number(row.smd, 3);
        }
    }
    return table.finish();
}

Table profit_turn_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "profit_turns", "report_caption_profit_turns",
                       {{"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.6)
        .number_column({"n"}, "n", 0.8)
        .number_column({"turned_to_profit"}, words("report_turned_to_profit"))
        .number_column({"turned_to_loss"}, words("report_turned_to_loss"))
        .number_column({"stayed_in_loss"}, words("report_stayed_in_loss"))
        .number_column({"stayed_in_profit"}, words("report_stayed_in_profit"))
        .unit(words("report_unit_firms"))
        .note(words("report_note_profit_turns"));
    for (const Outcome& outcome : evaluation.specification.outcomes) {
        const auto* row = find_change(evaluation, {outcome.key, std::nullopt});
        if (row == nullptr) continue;
        const effects::SignChanges& signs = row->change.signs;
        if (signs.turned_to_profit == 0 && signs.turned_to_loss == 0 && signs.stayed_in_loss == 0) continue;
        table.begin_row().text(outcome.label.in(language), outcome.key);
        table.count(row->change.n);
        for (const std::int64_t count :
             {signs.turned_to_profit, signs.turned_to_loss, signs.stayed_in_loss, signs.stayed_in_profit}) {
            table.count(count);
        }
    }
    return table.finish();
}

std::string band_year_note(const design::Breakdown& breakdown, Language language) {
    if (breakdown.edges.empty() || breakdown.variable == "level") return {};
    const Words words(language);
    const char* code = breakdown.band_year == design::BandYear::base     ? "report_band_year_base"
                       : breakdown.band_year == design::BandYear::lagged ? "report_band_year_lagged"
                                                                         : "report_band_year_averaged";
    return words("report_note_band_year", {{"year", words(code)}});
}

std::vector<std::string> derived_variable_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const design::Specification& specification = evaluation.specification;
    const auto label = [&](const std::string& name) { return design::variable_label(specification, name, language); };
    std::vector<std::string> lines;
    for (const design::DerivedVariable& variable : specification.derived) {
        MessageArguments arguments = {{"name", label(variable.name)},
                                      {"of", label(variable.of)},
                                      {"denominator", label(variable.denominator)},
                                      {"year", integer_text(specification.prices.base_year)}};
        switch (variable.kind) {
            case design::DerivedKind::ratio:
                lines.push_back(words("report_derived_ratio", arguments));
                break;
            case design::DerivedKind::real:
                lines.push_back(words("report_derived_real", arguments));
                break;
            case design::DerivedKind::above_zero:
                lines.push_back(words("report_derived_above_zero", arguments));
                break;
            case design::DerivedKind::survival:
                lines.push_back(
                    words(variable.of.empty() ? "report_derived_last_row" : "report_derived_survival", arguments));
                break;
        }
    }
    return lines;
}

}  // namespace twinfirm::report
