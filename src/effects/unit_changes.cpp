// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/unit_changes.h"

#include <algorithm>

#include "outcome_reader.h"

namespace twinfirm::effects {

Result<UnitChanges> unit_changes(const stats::Panel& panel, std::span<const std::size_t> firms, int cohort,
                                 const DidOutcome& outcome, EventWindow window) {
    TWINFIRM_TRY(require_variables(panel, outcome));
    const OutcomeReader read(panel, outcome);
    std::vector<int> years;
    for (int year = cohort + window.first; year <= cohort + window.last; ++year) {
        const auto has = [&](std::size_t firm) { return read.has(firm, year); };
        if (std::any_of(firms.begin(), firms.end(), has)) years.push_back(year);
    }
    const auto count = static_cast<double>(years.size());
    UnitChanges result;
    for (std::vector<double>* values : {&result.change, &result.base, &result.after}) {
        values->assign(firms.size(), not_available);
    }
    if (read.is_rate()) {
        result.base_denominator.assign(firms.size(), not_available);
        result.after_denominator.assign(firms.size(), not_available);
    }
    const int base_year = cohort - 1;
    for (std::size_t i = 0; i < firms.size(); ++i) {
        const std::size_t firm = firms[i];
        const auto has = [&](int year) { return read.has(firm, year); };
        if (years.empty() || !has(base_year) || !std::all_of(years.begin(), years.end(), has)) continue;
        double scaled = 0;
        double level = 0;
        double denominator = 0;
        for (const int year : years) {
            scaled += read.scaled(read.value(firm, year));
            level += read.value(firm, year);
            denominator += read.denominator(firm, year);
        }
        result.base[i] = read.value(firm, base_year);
        result.change[i] = scaled / count - read.scaled(result.base[i]);
        result.after[i] = read.is_rate() ? level : level / count;
        if (!read.is_rate()) continue;
        result.base_denominator[i] = read.denominator(firm, base_year);
        result.after_denominator[i] = denominator;
    }
    return result;
}

}  // namespace twinfirm::effects
