// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <string>
#include <vector>

namespace twinfirm::balance {

/// How alike adopters and non-adopters are in one column of the design, before or after matching.
struct BalanceStatistics {
    double mean_treated = std::numeric_limits<double>::quiet_NaN();
    double mean_control = std::numeric_limits<double>::quiet_NaN();
    double smd = std::numeric_limits<double>::quiet_NaN();
    double variance_ratio = std::numeric_limits<double>::quiet_NaN();  ///< NaN for binary columns
    double ecdf_mean = std::numeric_limits<double>::quiet_NaN();
    double ecdf_max = std::numeric_limits<double>::quiet_NaN();
    double std_pair_distance = std::numeric_limits<double>::quiet_NaN();  ///< after matching only
};

struct BalanceRow {
    std::string covariate;  ///< `size`, `log(sales)`, `distance` for the score
    std::string level;      ///< category of a factor, else empty
    std::string type;       ///< `distance`, `continuous`, `binary`
    BalanceStatistics before;
    BalanceStatistics after;
};

}  // namespace twinfirm::balance
