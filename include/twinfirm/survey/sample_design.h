// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/survey/grouping.h"

namespace twinfirm::survey {

/// What a stratum of which one primary sampling unit was drawn (of several) adds to a variance.
enum class LonelyPsu {
    fail,       ///< nothing is estimated
    certainty,  ///< nothing, as if it had been taken for certain ("remove" elsewhere): the error is too small
    adjust,     ///< the squared distance of its total from the mean of all units' totals
    average,    ///< the mean of the other strata's parts
};

/// The columns of the data file that say how the sample was drawn.
struct DesignColumns {
    /// One a row, > 0; empty = population of the row's stratum over the units drawn from it.
    std::vector<double> weights;
    Grouping strata;    ///< no codes = one stratum
    Grouping clusters;  ///< within the strata; no codes = each row was drawn by itself
    /// Primary sampling units (clusters, else rows) in the population of each row's stratum: the finite population
    /// correction. Empty = drawn with replacement, or from a population so large that it does not matter.
    std::vector<double> population;
};

/// What the sampling distributions of a sum `sum_i w_i z_i` and of its estimated variance are like, estimated stratum
/// by stratum from the totals of the sampling units.
struct SumMoments {
    double variance = 0;
    double third_cumulant = 0;            ///< sum n (1 - f)(1 - 2 f) k3; k3 unbiased, 0 in strata of two units
    double covariance_with_variance = 0;  ///< of the sum and its estimated variance: sum n (1 - f)^2 k3
    double variance_of_variance = 0;      ///< sum ((1 - f) n)^2 max((m4 - s^4 (n-3)/(n-1)) / n, 2 s^4 / (n-1))
};

/// A sample with its strata, first-stage clusters, weights and finite population, and the variances that follow.
///
/// The variance of a sum `sum_i w_i z_i` over the rows is that of the first stage ("ultimate clusters"):
///
///     V = sum_h (1 - n_h / N_h) n_h / (n_h - 1) sum_j (t_hj - mean_j t_hj)^2,      t_hj = sum of w z in cluster j
///
/// (Cochran 1977, sections 5.3 and 11.8; Särndal, Swensson & Wretman 1992, section 4.5). Rows outside a domain stay in
/// the sample with z = 0. After calibration z is replaced by its residual from the margins (calibration.h). What it
/// cannot do: second-stage errors of clusters drawn without replacement beyond the first stage, unequal probabilities
/// without replacement, replicate weights.
class SampleDesign {
  public:
    /// Errors: `survey_weight_invalid` {row}, `survey_stratum_missing` {row}, `survey_cluster_missing` {row},
    /// `survey_population_missing` {row} (input); `survey_population_varies` {stratum}, `survey_population_small`
    /// {stratum, population, sample} (input); `survey_lonely_stratum` {stratum, count} (statistics) with
    /// LonelyPsu::fail; `survey_weight_unknown` (usage) without weights and population. `survey_no_rows` (input).
    /// Throws std::invalid_argument for columns of unequal length. Cost: O(n log n).
    [[nodiscard]] static Result<SampleDesign> make(DesignColumns columns, LonelyPsu lonely = LonelyPsu::fail);

    [[nodiscard]] std::size_t rows() const { return weights_.size(); }
    [[nodiscard]] std::span<const double> weights() const { return weights_; }
    [[nodiscard]] std::size_t strata() const { return stratum_labels_.size(); }
    [[nodiscard]] std::size_t units() const { return unit_stratum_.size(); }  ///< primary sampling units
    /// `survey_lonely_strata` with the number of strata of one unit, and what was done with them.
    [[nodiscard]] const Messages& messages() const { return messages_; }

    /// Primary sampling units with a row of the domain, and those less the strata they come from: the degrees of
    /// freedom (as R's survey; Korn & Graubard 1999, section 5.2, count the units of those strata that have no such
    /// row too). `domain`: one a row, 0 = outside; empty = all.
    [[nodiscard]] std::size_t units(std::span<const char> domain) const;
    [[nodiscard]] double degrees_of_freedom(std::span<const char> domain = {}) const;

    /// Covariances of the sums `sum_i w_i z_i` of several variables, row by row in one vector of k x k.
    /// NaN under LonelyPsu::average where no stratum has two units. Cost: O(k^2 n log n).
    [[nodiscard]] std::vector<double> covariance(const std::vector<std::vector<double>>& variables) const;
    [[nodiscard]] double variance(const std::vector<double>& variable) const;
    /// Moments up to the fourth, over the strata of two units and more. Cost: O(n log n).
    [[nodiscard]] SumMoments moments(const std::vector<double>& variable) const;

    /// The same sample with other weights, which meet known sums over each margin: see calibration.h.
    [[nodiscard]] SampleDesign calibrated(std::vector<double> weights, std::vector<Grouping> margins) const;

  private:
    SampleDesign() = default;
    void divide(const DesignColumns& columns);
    [[nodiscard]] Status take_population(const DesignColumns& columns, LonelyPsu lonely);
    [[nodiscard]] std::vector<double> unit_totals(const std::vector<double>& variable) const;

    LonelyPsu lonely_ = LonelyPsu::fail;
    std::vector<double> weights_;
    std::vector<std::string> stratum_labels_;
    std::vector<std::uint32_t> unit_of_row_;
    std::vector<std::size_t> unit_begin_;     ///< of each unit, and the end, into unit_rows_
    std::vector<std::uint32_t> unit_rows_;    ///< rows by unit
    std::vector<std::int32_t> unit_stratum_;  ///< rising
    std::vector<double> population_;          ///< of each stratum; infinite = no correction
    std::vector<Grouping> margins_;
    Messages messages_;
};

}  // namespace twinfirm::survey
