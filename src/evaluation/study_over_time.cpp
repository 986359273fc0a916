// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_over_time.h"

#include <limits>

#include "protection_parts.h"
#include "staggered_study.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/p_value_text.h"

namespace twinfirm::evaluation {

namespace {

void suppress(TimedEffect& effect, std::int64_t minimum) {
    if (!effect.suppressed && (effect.n_treated >= minimum || effect.n_treated == 0)) return;
    const std::optional<int> at = effect.at;
    effect = {};
    effect.at = at;
    effect.suppressed = true;
}

void suppress(effects::Estimate& estimate, std::int64_t minimum) {
    if (estimate.n_treated < minimum) estimate = {};
}

/// What the tests found, as remarks that a reader cannot overlook.
void add_test_messages(const design::Specification& specification, OverTime& over_time) {
    const double alpha = 1 - specification.confidence_level;
    bool passed = false;
    const auto look = [&](const std::optional<PathTests>& tests, const std::string& key, const char* code) {
        if (!tests) return;
        const double p = tests->pretrend.p_value;
        if (p < alpha) {
            for (const design::Outcome& outcome : specification.outcomes) {
                if (outcome.key != key) continue;
                over_time.messages.push_back(
                    {code,
                     Severity::warning,
                     {{"outcome@ko", outcome.label.ko}, {"outcome@en", outcome.label.en}, {"p", p_value_text(p)}},
                     0});
            }
        } else if (p >= alpha) {
            passed = true;
        }
    };
    for (const MatchedOutcomePath& path : over_time.matched)
        look(path.tests, path.outcome, "pretrend_rejected_matched");
    for (const StaggeredOutcome& outcome : over_time.staggered) {
        look(outcome.tests, outcome.outcome, "pretrend_rejected_staggered");
    }
    if (passed) over_time.messages.push_back({"did_pretrend_weak", Severity::info, {}, 0});
}

}  // namespace

void suppress_small_cells(std::int64_t minimum, OverTime& result) {
    for (StaggeredOutcome& outcome : result.staggered) {
        for (GroupTime& cell : outcome.effects) suppress(cell.effect, minimum);
        for (TimedAggregate& aggregate : outcome.aggregates) {
            suppress(aggregate.overall, minimum);
            for (TimedEffect& effect : aggregate.by) suppress(effect, minimum);
        }
    }
    for (MatchedOutcomePath& path : result.matched) {
        for (TimedEffect& effect : path.by) suppress(effect, minimum);
    }
    for (PlaceboRow& row : result.placebos) suppress(row.effect, minimum);
    for (DesignRow& row : result.designs) {
        if (row.effect.n_treated >= minimum) continue;
        row.effect = {};
        row.percent = row.percent_low = row.percent_high = effects::not_available;
    }
    for (AttritionRow& row : result.attrition) {
        if (row.observed_treated >= minimum && row.observed_control >= minimum) continue;
        suppress(row.plain, std::numeric_limits<std::int64_t>::max());
        suppress(row.weighted, std::numeric_limits<std::int64_t>::max());
        row.bounds.reset();
        row.treated = row.control = row.observed_treated = row.observed_control = hidden_count;
    }
    for (ResponseRow& row : result.responses) {
        if (row.answered >= minimum) continue;
        suppress(row.plain, std::numeric_limits<std::int64_t>::max());
        suppress(row.weighted, std::numeric_limits<std::int64_t>::max());
        row.bound_low = row.bound_high = effects::not_available;
        row.answered = hidden_count;
    }
}

Status add_over_time(const OverTimeInput& input, Evaluation& result) {
    OverTime over_time;
    over_time.pool = pool_summary(input);
    TWINFIRM_TRY(add_matched_paths(input, over_time));
    TWINFIRM_TRY(add_staggered(input.specification(), input.study.panel, input.threads, input.token, over_time));
    TWINFIRM_TRY(add_matched_placebos(input, over_time));
    TWINFIRM_TRY(add_designs(input, over_time));
    TWINFIRM_TRY(add_attrition(input, over_time));
    TWINFIRM_TRY(add_responses(input, over_time));
    TWINFIRM_TRY(link_staggered(input.token, over_time, result));
    suppress_small_cells(design::minimum_shown(input.specification()), over_time);
    add_test_messages(input.specification(), over_time);
    result.over_time = std::move(over_time);
    return {};
}

}  // namespace twinfirm::evaluation
