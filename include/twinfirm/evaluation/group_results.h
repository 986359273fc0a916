// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/effects/estimate.h"
#include "twinfirm/evaluation/group.h"

namespace twinfirm::evaluation {

/// An effect with what it is as a fraction of the counterfactual mean (of logarithms: exp(effect) - 1).
struct PercentedEffect {
    effects::Estimate effect;
    double percent = effects::not_available;
    double percent_low = effects::not_available;
    double percent_high = effects::not_available;
};

/// The place of a group among those of its breakdown, by the mean effect over the years 0 .. lags, best first.
struct RankRow {
    std::string outcome;
    Group group;
    double estimate = effects::not_available;
    double shrunken = effects::not_available;  ///< towards the mean of the groups, the more the less certain it is
    double shrunken_low = effects::not_available;
    double shrunken_high = effects::not_available;
    double rank = effects::not_available;      ///< by the shrunken effect; equal ones share their mean place
    double rank_low = effects::not_available;  ///< interval of the places in the resamples
    double rank_high = effects::not_available;
    double top_share = effects::not_available;  ///< share of the resamples in which it is among the first
};

/// The same band of firms by values of different years: how far its naive growth is regression to the mean.
struct BandShiftRow {
    std::string outcome;
    Group group;
    std::string band_year;  ///< `base`, `lagged`, `averaged`
    std::int64_t n = 0;     ///< adopters with values before and after
    effects::Estimate ratio_of_sums;
    effects::Estimate mean_of_ratios;
    PercentedEffect matched;
};

/// The matched effect over the amount of support.
struct SupportRow {
    std::string outcome;
    std::string measure;     ///< `mean`: mean effect over mean support; `slope`: further effect of a further unit
    PercentedEffect effect;  ///< of one unit of support; `percent` of logarithms only
    double mean_support = effects::not_available;  ///< in units
};

/// An outcome with many zeros by different definitions.
struct MarginRow {
    std::string outcome;
    std::string measure;     ///< `level`, `extensive` (share above 0), `poisson` (log of the ratio of means)
    PercentedEffect effect;  ///< of the extensive margin a fraction of firms
    double treated_base = effects::not_available;
    double treated_after = effects::not_available;
    double control_base = effects::not_available;
    double control_after = effects::not_available;
    std::int64_t zero_bases = 0;  ///< adopters in the estimate with 0 in the base year
};

/// Whom the matched adopters stand for.
struct RepresentationRow {
    std::string covariate;
    std::string level;
    double mean_adopters = effects::not_available;  ///< of all with covariates
    double mean_matched = effects::not_available;
    double smd = effects::not_available;  ///< difference over the standard deviation of all adopters
    bool hidden = false;                  ///< would tell of few firms: the numbers are not there
};

/// What stands beside the effects of groups.
struct GroupResults {
    std::vector<RankRow> ranking;
    std::vector<BandShiftRow> band_shifts;
    std::vector<SupportRow> support;
    std::vector<MarginRow> margins;
    std::vector<RepresentationRow> representation;
    std::int64_t adopters_unmatched = 0;  ///< with covariates, but without a match
};

}  // namespace twinfirm::evaluation
