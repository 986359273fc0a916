// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "effect_rows.h"
#include "timed_numbers.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/charts/effect_rows.h"
#include "twinfirm/report/over_time_tables.h"

namespace twinfirm::report {

using design::Outcome;
using evaluation::Evaluation;

namespace {

/// The sentence on the trend of the gap. It says that the gap widens or narrows only where the slope's interval leaves
/// out 0.
std::string trend_line(const Evaluation& evaluation, const evaluation::MatchedOutcomePath& path, const Outcome& outcome,
                       const Words& words) {
    const effects::EffectTrend& trend = path.tests->trend;
    if (!std::isfinite(trend.slope.std_error) || path.by.empty()) return {};
    const Shown shown =
        shown_interval(trend.slope.att, trend.slope.ci_low, trend.slope.ci_high, trend.slope.p_value, outcome);
    const int decimals = std::max(2, shown.decimals);
    const bool apart = trend.slope.ci_low > 0 || trend.slope.ci_high < 0;
    const bool same_sign = (trend.slope.att > 0) == (path.by.back().estimate > 0);
    const char* code = !apart      ? "report_over_time_unclear"
                       : same_sign ? "report_over_time_widens"
                                   : "report_over_time_narrows";
    return words(code, {{"outcome", outcome.label.in(words.language())},
                        {"first", integer_text(trend.first)},
                        {"last", integer_text(trend.last)},
                        {"slope", words.format().quantity(shown.estimate, decimals, shown.unit)},
                        {"interval", interval_text(evaluation.specification, words)},
                        {"range", words.format().interval(shown.low, shown.high, decimals)}});
}

std::string breakdown_line(const evaluation::PathTests& tests, const Outcome& outcome, const Words& words) {
    if (tests.magnitudes.empty() || !std::isfinite(tests.magnitudes.back().largest_step)) return {};
    const double mbar = tests.magnitudes.back().breakdown;
    const std::string label = outcome.label.in(words.language());
    if (std::isnan(mbar)) return words("report_over_time_breakdown_none", {{"outcome", label}});
    if (!std::isfinite(mbar)) return {};
    // Rounded down: the sentence must hold for the number it names.
    const double shown = std::floor(mbar * 100) / 100;
    return words("report_over_time_breakdown", {{"outcome", label}, {"mbar", words.format().number(shown, 2)}});
}

std::string placebo_line(const Evaluation& evaluation, const Words& words) {
    int tests = 0;
    int found = 0;
    std::string names;
    for (const evaluation::PlaceboRow& row : evaluation.over_time.placebos) {
        if (!std::isfinite(row.effect.ci_low)) continue;
        ++tests;
        if (row.effect.ci_low <= 0 && row.effect.ci_high >= 0) continue;
        ++found;
        const Outcome* outcome = charts::find_outcome(evaluation, row.outcome);
        const std::string label = outcome == nullptr ? row.outcome : outcome->label.in(words.language());
        names += (names.empty() ? "" : ", ") + label + " (" + words("report_design_" + row.design) + ")";
    }
    if (tests == 0) return {};
    return words(found > 0 ? "report_over_time_placebo_found" : "report_over_time_placebo_none",
                 {{"tests", integer_text(tests)},
                  {"found", integer_text(found)},
                  {"names", names},
                  {"interval", interval_text(evaluation.specification, words)}});
}

/// How far the designs lie apart.
std::string designs_line(const Evaluation& evaluation, const Outcome& outcome, const Words& words) {
    double low = INFINITY;
    double high = -INFINITY;
    int count = 0;
    for (const evaluation::DesignRow& row : evaluation.over_time.designs) {
        if (row.outcome != outcome.key || !std::isfinite(row.effect.estimate)) continue;
        low = std::min(low, shown_number(row.effect.estimate, outcome));
        high = std::max(high, shown_number(row.effect.estimate, outcome));
        ++count;
    }
    if (count < 2) return {};
    const std::string unit = change_unit(outcome);
    const int decimals = unit_decimals(outcome);
    return words("report_over_time_designs_agree", {{"outcome", outcome.label.in(words.language())},
                                                    {"count", integer_text(count)},
                                                    {"low", words.format().quantity(low, decimals, unit)},
                                                    {"high", words.format().quantity(high, decimals, unit)}});
}

}  // namespace

bool has_over_time(const Evaluation& evaluation) {
    const evaluation::OverTime& over_time = evaluation.over_time;
    return !over_time.staggered.empty() || !over_time.matched.empty() || !over_time.placebos.empty() ||
           !over_time.designs.empty() || !over_time.attrition.empty() || !over_time.responses.empty();
}

std::vector<std::string> control_pool_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    const evaluation::ControlPoolSummary& pool = evaluation.over_time.pool;
    const std::string lags = integer_text(evaluation.specification.lags);
    const NumberFormat& format = words.format();
    std::vector<std::string> lines{
        words(pool.rule == "never" ? "report_over_time_pool_never" : "report_over_time_pool_not_by_horizon",
              {{"never", format.count(pool.never)}, {"later", format.count(pool.later)}, {"lags", lags}})};
    if (pool.repeated > 0) {
        lines.push_back(words("report_over_time_repeated", {{"repeated", format.count(pool.repeated)},
                                                            {"within", format.count(pool.repeated_in_window)},
                                                            {"lags", lags}}));
    }
    lines.push_back(words("report_over_time_spillover"));
    return lines;
}

std::vector<std::string> over_time_lines(const Evaluation& evaluation, Language language) {
    const Words words(evaluation, language);
    std::vector<std::string> lines;
    const auto say = [&](std::string line) {
        if (!line.empty()) lines.push_back(std::move(line));
    };
    bool tested = false;
    bool composition = false;
    for (const evaluation::MatchedOutcomePath& path : evaluation.over_time.matched) {
        const Outcome* outcome = charts::find_outcome(evaluation, path.outcome);
        if (outcome == nullptr || !path.tests) continue;
        tested = true;
        composition = composition || !path.same_sets;
        say(trend_line(evaluation, path, *outcome, words));
        say(breakdown_line(*path.tests, *outcome, words));
    }
    if (composition) say(words("report_over_time_composition"));
    if (tested) say(words("report_over_time_pretrend_weak"));
    for (const Outcome& outcome : evaluation.specification.outcomes) say(designs_line(evaluation, outcome, words));
    say(placebo_line(evaluation, words));
    return lines;
}

}  // namespace twinfirm::report
