// SPDX-License-Identifier: GPL-3.0-or-later
#include "outcome_reader.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/effects/matched_did.h"

namespace twinfirm::effects {
namespace {

void years_of(const OutcomeReader& read, const MatchedSet& set, EventWindow window, MissingOutcome missing,
              std::vector<int>& years) {
    years.clear();
    for (int event_time = window.first; event_time <= window.last; ++event_time) {
        const int year = set.cohort + event_time;
        bool complete = read.has(set.adopter, year);
        if (missing == MissingOutcome::pair)
            for (const std::size_t control : set.controls) complete = complete && read.has(control, year);
        if (complete) years.push_back(year);
    }
}

void reserve(MatchedChanges& changes, std::span<const MatchedSet> sets, bool rate) {
    std::size_t rows = sets.size();
    for (const MatchedSet& set : sets) rows += set.controls.size();
    MatchedOutcomes& outcomes = changes.outcomes;
    outcomes.set.reserve(rows);
    outcomes.firm.reserve(rows);
    outcomes.treated.reserve(rows);
    outcomes.weight.reserve(rows);
    outcomes.value.reserve(rows);
    changes.cohort.reserve(rows);
    changes.base.reserve(rows);
    changes.after.reserve(rows);
    if (!rate) return;
    changes.base_denominator.reserve(rows);
    changes.after_denominator.reserve(rows);
}

void add_observation(MatchedChanges& changes, const OutcomeReader& read, const MatchedSet& set, std::size_t number,
                     std::size_t firm, bool adopter, double weight, const std::vector<int>& years) {
    const int base_year = set.cohort - 1;
    bool complete = !years.empty() && read.has(firm, base_year);
    double scaled = 0;
    double level = 0;
    double denominator = 0;
    for (const int year : years) {
        complete = complete && read.has(firm, year);
        scaled += read.scaled(read.value(firm, year));
        level += read.value(firm, year);
        denominator += read.denominator(firm, year);
    }
    const auto count = static_cast<double>(years.size());
    changes.outcomes.set.push_back(static_cast<std::int32_t>(number));
    changes.outcomes.firm.push_back(static_cast<std::int32_t>(firm));
    changes.outcomes.treated.push_back(adopter ? 1 : 0);
    changes.outcomes.weight.push_back(weight);
    changes.cohort.push_back(set.cohort);
    changes.outcomes.value.push_back(complete ? scaled / count - read.scaled(read.value(firm, base_year))
                                              : not_available);
    changes.base.push_back(complete ? read.value(firm, base_year) : not_available);
    changes.after.push_back(complete ? (read.is_rate() ? level : level / count) : not_available);
    if (read.is_rate()) {
        changes.base_denominator.push_back(complete ? read.denominator(firm, base_year) : not_available);
        changes.after_denominator.push_back(complete ? denominator : not_available);
    }
}

}  // namespace

Result<MatchedChanges> matched_changes(const stats::Panel& panel, std::span<const MatchedSet> sets,
                                       const DidOutcome& outcome, EventWindow window, MissingOutcome missing) {
    TWINFIRM_TRY(require_variables(panel, outcome));
    const OutcomeReader read(panel, outcome);
    MatchedChanges changes;
    changes.log = outcome.log;
    reserve(changes, sets, read.is_rate());
    std::vector<int> years;
    for (std::size_t number = 0; number < sets.size(); ++number) {
        const MatchedSet& set = sets[number];
        if (set.controls.size() != set.weights.size())
            return fail(ErrorKind::usage, "effects_unequal_lengths",
                        {{"expected", integer_text(static_cast<std::int64_t>(set.controls.size()))},
                         {"found", integer_text(static_cast<std::int64_t>(set.weights.size()))}});
        years_of(read, set, window, missing, years);
        add_observation(changes, read, set, number, set.adopter, true, 1.0, years);
        for (std::size_t j = 0; j < set.controls.size(); ++j)
            add_observation(changes, read, set, number, set.controls[j], false, set.weights[j], years);
    }
    return changes;
}

}  // namespace twinfirm::effects
