// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// What the checks of a matching ask of two units, written down again from the problem alone.
class PairRules {
  public:
    PairRules(const MatchProblem& problem, const MatchedSample& sample) : problem_(problem), sample_(sample) {}

    [[nodiscard]] double score_distance(std::size_t a, std::size_t b) const {
        return std::abs(problem_.score[a] - problem_.score[b]);
    }
    [[nodiscard]] double distance(std::size_t a, std::size_t b) const {
        return problem_.points == nullptr ? score_distance(a, b) : std::sqrt(problem_.points->squared_distance(a, b));
    }
    [[nodiscard]] bool same_stratum(std::size_t a, std::size_t b) const {
        return problem_.stratum.empty() || problem_.stratum[a] == problem_.stratum[b];
    }
    /// False for a NaN.
    [[nodiscard]] bool within_limits(std::size_t a, std::size_t b) const {
        for (std::size_t i = 0; i < problem_.limits.size(); ++i) {
            const std::span<const double> value = problem_.limits[i].value;
            if (!(std::abs(value[a] - value[b]) <= sample_.covariate_widths[i])) return false;
        }
        for (const std::vector<std::int32_t>& code : problem_.anti_exact) {
            if (code[a] == code[b] || code[a] < 0 || code[b] < 0) return false;
        }
        return true;
    }

  private:
    const MatchProblem& problem_;
    const MatchedSample& sample_;
};

}  // namespace twinfirm::matching
