// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/abadie_imbens.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::evaluation {

/// Abadie-Imbens effects of one matching with replacement on one outcome, for any group of its focal units. What does
/// not depend on the group is worked out once.
class ReplacementEffects {
  public:
    ReplacementEffects(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                       const std::vector<double>& outcome, const EffectSettings& settings);

    /// `member`: one flag a row.
    [[nodiscard]] Result<effects::Estimate> of_group(const std::vector<std::uint8_t>& member) const;

  private:
    [[nodiscard]] std::vector<matching::Pair> complete_pairs() const;
    [[nodiscard]] std::vector<std::uint8_t> took_part() const;
    void find_local_variances();
    [[nodiscard]] effects::Estimate with_estimated_score(effects::Estimate estimate) const;

    const CrossSection& match_;
    const std::vector<std::uint8_t>& treated_;
    const std::vector<double>& outcome_;
    const EffectSettings& settings_;
    effects::ReplacementMatching matching_;
    std::vector<double> local_variance_;
    Eigen::MatrixXd covariates_;  // for the bias correction
};

}  // namespace twinfirm::evaluation
