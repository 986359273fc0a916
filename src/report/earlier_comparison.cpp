// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/earlier_comparison.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "earlier_section.h"
#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/term_label.h"
#include "twinfirm/evaluation/definition_difference.h"

namespace twinfirm::report {

using design::Outcome;
using design::ProcessKpi;
using design::Specification;
using evaluation::BeforeAfterRow;
using evaluation::DefinitionDifference;
using evaluation::EffectRow;
using evaluation::Evaluation;
using evaluation::ResultSummary;

namespace {

constexpr std::size_t hash_shown = 12;

/// One result's number of an outcome or indicator.
struct Side {
    bool there = false;
    bool suppressed = false;
    Shown shown;
    std::int64_t n = 0;
};

template <class Row>
const Row* headline(const std::vector<Row>& rows, const std::string& outcome) {
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row& row) {
        return row.outcome == outcome && row.group.breakdown.empty() && !row.event_time;
    });
    return found == rows.end() ? nullptr : &*found;
}

const EffectRow* matched_headline(const std::vector<EffectRow>& rows, const std::string& outcome) {
    for (const EffectRow& row : rows) {
        if (row.estimator == "did" && row.outcome == outcome && row.group.breakdown.empty() && !row.event_time) {
            return &row;
        }
    }
    return headline(rows, outcome);
}

Side matched_side(const std::vector<EffectRow>& rows, const Outcome& outcome) {
    const EffectRow* row = matched_headline(rows, outcome.key);
    if (row == nullptr) return {};
    return {true, row->group.suppressed, shown_effect(*row, outcome), row->effect.n_treated};
}

Side naive_side(const std::vector<BeforeAfterRow>& rows, const Outcome& outcome) {
    const BeforeAfterRow* row = headline(rows, outcome.key);
    if (row == nullptr) return {};
    return {true, row->group.suppressed, shown_change(*row, outcome), row->change.n};
}

Side process_side(const std::vector<BeforeAfterRow>& rows, const ProcessKpi& kpi) {
    const BeforeAfterRow* row = headline(rows, kpi.key);
    if (row == nullptr) return {};
    return {true, row->group.suppressed, shown_share(row->change.ratio_of_sums), row->change.n};
}

template <class Item>
const Item* by_key(const std::vector<Item>& items, const std::string& key) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.key == key; });
    return found == items.end() ? nullptr : &*found;
}

/// This result's items, then those that the earlier one alone has; each with its twin or null.
template <class Item>
std::vector<std::pair<const Item*, const Item*>> pairs_of(const std::vector<Item>& now,
                                                          const std::vector<Item>& earlier) {
    std::vector<std::pair<const Item*, const Item*>> pairs;
    for (const Item& item : now) pairs.emplace_back(&item, by_key(earlier, item.key));
    for (const Item& item : earlier) {
        if (by_key(now, item.key) == nullptr) pairs.emplace_back(nullptr, &item);
    }
    return pairs;
}

void add_side(TableBuilder& table, const Side& side) {
    if (!side.there) {
        table.estimate({}, "report_missing_other_result")
            .number(effects::not_available, 0, "report_missing_other_result");
    } else if (side.suppressed) {
        table.suppressed().suppressed();
    } else {
        table.estimate(side.shown).count(side.n);
    }
}

void add_difference(TableBuilder& table, const Side& now, const Side& earlier) {
    if (now.suppressed || earlier.suppressed) {
        table.suppressed();
    } else if (!now.there || !earlier.there) {
        table.number(effects::not_available, 0, "report_missing_other_result");
    } else if (now.shown.unit != earlier.shown.unit) {
        table.number(effects::not_available, 0, "report_missing_other_unit");
    } else {
        table.number(now.shown.estimate - earlier.shown.estimate, now.shown.decimals);
    }
}

std::string years_text(const evaluation::DataSummary& data, const Words& words) {
    return words("report_earlier_years",
                 {{"first", integer_text(data.first_year)}, {"last", integer_text(data.last_year)}});
}

/// What a setting is called; one without a name by its place in the specification.
std::string setting_text(const std::string& setting, const Words& words) {
    std::string code = "report_setting_" + setting;
    std::replace(code.begin(), code.end(), '/', '_');
    std::string text = words(code);
    return text == code ? setting : text;
}

std::string value_text(const std::string& json, const DefinitionDifference& difference,
                       const Specification& specification, const Words& words) {
    if (json.empty()) return words("report_earlier_absent");
    if (difference.setting.empty()) return words("report_earlier_present");
    const auto value = nlohmann::json::parse(json);
    const auto word = [&](const nlohmann::json& item) {
        if (item.is_boolean()) return words(item.get<bool>() ? "report_value_yes" : "report_value_no");
        if (item.is_null()) return std::string(not_available_mark);
        if (!item.is_string()) return item.dump();
        auto text = item.get<std::string>();
        if (difference.setting == "covariates" || difference.setting == "matching/exact") {
            return design::term_label(specification, text, words.language());
        }
        const std::string code = "report_value_" + text;
        std::string known = words(code);
        return known == code ? text : known;
    };
    if (!value.is_array()) {
        std::string text = word(value);
        return text.empty() ? words("report_none") : text;
    }
    std::string list;
    for (const auto& item : value) list += (list.empty() ? "" : ", ") + word(item);
    return list.empty() ? words("report_none") : list;
}

/// `매출액: 변화 방식`
std::string difference_text(const DefinitionDifference& difference, const Specification& now,
                            const Specification& earlier, const Words& words) {
    if (difference.part.empty()) return setting_text(difference.setting, words);
    std::string subject = difference.subject;
    const auto name_by = [&](const auto& mine, const auto& others) {
        if (const auto* item = by_key(mine, difference.subject)) {
            subject = item->label.in(words.language());
        } else if (const auto* other = by_key(others, difference.subject)) {
            subject = other->label.in(words.language());
        }
    };
    if (difference.part == "outcomes") name_by(now.outcomes, earlier.outcomes);
    if (difference.part == "process_kpis") name_by(now.process_kpis, earlier.process_kpis);
    if (difference.part == "breakdowns") name_by(now.breakdowns, earlier.breakdowns);
    const MessageArguments arguments = {{"part", words("report_part_" + difference.part)},
                                        {"subject", subject},
                                        {"setting", setting_text(difference.setting, words)}};
    return words(difference.setting.empty() ? "report_earlier_subject" : "report_earlier_subject_setting", arguments);
}

}  // namespace

Table earlier_headline_table(const Evaluation& evaluation, const ResultSummary& earlier, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "earlier_headlines", "report_caption_earlier_headlines",
                       {{"time", event_time_text(std::nullopt, evaluation.specification, words)}});
    table.text_column({"outcome", "outcome_label"}, words("report_column_outcome"), 1.3)
        .text_column({"measure", "measure_label"}, words("report_column_measure"), 1.4)
        .text_column({"unit"}, words("report_column_unit"), 0.7)
        .number_column({"estimate", "ci_low", "ci_high"}, words("report_column_estimate"), 1.6)
        .number_column({"n"}, "n", 0.8)
        .number_column({"earlier_estimate", "earlier_ci_low", "earlier_ci_high"}, words("report_column_estimate"), 1.6)
        .number_column({"earlier_n"}, "n", 0.8)
        .number_column({"difference"}, words("report_column_difference"), 0.9)
        .header_above(3, 2, words("report_earlier_this", {{"years", years_text(evaluation.data, words)}}))
        .header_above(5, 2, words("report_earlier_other", {{"years", years_text(earlier.data, words)}}))
        .note(words("report_note_interval_below", {{"interval", interval_text(evaluation.specification, words)}}))
        .note(words("report_note_earlier_difference"))
        .note(words("report_note_naive"));
    const auto add_row = [&](const std::string& key, const std::string& label, const char* measure, const Side& now,
                             const Side& before, bool emphasis) {
        if (!now.there && !before.there) return;
        const std::string& unit = now.there ? now.shown.unit : before.shown.unit;
        table.begin_row(emphasis)
            .text(label, key)
            .text(words(std::string("report_earlier_measure_") + measure), measure)
            .text(words.format().unit(unit), unit);
        add_side(table, now);
        add_side(table, before);
        add_difference(table, now, before);
    };
    for (const auto& [now, before] : pairs_of(evaluation.specification.outcomes, earlier.specification.outcomes)) {
        const Outcome& any = now != nullptr ? *now : *before;
        const std::string& label = any.label.in(language);
        add_row(any.key, label, "matched", now == nullptr ? Side{} : matched_side(evaluation.effects, *now),
                before == nullptr ? Side{} : matched_side(earlier.effects, *before), true);
        add_row(any.key, label, "naive", now == nullptr ? Side{} : naive_side(evaluation.before_after, *now),
                before == nullptr ? Side{} : naive_side(earlier.before_after, *before), false);
    }
    for (const auto& [now, before] :
         pairs_of(evaluation.specification.process_kpis, earlier.specification.process_kpis)) {
        const ProcessKpi& any = now != nullptr ? *now : *before;
        add_row(any.key, any.label.in(language), "naive",
                now == nullptr ? Side{} : process_side(evaluation.before_after, *now),
                before == nullptr ? Side{} : process_side(earlier.before_after, *before), false);
    }
    return table.merge_equal_rows(0).finish();
}

Table earlier_study_table(const Evaluation& evaluation, const ResultSummary& earlier, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "earlier_studies", "report_caption_earlier_studies");
    table.text_column({"item", "item_label"}, words("report_column_item"), 1.6)
        .text_column({"this_result"}, words("report_earlier_this_result"), 1.6)
        .text_column({"earlier_result"}, words("report_earlier_other_result"), 1.6);
    const auto add_row = [&](const char* item, std::string now, std::string before) {
        table.begin_row()
            .text(words(std::string("report_earlier_item_") + item), item)
            .text(std::move(now))
            .text(std::move(before));
    };
    const auto count = [&](std::int64_t value) { return words.format().count(value); };
    const evaluation::DataSummary& data = evaluation.data;
    add_row("years", years_text(data, words), years_text(earlier.data, words));
    add_row("firms", count(data.firms), count(earlier.data.firms));
    add_row("adopters", count(data.adopters), count(earlier.data.adopters));
    add_row("respondents", count(data.survey_respondents), count(earlier.data.survey_respondents));
    add_row("estimand", evaluation.estimand, earlier.estimand);
    add_row("specification", evaluation.specification_hash.substr(0, hash_shown),
            earlier.specification_hash.substr(0, hash_shown));
    add_row("version", evaluation.engine_version, earlier.engine_version);
    return table.finish();
}

Table earlier_definition_table(const Evaluation& evaluation, const ResultSummary& earlier, Language language) {
    const Words words(evaluation, language);
    TableBuilder table(words, "earlier_definitions", "report_caption_earlier_definitions");
    table.text_column({"setting", "setting_label"}, words("report_column_item"), 1.6)
        .text_column({"this_result"}, words("report_earlier_this_result"), 2)
        .text_column({"earlier_result"}, words("report_earlier_other_result"), 2);
    for (const DefinitionDifference& difference :
         evaluation::definition_differences(evaluation.specification, earlier.specification)) {
        std::string key = difference.part;
        for (const std::string& step : {difference.subject, difference.setting}) {
            if (!step.empty()) key += (key.empty() ? "" : "/") + step;
        }
        table.begin_row()
            .text(difference_text(difference, evaluation.specification, earlier.specification, words), key)
            .text(value_text(difference.first, difference, evaluation.specification, words))
            .text(value_text(difference.second, difference, earlier.specification, words));
    }
    return table.finish();
}

std::vector<Table> earlier_tables(const Evaluation& evaluation, const ResultSummary& earlier, Language language) {
    std::vector<Table> tables = {earlier_headline_table(evaluation, earlier, language),
                                 earlier_study_table(evaluation, earlier, language),
                                 earlier_definition_table(evaluation, earlier, language)};
    std::erase_if(tables, [](const Table& table) { return table.rows.empty(); });
    return tables;
}

std::vector<std::string> earlier_lines(const Evaluation& evaluation, const ResultSummary& earlier, Language language) {
    const Words words(evaluation, language);
    const auto differences = evaluation::definition_differences(evaluation.specification, earlier.specification);
    const auto number = static_cast<std::int64_t>(differences.size());
    return {words("report_earlier_shared_firms"),
            differences.empty()
                ? words("report_earlier_same_definitions")
                : words("report_earlier_other_definitions", {{"number", words.format().count(number)}})};
}

void add_earlier_result(DocumentBuilder& builder, const Evaluation& evaluation, const ReportOptions& options,
                        Language language) {
    if (!options.earlier) return;
    builder.open_chapter("report_section_earlier");
    builder.add_bullets(earlier_lines(evaluation, *options.earlier, language), 0);
    for (Table& table : earlier_tables(evaluation, *options.earlier, language)) builder.add_table(std::move(table));
}

}  // namespace twinfirm::report
