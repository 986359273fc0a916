// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::stats {
struct DesignMatrix;
}

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
    double t = std::numeric_limits<double>::quiet_NaN();                  ///< of the difference in means
    double p_value = std::numeric_limits<double>::quiet_NaN();            ///< two-sided
};

struct BalanceRow {
    std::string covariate;  ///< `size`, `log(sales)`, `distance` for the score
    std::string level;      ///< category of a factor, else empty
    std::string type;       ///< `distance`, `continuous`, `binary`
    BalanceStatistics before;
    BalanceStatistics after;
    bool hidden = false;  ///< must not be shown: the numbers are not there
};

/// Whose standard deviation a difference in means is divided by: adopters for the ATT, non-adopters for the ATC, the
/// mean of both variances for the ATE. Always that of the sample before matching, so that before and after compare.
enum class SmdDenominator { treated, control, pooled };

/// One covariate as numbers, one a unit. A unit with NaN is left out of this column, before and after.
struct BalanceColumn {
    std::string covariate;
    std::string level;
    std::vector<double> values;
    bool is_score = false;
};

/// The units that the columns describe, and what matching made of them; equal lengths.
struct MatchedUnits {
    std::span<const std::uint8_t> treated;
    std::span<const double> weight;         ///< after matching; 0 = not in the matched sample
    std::span<const matching::Pair> pairs;  ///< empty = no pair distances
    SmdDenominator denominator = SmdDenominator::treated;
    /// Sets of several units of both arms, -1 = in none; their pairs are all of one adopter and one non-adopter in a
    /// set.
    std::span<const std::int32_t> set = {};
};

/// The columns of a design matrix as its reader knows them: no intercept, and every category of a factor has its own,
/// the reference level too. Values are those of the matrix's rows.
[[nodiscard]] std::vector<BalanceColumn> balance_columns(const stats::DesignMatrix& design);

/// Balance of one column before and after matching, by the definitions of R's MatchIt, summary():
/// - means: weighted by arm; before matching every unit counts 1
/// - smd: difference in means / SD of the denominator's arm; that SD is sqrt(p(1-p)) for a binary column (only 0 and
///   1), else of the n-1 kind. Below 1.5e-8 the pooled within-arm SD takes its place. A difference in means below
///   1.5e-8 is shown as it is
/// - variance_ratio: weighted variance of adopters / of non-adopters, sum w(x-m)^2 / (1 - sum w^2) with w adding to 1
/// - ecdf_mean, ecdf_max: mean and largest |F1(x) - F0(x)| over the values that occur before matching; for a binary
///   column both are the difference in proportions
/// - std_pair_distance: mean |x1 - x0| over the pairs, or over all pairs of every set, / the SD of smd (not divided
/// where
///   smd is not)
/// - t, p_value: of treatment in the regression of the column on it, with the weights as analytic weights and one
///   variance for both arms, n - 2 degrees of freedom (n units of positive weight). It is what Korean reports and
///   psmatch2's pstest show, and no proof of balance: with fewer units every t falls (Imai, King & Stuart 2008, JRSS A
///   171:481)
/// With fewer than two units in both arms only means remain.
/// Sources: Austin 2009 (Stat. Med. 28:3083); Stuart 2010 (Stat. Sci. 25:1); Ho et al. 2011 (J. Stat. Softw. 42(8)).
/// Cost: one sort of the values, by radix, shared by before and after: O(n + pairs). Throws std::invalid_argument if
/// lengths differ.
[[nodiscard]] BalanceRow balance_row(const BalanceColumn& column, const MatchedUnits& units);

/// The rows of several columns, in their order, on up to `threads` threads (0 = as many as the machine has); the same
/// bits for any number.
[[nodiscard]] std::vector<BalanceRow> balance_table(std::span<const BalanceColumn> columns, const MatchedUnits& units,
                                                    unsigned threads = 0);

/// Balance of the squares of the continuous columns, `I(a^2)`, and of the products of any two columns that do not
/// belong to one factor, `a:b` (a level as `race=black`), each made when its turn comes. Scores take no part.
/// O(columns^2 n).
[[nodiscard]] std::vector<BalanceRow> interaction_balance(std::span<const BalanceColumn> columns,
                                                          const MatchedUnits& units, unsigned threads = 0);

/// (sum w)^2 / sum w^2 (Kish 1965): as many equally weighted units would know as much. 0 without weights.
[[nodiscard]] double effective_sample_size(std::span<const double> weights);

}  // namespace twinfirm::balance
