// SPDX-License-Identifier: GPL-3.0-or-later
#include "both_directions.h"

#include <algorithm>
#include <vector>

#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching {
namespace {

void add(MatchVerification& sum, const MatchVerification& other) {
    sum.pairs_checked += other.pairs_checked;
    sum.caliper_violations += other.caliper_violations;
    sum.stratum_violations += other.stratum_violations;
    sum.limit_violations += other.limit_violations;
    sum.reuse_violations += other.reuse_violations;
    sum.units_checked += other.units_checked;
    sum.unit_violations += other.unit_violations;
    sum.nearest_checked += other.nearest_checked;
    sum.nearest_violations += other.nearest_violations;
}

/// 1 as a focal unit and the shares as a match; then the non-zero weights of each arm average 1.
void weigh(MatchedSample& sample) {
    std::vector<double> set_size(sample.treated.size(), 0);
    for (const Pair& pair : sample.pairs) ++set_size[pair.focal];
    // Shares are added in order of their size, so that the order of the rows changes no bit.
    std::vector<std::size_t> by_size(sample.pairs.size());
    for (std::size_t i = 0; i < by_size.size(); ++i) by_size[i] = i;
    std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
        return set_size[sample.pairs[a].focal] < set_size[sample.pairs[b].focal];
    });
    sample.weight.assign(sample.treated.size(), 0);
    for (const std::size_t i : by_size) {
        sample.weight[sample.pairs[i].match] += 1 / set_size[sample.pairs[i].focal];
    }
    double focal_units = 0;
    double units[2] = {0, 0};
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        if (set_size[i] > 0) {
            ++focal_units;
            sample.weight[i] += 1;
        }
        if (sample.weight[i] > 0) ++units[sample.treated[i]];
    }
    // Either arm stands for every focal unit once: as itself or as its matches.
    for (std::size_t i = 0; i < sample.weight.size(); ++i) sample.weight[i] *= units[sample.treated[i]] / focal_units;
}

}  // namespace

Result<MatchedSample> match_both_directions(const MatchProblem& problem, const design::MatchingSettings& settings,
                                            const CancellationToken& cancellation) {
    design::MatchingSettings one_way = settings;
    one_way.estimand = design::Estimand::att;
    auto adopters = nearest_neighbor(problem, one_way, cancellation);
    if (!adopters) return adopters;
    one_way.estimand = design::Estimand::atc;
    auto others = nearest_neighbor(problem, one_way, cancellation);
    if (!others) return others;

    MatchedSample sample = std::move(*adopters);
    for (std::size_t i = 0; i < sample.treated.size(); ++i) {
        const bool matched = sample.reason[i] == Reason::matched || others->reason[i] == Reason::matched;
        // Why somebody has no match is told by the direction in which the unit looked for one.
        if (sample.treated[i] == 0) sample.reason[i] = others->reason[i];
        if (matched) sample.reason[i] = Reason::matched;
    }
    sample.pairs.insert(sample.pairs.end(), others->pairs.begin(), others->pairs.end());
    std::stable_sort(sample.pairs.begin(), sample.pairs.end(),
                     [](const Pair& a, const Pair& b) { return a.focal < b.focal; });
    sample.subclass.assign(sample.treated.size(), -1);
    std::int32_t set = -1;
    for (std::size_t i = 0; i < sample.pairs.size(); ++i) {
        if (i == 0 || sample.pairs[i].focal != sample.pairs[i - 1].focal) ++set;
        sample.subclass[sample.pairs[i].focal] = set;
    }
    weigh(sample);
    sample.tied_choices += others->tied_choices;
    add(sample.verification, others->verification);
    for (Message& message : others->messages) {
        if (std::find(sample.messages.begin(), sample.messages.end(), message) == sample.messages.end()) {
            sample.messages.push_back(std::move(message));
        }
    }
    return sample;
}

}  // namespace twinfirm::matching
