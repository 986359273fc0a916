// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "matching/random_designs.h"

namespace twinfirm::matching::test {

/// Any design of the methods that make sets or weights.
inline RandomDesign random_set_design(Random& random) {
    using design::MatchMethod;
    RandomDesign design(random);
    design::MatchingSettings settings;
    constexpr std::array methods{MatchMethod::full,   MatchMethod::quick, MatchMethod::subclass, MatchMethod::exact,
                                 MatchMethod::kernel, MatchMethod::none,  MatchMethod::full};
    settings.method = methods[random.below(methods.size())];
    settings.estimand = static_cast<design::Estimand>(random.below(3));
    settings.discard = static_cast<design::Discard>(random.below(4));
    settings.subclasses = 2 + static_cast<int>(random.below(4));
    settings.min_n = 1 + static_cast<int>(random.below(2));
    settings.kernel = static_cast<design::Kernel>(random.below(3));
    if (random.below(3) == 0) settings.bandwidth = 0.05 + random.uniform();
    const bool linked = settings.method == MatchMethod::full || settings.method == MatchMethod::quick;
    if (linked && random.below(2) == 0) {
        settings.caliper = 0.02 + random.uniform();
        settings.caliper_unit = static_cast<design::CaliperUnit>(random.below(2));
        settings.caliper_sd = static_cast<design::CaliperSd>(random.below(2));
    }
    if (settings.method == MatchMethod::full && random.below(3) == 0) {
        settings.min_controls = random.below(2) == 0 ? 0 : 1.0 / static_cast<double>(1 + random.below(4));
        settings.max_controls = static_cast<double>(1 + random.below(6));
    }
    if (settings.method != MatchMethod::full) {
        design.data.width = 0;
        design.data.must_differ = false;
    }
    design.settings = settings;
    return design;
}

inline bool took_part(const MatchedSample& sample, std::size_t unit) {
    return sample.reason[unit] != Reason::missing_covariate && sample.reason[unit] != Reason::outside_support;
}

/// Whether two units could be linked, and whether they could but for the calipers.
struct Reach {
    bool in_stratum = false;
    bool within = false;
};

inline Reach reach_of(const RandomDesign& design, const MatchedSample& sample, std::size_t i) {
    const Instance& data = design.data;
    Reach reach;
    for (std::size_t j = 0; j < data.size(); ++j) {
        if (!took_part(sample, j) || data.treated[i] == data.treated[j]) continue;
        if (design.settings.method != design::MatchMethod::subclass && data.stratum[i] != data.stratum[j]) continue;
        if (data.must_differ && data.group[0][i] == data.group[0][j]) continue;
        reach.in_stratum = true;
        const double apart = std::abs(data.score[i] - data.score[j]);
        if (design.settings.caliper && !(apart <= sample.caliper_raw)) continue;
        if (design.settings.method == design::MatchMethod::kernel) {
            const bool gaussian = design.settings.kernel == design::Kernel::gaussian;
            if (!(apart / sample.bandwidth < (gaussian ? 8 : 1))) continue;
        }
        reach.within |= data.allows(i, j);
    }
    return reach;
}

/// What is wrong within the sets; empty = nothing.
inline std::string fault_within_sets(const RandomDesign& design, const MatchedSample& sample) {
    const Instance& data = design.data;
    std::map<std::int32_t, std::array<std::vector<std::size_t>, 2>> sets;
    for (std::size_t i = 0; i < data.size(); ++i) {
        if (sample.subclass[i] >= 0) sets[sample.subclass[i]][data.treated[i]].push_back(i);
    }
    std::array<double, 2> ratio{-1, -1};
    for (const auto& [name, set] : sets) {
        if (set[0].empty() || set[1].empty()) return "a set of one arm";
        const bool star = set[0].size() == 1 || set[1].size() == 1;
        if (design.settings.method == design::MatchMethod::full && !star) return "not one and many";
        if (design.settings.max_controls > 0 &&
            static_cast<double>(set[0].size()) >
                design.settings.max_controls * static_cast<double>(set[1].size()) + 1e-9)
            return "too many controls";
        if (static_cast<double>(set[0].size()) <
            design.settings.min_controls * static_cast<double>(set[1].size()) - 1e-9)
            return "too few controls";
        for (std::size_t arm = 0; arm < 2; ++arm) {
            const double own = static_cast<double>(set[arm].size());
            const double all = static_cast<double>(set[0].size() + set[1].size());
            const double target = design.settings.estimand == design::Estimand::ate ? all
                                  : design.settings.estimand == design::Estimand::att
                                      ? static_cast<double>(set[1].size())
                                      : static_cast<double>(set[0].size());
            for (const std::size_t unit : set[arm]) {
                const double expected = target / own;
                if (ratio[arm] < 0) ratio[arm] = sample.weight[unit] / expected;
                if (!(std::abs(sample.weight[unit] - ratio[arm] * expected) <= 1e-9)) return "weight";
                const bool near = std::any_of(set[1 - arm].begin(), set[1 - arm].end(), [&](std::size_t other) {
                    return (!design.settings.caliper ||
                            std::abs(data.score[unit] - data.score[other]) <= sample.caliper_raw) &&
                           data.allows(unit, other);
                });
                if (!near) return "nobody of the other arm within the limits";
                if (design.settings.method != design::MatchMethod::subclass &&
                    data.stratum[unit] != data.stratum[set[0].front()])
                    return "stratum";
            }
        }
    }
    return {};
}

/// What is wrong with a matching by sets or weights, told from the data alone; empty = nothing.
inline std::string fault_of_sets(const RandomDesign& design, const MatchedSample& sample) {
    const Instance& data = design.data;
    std::array<double, 2> weights{};
    std::array<double, 2> units{};
    for (std::size_t i = 0; i < data.size(); ++i) {
        const bool in = sample.reason[i] == Reason::matched;
        if (in != (sample.weight[i] > 0)) return "reason or weight";
        if ((sample.form == SampleForm::sets ? in : false) != (sample.subclass[i] >= 0)) return "reason or set";
        if (design.preset[i] != Reason::matched && sample.reason[i] != design.preset[i]) return "preset";
        const bool complete =
            design.settings.method == design::MatchMethod::subclass ? !std::isnan(data.score[i]) : design.complete(i);
        if (design.preset[i] == Reason::matched && complete == (sample.reason[i] == Reason::missing_covariate)) {
            return "missing";
        }
        weights[data.treated[i]] += sample.weight[i];
        units[data.treated[i]] += in ? 1 : 0;
        if (!took_part(sample, i) || design.settings.method == design::MatchMethod::none) continue;
        const Reach reach = reach_of(design, sample, i);
        const bool by_stratum = design.settings.method == design::MatchMethod::exact;
        const Reason expected = !reach.in_stratum            ? Reason::no_candidate_in_stratum
                                : reach.within || by_stratum ? Reason::matched
                                                             : Reason::outside_caliper;
        if (sample.reason[i] != expected) return "reason " + std::string(reason_code(sample.reason[i]));
    }
    for (std::size_t arm = 0; arm < 2; ++arm) {
        if (!(std::abs(weights[arm] - units[arm]) <= 1e-9 * units[arm])) return "weights do not average 1";
    }
    return sample.form == SampleForm::sets ? fault_within_sets(design, sample) : std::string();
}

/// The first design that is matched wrongly; empty = none. `matched` counts those that have a result.
inline std::string first_fault_of_sets(std::uint64_t seed, int designs, int& matched) {
    static const std::set<std::string> understood{"no_treated",
                                                  "no_controls",
                                                  "no_common_support",
                                                  "no_shared_strata",
                                                  "caliper_sd_undefined",
                                                  "caliper_drops_all",
                                                  "pair_limits_drop_all",
                                                  "bandwidth_undefined",
                                                  "full_ratio_value",
                                                  "subclass_too_few_units",
                                                  "full_matching_infeasible"};
    Random random(seed);
    for (int i = 0; i < designs; ++i) {
        const RandomDesign design = random_set_design(random);
        MatchProblem problem = design.problem();
        if (design.settings.method == design::MatchMethod::subclass) problem.stratum = {};
        const auto sample = match(problem, design.settings);
        std::string fault;
        if (!sample) {
            if (understood.count(sample.error().code) > 0) continue;
            fault = sample.error().code;
        } else {
            fault = fault_of_sets(design, *sample);
        }
        ++matched;
        if (!fault.empty()) {
            return "design " + std::to_string(i) + ", method " +
                   std::to_string(static_cast<int>(design.settings.method)) + ": " + fault;
        }
    }
    return {};
}

}  // namespace twinfirm::matching::test
