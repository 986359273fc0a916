// SPDX-License-Identifier: GPL-3.0-or-later
#include "matched_outcomes.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "run.h"
#include "twinfirm/effects/difference_in_means.h"

namespace twinfirm::validation {

ReferenceSample reference_sample(const ReferenceTable& units, const std::vector<double>& outcome) {
    ReferenceSample sample;
    const std::vector<double> weight = units.numbers("weight");
    const std::vector<std::uint8_t> treated = units.flags("treat");
    const std::vector<double> row = units.numbers("row");
    const std::vector<std::string> subclass =
        units.has("subclass") ? units.texts("subclass") : std::vector<std::string>(units.rows());
    std::map<std::string, std::int32_t> set_number;
    for (std::size_t i = 0; i < units.rows(); ++i) {
        if (!(weight[i] > 0)) continue;
        const auto place = static_cast<std::size_t>(row[i]) - 1;
        const auto number = set_number.emplace(subclass[i], static_cast<std::int32_t>(set_number.size())).first->second;
        sample.rows.push_back(place);
        sample.outcomes.set.push_back(subclass[i].empty() ? -1 : number);
        sample.outcomes.firm.push_back(static_cast<std::int32_t>(place));
        sample.outcomes.treated.push_back(treated[i]);
        sample.outcomes.weight.push_back(weight[i]);
        sample.outcomes.value.push_back(outcome.at(place));
    }
    return sample;
}

effects::MatchedOutcomes unmatched_outcomes(const std::vector<std::uint8_t>& treated,
                                            const std::vector<double>& values) {
    effects::MatchedOutcomes outcomes;
    for (std::size_t i = 0; i < values.size(); ++i) {
        outcomes.set.push_back(-1);
        outcomes.firm.push_back(static_cast<std::int32_t>(i));
        outcomes.weight.push_back(1);
    }
    outcomes.treated = treated;
    outcomes.value = values;
    return outcomes;
}

effects::Estimate reference_difference(const effects::MatchedOutcomes& outcomes, effects::SeKind kind) {
    constexpr double confidence = 0.95;
    return value_of(effects::difference_in_means(outcomes, kind, confidence, effects::MissingOutcome::unit));
}

void compare_entry(CaseReport& report, const std::string& quantity, double ours, const nlohmann::json& entry,
                   const char* key, double scale) {
    if (!entry.contains(key) || entry.at(key).is_null()) return;
    constexpr double effect_digits = 9;
    report.near(quantity, ours, entry.at(key), scale, effect_digits);
}

double effect_scale(const nlohmann::json& entry) {
    return std::max(std::abs(entry.at("estimate").get<double>()), entry.value("se_hc1", 0.0));
}

}  // namespace twinfirm::validation
