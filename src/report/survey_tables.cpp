// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/survey_tables.h"

#include <algorithm>
#include <cmath>

#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/survey_labels.h"

namespace twinfirm::report {

namespace {

using survey::QuestionFinding;
using survey::QuestionRow;

/// Nothing but a name: a section that is absent.
Table absent(const char* name) {
    Table table;
    table.name = name;
    return table;
}

/// The source line of a survey is the survey's, where it is named.
Table with_source(Table table, const survey::SurveyFindings& findings, Language language) {
    const std::string& source = findings.source.in(language);
    if (!source.empty()) table.source = source;
    return table;
}

std::string flag_of(const QuestionRow& row, const Words& words) {
    const std::string code(survey::reliability_code(row.estimate.reliability()));
    if (code == "caution" || code == "unreliable") return words("chart_survey_flag_" + code);
    return code == "unknown" ? std::string(not_available_mark) : "";
}

void estimate_cells(TableBuilder& table, const QuestionFinding& question, const QuestionRow& row, int decimals) {
    const double scale = question.shares ? 100 : 1;
    const survey::SurveyEstimate& estimate = row.estimate;
    table.count(estimate.n)
        .emphasised([&] { table.number(scale * estimate.value, decimals, "report_survey_no_answers"); })
        .interval(scale * row.interval.low, scale * row.interval.high, decimals)
        .number(scale * row.margin, decimals, "report_missing_error")
        .number(100 * estimate.cv(), 1, "report_missing_error");
}

}  // namespace

Table survey_sample_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.status) return absent("survey_sample");
    const survey::StatusFinding& status = *findings.status;
    const Words words(language);
    const NumberFormat& format = words.format();
    TableBuilder table(words, "survey_sample", "report_survey_caption_sample");
    table.text_column({"item", "label"}, words("report_survey_column_item"), 1.4)
        .text_column({"value"}, words("report_survey_column_value"), 3);
    const auto row = [&](const char* code, std::string value) {
        table.begin_row().text(words(std::string("report_survey_sample_") + code), code).text(std::move(value));
    };
    row("population", format.number(status.population, 0));
    row("rows", format.count(status.rows));
    row("strata", format.count(status.strata));
    if (status.units != status.rows) row("units", format.count(status.units));
    row("weights", words("report_survey_weight_effect", {{"effect", format.number(status.weight_effect, 2)}}));
    row("finite", words(status.finite_population ? "report_survey_finite_yes" : "report_survey_finite_no"));
    std::string margins;
    for (const std::string& column : status.calibrated) margins += (margins.empty() ? "" : ", ") + column;
    if (!margins.empty()) row("calibration", margins);
    row("intervals", words("report_survey_intervals", {{"level", shortest_text(100 * findings.confidence)}}));
    return with_source(table.finish(), findings, language);
}

Table survey_question_table(const survey::SurveyFindings& findings, std::string_view question, Language language) {
    const QuestionFinding* finding = nullptr;
    if (findings.status) {
        for (const QuestionFinding& item : findings.status->questions)
            if (item.key == question) finding = &item;
    }
    if (finding == nullptr) return absent("survey_question");
    const Words words(language);
    const bool answers =
        finding->shares && std::any_of(finding->rows.begin(), finding->rows.end(),
                                       [&](const auto& row) { return row.level != finding->rows.front().level; });
    double largest = 0;
    for (const QuestionRow& row : finding->rows)
        if (std::isfinite(row.estimate.value)) largest = std::max(largest, std::abs(row.estimate.value));
    const int decimals = charts::question_decimals(*finding, largest);
    TableBuilder table(words, "survey_" + finding->key, "report_survey_caption_question",
                       {{"question", finding->label.in(language)}});
    table.text_column({"column", "group"}, words("report_survey_column_group"), 1.6);
    if (answers) table.text_column({"level", "answer"}, words("report_survey_column_answer"), 1.4);
    table.number_column({"n"}, words("chart_survey_n_column"), 0.8)
        .number_column({"estimate"}, words("report_survey_column_estimate"), 0.9)
        .number_column({"ci_low", "ci_high"},
                       words("report_survey_column_interval", {{"level", shortest_text(100 * findings.confidence)}}),
                       1.5)
        .number_column({"margin"}, words("report_survey_column_margin"), 1)
        .number_column({"cv_percent"}, words("report_survey_column_cv"), 1)
        .text_column({"flag"}, words("chart_survey_flag_column"), 0.9)
        .unit(finding->shares ? words("report_survey_unit_share") : finding->unit)
        .note(finding->base.empty() ? words("chart_survey_base_all")
                                    : words("chart_survey_base", {{"base", finding->base}}))
        .note(words("report_survey_note_" + finding->interval));
    if (finding->multiple) table.note(words("chart_survey_multiple_note"));
    bool flagged = false;
    for (const QuestionRow& row : finding->rows) {
        const bool all = row.column.empty();
        table.begin_row(all && !answers)
            .text(all ? words("chart_survey_all") : row.column + ": " + row.group, row.column);
        if (answers) {
            table.text(charts::answer_label(words.catalogue(), *finding, row.level), row.level);
        }
        estimate_cells(table, *finding, row, decimals);
        const std::string flag = flag_of(row, words);
        flagged = flagged || !flag.empty();
        table.text(flag);
    }
    if (flagged) table.note(words("chart_survey_flag_note"));
    if (answers) table.merge_equal_rows(0);
    return with_source(table.finish(), findings, language);
}

namespace {

void stage_columns(TableBuilder& table, const Words& words, std::string first, std::vector<std::string> names,
                   double confidence) {
    table.text_column(std::move(names), std::move(first), 1.2)
        .text_column({"level", "level_label"}, words("report_stage_column_level"), 1.2)
        .number_column({"count"}, words("chart_stages_count_column"), 0.9)
        .number_column({"share_percent"}, words("report_stage_column_share"), 0.9)
        .number_column({"ci_low", "ci_high"},
                       words("report_survey_column_interval", {{"level", shortest_text(100 * confidence)}}), 1.4)
        .number_column({"base"}, words("report_stage_column_base"), 0.9);
}

void stage_row(TableBuilder& table, const survey::StageShare& share, const std::string& first, const Words& words) {
    table.begin_row()
        .text(first)
        .text(charts::stage_label(words.catalogue(), share.level), std::to_string(share.level))
        .count(share.count)
        .emphasised([&] { table.number(100 * share.share, 1); })
        .interval(100 * share.interval.low, 100 * share.interval.high, 1)
        .count(share.base);
}

}  // namespace

Table stage_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.stages) return absent("stages");
    const Words words(language);
    TableBuilder table(words, "stages", "report_stage_caption");
    stage_columns(table, words, words("report_stage_column_year"), {"year"}, findings.confidence);
    table.unit(words("report_stage_unit")).note(words("chart_stages_note"));
    std::int64_t unknown = 0;
    for (const survey::StageShare& share : findings.stages->shares) {
        if (share.programme) continue;
        if (!share.year) unknown = share.unknown;
        stage_row(table, share, share.year ? integer_text(*share.year) : words("chart_survey_all"), words);
    }
    if (unknown > 0) table.note(words("report_stage_unknown", {{"number", words.format().count(unknown)}}));
    table.merge_equal_rows(0);
    return table.finish();
}

Table stage_programme_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.stages) return absent("stage_programmes");
    const Words words(language);
    TableBuilder table(words, "stage_programmes", "report_stage_caption_programmes");
    stage_columns(table, words, words("report_stage_column_programme"), {"programme"}, findings.confidence);
    table.unit(words("report_stage_unit"));
    bool any = false;
    for (const survey::StageShare& share : findings.stages->shares) {
        if (!share.programme || share.year || share.programme->empty()) continue;
        stage_row(table, share, *share.programme, words);
        any = true;
    }
    if (any) table.merge_equal_rows(0);
    return table.finish();
}

Table stage_transition_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.stages) return absent("stage_transitions");
    const Words words(language);
    TableBuilder table(words, "stage_transitions", "report_stage_caption_transitions");
    table.text_column({"step", "step_label"}, words("report_stage_column_step"), 1.1)
        .text_column({"from", "from_label"}, words("report_stage_column_from"), 1.1)
        .text_column({"to", "to_label"}, words("report_stage_column_to"), 1.1)
        .number_column({"count"}, words("chart_stages_count_column"), 0.9)
        .number_column({"share_percent"}, words("report_stage_column_of_from"), 1)
        .number_column({"ci_low", "ci_high"},
                       words("report_survey_column_interval", {{"level", shortest_text(100 * findings.confidence)}}),
                       1.3)
        .unit(words("report_stage_unit"));
    const auto rows = [&](const std::vector<survey::StageTransition>& cells, const char* step) {
        for (const survey::StageTransition& cell : cells) {
            if (cell.count == 0) continue;
            table.begin_row()
                .text(words(std::string("report_stage_step_") + step), step)
                .text(charts::stage_label(words.catalogue(), cell.from), std::to_string(cell.from))
                .text(charts::stage_label(words.catalogue(), cell.to), std::to_string(cell.to))
                .count(cell.count)
                .number(100 * cell.share, 1)
                .interval(100 * cell.interval.low, 100 * cell.interval.high, 1);
        }
    };
    rows(findings.stages->transitions, "before_to_after");
    rows(findings.stages->targets, "after_to_target");
    Table done = table.finish();
    if (!done.rows.empty()) done.notes.push_back(words("report_stage_zero_note"));
    return done;
}

Table supplier_table(const survey::SurveyFindings& findings, Language language) {
    if (!findings.suppliers) return absent("suppliers");
    constexpr std::size_t most = 30;
    const survey::SupplierSection& section = *findings.suppliers;
    const Words words(language);
    TableBuilder table(words, "suppliers", "report_supplier_caption");
    table.text_column({"supplier"}, words("report_supplier_column_supplier"), 1.8)
        .number_column({"firms"}, words("report_supplier_column_firms"), 0.9)
        .number_column({"events"}, words("chart_stages_count_column"), 0.9)
        .number_column({"middle_percent"}, words("report_supplier_column_middle"), 1)
        .number_column({"n"}, words("report_supplier_column_n"), 0.8)
        .number_column({"mean"}, words("chart_suppliers_mean"), 0.9)
        .number_column({"shrunken"}, words("chart_suppliers_shrunken"), 1)
        .number_column({"ci_low", "ci_high"},
                       words("report_survey_column_interval", {{"level", shortest_text(100 * findings.confidence)}}),
                       1.4)
        .unit(words("report_supplier_unit",
                    {{"outcome", section.outcome.in(language)}, {"unit", words.format().unit(section.unit)}}));
    std::size_t shown = 0;
    for (const survey::SupplierFinding& row : section.findings.suppliers) {
        if (shown == most) break;
        ++shown;
        table.begin_row().text(row.supplier);
        if (row.levels_withheld) {
            table.suppressed().suppressed().suppressed();
        } else {
            std::int64_t known = 0;
            std::int64_t middle = 0;
            for (const auto& [level, count] : row.levels) {
                if (level > 0) known += count;
                if (level >= 3) middle += count;
            }
            table.count(row.firms).count(row.events);
            table.number(
                known > 0 ? 100.0 * static_cast<double>(middle) / static_cast<double>(known) : effects::not_available,
                1, "report_supplier_no_level");
        }
        if (row.effect_withheld) {
            table.suppressed().suppressed().suppressed().suppressed();
            continue;
        }
        table.count(row.n)
            .number(row.mean, 1, "report_supplier_no_effect")
            .emphasised([&] { table.number(row.shrunken, 1, "report_supplier_no_effect"); })
            .interval(row.interval.low, row.interval.high, 1);
    }
    const std::size_t all = section.findings.suppliers.size();
    if (all > shown) {
        table.note(
            words("report_supplier_more", {{"number", words.format().count(static_cast<std::int64_t>(all - shown))}}));
    }
    table.note(words("report_supplier_limit", {{"minimum", std::to_string(section.minimum_firms)}}))
        .note(words("chart_suppliers_note"));
    return table.finish();
}

Table best_practice_table(const survey::SurveyFindings& findings, Language language) {
    if (findings.cases.empty()) return absent("best_practice");
    const Words words(language);
    TableBuilder table(words, "best_practice", "report_cases_caption");
    table.text_column({"year"}, words("report_stage_column_year"), 0.6)
        .text_column({"award"}, words("report_cases_award"), 0.8)
        .text_column({"firm"}, words("report_cases_firm"), 1.2)
        .text_column({"supplier"}, words("report_supplier_column_supplier"), 1.2)
        .text_column({"summary"}, words("report_cases_summary"), 3.4);
    for (const survey::BestPractice& item : findings.cases) {
        table.begin_row().text(item.year ? integer_text(*item.year) : "");
        table.text(item.award).text(item.firm).text(item.supplier).text(item.summary);
    }
    table.note(words("report_cases_note"));
    return with_source(table.finish(), findings, language);
}

Table survey_data_table(const survey::SurveyFindings& findings, Language language) {
    const Words words(language);
    TableBuilder table(words, "survey_data", "report_survey_caption_data");
    table.text_column({"name"}, words("report_survey_column_data"), 1.4)
        .number_column({"rows"}, words("report_survey_column_rows"), 0.6)
        .text_column({"content"}, words("report_survey_column_content"), 3);
    for (const survey::DataFile& file : findings.data) {
        table.begin_row().text(file.name).count(file.rows).text(file.content.substr(0, 32));
    }
    table.note(words("report_survey_note_content"));
    return table.finish();
}

}  // namespace twinfirm::report
