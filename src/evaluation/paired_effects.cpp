// SPDX-License-Identifier: GPL-3.0-or-later
#include "replacement_did.h"
#include "study_effects.h"

namespace twinfirm::evaluation {

namespace {

class PairedGroup : public GroupEffects {
  public:
    PairedGroup(const StudyCohorts& study, const ReplacementDid* replacement, GroupUnits group)
        : study_(study), replacement_(replacement), group_(std::move(group)) {
        for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
            append_sets(study.cohorts[c], sets_, [&](std::size_t row) { return group_.has(c, row); });
        }
    }

    Result<effects::DidResult> plain(const design::Outcome& outcome, effects::EventWindow window) const override {
        auto changes = effects::matched_changes(study_.panel, sets_, did_outcome(outcome), window);
        if (!changes) return tl::unexpected(changes.error());
        add_clusters(study_, changes->outcomes);
        auto did =
            effects::matched_did(*changes, clustered_kind(study_.choice.error), study_.specification.confidence_level);
        if (!did) return did;
        if (group_.everybody()) {
            const auto margins = effects::level_margins(*changes, study_.specification.confidence_level);
            if (!margins) return tl::unexpected(margins.error());
            did->margins = *margins;
        }
        TWINFIRM_TRY(resample(study_, *changes, effects::MissingOutcome::pair, nullptr, *did));
        TWINFIRM_TRY(add_small_sample_test(study_, *changes, effects::MissingOutcome::pair, nullptr, *did));
        if (replacement_ != nullptr) TWINFIRM_TRY(replacement_->set_error(outcome, window, group_, false, *did));
        return did;
    }

    Result<effects::DidResult> adjusted(const design::Outcome& outcome, effects::EventWindow window) const override {
        if (study_.choice.adjustment == design::OutcomeAdjustment::bias) {
            auto did = plain(outcome, window);
            if (did) TWINFIRM_TRY(replacement_->set_error(outcome, window, group_, true, *did));
            return did;
        }
        auto changes = effects::matched_changes(study_.panel, sets_, did_outcome(outcome), window);
        if (!changes) return tl::unexpected(changes.error());
        add_clusters(study_, changes->outcomes);
        if (covariates_.rows() == 0) covariates_ = set_covariates(study_.cohorts, study_.stacked);
        auto did =
            effects::matched_did_adjusted(*changes, covariates_, effects::Adjustment::interacted,
                                          clustered_kind(study_.choice.error), study_.specification.confidence_level);
        if (!did) return did;
        TWINFIRM_TRY(resample(study_, *changes, effects::MissingOutcome::pair, &covariates_, *did));
        TWINFIRM_TRY(add_small_sample_test(study_, *changes, effects::MissingOutcome::pair, &covariates_, *did));
        return did;
    }

    Result<std::optional<SetChanges>> set_changes(const design::Outcome& outcome,
                                                  effects::EventWindow window) const override {
        auto changes = effects::matched_changes(study_.panel, sets_, did_outcome(outcome), window);
        if (!changes) return tl::unexpected(changes.error());
        add_clusters(study_, changes->outcomes);
        return std::optional(SetChanges{std::move(*changes), effects::MissingOutcome::pair});
    }

  private:
    const StudyCohorts& study_;
    const ReplacementDid* replacement_;
    GroupUnits group_;
    std::vector<effects::MatchedSet> sets_;
    mutable Eigen::MatrixXd covariates_;  // of everybody, where they were asked for
};

class PairedEffects : public StudyEffects {
  public:
    explicit PairedEffects(const StudyCohorts& study) : study_(study) {
        const design::StandardError error = study.choice.error;
        if (error == design::StandardError::ai || error == design::StandardError::ai_homoscedastic ||
            error == design::StandardError::ai_estimated) {
            replacement_ = std::make_unique<ReplacementDid>(study_);
        }
    }

    Result<std::unique_ptr<GroupEffects>> of_group(const GroupUnits& group) const override {
        return std::unique_ptr<GroupEffects>(std::make_unique<PairedGroup>(study_, replacement_.get(), group));
    }

  private:
    StudyCohorts study_;
    std::unique_ptr<ReplacementDid> replacement_;
};

}  // namespace

std::unique_ptr<StudyEffects> paired_effects(const StudyCohorts& study) {
    return std::make_unique<PairedEffects>(study);
}

}  // namespace twinfirm::evaluation
