// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "matching/brute_force.h"
#include "twinfirm/matching/match.h"

namespace twinfirm::matching::test {

/// Any design of pairs that the settings can say: either method and arm, every order, ratio and re-use, calipers on
/// score and covariate, exact and anti-exact, discard rules; with missing scores, strata and covariates.
struct RandomDesign {
    Instance data;
    std::vector<Reason> preset;
    design::MatchingSettings settings;

    explicit RandomDesign(Random& random)
        : data(random_instance(random, 4 + random.below(50), 2 + random.below(60), 1 + random.below(4))) {
        for (std::size_t i = 0; i < data.size(); ++i) {
            data.score[i] += random.below(2) == 0 ? random.normal() : 0;
            if (random.below(20) == 0) data.score[i] = std::numeric_limits<double>::quiet_NaN();
            if (random.below(20) == 0) data.stratum[i] = -1;
            if (random.below(20) == 0) data.covariate[i] = std::numeric_limits<double>::quiet_NaN();
            if (random.below(20) == 0) data.group[0][i] = -1;
            preset.push_back(random.below(20) == 0 ? Reason::outside_support : Reason::matched);
        }
        settings.method = random.below(4) == 0 ? design::MatchMethod::optimal : design::MatchMethod::nearest;
        settings.estimand = random.below(2) == 0 ? design::Estimand::att : design::Estimand::atc;
        settings.order = static_cast<design::MatchOrder>(random.below(6));
        settings.discard = static_cast<design::Discard>(random.below(4));
        settings.ratio = 1 + static_cast<int>(random.below(3));
        settings.seed = random.below(1000);
        if (random.below(2) == 0) {
            settings.caliper = 0.02 + random.uniform();
            settings.caliper_unit = static_cast<design::CaliperUnit>(random.below(2));
            settings.caliper_sd = static_cast<design::CaliperSd>(random.below(2));
        }
        if (random.below(3) == 0) data.width = static_cast<double>(1 + random.below(12)) / 8;
        data.must_differ = random.below(4) == 0;
        if (settings.method == design::MatchMethod::optimal) return;
        settings.replace = random.below(3) == 0;
        if (settings.replace) settings.max_reuse = static_cast<int>(random.below(4));
        if (random.below(4) == 0) {
            settings.min_controls = 1 + static_cast<int>(random.below(static_cast<std::uint64_t>(settings.ratio)));
            settings.max_controls = settings.ratio + 1 + static_cast<int>(random.below(3));
        }
    }

    [[nodiscard]] MatchProblem problem() const {
        MatchProblem problem = data.problem();
        problem.preset = preset;
        return problem;
    }
    [[nodiscard]] bool complete(std::size_t i) const {
        return !std::isnan(data.score[i]) && data.stratum[i] >= 0 &&
               (data.width == 0 || !std::isnan(data.covariate[i])) && (!data.must_differ || data.group[0][i] >= 0);
    }
    [[nodiscard]] bool focal(std::size_t i) const {
        return (data.treated[i] == 1) == (settings.estimand == design::Estimand::att);
    }
};

/// What is wrong with a matching, told from the data alone; empty = nothing.
inline std::string fault_of(const RandomDesign& design, const MatchedSample& sample) {
    const Instance& data = design.data;
    const design::MatchingSettings& settings = design.settings;
    std::map<std::size_t, std::set<std::size_t>> sets;
    std::map<std::size_t, int> uses;
    const int most = settings.max_controls > 0 ? static_cast<int>(settings.max_controls) : settings.ratio;
    const int uses_allowed = !settings.replace ? 1 : settings.max_reuse == 0 ? 1000000 : settings.max_reuse;
    for (const Pair& pair : sample.pairs) {
        const double apart = std::abs(data.score[pair.focal] - data.score[pair.match]);
        if (!(apart == pair.distance)) return "distance";
        if (settings.caliper && !(apart <= sample.caliper_raw)) return "caliper";
        if (data.stratum[pair.focal] != data.stratum[pair.match] || data.stratum[pair.focal] < 0) return "stratum";
        if (!design.focal(pair.focal) || design.focal(pair.match)) return "arms";
        if (!data.allows(pair.focal, pair.match)) return "covariate caliper or anti-exact";
        if (!sets[pair.focal].insert(pair.match).second) return "twice in a set";
        if (++uses[pair.match] > uses_allowed) return "re-use";
        if (static_cast<int>(sets[pair.focal].size()) > most) return "ratio";
    }
    std::map<std::uint8_t, double> weights;
    std::map<std::uint8_t, double> weighted;
    std::map<Reason, std::size_t> reasons;
    for (std::size_t i = 0; i < data.size(); ++i) {
        const bool in_pair = sets.count(i) + uses.count(i) > 0;
        const Reason reason = sample.reason[i];
        ++reasons[reason];
        if (in_pair != (reason == Reason::matched) || in_pair != (sample.weight[i] > 0)) return "reason or weight";
        if (design.preset[i] != Reason::matched && reason != design.preset[i]) return "preset";
        if (design.preset[i] == Reason::matched && design.complete(i) == (reason == Reason::missing_covariate)) {
            return "missing";
        }
        const bool for_focal = reason == Reason::candidates_used_up || reason == Reason::incomplete_set;
        if ((for_focal && !design.focal(i)) || (reason == Reason::not_selected && design.focal(i)))
            return "arm of reason";
        if (in_pair) {
            weights[data.treated[i]] += sample.weight[i];
            weighted[data.treated[i]] += 1;
        }
    }
    for (const auto& [arm, sum] : weights) {
        if (!(std::abs(sum - weighted[arm]) <= 1e-9 * weighted[arm])) return "weights do not average 1";
    }
    std::size_t total = 0;
    for (const auto& [reason, count] : reasons) total += count;
    if (total != data.size()) return "reasons do not add up";
    if (reasons[Reason::matched] != sets.size() + uses.size()) return "matched units";

    // Reasons against the definition: who could have been reached at all?
    for (std::size_t i = 0; i < data.size(); ++i) {
        const Reason reason = sample.reason[i];
        if (reason == Reason::missing_covariate || reason == Reason::outside_support) continue;
        bool in_stratum = false;
        bool within_reach = false;
        bool free_within_reach = false;
        for (std::size_t j = 0; j < data.size(); ++j) {
            const bool took_part =
                sample.reason[j] != Reason::missing_covariate && sample.reason[j] != Reason::outside_support;
            if (!took_part || data.treated[i] == data.treated[j] || data.stratum[i] != data.stratum[j]) continue;
            if (data.must_differ && data.group[0][i] == data.group[0][j]) continue;
            in_stratum = true;
            const bool near = !settings.caliper || std::abs(data.score[i] - data.score[j]) <= sample.caliper_raw;
            if (!near || !data.allows(i, j)) continue;
            within_reach = true;
            free_within_reach |= design.focal(i) && (uses.count(j) == 0 || uses[j] < uses_allowed);
        }
        if (reason == Reason::matched) {
            if (!within_reach) return "matched out of reach";
            continue;
        }
        const Reason expected = !in_stratum       ? Reason::no_candidate_in_stratum
                                : !within_reach   ? Reason::outside_caliper
                                : design.focal(i) ? Reason::candidates_used_up
                                                  : Reason::not_selected;
        if (reason != expected) return "reason " + std::string(reason_code(reason));
        if (free_within_reach) return "unmatched beside a free candidate";
    }
    return {};
}

/// The first design that is matched wrongly; empty = none. `matched` counts those that have a result.
inline std::string first_fault(std::uint64_t seed, int designs, int& matched) {
    Random random(seed);
    for (int i = 0; i < designs; ++i) {
        const RandomDesign design(random);
        const auto sample = match(design.problem(), design.settings);
        if (!sample) {
            static const std::set<std::string> understood{
                "no_treated",           "no_controls",       "no_common_support",   "no_shared_strata",
                "caliper_sd_undefined", "caliper_drops_all", "pair_limits_drop_all"};
            if (understood.count(sample.error().code) == 0)
                return "design " + std::to_string(i) + ": " + sample.error().code;
            continue;
        }
        ++matched;
        const std::string fault = fault_of(design, *sample);
        if (!fault.empty()) return "design " + std::to_string(i) + ": " + fault;
    }
    return {};
}

}  // namespace twinfirm::matching::test
