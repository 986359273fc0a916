// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"

namespace twinfirm::survey {

/// A stratum to draw from.
struct AllocationStratum {
    std::string label;
    std::int64_t population = 0;  ///< N_h
    /// Standard deviation of the variable of interest in the stratum; for a share p, sqrt(p (1 - p)). Needed by Neyman
    /// allocation, and by every rule for the error to be expected; NaN = not known.
    double sd = std::numeric_limits<double>::quiet_NaN();
    double mean = std::numeric_limits<double>::quiet_NaN();  ///< or the share; for the design effect only
};

enum class AllocationRule {
    proportional,  ///< n_h ~ N_h
    power,         ///< n_h ~ N_h^a (Bankier 1988); a = 1/2 is the root allocation usual in Korean surveys
    neyman,        ///< n_h ~ N_h S_h (Neyman 1934): the smallest error of the mean for a given n
};

struct AllocationSettings {
    AllocationRule rule = AllocationRule::power;
    double power = 0.5;        ///< of AllocationRule::power; 0 = equal, 1 = proportional
    std::int64_t minimum = 2;  ///< at least so many in each stratum, or all where it has fewer
    double confidence = 0.95;
};

struct AllocatedStratum {
    std::int64_t n = 0;
    double weight = 0;     ///< N_h / n_h
    double std_error = 0;  ///< of the stratum's own mean, sqrt((1 - n/N) S^2 / n); NaN without sd
    double margin = 0;     ///< of it, with the normal quantile
    bool at_minimum = false;
    bool at_population = false;  ///< the stratum is taken whole
};

struct Allocation {
    std::vector<AllocatedStratum> strata;
    std::int64_t n = 0;
    double std_error = 0;  ///< of the population's mean, sqrt(sum W^2 (1 - n/N) S^2 / n); NaN without every sd
    double margin = 0;
    double deff = 0;           ///< against a simple random sample of n; NaN without every sd and mean
    double weight_effect = 0;  ///< Kish's 1 + cv^2 of the weights: what they cost where strata do not differ
};

/// Divides a sample of `total` over strata: sizes in proportion to the rule's measure, held between the minimum and the
/// stratum's population, what is cut off going to the others; then whole numbers by largest remainders, ties to the
/// larger stratum and then to the first. They sum to `total`.
/// Source: Cochran (1977), sections 5.5-5.8.
/// Errors (usage): `allocation_no_strata`, `allocation_population` {stratum}, `allocation_sd` {stratum} (Neyman without
/// an sd), `allocation_total_small` {total, needed} (below the sum of minima), `allocation_total_large` {total,
/// population}, `allocation_power` unless 0 <= power <= 2. Cost: O(strata log strata).
[[nodiscard]] Result<Allocation> allocate(const std::vector<AllocationStratum>& strata, std::int64_t total,
                                          const AllocationSettings& settings);

/// The same figures for sizes that were chosen otherwise. Throws std::invalid_argument for a wrong number of sizes and
/// for sizes outside 1 .. N_h.
[[nodiscard]] Allocation judge_allocation(const std::vector<AllocationStratum>& strata,
                                          const std::vector<std::int64_t>& sizes, double confidence);

[[nodiscard]] std::string_view allocation_rule_code(AllocationRule rule);

}  // namespace twinfirm::survey
