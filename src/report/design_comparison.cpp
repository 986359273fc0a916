// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/design_comparison.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "effect_rows.h"
#include "table_builder.h"
#include "twinfirm/design/term_label.h"

namespace twinfirm::report {

using evaluation::EffectRow;
using evaluation::Evaluation;

namespace {

constexpr double like = 0.1;  ///< |SMD| up to which the arms count as alike (Austin 2009)

/// Firms with a reason to be in or out of the comparison.
std::int64_t firms_with(const Evaluation& evaluation, bool matched, bool adopters) {
    std::int64_t count = 0;
    for (const evaluation::ReasonCount& row : evaluation.reasons) {
        if ((row.reason == matching::Reason::matched) != matched) continue;
        const std::int64_t firms = adopters ? row.firms.treated : row.firms.control;
        if (firms < 0) return firms;  // hidden, and so is the sum
        count += firms;
    }
    return count;
}

/// The covariates alone, without the score.
std::vector<const balance::BalanceRow*> covariates_of(const Evaluation& evaluation) {
    std::vector<const balance::BalanceRow*> rows;
    for (const balance::BalanceRow& row : evaluation.balance) {
        if (row.type != "distance") rows.push_back(&row);
    }
    return rows;
}

double largest_smd(const Evaluation& evaluation) {
    double largest = effects::not_available;
    for (const auto* row : covariates_of(evaluation)) {
        const double smd = std::abs(row->after.smd);
        if (std::isfinite(smd) && !(smd <= largest)) largest = smd;
    }
    return largest;
}

std::int64_t beyond_like(const Evaluation& evaluation) {
    const auto rows = covariates_of(evaluation);
    return std::count_if(rows.begin(), rows.end(), [](const auto* row) { return std::abs(row->after.smd) > like; });
}

/// What the other specification has otherwise, as JSON pointers, each once; its name and preset left out.
std::string differences(const Evaluation& own, const Evaluation& other) {
    const auto json = [](const Evaluation& evaluation) {
        auto value = nlohmann::json::parse(design::specification_to_json(evaluation.specification));
        value.erase("title");
        value.erase("preset");
        return value;
    };
    std::vector<std::string> places;
    for (const auto& step : nlohmann::json::diff(json(own), json(other))) {
        std::string place = step.at("path").get<std::string>();
        if (std::find(places.begin(), places.end(), place) == places.end()) places.push_back(std::move(place));
    }
    constexpr std::size_t most = 8;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, places.size()); ++i) text += (i > 0 ? ", " : "") + places[i];
    if (places.size() > most) text += ", …";
    return text;
}

void add_effect(TableBuilder& table, const Evaluation& evaluation, const design::Outcome& outcome) {
    const EffectRow* row = find_effect(evaluation, {outcome.key, std::nullopt}, main_estimator(evaluation));
    if (row == nullptr) {
        table.estimate({}, "report_missing_number");
    } else if (row->group.suppressed) {
        table.suppressed();
    } else {
        table.estimate_with_n(shown_effect(*row, outcome), row->effect.n_treated, missing_effect_reason(row->effect));
    }
}

std::string row_name(const balance::BalanceRow& row) {
    return row.level.empty() ? row.covariate : row.covariate + ": " + row.level;
}

const balance::BalanceRow* find_row(const Evaluation& evaluation, const std::string& name) {
    const auto found = std::find_if(evaluation.balance.begin(), evaluation.balance.end(),
                                    [&](const auto& row) { return row_name(row) == name; });
    return found == evaluation.balance.end() ? nullptr : &*found;
}

}  // namespace

Table compared_designs_table(const Evaluation& own, const Evaluation& other, Language language) {
    const Words words(own, language);
    const std::string when = event_time_text(std::nullopt, own.specification, words);
    TableBuilder table(words, "compared_designs", "report_caption_compared_designs");
    table.text_column({}, words("report_column_item"), 2.6)
        .text_column({}, words("report_column_unit"), 1)
        .number_column({}, words("report_column_this_design"), 1.8)
        .number_column({}, words("report_column_other_design"), 1.8)
        .note(words("report_note_compared_designs",
                    {{"time", when}, {"interval", interval_text(own.specification, words)}}));
    const std::string differing = differences(own, other);
    table.note(differing.empty() ? words("report_note_same_designs")
                                 : words("report_note_differing_designs", {{"places", differing}}));
    const std::array<const Evaluation*, 2> both = {&own, &other};
    const std::string firms = words("report_unit_firms");
    const auto add_count = [&](const char* code, const std::string& unit, auto count) {
        table.begin_row().text(words(code), code).text(unit);
        for (const Evaluation* evaluation : both) table.count(count(*evaluation));
    };
    add_count("report_row_adopters_matched", firms, [](const Evaluation& e) { return firms_with(e, true, true); });
    add_count("report_row_adopters_left", firms, [](const Evaluation& e) { return firms_with(e, false, true); });
    add_count("report_row_non_adopters_matched", firms, [](const Evaluation& e) { return firms_with(e, true, false); });
    add_count("report_row_beyond_like", words("report_unit_covariates"), beyond_like);
    table.begin_row().text(words("report_row_largest_smd"), "largest_smd").text("SD");
    for (const Evaluation* evaluation : both) table.number(largest_smd(*evaluation), 3);
    for (const design::Outcome& outcome : own.specification.outcomes) {
        table.begin_row(true)
            .text(words("report_row_effect_on", {{"outcome", outcome.label.in(language)}}), outcome.key)
            .text(words.format().unit(change_unit(outcome)));
        for (const Evaluation* evaluation : both) add_effect(table, *evaluation, outcome);
    }
    return table.finish();
}

Table compared_balance_table(const Evaluation& own, const Evaluation& other, Language language) {
    const Words words(own, language);
    TableBuilder table(words, "compared_balance", "report_caption_compared_balance");
    table.text_column({"covariate"}, words("report_column_covariate"), 2.6)
        .number_column({"smd_before"}, words("report_before_matching"))
        .number_column({"smd_own"}, words("report_column_this_design"))
        .number_column({"smd_other"}, words("report_column_other_design"))
        .note(words("report_note_compared_balance"));
    const auto add_row = [&](const balance::BalanceRow& row, const Evaluation& holder) {
        const balance::BalanceRow* here = find_row(own, row_name(row));
        const balance::BalanceRow* there = find_row(other, row_name(row));
        const std::string label = design::term_label(holder.specification, row.covariate, language);
        table.begin_row()
            .text(row.type == "distance" ? words("report_propensity_score")
                  : row.level.empty()    ? label
                                         : label + ": " + row.level,
                  row_name(row))
            .number(row.before.smd, 3)
            .number(here == nullptr ? effects::not_available : here->after.smd, 3)
            .number(there == nullptr ? effects::not_available : there->after.smd, 3);
    };
    for (const balance::BalanceRow& row : own.balance) add_row(row, own);
    for (const balance::BalanceRow& row : other.balance) {
        if (find_row(own, row_name(row)) == nullptr) add_row(row, other);
    }
    return table.finish();
}

}  // namespace twinfirm::report
