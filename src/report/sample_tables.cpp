// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/sample_tables.h"

#include <algorithm>
#include <cmath>

#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::report {

using evaluation::ArmCount;
using evaluation::Cohort;
using evaluation::Evaluation;

namespace {

ArmCount count_at(const std::vector<evaluation::FlowStep>& flow, std::string_view step) {
    for (const auto& entry : flow) {
        if (entry.step == step) return entry.firms;
    }
    return {};
}

}  // namespace

Table flow_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "flow", "report_caption_flow");
    table.text_column({"step", "step_label"}, words("report_column_step"), 2.4)
        .number_column({"adopters"}, words("report_adopters"))
        .number_column({"non_adopters"}, words("report_non_adopters"))
        .unit(words.format().unit("개사"))
        .note(words("report_note_firm_cohorts"));
    for (const auto& step : evaluation.flow) {
        table.begin_row()
            .text(words("report_flow_" + step.step), step.step)
            .count(step.firms.treated)
            .count(step.firms.control);
    }
    return table.finish();
}

Table reasons_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "unmatched_reasons", "report_caption_reasons");
    table.text_column({"reason", "reason_label"}, words("report_column_reason"), 3)
        .number_column({"adopters"}, words("report_adopters"))
        .number_column({"non_adopters"}, words("report_non_adopters"))
        .unit(words.format().unit("개사"))
        .note(words("report_note_firm_cohorts"));
    ArmCount sum;
    const auto add = [](std::int64_t& all, std::int64_t firms) {
        const bool known = all != evaluation::hidden_count && firms != evaluation::hidden_count;
        all = known ? all + firms : evaluation::hidden_count;
    };
    for (const auto& row : evaluation.reasons) {
        const std::string code(matching::reason_code(row.reason));
        table.begin_row().text(words("report_reason_" + code), code).count(row.firms.treated).count(row.firms.control);
        add(sum.treated, row.firms.treated);
        add(sum.control, row.firms.control);
    }
    table.begin_row(true).text(words("report_sum"), "sum").count(sum.treated).count(sum.control);
    return table.finish();
}

Table cohort_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const auto any = [&](auto has) { return std::any_of(evaluation.cohorts.begin(), evaluation.cohorts.end(), has); };
    // What the method does not have has no column.
    const bool score = any([](const Cohort& cohort) { return std::isfinite(cohort.auc); });
    const bool pairs = any([](const Cohort& cohort) { return std::isfinite(cohort.mean_distance); });
    const bool sets = any([](const Cohort& cohort) { return cohort.size.pairs == 0 && cohort.size.sets > 0; });
    const bool kernel = any([](const Cohort& cohort) { return std::isfinite(cohort.bandwidth); });
    TableBuilder table(words, "cohorts", "report_caption_cohorts");
    table.text_column({"cohort"}, words("report_column_adoption_year"), 1.1)
        .number_column({"adopters"}, words("report_adopters"))
        .number_column({"adopters_matched"}, words("report_column_adopters_matched"), 1.3)
        .number_column({"non_adopters"}, words("report_non_adopters"))
        .number_column({"non_adopters_matched"}, words("report_column_controls_matched"), 1.5)
        .number_column({"non_adopters_effective"}, words("report_column_effective_size"), 1.1);
    if (sets) table.number_column({"sets"}, words("report_column_sets"), 0.9);
    if (score) {
        table.number_column({"auc"}, words("report_column_auc"), 0.8)
            .note(words("report_note_score_scale_" + evaluation.overlap_axis))
            .note(words("report_note_auc"));
    }
    if (pairs) {
        table.number_column({"caliper"}, words("report_column_caliper"), 0.9)
            .number_column({"mean_distance"}, words("report_column_mean_distance"), 1.1)
            .number_column({"largest_distance"}, words("report_column_largest_distance"), 1.1);
    }
    if (kernel) table.number_column({"bandwidth"}, words("report_column_bandwidth"), 0.9);
    table.note(words("report_note_effective_size"));
    for (const Cohort& cohort : evaluation.cohorts) {
        const ArmCount eligible = count_at(cohort.flow, "eligible");
        const ArmCount matched = count_at(cohort.flow, "matched");
        table.begin_row()
            .text(integer_text(cohort.year))
            .count(eligible.treated)
            .count(matched.treated)
            .count(eligible.control)
            .count(matched.control)
            .number(cohort.size.ess_control, 1);
        if (sets) table.count(cohort.size.sets);
        if (score) table.number(cohort.auc, 3);
        if (pairs) {
            table
                .number(cohort.caliper_raw == 0 ? effects::not_available : cohort.caliper_raw, 3,
                        "report_missing_no_caliper")
                .number(cohort.mean_distance, 4)
                .number(cohort.largest_distance, 4);
        }
        if (kernel) table.number(cohort.bandwidth, 4);
    }
    return table.finish();
}

Table coefficient_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "coefficients", "report_caption_coefficients");
    table.text_column({"cohort"}, words("report_column_adoption_year"), 1)
        .text_column({"term"}, words("report_column_term"), 2.5)
        .number_column({"estimate"}, words("report_column_coefficient"))
        .number_column({"std_error"}, words("report_column_std_error"))
        .number_column({"z"}, "z")
        .number_column({"p_value"}, words("report_column_p_value"))
        .note(words("report_note_coefficients"));
    for (const Cohort& cohort : evaluation.cohorts) {
        for (const auto& coefficient : cohort.coefficients) {
            table.begin_row()
                .text(integer_text(cohort.year))
                .text(coefficient.term)
                .number(coefficient.estimate, 4)
                .number(coefficient.std_error, 4)
                .number(coefficient.z, 2)
                .p_value(coefficient.p_value);
        }
    }
    return table.merge_equal_rows(0).finish();
}

Table balance_table(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "balance", "report_caption_balance");
    table.text_column({"covariate"}, words("report_column_covariate"), 2.4);
    const auto columns = [&](const std::string& when) {
        table.number_column({"mean_adopters_" + when}, words("report_adopters"))
            .number_column({"mean_non_adopters_" + when}, words("report_non_adopters"))
            .number_column({"smd_" + when}, words("report_column_smd"))
            .number_column({"variance_ratio_" + when}, words("report_column_variance_ratio"));
    };
    columns("before");
    columns("after");
    table.header_above(1, 4, words("report_before_matching"))
        .header_above(5, 4, words("report_after_matching"))
        .note(words("report_note_smd"));
    for (const auto& row : evaluation.balance) {
        const std::string name = row.level.empty() ? row.covariate : row.covariate + ": " + row.level;
        const std::string label =
            design::term_label(evaluation.specification, row.covariate, words.format().language());
        const std::string shown = row.level.empty() ? label : label + ": " + row.level;
        const bool score = row.type == "distance";
        table.begin_row().text(score ? words("report_propensity_score") : shown, score ? "distance" : name);
        if (row.hidden) {
            for (int i = 0; i < 8; ++i) table.suppressed();
            continue;
        }
        for (const auto* side : {&row.before, &row.after}) {
            const std::string_view no_ratio =
                row.type == "binary" ? "report_missing_binary_ratio" : "report_missing_number";
            table.adaptive(side->mean_treated)
                .adaptive(side->mean_control)
                .number(side->smd, 3)
                .number(side->variance_ratio, 2, no_ratio);
        }
    }
    return table.finish();
}

Table balance_interactions_table(const Evaluation& evaluation, Language language) {
    constexpr std::size_t most_rows = 15;
    const Words words(evaluation, language);
    std::vector<const balance::BalanceRow*> worst;
    std::int64_t beyond = 0;
    for (const balance::BalanceRow& row : evaluation.balance_interactions) {
        if (!std::isfinite(row.after.smd)) continue;
        worst.push_back(&row);
        beyond += std::abs(row.after.smd) > 0.1 ? 1 : 0;
    }
    std::stable_sort(worst.begin(), worst.end(),
                     [](const auto* a, const auto* b) { return std::abs(a->after.smd) > std::abs(b->after.smd); });
    TableBuilder table(words, "balance_interactions", "report_caption_balance_interactions",
                       {{"all", words.format().count(static_cast<std::int64_t>(worst.size()))},
                        {"shown", words.format().count(static_cast<std::int64_t>(std::min(most_rows, worst.size())))},
                        {"beyond", words.format().count(beyond)}});
    table.text_column({"covariate"}, words("report_column_covariate"), 3)
        .number_column({"smd_before"}, words("report_before_matching"))
        .number_column({"smd_after"}, words("report_after_matching"))
        .note(words("report_note_smd"));
    worst.resize(std::min(most_rows, worst.size()));
    for (const balance::BalanceRow* row : worst) {
        table.begin_row().text(row->covariate).number(row->before.smd, 3).number(row->after.smd, 3);
    }
    return table.finish();
}

}  // namespace twinfirm::report
