// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "study_effects.h"
#include "twinfirm/effects/abadie_imbens.h"

namespace twinfirm::evaluation {

/// Abadie-Imbens errors (2006; 2016 with an estimated score; bias-corrected 2011) of a study matched with replacement:
/// all cohorts are one matching whose units are firms in a cohort. A non-adopter that serves several cohorts counts as
/// perfectly correlated with itself: with s_c its local standard deviation in cohort c, sum over pairs of cohorts of
/// 2 K_c K_c' s_c s_c' is added to the sum of n^2 V, so that the error is not too small on its account.
class ReplacementDid {
  public:
    explicit ReplacementDid(const StudyCohorts& study);

    /// Puts the effect's error (with `corrected` the bias-corrected effect, too) into `result`. Rates keep theirs.
    [[nodiscard]] Status set_error(const design::Outcome& outcome, effects::EventWindow window, const GroupUnits& group,
                                   bool corrected, effects::DidResult& result) const;

  private:
    /// The units that stand in pairs, over all cohorts.
    struct Unit {
        std::size_t cohort = 0;
        std::size_t row = 0;
    };
    struct Outcome {
        std::vector<double> change;  ///< of the units
        std::vector<double> after;
        std::vector<double> variance;                    ///< local, of the non-adopters that are matches
        std::vector<std::vector<double>> cohort_change;  ///< of each cohort's rows, for the estimated score
    };

    [[nodiscard]] Result<const Outcome*> outcome_of(const design::Outcome& outcome, effects::EventWindow window) const;
    [[nodiscard]] std::vector<double> local_variances(std::size_t cohort, const std::vector<double>& change) const;
    /// Firms and weights alone, for counting.
    [[nodiscard]] effects::MatchedOutcomes outcomes_of(const std::vector<matching::Pair>& pairs) const;
    [[nodiscard]] double shared_firm_term(const effects::NeighborSets& matches, const std::vector<double>& variance,
                                          const std::vector<std::uint8_t>& target) const;
    [[nodiscard]] double estimated_score_term(const Outcome& outcome, double effect) const;

    StudyCohorts study_;
    std::vector<Unit> units_;
    std::vector<std::uint8_t> treated_;
    std::vector<std::size_t> firm_;
    std::vector<matching::Pair> pairs_;  ///< of units
    Eigen::MatrixXd covariates_;         ///< with one column for each cohort but the first
    mutable std::map<std::tuple<std::string, int, int>, Outcome> outcomes_;  ///< filled where asked for
    mutable std::mutex outcomes_guard_;                                      ///< groups are worked out side by side
};

}  // namespace twinfirm::evaluation
