// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "study_effects.h"
#include "twinfirm/effects/set_weights.h"
#include "twinfirm/effects/unit_changes.h"

namespace twinfirm::evaluation {

namespace {

/// The units of one cohort that stand in sets.
struct SetCohort {
    std::vector<std::size_t> row;   ///< of the cohort's frame
    std::vector<std::size_t> firm;  ///< of the panel
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> member;
    std::vector<std::int32_t> set;
};

/// Only the sets with somebody of the target in the group: the others weigh nothing.
SetCohort cohort_sets(const MatchedCohort& cohort, std::size_t place, const GroupUnits& group, effects::Target target) {
    const std::vector<std::int32_t>& subclass = cohort.match.sample.subclass;
    const auto is_target = [&](std::size_t row) {
        const bool arm =
            target == effects::Target::all || (cohort.firms.adopter[row] != 0) == (target == effects::Target::adopters);
        return arm && group.has(place, row);
    };
    std::vector<std::uint8_t> wanted;
    for (std::size_t row = 0; row < subclass.size(); ++row) {
        if (subclass[row] < 0) continue;
        const auto set = static_cast<std::size_t>(subclass[row]);
        if (set >= wanted.size()) wanted.resize(set + 1, 0);
        if (is_target(row)) wanted[set] = 1;
    }
    SetCohort units;
    for (std::size_t row = 0; row < subclass.size(); ++row) {
        if (subclass[row] < 0 || wanted[static_cast<std::size_t>(subclass[row])] == 0) continue;
        units.row.push_back(row);
        units.firm.push_back(cohort.firms.firms[row]);
        units.treated.push_back(cohort.firms.adopter[row]);
        units.member.push_back(group.has(place, row) ? 1 : 0);
        units.set.push_back(subclass[row]);
    }
    return units;
}

class SetGroup : public GroupEffects {
  public:
    SetGroup(const StudyCohorts& study, const GroupUnits& group)
        : study_(study), target_(effect_target(study.specification.matching)) {
        for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
            cohorts_.push_back(cohort_sets(study.cohorts[c], c, group, target_));
        }
    }

    Result<effects::DidResult> plain(const design::Outcome& outcome, effects::EventWindow window) const override {
        const auto sample = sample_of(outcome, window);
        if (!sample) return tl::unexpected(sample.error());
        auto did = effects::matched_did(sample->changes, clustered_kind(study_.choice.error),
                                        study_.specification.confidence_level, effects::MissingOutcome::unit);
        if (!did) return did;
        TWINFIRM_TRY(resample(study_, sample->changes, effects::MissingOutcome::unit, nullptr, *did));
        TWINFIRM_TRY(add_small_sample_test(study_, sample->changes, effects::MissingOutcome::unit, nullptr, *did));
        return did;
    }

    Result<effects::DidResult> adjusted(const design::Outcome& outcome, effects::EventWindow window) const override {
        const auto sample = sample_of(outcome, window);
        if (!sample) return tl::unexpected(sample.error());
        const Eigen::MatrixXd& x = study_.stacked.design.x;
        Eigen::MatrixXd covariates(static_cast<Eigen::Index>(sample->stacked_row.size()), x.cols() - 1);
        for (std::size_t i = 0; i < sample->stacked_row.size(); ++i) {
            covariates.row(static_cast<Eigen::Index>(i)) = x.row(sample->stacked_row[i]).tail(covariates.cols());
        }
        auto did = effects::matched_did_adjusted(
            sample->changes, covariates, effects::Adjustment::interacted, clustered_kind(study_.choice.error),
            study_.specification.confidence_level, effects::MissingOutcome::unit, target_);
        if (!did) return did;
        TWINFIRM_TRY(resample(study_, sample->changes, effects::MissingOutcome::unit, &covariates, *did));
        TWINFIRM_TRY(add_small_sample_test(study_, sample->changes, effects::MissingOutcome::unit, &covariates, *did));
        return did;
    }

    Result<std::optional<SetChanges>> set_changes(const design::Outcome& outcome,
                                                  effects::EventWindow window) const override {
        auto sample = sample_of(outcome, window);
        if (!sample) return tl::unexpected(sample.error());
        return std::optional(SetChanges{std::move(sample->changes), effects::MissingOutcome::unit});
    }

  private:
    struct Sample {
        effects::MatchedChanges changes;
        std::vector<Eigen::Index> stacked_row;
    };

    [[nodiscard]] Result<Sample> sample_of(const design::Outcome& outcome, effects::EventWindow window) const {
        const effects::DidOutcome read = did_outcome(outcome);
        Sample sample;
        effects::MatchedChanges& all = sample.changes;
        all.log = read.log;
        std::int32_t first_set = 0;
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            const SetCohort& units = cohorts_[c];
            const int year = study_.cohorts[c].firms.year;
            const auto changes = effects::unit_changes(study_.panel, units.firm, year, read, window);
            if (!changes) return tl::unexpected(changes.error());
            std::vector<std::uint8_t> observed(units.row.size());
            for (std::size_t i = 0; i < observed.size(); ++i) observed[i] = !std::isnan(changes->change[i]);
            const std::vector<double> weight =
                effects::set_weights({units.set, units.treated, observed, units.member}, target_);
            std::int32_t last = -1;
            for (std::size_t i = 0; i < weight.size(); ++i) {
                last = std::max(last, units.set[i]);
                if (!(weight[i] > 0)) continue;
                all.outcomes.set.push_back(first_set + units.set[i]);
                all.outcomes.firm.push_back(static_cast<std::int32_t>(units.firm[i]));
                all.outcomes.treated.push_back(units.treated[i]);
                all.outcomes.weight.push_back(weight[i]);
                all.outcomes.value.push_back(changes->change[i]);
                all.cohort.push_back(year);
                all.base.push_back(changes->base[i]);
                all.after.push_back(changes->after[i]);
                if (!read.denominator.empty()) {
                    all.base_denominator.push_back(changes->base_denominator[i]);
                    all.after_denominator.push_back(changes->after_denominator[i]);
                }
                sample.stacked_row.push_back(static_cast<Eigen::Index>(study_.stacked.first_row[c]) +
                                             study_.stacked.place[c][units.row[i]]);
            }
            first_set += last + 1;
        }
        add_clusters(study_, all.outcomes);
        return sample;
    }

    const StudyCohorts& study_;
    effects::Target target_;
    std::vector<SetCohort> cohorts_;
};

class SetEffects : public StudyEffects {
  public:
    explicit SetEffects(const StudyCohorts& study) : study_(study) {}

    Result<std::unique_ptr<GroupEffects>> of_group(const GroupUnits& group) const override {
        return std::unique_ptr<GroupEffects>(std::make_unique<SetGroup>(study_, group));
    }

  private:
    StudyCohorts study_;
};

}  // namespace

std::unique_ptr<StudyEffects> set_effects(const StudyCohorts& study) {
    return std::make_unique<SetEffects>(study);
}

}  // namespace twinfirm::evaluation
