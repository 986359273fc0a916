// SPDX-License-Identifier: GPL-3.0-or-later
#include "firm_changes.h"

#include <cmath>
#include <limits>

#include "over_time_parts.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/effects/matched_did.h"

namespace twinfirm::evaluation {

namespace {

/// Of each set the adopter's change less the weighted mean of the others'; NaN where either is missing.
std::vector<double> differences(const effects::MatchedOutcomes& outcomes, std::size_t sets) {
    std::vector<double> adopter(sets, effects::not_available);
    std::vector<double> sum(sets, 0);
    std::vector<double> weight(sets, 0);
    for (std::size_t i = 0; i < outcomes.value.size(); ++i) {
        const auto set = static_cast<std::size_t>(outcomes.set[i]);
        if (outcomes.treated[i] != 0) {
            adopter[set] = outcomes.value[i];
        } else {
            sum[set] += outcomes.weight[i] * outcomes.value[i];
            weight[set] += outcomes.weight[i];
        }
    }
    for (std::size_t set = 0; set < sets; ++set) adopter[set] -= sum[set] / weight[set];
    return adopter;
}

}  // namespace

Status add_firm_changes(const StudyCohorts& study, Evaluation& result) {
    const design::Specification& specification = study.specification;
    if (!has_pairs(specification) || effect_target(specification.matching) != effects::Target::adopters) return {};
    const std::vector<effects::MatchedSet> sets = sets_until(study, std::numeric_limits<int>::max());
    WarningList list{"matched_changes", {"firm", "adoption_year"}, {}, {}};
    for (const effects::MatchedSet& set : sets) {
        list.rows.push_back({study.panel.ids()[set.adopter], integer_text(set.cohort)});
    }
    for (const design::Outcome& outcome : specification.outcomes) {
        if (outcome.metric == design::ChangeMetric::per_hundred) continue;
        const auto changes = effects::matched_changes(study.panel, sets, did_outcome(outcome), {0, specification.lags});
        if (!changes) return tl::unexpected(changes.error());
        const double unit = changes->log ? 100 : 1;
        list.columns.push_back(outcome.key);
        const std::vector<double> values = differences(changes->outcomes, sets.size());
        for (std::size_t set = 0; set < sets.size(); ++set) {
            list.rows[set].push_back(std::isnan(values[set]) ? std::string() : shortest_text(unit * values[set]));
        }
    }
    if (!list.rows.empty()) result.lists.push_back(std::move(list));
    return {};
}

}  // namespace twinfirm::evaluation
