// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "study_effects.h"
#include "twinfirm/effects/set_weights.h"
#include "twinfirm/effects/unit_changes.h"
#include "twinfirm/effects/weighted_did.h"

namespace twinfirm::evaluation {

namespace {

using design::MatchMethod;

/// The rows of the design matrix of one cohort with their weights.
struct WeightedRows {
    matching::BalancingWeights weights;
    std::vector<std::size_t> row;  ///< of the cohort's frame
    std::vector<std::size_t> firm;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> used;
    std::vector<std::int32_t> set;  ///< of strata only
};

bool is_target(std::uint8_t treated, effects::Target target) {
    return target == effects::Target::all || (treated != 0) == (target == effects::Target::adopters);
}

/// The covariates, centred and over their standard deviations, so that a regression on them is well conditioned.
Eigen::MatrixXd standardised(const Eigen::MatrixXd& x) {
    Eigen::MatrixXd basis = x;
    for (Eigen::Index j = 1; j < basis.cols(); ++j) {
        basis.col(j).array() -= basis.col(j).mean();
        const double sd =
            std::sqrt(basis.col(j).squaredNorm() / static_cast<double>(std::max<Eigen::Index>(basis.rows(), 1)));
        if (sd > 0) basis.col(j) /= sd;
    }
    return basis;
}

/// Weights that count as known, of the sample; rows without weight are left out.
WeightedRows known_weights(const MatchedCohort& cohort, const CrossSection& section, effects::Target target) {
    WeightedRows rows;
    std::vector<Eigen::Index> kept;
    const bool of_sets = section.sample.form == matching::SampleForm::sets;
    for (std::size_t i = 0; i < section.design.rows.size(); ++i) {
        const std::size_t row = section.design.rows[i];
        if (!(section.sample.weight[row] > 0)) continue;
        kept.push_back(static_cast<Eigen::Index>(i));
        rows.row.push_back(row);
        rows.weights.weight.push_back(section.sample.weight[row]);
        rows.weights.target.push_back(is_target(cohort.firms.adopter[row], target) ? 1 : 0);
        if (of_sets) rows.set.push_back(section.sample.subclass[row]);
    }
    Eigen::MatrixXd x(static_cast<Eigen::Index>(kept.size()), section.design.x.cols());
    for (std::size_t i = 0; i < kept.size(); ++i) x.row(static_cast<Eigen::Index>(i)) = section.design.x.row(kept[i]);
    rows.weights.basis = standardised(x);
    return rows;
}

WeightedRows estimated_weights(const CrossSection& section, bool as_known) {
    WeightedRows rows;
    rows.row = section.design.rows;
    rows.weights = *section.balancing;
    if (as_known) rows.weights.equations.clear();
    return rows;
}

class WeightGroup : public GroupEffects {
  public:
    WeightGroup(const StudyCohorts& study, const GroupUnits& group)
        : study_(study), target_(effect_target(study.specification.matching)), group_(group) {}

    /// Puts the cohorts together; those that cannot be weighted within the group are counted.
    Status prepare() {
        const MatchMethod method = study_.specification.matching.method;
        // Kernel weights are shares of adopters: those of another group would count, too.
        const bool again = !group_.everybody() && (method == MatchMethod::kernel ||
                                                   (method == MatchMethod::weighting && group_.adopters_only));
        for (std::size_t c = 0; c < study_.cohorts.size(); ++c) {
            const MatchedCohort& cohort = study_.cohorts[c];
            if (again && !has_adopters(c)) continue;
            const auto rows = again ? matched_again(c) : Result<WeightedRows>(rows_of(cohort, cohort.match));
            if (!rows) {
                if (rows.error().kind != ErrorKind::statistics) return tl::unexpected(rows.error());
                ++cohorts_left_out;
                continue;
            }
            add(c, *rows);
        }
        return {};
    }

    Result<effects::DidResult> plain(const design::Outcome& outcome, effects::EventWindow window) const override {
        return effect(outcome, window, effects::WeightedEstimator::difference, study_.choice.error);
    }

    Result<effects::DidResult> adjusted(const design::Outcome& outcome, effects::EventWindow window) const override {
        // A regression with known weights is the weighted one in each arm, averaged over the target.
        const auto estimator = study_.choice.adjustment == design::OutcomeAdjustment::aipw
                                   ? effects::WeightedEstimator::aipw
                                   : effects::WeightedEstimator::ipwra;
        return effect(outcome, window, estimator, study_.choice.error);
    }

  private:
    [[nodiscard]] bool strata() const { return study_.specification.matching.method == MatchMethod::subclass; }

    [[nodiscard]] WeightedRows rows_of(const MatchedCohort& cohort, const CrossSection& section) const {
        if (!section.balancing) return known_weights(cohort, section, target_);
        return estimated_weights(section, study_.choice.error != design::StandardError::m_estimation);
    }

    [[nodiscard]] bool in_group(std::size_t cohort, std::size_t row, bool adopter) const {
        return (group_.adopters_only && !adopter) || group_.has(cohort, row);
    }

    [[nodiscard]] bool has_adopters(std::size_t c) const {
        const CohortFirms& firms = study_.cohorts[c].firms;
        for (std::size_t row = 0; row < firms.firms.size(); ++row) {
            if (firms.adopter[row] != 0 && group_.has(c, row)) return true;
        }
        return false;
    }

    [[nodiscard]] Result<WeightedRows> matched_again(std::size_t c) const {
        const MatchedCohort& cohort = study_.cohorts[c];
        std::vector<std::uint8_t> left_out(cohort.firms.firms.size());
        for (std::size_t row = 0; row < left_out.size(); ++row) {
            const bool supported = cohort.match.sample.reason[row] != matching::Reason::outside_support;
            left_out[row] = supported && in_group(c, row, cohort.firms.adopter[row] != 0) ? 0 : 1;
        }
        const design::MatchingSettings& settings = study_.specification.matching;
        CrossSection section = cohort.match;
        section.balancing.reset();
        TWINFIRM_TRY(leave_out(section, cohort.frame, cohort.firms.adopter, left_out, settings, 1));
        TWINFIRM_TRY(match_on_score(section, cohort.frame, cohort.firms.adopter, settings));
        return rows_of(cohort, section);
    }

    void add(std::size_t c, WeightedRows rows) {
        const MatchedCohort& cohort = study_.cohorts[c];
        for (const std::size_t row : rows.row) {
            const bool adopter = cohort.firms.adopter[row] != 0;
            rows.firm.push_back(cohort.firms.firms[row]);
            rows.treated.push_back(adopter ? 1 : 0);
            // A stratum's non-adopters stand for its adopters of any group.
            rows.used.push_back(strata() || in_group(c, row, adopter) ? 1 : 0);
        }
        rows_.push_back(std::move(rows));
        place_.push_back(c);
    }

    [[nodiscard]] Result<effects::DidResult> effect(const design::Outcome& outcome, effects::EventWindow window,
                                                    effects::WeightedEstimator estimator,
                                                    design::StandardError error) const {
        const effects::DidOutcome read = did_outcome(outcome);
        std::vector<effects::WeightedCohort> cohorts;
        std::vector<matching::BalancingWeights> of_strata(strata() ? rows_.size() : 0);
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const WeightedRows& rows = rows_[i];
            const int year = study_.cohorts[place_[i]].firms.year;
            auto changes = used_changes(rows, year, read, window);
            if (!changes) return tl::unexpected(changes.error());
            effects::WeightedCohort cohort;
            cohort.weights = &rows.weights;
            cohort.treated = rows.treated;
            cohort.firm.assign(rows.firm.begin(), rows.firm.end());
            cohort.used = rows.used;
            if (!study_.cluster.empty()) {
                for (const std::size_t firm : rows.firm) cohort.cluster.push_back(study_.cluster[firm]);
            }
            cohort.changes = std::move(*changes);
            if (strata()) {
                of_strata[i] = stratum_weights(rows, place_[i], cohort.changes.change);
                cohort.weights = &of_strata[i];
                for (std::size_t k = 0; k < cohort.used.size(); ++k) {
                    if (!(of_strata[i].weight[k] > 0)) cohort.used[k] = 0;
                }
            }
            cohorts.push_back(std::move(cohort));
        }
        const auto kind = error == design::StandardError::m_estimation ? effects::WeightedError::m_estimation
                                                                       : effects::WeightedError::firm;
        return effects::weighted_did(cohorts, estimator, kind, read.log, study_.specification.confidence_level);
    }

    [[nodiscard]] Result<effects::UnitChanges> used_changes(const WeightedRows& rows, int year,
                                                            const effects::DidOutcome& read,
                                                            effects::EventWindow window) const {
        if (std::all_of(rows.used.begin(), rows.used.end(), [](std::uint8_t used) { return used != 0; })) {
            return effects::unit_changes(study_.panel, rows.firm, year, read, window);
        }
        std::vector<std::size_t> firm;
        std::vector<std::size_t> at;
        for (std::size_t i = 0; i < rows.used.size(); ++i) {
            if (rows.used[i] == 0) continue;
            firm.push_back(rows.firm[i]);
            at.push_back(i);
        }
        auto some = effects::unit_changes(study_.panel, firm, year, read, window);
        if (!some) return some;
        for (std::vector<double>* values :
             {&some->change, &some->base, &some->after, &some->base_denominator, &some->after_denominator}) {
            if (values->empty() && values != &some->change) continue;
            std::vector<double> all(rows.used.size(), effects::not_available);
            for (std::size_t i = 0; i < at.size(); ++i) all[at[i]] = (*values)[i];
            *values = std::move(all);
        }
        return some;
    }

    [[nodiscard]] matching::BalancingWeights stratum_weights(const WeightedRows& rows, std::size_t c,
                                                             const std::vector<double>& change) const {
        std::vector<std::uint8_t> observed(change.size());
        std::vector<std::uint8_t> member(change.size());
        for (std::size_t i = 0; i < change.size(); ++i) {
            observed[i] = !std::isnan(change[i]);
            member[i] = group_.has(c, rows.row[i]) ? 1 : 0;
        }
        matching::BalancingWeights weights;
        weights.weight = effects::set_weights({rows.set, rows.treated, observed, member}, target_);
        weights.basis = rows.weights.basis;
        weights.target.assign(change.size(), 0);
        for (std::size_t i = 0; i < change.size(); ++i) {
            if (weights.weight[i] > 0 && member[i] != 0) weights.target[i] = rows.weights.target[i];
        }
        return weights;
    }

    const StudyCohorts& study_;
    effects::Target target_;
    GroupUnits group_;
    std::vector<WeightedRows> rows_;
    std::vector<std::size_t> place_;  ///< cohort of each
};

class WeightEffects : public StudyEffects {
  public:
    explicit WeightEffects(const StudyCohorts& study) : study_(study) {}

    Result<std::unique_ptr<GroupEffects>> of_group(const GroupUnits& group) const override {
        auto effects = std::make_unique<WeightGroup>(study_, group);
        TWINFIRM_TRY(effects->prepare());
        return std::unique_ptr<GroupEffects>(std::move(effects));
    }

  private:
    StudyCohorts study_;
};

}  // namespace

std::unique_ptr<StudyEffects> weight_effects(const StudyCohorts& study) {
    return std::make_unique<WeightEffects>(study);
}

}  // namespace twinfirm::evaluation
