// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/matched_sample.h"
#include "twinfirm/matching/weighting.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::evaluation {

/// One matching of adopters to non-adopters on one table: score, then pairs. Vectors have one entry a row of the frame.
struct CrossSection {
    std::vector<stats::Term> terms;  ///< of the covariates
    stats::DesignMatrix design;
    stats::LogisticFit fit;
    std::vector<double> probability;       ///< NaN where a covariate is missing
    std::vector<double> linear_predictor;  ///< log-odds
    std::vector<double> score;             ///< the one matched on; all NaN for a distance of the covariates
    std::vector<matching::Reason> preset;  ///< why units stay out before matching; empty = nobody does
    std::vector<std::int32_t> stratum;     ///< exact stratum, -1 = a variable of it is missing; empty without
    matching::MatchedSample sample;
    std::optional<matching::CovariatePoints> points;      ///< where pairs are made by a distance of covariates
    std::optional<matching::BalancingWeights> balancing;  ///< on the rows of the design, for weighting
};

/// Strata of rows that agree in all these columns, numbered in order of their levels; -1 = a value is missing.
/// Error (usage): `variable_unknown`. Cost: O(rows log rows).
[[nodiscard]] Result<std::vector<std::int32_t>> exact_strata(const stats::Frame& frame,
                                                             const std::vector<std::string>& columns);

/// Fits the score that the settings name, or takes it from their column; the sample stays empty. `treated`: one flag a
/// row of the frame. With `reestimate` the units outside the common support are left out (`preset`) and the score is
/// fitted again on the others. Sample weights count in the fit of the score alone. Exact and coarsened exact matching
/// need no score: none is fitted.
/// Errors: those of the design matrix and the regression; `variable_unknown`, `variable_not_numeric` (usage) for a
/// column of scores or weights; `sample_weight_value` {name, row} (statistics).
[[nodiscard]] Result<CrossSection> fit_score(const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                                             const std::vector<stats::Term>& terms,
                                             const design::MatchingSettings& settings, unsigned threads);

/// Takes units out before matching (`preset`: outside_support) and fits the score again on the others. `left_out`: one
/// flag a row of the frame. Errors: those of the regression.
[[nodiscard]] Status leave_out(CrossSection& section, const stats::Frame& frame,
                               const std::vector<std::uint8_t>& treated, const std::vector<std::uint8_t>& left_out,
                               const design::MatchingSettings& settings, unsigned threads);

/// Matches on the score. `rank`: place of each record's key among all keys, empty = row number; it breaks ties.
/// Exact and coarsened exact matching use the covariates themselves. Weighting fills the section's balancing weights
/// and its sample's weights; there are no pairs. Errors: `variable_unknown`, `variable_not_numeric` for a variable of
/// the settings; `setting_needs_score` (usage) for a caliper or a rule of common support without a score;
/// `coarsening_unknown`, `coarsening_value`, `coarsening_kind`, `level_unknown` (usage) for a rule of coarsening; those
/// of the matching.
[[nodiscard]] Status match_on_score(CrossSection& section, const stats::Frame& frame,
                                    const std::vector<std::uint8_t>& treated, const design::MatchingSettings& settings,
                                    std::span<const std::uint32_t> rank = {}, const CancellationToken& token = {});

}  // namespace twinfirm::evaluation
