// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "cohort_matching.h"
#include "stacked_balance.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/effect_settings.h"
#include "twinfirm/effects/matched_did.h"

namespace twinfirm::evaluation {

/// The units of a group in every cohort.
struct GroupUnits {
    /// One list a cohort with one flag a row of its frame; empty = everybody.
    std::vector<std::vector<std::uint8_t>> member{};
    /// No non-adopter has a value of what divides the groups (the level reached): its adopters are compared with all.
    bool adopters_only = false;

    [[nodiscard]] bool everybody() const { return member.empty(); }
    [[nodiscard]] bool has(std::size_t cohort, std::size_t row) const {
        return everybody() || member[cohort][row] != 0;
    }
};

/// What all estimators of a study read.
struct StudyCohorts {
    const design::Specification& specification;
    design::EffectChoice choice;
    const stats::Panel& panel;
    const std::vector<MatchedCohort>& cohorts;
    const StackedDesign& stacked;
    std::vector<std::int32_t> cluster{};  ///< of each firm of the panel, for errors by cluster; empty = none
};

/// The changes of the firms in the sets of a group, and what is left out where one is missing.
struct SetChanges {
    effects::MatchedChanges changes;
    effects::MissingOutcome missing = effects::MissingOutcome::pair;
};

/// Effects for the adopters of one group, on any outcome over any window of years since adoption.
class GroupEffects {
  public:
    virtual ~GroupEffects() = default;
    [[nodiscard]] virtual Result<effects::DidResult> plain(const design::Outcome& outcome,
                                                           effects::EventWindow window) const = 0;
    /// Adjusted as the study's choice says. Not for rates.
    [[nodiscard]] virtual Result<effects::DidResult> adjusted(const design::Outcome& outcome,
                                                              effects::EventWindow window) const = 0;

    /// What plain() is made of, for estimators of other kinds; none where the method makes no sets.
    [[nodiscard]] virtual Result<std::optional<SetChanges>> set_changes(const design::Outcome& /*outcome*/,
                                                                        effects::EventWindow /*window*/) const {
        return std::optional<SetChanges>{};
    }

    std::int64_t cohorts_left_out = 0;  ///< that could not be weighted within the group
};

/// One matching, many outcomes and groups: what does not depend on them is worked out once.
class StudyEffects {
  public:
    virtual ~StudyEffects() = default;
    /// Errors: those of matching again within the group (kernel, weights of groups of adopters alone).
    [[nodiscard]] virtual Result<std::unique_ptr<GroupEffects>> of_group(const GroupUnits& group) const = 0;
};

/// Pairs, with or without replacement. The cohorts outlive the result.
[[nodiscard]] std::unique_ptr<StudyEffects> paired_effects(const StudyCohorts& study);
/// Matched sets of both arms: full and generalised full matching, strata of covariates.
[[nodiscard]] std::unique_ptr<StudyEffects> set_effects(const StudyCohorts& study);
/// Weights, and subclasses, which are few and large: strata of weights.
[[nodiscard]] std::unique_ptr<StudyEffects> weight_effects(const StudyCohorts& study);
/// The one of the three that the study's method asks for.
[[nodiscard]] std::unique_ptr<StudyEffects> study_effects(const StudyCohorts& study);

[[nodiscard]] effects::DidOutcome did_outcome(const design::Outcome& outcome);
[[nodiscard]] effects::Target effect_target(const design::MatchingSettings& matching);
/// Of errors that are clustered.
[[nodiscard]] effects::SeKind clustered_kind(design::StandardError error);

/// Puts each observation's cluster beside it, where errors are clustered by a column.
void add_clusters(const StudyCohorts& study, effects::MatchedOutcomes& outcomes);

/// Beside a clustered result: the test that holds for few matched sets, or for few clusters of the column asked for.
/// Rates have none. `covariates`: of the adjusted estimate, else null.
[[nodiscard]] Status add_small_sample_test(const StudyCohorts& study, const effects::MatchedChanges& changes,
                                           effects::MissingOutcome missing, const Eigen::MatrixXd* covariates,
                                           effects::DidResult& result);

/// Replaces the uncertainty of a clustered result by resampling, where the choice asks for it: bootstrap of matched
/// sets, or permutation within them (a p value alone). Rates keep what they have. `covariates`: of the adjusted
/// estimate, else null. Error (usage): `study_resampling_shared_firms`: a non-adopter serves several cohorts.
[[nodiscard]] Status resample(const StudyCohorts& study, const effects::MatchedChanges& changes,
                              effects::MissingOutcome missing, const Eigen::MatrixXd* covariates,
                              effects::DidResult& result);

}  // namespace twinfirm::evaluation
