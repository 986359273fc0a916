// SPDX-License-Identifier: GPL-3.0-or-later
#include "naive_changes.h"

#include <cmath>
#include <span>

namespace twinfirm::evaluation {

NaiveChanges naive_changes(const stats::Panel& panel, const design::Outcome& outcome,
                           const std::vector<Adopter>& adopters, effects::EventWindow years) {
    const bool rate = outcome.metric == design::ChangeMetric::per_hundred;
    const std::span<const double> amounts = panel.values(outcome.variable);
    const std::span<const double> denominators = rate ? panel.values(outcome.denominator) : std::span<const double>();
    NaiveChanges changes;
    for (std::vector<double>* values : {&changes.before, &changes.after}) values->reserve(adopters.size());
    for (const Adopter& adopter : adopters) {
        const auto value = [&](std::span<const double> values, int year) {
            if (year < panel.first_year() || year > panel.last_year()) return effects::not_available;
            return values[adopter.firm * panel.years() + static_cast<std::size_t>(year - panel.first_year())];
        };
        double sum = 0;
        double base = 0;
        int count = 0;
        for (int year = adopter.year + years.first; year <= adopter.year + years.last; ++year) {
            const double observed = value(amounts, year);
            const double observed_base = rate ? value(denominators, year) : 0;
            if (std::isnan(observed) || std::isnan(observed_base)) continue;
            sum += observed;
            base += observed_base;
            ++count;
        }
        changes.before.push_back(value(amounts, adopter.year - 1));
        changes.after.push_back(count == 0 ? effects::not_available : rate ? sum : sum / count);
        if (!rate) continue;
        changes.base_before.push_back(value(denominators, adopter.year - 1));
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
