// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/narrative.h"

#include <algorithm>
#include <cmath>

#include "effect_rows.h"
#include "lookup.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/charts/love_plot.h"
#include "twinfirm/design/term_label.h"
#include "words.h"

namespace twinfirm::report {

using design::Direction;
using evaluation::BeforeAfterRow;
using evaluation::EffectRow;
using evaluation::Evaluation;

namespace {

std::string quantity(const Shown& shown, const Words& words) {
    return words.format().quantity(shown.estimate, shown.decimals, shown.unit);
}

std::string unsigned_quantity(const Shown& shown, const Words& words) {
    return words.format().quantity(std::abs(shown.estimate), shown.decimals, shown.unit);
}

std::string interval(const Shown& shown, const Words& words) {
    return words.format().interval(shown.low, shown.high, shown.decimals);
}

/// `report_effect_*` and `report_naive_*` have the same variants and arguments.
struct Statement {
    std::string code;  ///< `report_effect` or `report_naive`
    std::string label;
    Direction direction = Direction::higher_is_better;
    Shown shown;
    std::string time;
    std::int64_t n = 0;
    bool suppressed = false;
};

std::string sentence(const Statement& statement, const design::Specification& specification, const Words& words) {
    const Verdict judged = verdict(statement.shown.low, statement.shown.high);
    MessageArguments arguments = {{"label", statement.label}, {"time", statement.time}};
    if (statement.suppressed) return words(statement.code + "_suppressed", arguments);
    if (!std::isfinite(statement.shown.estimate)) return words(statement.code + "_missing", arguments);
    arguments["n"] = words.format().count(statement.n);
    if (judged == Verdict::not_available) {
        arguments["estimate"] = quantity(statement.shown, words);
        return words(statement.code + "_no_interval", arguments);
    }
    arguments["interval"] = interval_text(specification, words) + " " + interval(statement.shown, words);
    if (judged == Verdict::not_significant) {
        arguments["estimate"] = quantity(statement.shown, words);
        return words(statement.code + "_not_significant", arguments);
    }
    arguments["size"] = unsigned_quantity(statement.shown, words);
    arguments["direction"] = direction_phrase(judged, statement.direction, words.language());
    return words(statement.code + "_significant", arguments);
}

/// `5.3% 증가 [3.1, 7.5], n=312`
std::string phrase(const Shown& shown, Direction direction, std::int64_t n, bool suppressed, const Words& words) {
    if (suppressed) return words("report_phrase_suppressed");
    if (!std::isfinite(shown.estimate)) return words("report_phrase_missing");
    MessageArguments arguments = {{"n", words.format().count(n)}};
    const Verdict judged = verdict(shown.low, shown.high);
    if (judged == Verdict::increase || judged == Verdict::decrease) {
        arguments["size"] = unsigned_quantity(shown, words);
        arguments["direction"] = direction_phrase(judged, direction, words.language());
        arguments["interval"] = interval(shown, words);
        return words("report_phrase_significant", arguments);
    }
    arguments["estimate"] = quantity(shown, words);
    if (judged == Verdict::not_available) return words("report_phrase_no_interval", arguments);
    arguments["interval"] = interval(shown, words);
    return words("report_phrase_not_significant", arguments);
}

/// `매출액 5.3% 증가 [3.1, 7.5]`, for lists within a sentence.
std::string short_phrase(const std::string& label, Direction direction, const Shown& shown, const Words& words) {
    const Verdict judged = verdict(shown.low, shown.high);
    if (judged == Verdict::not_available) return words("report_short_not_available", {{"label", label}});
    MessageArguments arguments = {{"label", label}, {"interval", interval(shown, words)}};
    if (judged == Verdict::not_significant) return words("report_short_not_significant", arguments);
    arguments["size"] = unsigned_quantity(shown, words);
    arguments["direction"] = direction_phrase(judged, direction, words.language());
    return words("report_short_significant", arguments);
}

void append(std::string& list, const std::string& item) {
    list += (list.empty() ? "" : ", ") + item;
}

std::string effect_list(const Evaluation& evaluation, const Words& words) {
    std::string list;
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const auto* row = find_effect(evaluation, {outcome.key, std::nullopt}, main_estimator(evaluation));
        if (row == nullptr) continue;
        append(list,
               short_phrase(outcome.label.in(words.language()), outcome.direction, shown_effect(*row, outcome), words));
    }
    return list;
}

std::string naive_list(const Evaluation& evaluation, const Words& words) {
    std::string list;
    for (const design::ProcessKpi& kpi : evaluation.specification.process_kpis) {
        const auto* row = find_change(evaluation, {kpi.key, std::nullopt});
        if (row == nullptr || row->group.suppressed) continue;
        append(list, short_phrase(kpi.label.in(words.language()), kpi.direction, shown_share(row->change.ratio_of_sums),
                                  words));
    }
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const auto* row = find_change(evaluation, {outcome.key, std::nullopt});
        if (row == nullptr || row->group.suppressed) continue;
        append(list,
               short_phrase(outcome.label.in(words.language()), outcome.direction, shown_change(*row, outcome), words));
    }
    return list;
}

/// Adopters that could have been matched, and those that were.
struct Matched {
    std::int64_t adopters = 0;
    std::int64_t matched = 0;
    std::int64_t dropped = 0;
};

Matched matched_adopters(const Evaluation& evaluation) {
    const std::int64_t adopters = flow_count(evaluation, "eligible").value_or(evaluation::ArmCount{}).treated;
    const std::int64_t matched = flow_count(evaluation, "matched").value_or(evaluation::ArmCount{}).treated;
    const bool hidden = adopters == evaluation::hidden_count || matched == evaluation::hidden_count;
    return {adopters, matched, hidden ? evaluation::hidden_count : adopters - matched};
}

}  // namespace

Verdict verdict(double low, double high) {
    if (!std::isfinite(low) || !std::isfinite(high)) return Verdict::not_available;
    if (low > 0) return Verdict::increase;
    return high < 0 ? Verdict::decrease : Verdict::not_significant;
}

std::string direction_phrase(Verdict verdict, Direction direction, Language language) {
    const Words words(language);
    const bool better_low = direction == Direction::lower_is_better;
    if (verdict == Verdict::increase) return words(better_low ? "report_increase_worse" : "report_increase");
    return words(better_low ? "report_decrease_better" : "report_decrease");
}

std::string effect_sentence(const Evaluation& evaluation, const EffectRow& row, Language language) {
    const Words words(evaluation, language);
    const design::Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
    if (outcome == nullptr) return {};
    return sentence(
        {"report_effect", outcome->label.in(language), outcome->direction, shown_effect(row, *outcome),
         event_time_text(row.event_time, evaluation.specification, words), row.effect.n_treated, row.group.suppressed},
        evaluation.specification, words);
}

std::string before_after_sentence(const Evaluation& evaluation, const BeforeAfterRow& row, Language language) {
    const Words words(evaluation, language);
    Statement statement;
    statement.code = "report_naive";
    statement.n = row.change.n;
    statement.suppressed = row.group.suppressed;
    if (const design::Outcome* outcome = charts::find_outcome(evaluation, row.outcome)) {
        statement.label = outcome->label.in(language);
        statement.direction = outcome->direction;
        statement.shown = shown_change(row, *outcome);
        statement.time = event_time_text(row.event_time, evaluation.specification, words);
    } else if (const design::ProcessKpi* kpi = charts::find_process_kpi(evaluation, row.outcome)) {
        statement.label = kpi->label.in(language);
        statement.direction = kpi->direction;
        statement.shown = shown_share(row.change.ratio_of_sums);
        statement.time = words("report_time_survey");
    } else {
        return {};
    }
    return sentence(statement, evaluation.specification, words);
}

std::string estimand_sentence(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const auto estimand = evaluation.specification.matching.estimand;
    if (evaluation.estimand == "ATO") return words("report_estimand_ato");
    if (estimand == design::Estimand::ate) return words("report_estimand_ate");
    if (estimand == design::Estimand::atc) return words("report_estimand_atc");
    const auto [adopters, matched, dropped] = matched_adopters(evaluation);
    if (dropped == 0) return words("report_estimand_att");
    return words("report_estimand_matched", {{"adopters", words.format().count(adopters)},
                                             {"dropped", words.format().count(dropped)},
                                             {"matched", words.format().count(matched)}});
}

std::string balance_sentence(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    // A difference that could not be computed is no evidence of balance.
    const auto unbalanced = [](const balance::BalanceStatistics& side) {
        return !(std::abs(side.smd) <= charts::smd_limit);
    };
    std::int64_t total = 0;
    std::int64_t before = 0;
    std::int64_t after = 0;
    std::string names;
    for (const auto& row : evaluation.balance) {
        if (row.type == "distance") continue;
        ++total;
        before += unbalanced(row.before) ? 1 : 0;
        if (!unbalanced(row.after)) continue;
        ++after;
        const std::string label =
            design::term_label(evaluation.specification, row.covariate, words.format().language());
        append(names, row.level.empty() ? label : label + ": " + row.level);
    }
    if (total == 0) return words("report_balance_none");
    MessageArguments arguments = {{"total", words.format().count(total)},
                                  {"before", words.format().count(before)},
                                  {"limit", words.format().number(charts::smd_limit, 1)}};
    if (after == 0) return words("report_balance_reached", arguments);
    arguments["after"] = words.format().count(after);
    arguments["names"] = names;
    return words("report_balance_missed", arguments);
}

namespace {

/// Years before the base year, as lists of words.
struct PreTrend {
    std::string tested;
    std::string different;
};

PreTrend pre_trend(const Evaluation& evaluation, std::string_view outcome_key, const Words& words) {
    PreTrend found;
    for (const EffectRow& row : evaluation.effects) {
        const bool lead = row.event_time && *row.event_time < -1 && row.group.breakdown.empty();
        if (!lead || row.outcome != outcome_key || row.estimator != main_estimator(evaluation)) continue;
        const Verdict judged = verdict(row.effect.ci_low, row.effect.ci_high);
        if (judged == Verdict::not_available) continue;
        const std::string time = event_time_text(row.event_time, evaluation.specification, words);
        append(found.tested, time);
        if (judged != Verdict::not_significant) append(found.different, time);
    }
    return found;
}

}  // namespace

std::string pre_trend_sentence(const Evaluation& evaluation, std::string_view outcome_key, Language language) {
    const Words words(evaluation, language);
    const design::Outcome* outcome = charts::find_outcome(evaluation, outcome_key);
    if (outcome == nullptr) return {};
    const auto [tested, different] = pre_trend(evaluation, outcome_key, words);
    MessageArguments arguments = {{"label", outcome->label.in(language)}};
    if (tested.empty()) return words("report_pre_trend_unknown", arguments);
    arguments["times"] = different.empty() ? tested : different;
    return words(different.empty() ? "report_pre_trend_not_found" : "report_pre_trend_found", arguments);
}

Sentences pre_trend_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    Sentences lines;
    std::string alike;
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const PreTrend found = pre_trend(evaluation, outcome.key, words);
        if (!found.tested.empty() && found.different.empty()) {
            append(alike, outcome.label.in(language));
        } else {
            lines.push_back({"pre_trend." + outcome.key, pre_trend_sentence(evaluation, outcome.key, language)});
        }
    }
    if (!alike.empty()) lines.push_back({"pre_trend.alike", words("report_pre_trend_none", {{"labels", alike}})});
    return lines;
}

Sentences outcome_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    Sentences lines;
    for (const design::Outcome& outcome : evaluation.specification.outcomes) {
        const RowKey key{outcome.key, std::nullopt};
        const EffectRow* effect = find_effect(evaluation, key, main_estimator(evaluation));
        if (effect == nullptr) continue;
        const BeforeAfterRow* naive = find_change(evaluation, key);
        lines.push_back(
            {"outcome." + outcome.key,
             words("report_outcome_line",
                   {{"label", outcome.label.in(language)},
                    {"effect", phrase(shown_effect(*effect, outcome), outcome.direction, effect->effect.n_treated,
                                      effect->group.suppressed, words)},
                    {"naive", naive == nullptr ? words("report_phrase_missing")
                                               : phrase(shown_change(*naive, outcome), outcome.direction,
                                                        naive->change.n, naive->group.suppressed, words)}})});
    }
    return lines;
}

std::string heterogeneity_sentence(const Evaluation& evaluation, const evaluation::Heterogeneity& test,
                                   Language language) {
    const Words words(evaluation, language);
    const design::Outcome* outcome = charts::find_outcome(evaluation, test.outcome);
    const design::Breakdown* breakdown = charts::find_breakdown(evaluation, test.breakdown);
    if (outcome == nullptr || breakdown == nullptr) return {};
    MessageArguments arguments = {{"label", outcome->label.in(language)}, {"breakdown", breakdown->label.in(language)}};
    if (!std::isfinite(test.p_value)) return words("report_heterogeneity_unknown", arguments);
    arguments["q"] = words.format().number(test.q, 2);
    arguments["df"] = words.format().number(test.df, 0);
    arguments["p"] = words.format().p_value(test.p_value);
    const bool differ = test.p_value < 1 - evaluation.specification.confidence_level;
    return words(differ ? "report_heterogeneity_found" : "report_heterogeneity_not_found", arguments);
}

Sentences summary_sentences(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const auto [adopters, matched, dropped] = matched_adopters(evaluation);
    Sentences sentences;
    sentences.push_back(
        {"summary.compared", words("report_summary_compared", {{"adopters", words.format().count(adopters)},
                                                               {"matched", words.format().count(matched)},
                                                               {"first", integer_text(evaluation.data.first_year)},
                                                               {"last", integer_text(evaluation.data.last_year)}})});
    const std::string effects = effect_list(evaluation, words);
    sentences.push_back(
        {"summary.effects", effects.empty()
                                ? words("report_summary_no_effects")
                                : words("report_summary_effects",
                                        {{"effects", effects},
                                         {"time", event_time_text(std::nullopt, evaluation.specification, words)},
                                         {"interval", interval_text(evaluation.specification, words)}})});
    const std::string naive = naive_list(evaluation, words);
    sentences.push_back({"summary.naive", naive.empty() ? words("report_summary_no_naive")
                                                        : words("report_summary_naive", {{"changes", naive}})});
    return sentences;
}

}  // namespace twinfirm::report
