// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "matching/brute_force.h"
#include "twinfirm/matching/optimal_pairs.h"

namespace twinfirm::matching::test {

/// Number of pairs and their total distance: more pairs are better, then a smaller total.
using Value = std::pair<int, double>;

inline bool better(const Value& a, const Value& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
}

/// The best value over all choices of pairs, by trying every set of candidates (at most some ten a problem).
inline Value best_by_enumeration(const Instance& instance, const design::MatchingSettings& settings, double caliper) {
    const std::uint8_t focal_arm = settings.estimand == design::Estimand::att ? 1 : 0;
    std::vector<std::size_t> pool;
    for (std::size_t i = 0; i < instance.size(); ++i) {
        if (instance.treated[i] != focal_arm) pool.push_back(i);
    }
    const Value impossible{-1, 0};
    std::vector<Value> best(std::size_t{1} << pool.size(), impossible);
    best[0] = {0, 0};
    for (std::size_t focal = 0; focal < instance.size(); ++focal) {
        if (instance.treated[focal] != focal_arm) continue;
        for (int k = 0; k < settings.ratio; ++k) {
            std::vector<Value> next = best;
            for (std::size_t used = 0; used < best.size(); ++used) {
                if (best[used].first < 0) continue;
                for (std::size_t c = 0; c < pool.size(); ++c) {
                    const double apart = std::abs(instance.score[focal] - instance.score[pool[c]]);
                    if ((used >> c & 1U) != 0 || apart > caliper ||
                        instance.stratum[focal] != instance.stratum[pool[c]]) {
                        continue;
                    }
                    const Value joined{best[used].first + 1, best[used].second + apart};
                    Value& place = next[used | std::size_t{1} << c];
                    if (better(joined, place)) place = joined;
                }
            }
            best = std::move(next);
        }
    }
    return *std::min_element(best.begin(), best.end(), [](const Value& a, const Value& b) { return better(a, b); });
}

inline Value value_of(const MatchedSample& sample) {
    Value value{0, 0};
    for (const Pair& pair : sample.pairs) value = {value.first + 1, value.second + pair.distance};
    return value;
}

/// Both arms normal, the adopters higher: scores without ties, with a tail of adopters without partners.
inline Instance overlapping(std::size_t units, double shift, double share, std::uint64_t seed) {
    Random random(seed);
    Instance instance;
    for (std::size_t i = 0; i < units; ++i) {
        instance.treated.push_back(random.uniform() < share);
        instance.score.push_back(random.normal() + (instance.treated.back() != 0 ? shift : 0));
        instance.stratum.push_back(0);
        instance.rank.push_back(static_cast<std::uint32_t>(i));
    }
    return instance;
}

/// The same dynamic programme without cuts and windows: every focal unit with every candidate.
inline Value best_of_all_monotone(const Instance& instance, int ratio, double caliper) {
    std::vector<double> focal;
    std::vector<double> pool;
    for (std::size_t i = 0; i < instance.size(); ++i) {
        const int copies = instance.treated[i] != 0 ? ratio : 1;
        for (int k = 0; k < copies; ++k) (instance.treated[i] != 0 ? focal : pool).push_back(instance.score[i]);
    }
    std::sort(focal.begin(), focal.end());
    std::sort(pool.begin(), pool.end());
    std::vector<Value> best(pool.size() + 1, Value{0, 0});
    for (const double score : focal) {
        std::vector<Value> next = best;
        for (std::size_t j = 1; j <= pool.size(); ++j) {
            const double apart = std::abs(score - pool[j - 1]);
            const Value joined{best[j - 1].first + 1, best[j - 1].second + apart};
            if (apart <= caliper && better(joined, next[j])) next[j] = joined;
            if (better(next[j - 1], next[j])) next[j] = next[j - 1];
        }
        best = std::move(next);
    }
    return best.back();
}

/// Small problems with many ties, in strata, with and without caliper, 1:1 to 3:1, either arm.
inline design::MatchingSettings random_optimal_settings(Random& random) {
    const std::array calipers{0.0, 0.125, 0.25, 0.5, 1.0};
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::optimal;
    settings.caliper_unit = design::CaliperUnit::raw;
    const double caliper = calipers[random.below(calipers.size())];
    if (caliper > 0) settings.caliper = caliper;
    settings.estimand = random.below(2) == 0 ? design::Estimand::att : design::Estimand::atc;
    settings.ratio = 1 + static_cast<int>(random.below(3));
    return settings;
}

/// A description of the first problem whose optimal pairs are not the best there are; empty = none.
inline std::string first_difference(std::uint64_t seed, int problems) {
    Random random(seed);
    for (int repeat = 0; repeat < problems; ++repeat) {
        const Instance instance =
            random_instance(random, 2 + random.below(14), 1 + random.below(40), 1 + random.below(3));
        const design::MatchingSettings settings = random_optimal_settings(random);
        const double caliper = settings.caliper.value_or(std::numeric_limits<double>::infinity());
        const std::string name = "problem " + std::to_string(repeat);
        const Value expected = best_by_enumeration(instance, settings, caliper);
        const auto ours = optimal_pairs(instance.problem(), settings);
        if (expected.first == 0) {
            if (ours) return name + ": pairs where none are possible";
            continue;
        }
        if (!ours) return name + ": " + ours.error().code;
        if (value_of(*ours) != expected) return name + ": not the best";
        if (ours->verification.violations() != 0) return name + ": violations";
    }
    return {};
}

}  // namespace twinfirm::matching::test
