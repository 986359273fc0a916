// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/missing_outcome.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"

namespace twinfirm::effects {

Result<CompleteOutcomes> complete_outcomes(const MatchedOutcomes& outcomes, MissingOutcome rule) {
    const std::size_t n = outcomes.value.size();
    for (const std::size_t length :
         {outcomes.set.size(), outcomes.firm.size(), outcomes.treated.size(), outcomes.weight.size()}) {
        if (length != n)
            return fail(ErrorKind::usage, "effects_unequal_lengths",
                        {{"expected", integer_text(static_cast<std::int64_t>(n))},
                         {"found", integer_text(static_cast<std::int64_t>(length))}});
    }
    if (!outcomes.cluster.empty() && outcomes.cluster.size() != n) {
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(n))},
                     {"found", integer_text(static_cast<std::int64_t>(outcomes.cluster.size()))}});
    }
    std::vector<std::int32_t> short_sets;
    for (std::size_t i = 0; i < n; ++i) {
        if (!(outcomes.weight[i] > 0) || !std::isfinite(outcomes.weight[i]))
            return fail(ErrorKind::usage, "effects_weight_not_positive",
                        {{"row", integer_text(static_cast<std::int64_t>(i) + 1)}});
        if (std::isnan(outcomes.value[i]) && outcomes.set[i] >= 0) short_sets.push_back(outcomes.set[i]);
    }
    std::sort(short_sets.begin(), short_sets.end());
    short_sets.erase(std::unique(short_sets.begin(), short_sets.end()), short_sets.end());

    CompleteOutcomes complete;
    complete.dropped_sets = static_cast<std::int64_t>(short_sets.size());
    complete.rows.reserve(n);
    complete.outcomes.set.reserve(n);
    complete.outcomes.firm.reserve(n);
    complete.outcomes.treated.reserve(n);
    complete.outcomes.weight.reserve(n);
    complete.outcomes.value.reserve(n);
    std::int32_t known_set = -1;  // a set's observations mostly follow each other
    bool known_short = false;
    for (std::size_t i = 0; i < n; ++i) {
        if (outcomes.set[i] != known_set) {
            known_set = outcomes.set[i];
            known_short = std::binary_search(short_sets.begin(), short_sets.end(), known_set);
        }
        const bool with_its_set = rule == MissingOutcome::pair && known_short;
        if (std::isnan(outcomes.value[i]) || with_its_set) {
            ++complete.dropped_observations;
            continue;
        }
        complete.rows.push_back(i);
        complete.outcomes.set.push_back(outcomes.set[i]);
        complete.outcomes.firm.push_back(outcomes.firm[i]);
        complete.outcomes.treated.push_back(outcomes.treated[i]);
        complete.outcomes.weight.push_back(outcomes.weight[i]);
        complete.outcomes.value.push_back(outcomes.value[i]);
        if (!outcomes.cluster.empty()) complete.outcomes.cluster.push_back(outcomes.cluster[i]);
    }
    return complete;
}

}  // namespace twinfirm::effects
