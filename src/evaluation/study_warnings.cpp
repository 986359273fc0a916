// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_warnings.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"
#include "twinfirm/design/effect_settings.h"
#include "twinfirm/evaluation/design_warnings.h"

namespace twinfirm::evaluation {

namespace {

constexpr double effective_share = 0.5;  // of the matched non-adopters
constexpr std::int64_t few_pairs = 30;

void warn(Evaluation& result, std::string code, std::int64_t count, MessageArguments arguments = {}) {
    if (count > 0) result.messages.push_back({std::move(code), Severity::warning, std::move(arguments), count});
}

/// One list a code: what several outcomes say comes together.
void append(WarningList list, Evaluation& result) {
    if (list.rows.empty()) return;
    for (WarningList& known : result.lists) {
        if (known.code != list.code) continue;
        known.rows.insert(known.rows.end(), list.rows.begin(), list.rows.end());
        known.names.insert(known.names.end(), list.names.begin(), list.names.end());
        return;
    }
    result.lists.push_back(std::move(list));
}

std::string percent_text(double share) {
    return fixed_text(100 * share, 1);
}

void add(DesignWarnings warnings, Evaluation& result) {
    for (Message& message : warnings.messages) result.messages.push_back(std::move(message));
    for (WarningList& list : warnings.lists) result.lists.push_back(std::move(list));
}

/// Firms are named by their key and the adoption year of the cohort.
void warn_of_design(const std::vector<MatchedCohort>& cohorts, const stats::Panel& panel, Evaluation& result) {
    std::vector<WarnedSection> sections;
    for (const MatchedCohort& cohort : cohorts) {
        sections.push_back({cohort.match, cohort.frame, cohort.firms.adopter, cohort.firms.year});
    }
    const UnitKey key{{"firm_id", "adoption_year"}, [&](std::size_t section, std::size_t row) {
                          const CohortFirms& firms = cohorts[section].firms;
                          return std::vector<std::string>{panel.ids()[firms.firms[row]], integer_text(firms.year)};
                      }};
    add(design_warnings(sections, key, result.specification.matching, design::minimum_shown(result.specification)),
        result);
}

void warn_of_window(const stats::Panel& panel, Evaluation& result) {
    if (result.data.adopters_outside_window == 0) return;
    WarningList list{"adopters_outside_window", {"firm_id", "adoption_year"}, {}, {}};
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        const int year = panel.adoption_year[firm];
        if (year == 0 || (year > panel.first_year() && year <= panel.last_year())) continue;
        list.rows.push_back({panel.ids()[firm], integer_text(year)});
    }
    warn(result, list.code, result.data.adopters_outside_window);
    result.lists.push_back(std::move(list));
}

/// Weighting warns by itself, cohort by cohort.
void warn_of_weights(const std::vector<MatchedCohort>& cohorts, Evaluation& result) {
    if (result.specification.matching.method == design::MatchMethod::weighting) return;
    std::vector<std::size_t> used;
    for (const MatchedCohort& cohort : cohorts) {
        for (std::size_t row = 0; row < cohort.match.sample.weight.size(); ++row) {
            if (cohort.firms.adopter[row] == 0 && cohort.match.sample.weight[row] > 0) {
                used.push_back(cohort.firms.firms[row]);
            }
        }
    }
    std::sort(used.begin(), used.end());
    const auto firms = std::unique(used.begin(), used.end()) - used.begin();
    const double share = result.size.ess_control / static_cast<double>(firms);
    if (share < effective_share) {
        warn(result, "weights_few_effective_control", firms, {{"percent", percent_text(share)}});
    }
}

/// Differences before adoption speak against parallel trends.
void warn_of_leads(Evaluation& result) {
    const design::Specification& specification = result.specification;
    for (const design::Outcome& outcome : specification.outcomes) {
        WarningList list{"study_pre_trend", {"outcome", "event_time", "estimate", "p_value"}, {}, {}};
        for (const EffectRow& row : result.effects) {
            const bool lead = row.event_time && *row.event_time < 0 && row.group.breakdown.empty();
            if (!lead || row.outcome != outcome.key || row.estimator != "did") continue;
            if (!(row.effect.p_value < 1 - specification.confidence_level)) continue;
            list.rows.push_back({outcome.key, integer_text(*row.event_time), shortest_text(row.effect.estimate),
                                 shortest_text(row.effect.p_value)});
            list.names.push_back(integer_text(*row.event_time));
        }
        const auto found = static_cast<std::int64_t>(list.rows.size());
        warn(result, list.code, found, {{"outcome@ko", outcome.label.ko}, {"outcome@en", outcome.label.en}});
        append(std::move(list), result);
    }
}

/// Groups whose effect rests on few adopters; hidden ones are not told of.
void warn_of_small_groups(Evaluation& result) {
    WarningList list{"study_small_groups", {"breakdown", "group", "outcome", "n_treated"}, {}, {}};
    for (const EffectRow& row : result.effects) {
        const bool mean = !row.event_time && row.estimator == "did" && !row.group.breakdown.empty();
        if (!mean || row.group.suppressed || row.effect.n_treated >= few_pairs || row.effect.n_treated == 0) continue;
        list.rows.push_back({row.group.breakdown, row.group.key, row.outcome, integer_text(row.effect.n_treated)});
        const std::string name = row.group.breakdown + "=" + row.group.key;
        if (std::find(list.names.begin(), list.names.end(), name) == list.names.end()) list.names.push_back(name);
    }
    warn(result, list.code, static_cast<std::int64_t>(list.names.size()));
    append(std::move(list), result);
}

}  // namespace

void add_study_warnings(const std::vector<MatchedCohort>& cohorts, const stats::Panel& panel, Evaluation& result) {
    warn_of_window(panel, result);
    warn_of_design(cohorts, panel, result);
    warn_of_weights(cohorts, result);
    add(balance_warnings(result.balance), result);
    warn_of_leads(result);
    warn_of_small_groups(result);
    const design::MatchingSettings& matching = result.specification.matching;
    const design::EffectDesign form = design::effect_design(matching);
    const bool pairs = form == design::EffectDesign::pairs || form == design::EffectDesign::replacement;
    if (pairs && !matching.caliper && !matching.smallest_caliper) {
        result.messages.push_back({"matching_without_caliper", Severity::info, {}, 0});
    }
}

}  // namespace twinfirm::evaluation
