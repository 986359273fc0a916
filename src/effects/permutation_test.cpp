// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/permutation_test.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include "shared_firms.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/effects/standard_error.h"

namespace twinfirm::effects {
namespace {

constexpr std::uint64_t most_assignments = 200'000;

/// A matched set: its outcomes, the adopters' first.
struct Block {
    std::vector<double> value;
    std::size_t adopters = 0;
    double weight = 0;  // of the adopters together

    /// weight * (mean of the units at `chosen` - mean of the others).
    [[nodiscard]] double difference(const std::vector<std::uint32_t>& chosen) const {
        double of_chosen = 0;
        for (const std::uint32_t place : chosen) of_chosen += value[place];
        const double all = std::accumulate(value.begin(), value.end(), 0.0);
        const auto n1 = static_cast<double>(adopters);
        const auto n0 = static_cast<double>(value.size() - adopters);
        return weight * (of_chosen / n1 - (all - of_chosen) / n0);
    }
};

Result<std::vector<Block>> blocks_of(const MatchedOutcomes& outcomes) {
    struct Arms {
        std::vector<double> value[2];
        double weight[2] = {0, 0};
    };
    const bool has_sets = std::any_of(outcomes.set.begin(), outcomes.set.end(), [](auto set) { return set >= 0; });
    double mean = 0;
    for (const double value : outcomes.value) mean += value / static_cast<double>(outcomes.value.size());
    std::map<std::int32_t, Arms> sets;
    for (std::size_t i = 0; i < outcomes.value.size(); ++i) {
        if (has_sets && outcomes.set[i] < 0) continue;
        Arms& arms = sets[has_sets ? outcomes.set[i] : 0];
        const std::size_t arm = outcomes.treated[i] != 0 ? 1 : 0;
        // Weights of 1/3 are not all the same to the last bit.
        if (!arms.value[arm].empty() &&
            !(std::abs(arms.weight[arm] - outcomes.weight[i]) <= 1e-12 * arms.weight[arm])) {
            return fail(ErrorKind::usage, "permutation_unequal_weights");
        }
        arms.weight[arm] = outcomes.weight[i];
        arms.value[arm].push_back(outcomes.value[i] - mean);
    }
    std::vector<Block> blocks;
    for (auto& [set, arms] : sets) {
        if (arms.value[0].empty() || arms.value[1].empty()) continue;
        Block block{std::move(arms.value[1]), 0, 0};
        block.adopters = block.value.size();
        block.weight = arms.weight[1] * static_cast<double>(block.adopters);
        block.value.insert(block.value.end(), arms.value[0].begin(), arms.value[0].end());
        blocks.push_back(std::move(block));
    }
    return blocks;
}

/// Ways to choose the adopters of all blocks, or more than the limit.
std::uint64_t count_assignments(const std::vector<Block>& blocks) {
    std::uint64_t total = 1;
    for (const Block& block : blocks) {
        double ways = 1;
        for (std::size_t i = 0; i < block.adopters; ++i) {
            ways *= static_cast<double>(block.value.size() - i) / static_cast<double>(i + 1);
        }
        if (!(ways * static_cast<double>(total) < static_cast<double>(most_assignments) + 0.5)) {
            return most_assignments + 1;
        }
        total *= static_cast<std::uint64_t>(std::llround(ways));
    }
    return total;
}

/// The next choice of places in lexical order; false after the last.
bool next_choice(std::vector<std::uint32_t>& chosen, std::size_t places) {
    for (std::size_t i = chosen.size(); i-- > 0;) {
        if (chosen[i] + 1 > places - (chosen.size() - i)) continue;
        ++chosen[i];
        for (std::size_t k = i + 1; k < chosen.size(); ++k) chosen[k] = chosen[k - 1] + 1;
        return true;
    }
    return false;
}

std::vector<std::uint32_t> first_choice(const Block& block) {
    std::vector<std::uint32_t> chosen(block.adopters);
    std::iota(chosen.begin(), chosen.end(), 0U);
    return chosen;
}

/// What every choice within a block adds to the statistic.
std::vector<double> contributions(const Block& block) {
    std::vector<double> values;
    std::vector<std::uint32_t> chosen = first_choice(block);
    do values.push_back(block.difference(chosen));
    while (next_choice(chosen, block.value.size()));
    return values;
}

std::uint64_t count_as_far(const std::vector<std::vector<double>>& choices, std::size_t block, double sum,
                           double limit) {
    if (block == choices.size()) return std::abs(sum) >= limit ? 1 : 0;
    std::uint64_t count = 0;
    for (const double value : choices[block]) count += count_as_far(choices, block + 1, sum + value, limit);
    return count;
}

std::uint64_t count_drawn_as_far(const std::vector<Block>& blocks, const ResamplingOptions& options, double limit) {
    std::vector<std::uint8_t> as_far(options.replications, 0);
    parallel_chunks(options.replications, 64, options.threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t draw = begin; draw < end; ++draw) {
            Random random(options.seed, draw);
            double sum = 0;
            for (const Block& block : blocks) {
                std::vector<std::uint32_t> places(block.value.size());
                std::iota(places.begin(), places.end(), 0U);
                for (std::size_t i = 0; i < block.adopters; ++i) {
                    std::swap(places[i], places[i + random.below(places.size() - i)]);
                }
                places.resize(block.adopters);
                sum += block.difference(places);
            }
            as_far[draw] = std::abs(sum) >= limit ? 1 : 0;
        }
    });
    return static_cast<std::uint64_t>(std::count(as_far.begin(), as_far.end(), 1));
}

}  // namespace

Result<PermutationTest> permutation_test(const MatchedOutcomes& outcomes, const ResamplingOptions& options,
                                         MissingOutcome missing) {
    const auto complete = complete_outcomes(outcomes, missing);
    if (!complete) return tl::unexpected(complete.error());
    if (has_shared_firms(complete->outcomes)) return fail(ErrorKind::usage, "permutation_with_replacement");
    const auto blocks = blocks_of(complete->outcomes);
    if (!blocks) return tl::unexpected(blocks.error());
    PermutationTest test;
    count_firms(test.effect, complete->outcomes);
    test.effect.se_kind = "permutation";
    if (blocks->empty()) return test;
    double observed = 0;
    double weight = 0;
    double size = 0;
    for (const Block& block : *blocks) {
        observed += block.difference(first_choice(block));
        weight += block.weight;
        for (const double value : block.value) size = std::max(size, std::abs(value) * weight);
    }
    test.effect.estimate = observed / weight;
    // An assignment equally far is not to be missed for its rounding.
    const double limit = std::abs(observed) - 1e-12 * size;
    const std::uint64_t assignments = count_assignments(*blocks);
    test.exact = assignments <= most_assignments;
    std::uint64_t as_far = 1;
    if (test.exact) {
        std::vector<std::vector<double>> choices;
        for (const Block& block : *blocks) choices.push_back(contributions(block));
        as_far = count_as_far(choices, 0, 0, limit);
        test.assignments = assignments;
    } else {
        as_far += count_drawn_as_far(*blocks, options, limit);
        test.assignments = options.replications + std::uint64_t{1};
    }
    test.effect.p_value = static_cast<double>(as_far) / static_cast<double>(test.assignments);
    return test;
}

}  // namespace twinfirm::effects
