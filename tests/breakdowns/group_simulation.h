// SPDX-License-Identifier: GPL-3.0-or-later
// Repeated samples of firms in five size groups, matched within them: how often tests of groups reject what is true,
// and intervals of groups and of the whole hold the effect on the matched adopters.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "effects/matching_simulation.h"
#include "twinfirm/breakdowns/heterogeneity.h"
#include "twinfirm/breakdowns/multiplicity.h"
#include "twinfirm/effects/effect_per_support.h"
#include "twinfirm/effects/poisson_did.h"

namespace twinfirm::breakdowns {

inline constexpr std::size_t size_groups = 5;

/// Fifths of the adopters' log employment, about.
inline std::size_t size_group(double log_employees) {
    constexpr std::array<double, 4> cuts{-0.45, 0.15, 0.6, 1.1};
    std::size_t group = 0;
    while (group < cuts.size() && log_employees >= cuts[group]) ++group;
    return group;
}

/// What one sample says.
struct GroupSample {
    std::vector<double> p_values;
    double p_equal = effects::not_available;  ///< all groups have one effect
    std::size_t intervals = 0;                ///< of groups
    std::size_t covered = 0;                  ///< that hold the mean effect on the group's matched adopters
    bool whole_covered = false;               ///< the same of all adopters together
    bool whole_covers_all = false;            ///< the interval holds the mean effect on all adopters, matched or not
};

inline GroupSample group_sample(std::size_t firms, bool heterogeneous, std::uint64_t replication) {
    using effects::Estimate;
    const effects::SampleOfFirms sample = effects::draw_sample(firms, heterogeneous, replication);
    const auto effect_on = [&](std::size_t row) {
        if (!heterogeneous) return 0.0;
        const auto at = static_cast<Eigen::Index>(row);
        effects::Firm firm;
        firm.log_employees = sample.design.x(at, 1);
        firm.age = sample.design.x(at, 2);
        return firm.effect();
    };
    std::vector<std::int32_t> stratum;
    for (std::size_t row = 0; row < firms; ++row) {
        stratum.push_back(static_cast<std::int32_t>(size_group(sample.design.x(static_cast<Eigen::Index>(row), 1))));
    }
    design::MatchingSettings settings;
    settings.caliper = 0.2;
    const auto pairs =
        matching::nearest_neighbor({sample.score, sample.treated, stratum, {}, {}}, settings).value().pairs;

    std::vector<effects::MatchedOutcomes> of_group(size_groups + 1);  // the last one: everybody
    std::vector<double> truth(size_groups + 1, 0);
    for (std::size_t set = 0; set < pairs.size(); ++set) {
        const auto own = static_cast<std::size_t>(stratum[pairs[set].focal]);
        for (const std::size_t group : {own, size_groups}) {
            truth[group] += effect_on(pairs[set].focal);
            for (const std::size_t row : {pairs[set].focal, pairs[set].match}) {
                of_group[group].set.push_back(static_cast<std::int32_t>(set));
                of_group[group].firm.push_back(static_cast<std::int32_t>(row));
                of_group[group].treated.push_back(sample.treated[row]);
                of_group[group].weight.push_back(1);
                of_group[group].value.push_back(sample.growth[row]);
            }
        }
    }
    GroupSample result;
    std::vector<double> estimates;
    std::vector<double> error_df;
    std::vector<double> covariance(size_groups * size_groups, 0);
    for (std::size_t group = 0; group <= size_groups; ++group) {
        const Estimate found = effects::difference_in_means(of_group[group], effects::SeKind::two_way, 0.95).value();
        const double mean = truth[group] / (static_cast<double>(of_group[group].set.size()) / 2);
        const bool holds = found.ci_low <= mean && mean <= found.ci_high;
        if (group == size_groups) {
            result.whole_covered = holds;
            double all = 0;
            double adopters = 0;
            for (std::size_t row = 0; row < firms; ++row) {
                if (sample.treated[row] == 0) continue;
                all += effect_on(row);
                adopters += 1;
            }
            result.whole_covers_all = found.ci_low <= all / adopters && all / adopters <= found.ci_high;
            break;
        }
        estimates.push_back(found.estimate);
        error_df.push_back(found.df);
        covariance[group * size_groups + group] = found.std_error * found.std_error;
        result.p_values.push_back(found.p_value);
        ++result.intervals;
        result.covered += holds ? 1 : 0;
    }
    result.p_equal = wald_equality(estimates, covariance, error_df).p_value;
    return result;
}

/// Shares over the samples.
struct GroupPerformance {
    double test_of_equality = 0;  ///< rejects at 5 %
    double any_of_five = 0;       ///< at least one unadjusted p below 5 %
    double any_by_holm = 0;
    double coverage_of_groups = 0;
    double coverage_of_matched = 0;
    double coverage_of_all = 0;
};

inline GroupPerformance simulate_groups(std::size_t firms, bool heterogeneous, std::size_t replications,
                                        unsigned threads) {
    std::vector<GroupSample> samples(replications);
    parallel_chunks(replications, 10, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) samples[i] = group_sample(firms, heterogeneous, i);
    });
    GroupPerformance result;
    double intervals = 0;
    for (const GroupSample& sample : samples) {
        const auto any = [](const std::vector<double>& p_values) {
            for (const double p : p_values) {
                if (p < 0.05) return 1.0;
            }
            return 0.0;
        };
        result.test_of_equality += sample.p_equal < 0.05 ? 1 : 0;
        result.any_of_five += any(sample.p_values);
        result.any_by_holm += any(holm(sample.p_values));
        result.coverage_of_groups += static_cast<double>(sample.covered);
        intervals += static_cast<double>(sample.intervals);
        result.coverage_of_matched += sample.whole_covered ? 1 : 0;
        result.coverage_of_all += sample.whole_covers_all ? 1 : 0;
    }
    const auto n = static_cast<double>(replications);
    result.test_of_equality /= n;
    result.any_of_five /= n;
    result.any_by_holm /= n;
    result.coverage_of_groups /= intervals;
    result.coverage_of_matched /= n;
    result.coverage_of_all /= n;
    return result;
}

}  // namespace twinfirm::breakdowns
