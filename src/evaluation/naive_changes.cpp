// SPDX-License-Identifier: GPL-3.0-or-later
#include "naive_changes.h"

#include <cmath>

namespace twinfirm::evaluation {

NaiveChanges naive_changes(const stats::Panel& panel, const design::Outcome& outcome,
                           const std::vector<Adopter>& adopters, effects::EventWindow years) {
    const bool rate = outcome.metric == design::ChangeMetric::per_hundred;
    NaiveChanges changes;
    for (const Adopter& adopter : adopters) {
        const auto value = [&](const std::string& variable, int year) {
            return panel.value(variable, adopter.firm, year);
        };
        double sum = 0;
        double base = 0;
        int count = 0;
        for (int year = adopter.year + years.first; year <= adopter.year + years.last; ++year) {
            const double observed = value(outcome.variable, year);
            const double observed_base = rate ? value(outcome.denominator, year) : 0;
            if (std::isnan(observed) || std::isnan(observed_base)) continue;
            sum += observed;
            base += observed_base;
            ++count;
        }
        changes.before.push_back(value(outcome.variable, adopter.year - 1));
        changes.after.push_back(count == 0 ? effects::not_available : rate ? sum : sum / count);
        if (!rate) continue;
        changes.base_before.push_back(value(outcome.denominator, adopter.year - 1));
        changes.base_after.push_back(count == 0 ? effects::not_available : base);
    }
    return changes;
}

Result<effects::BeforeAfter> naive_change(const NaiveChanges& changes, const design::Outcome& outcome,
                                          const design::Specification& specification) {
    if (outcome.metric == design::ChangeMetric::per_hundred) {
        return effects::before_after_rate(changes.before, changes.base_before, changes.after, changes.base_after,
                                          specification.confidence_level);
    }
    return effects::before_after(changes.before, changes.after, specification.confidence_level,
                                 {specification.before_after.trim, specification.before_after.winsorise});
}

}  // namespace twinfirm::evaluation
