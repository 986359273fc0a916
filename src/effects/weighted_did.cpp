// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/weighted_did.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "confidence_check.h"
#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {

namespace {

/// One cohort's rows in use: those with an outcome.
struct CohortRows {
    std::vector<std::uint8_t> used;
    double target = 0;
    double arm_weight[2] = {0, 0};
    [[nodiscard]] bool both_arms() const { return arm_weight[0] > 0 && arm_weight[1] > 0 && target > 0; }
};

/// A pooled number with the influence of every row of every cohort, one cohort after the other.
struct Pooled {
    double estimate = 0;
    std::vector<double> influence;
};

class PooledCohorts {
  public:
    explicit PooledCohorts(std::span<const WeightedCohort> cohorts) : cohorts_(cohorts) {
        for (const WeightedCohort& cohort : cohorts) {
            CohortRows rows;
            rows.used.assign(cohort.treated.size(), 0);
            for (std::size_t i = 0; i < rows.used.size(); ++i) {
                const bool in_group = cohort.used.empty() || cohort.used[i] != 0;
                if (!in_group || std::isnan(cohort.changes.change[i])) continue;
                rows.used[i] = 1;
                rows.target += cohort.weights->target[i];
                rows.arm_weight[cohort.treated[i] != 0 ? 1 : 0] += std::max(cohort.weights->weight[i], 0.0);
            }
            if (!rows.both_arms()) {
                rows.used.assign(rows.used.size(), 0);
                rows.target = 0;
            }
            target_ += rows.target;
            rows_.push_back(std::move(rows));
        }
    }

    [[nodiscard]] bool empty() const { return !(target_ > 0); }

    /// What a row weighs when the cohorts are put together; the weights of each arm sum to the target's.
    [[nodiscard]] double weight(std::size_t cohort, std::size_t i) const {
        const CohortRows& rows = rows_[cohort];
        if (rows.used[i] == 0 || !(cohorts_[cohort].weights->weight[i] > 0)) return 0;
        const std::size_t arm = cohorts_[cohort].treated[i] != 0 ? 1 : 0;
        return cohorts_[cohort].weights->weight[i] * rows.target / rows.arm_weight[arm];
    }

    /// Weighted mean of an arm over all cohorts. `value(cohort, row)`.
    template <class Value>
    [[nodiscard]] double mean(std::size_t arm, Value value) const {
        double sum = 0;
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            for (std::size_t i = 0; i < rows_[c].used.size(); ++i) {
                if ((cohorts_[c].treated[i] != 0 ? 1U : 0U) != arm) continue;
                if (const double w = weight(c, i); w > 0) sum += w * value(c, i);
            }
        }
        return sum / target_;
    }

    /// The pooled effect on `value(cohort, row)`, which every row in use has.
    template <class Value>
    [[nodiscard]] Result<Pooled> effect(WeightedEstimator estimator, Value value) const {
        Pooled pooled;
        std::vector<WeightedEffect> effects;
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            std::vector<double> outcome(rows_[c].used.size(), 0);
            for (std::size_t i = 0; i < outcome.size(); ++i) {
                if (rows_[c].used[i] != 0) outcome[i] = value(c, i);
            }
            // The level of confidence is that of an interval nobody reads.
            auto effect =
                weighted_effect(*cohorts_[c].weights, cohorts_[c].treated, outcome, estimator, 0.95, rows_[c].used);
            if (!effect) return tl::unexpected(effect.error());
            if (rows_[c].target > 0) pooled.estimate += rows_[c].target / target_ * effect->effect.estimate;
            effects.push_back(std::move(*effect));
        }
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            const double share = rows_[c].target / target_;
            const double apart = (effects[c].effect.estimate - pooled.estimate) / target_;
            for (std::size_t i = 0; i < rows_[c].used.size(); ++i) {
                const bool known = share > 0 && !effects[c].influence.empty();
                pooled.influence.push_back(
                    known ? share * effects[c].influence[i] + apart * effects[c].target_influence[i] : 0);
            }
        }
        return pooled;
    }

    [[nodiscard]] MatchedOutcomes outcomes() const {
        MatchedOutcomes all;
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            for (std::size_t i = 0; i < rows_[c].used.size(); ++i) {
                const double w = weight(c, i);
                if (!(w > 0)) continue;
                all.set.push_back(-1);
                all.firm.push_back(cohorts_[c].firm[i]);
                all.treated.push_back(cohorts_[c].treated[i]);
                all.weight.push_back(w);
                all.value.push_back(cohorts_[c].changes.change[i]);
                if (by_cluster()) all.cluster.push_back(cohorts_[c].cluster[i]);
            }
        }
        return all;
    }

    [[nodiscard]] bool by_cluster() const { return !cohorts_.empty() && !cohorts_.front().cluster.empty(); }

    /// The clusters of all rows of all cohorts.
    [[nodiscard]] std::vector<std::int32_t> clusters() const {
        std::vector<std::int32_t> all;
        for (const WeightedCohort& cohort : cohorts_)
            all.insert(all.end(), cohort.cluster.begin(), cohort.cluster.end());
        return all;
    }

    /// The influences of the rows that outcomes() holds.
    [[nodiscard]] std::vector<double> of_outcomes(const std::vector<double>& influence) const {
        std::vector<double> picked;
        std::size_t at = 0;
        for (std::size_t c = 0; c < cohorts_.size(); ++c) {
            for (std::size_t i = 0; i < rows_[c].used.size(); ++i, ++at) {
                if (weight(c, i) > 0) picked.push_back(influence[at]);
            }
        }
        return picked;
    }

    /// Sum over firms of the squared sum of a firm's influences.
    [[nodiscard]] double sum_by_firm(const std::vector<double>& influence) const {
        std::int32_t last = -1;
        for (const WeightedCohort& cohort : cohorts_) {
            for (const std::int32_t firm : cohort.firm) last = std::max(last, firm);
        }
        std::vector<double> of_firm(static_cast<std::size_t>(last + 1), 0);
        std::size_t at = 0;
        for (const WeightedCohort& cohort : cohorts_) {
            for (const std::int32_t firm : cohort.firm) of_firm[static_cast<std::size_t>(firm)] += influence[at++];
        }
        for (double& sum : of_firm) sum *= sum;
        return stats::compensated_sum(of_firm);
    }

  private:
    std::span<const WeightedCohort> cohorts_;
    std::vector<CohortRows> rows_;
    double target_ = 0;
};

/// Levels of both arms before and after; of a rate per 100.
struct Levels {
    double base[2] = {0, 0};
    double after[2] = {0, 0};
    double base_denominator[2] = {1, 1};  ///< mean denominators; 1 without
    double after_denominator[2] = {1, 1};
};

Levels levels_of(const PooledCohorts& pool, std::span<const WeightedCohort> cohorts, bool rate) {
    Levels levels;
    for (const std::size_t arm : {std::size_t{0}, std::size_t{1}}) {
        const auto mean = [&](auto member) {
            return pool.mean(arm, [&](std::size_t c, std::size_t i) { return (cohorts[c].changes.*member)[i]; });
        };
        levels.base[arm] = mean(&UnitChanges::base);
        levels.after[arm] = mean(&UnitChanges::after);
        if (!rate) continue;
        levels.base_denominator[arm] = mean(&UnitChanges::base_denominator);
        levels.after_denominator[arm] = mean(&UnitChanges::after_denominator);
        levels.base[arm] *= 100 / levels.base_denominator[arm];
        levels.after[arm] *= 100 / levels.after_denominator[arm];
    }
    return levels;
}

/// What a row adds to its arm's rate, over the mean denominator.
double linearised(double count, double denominator, double rate, double mean_denominator) {
    return (100 * count - rate * denominator) / mean_denominator;
}

class Uncertainty {
  public:
    Uncertainty(const PooledCohorts& pool, WeightedError error, std::int64_t coefficients, double confidence)
        : pool_(pool),
          outcomes_(pool.outcomes()),
          error_(error),
          coefficients_(coefficients),
          confidence_(confidence) {}

    [[nodiscard]] const MatchedOutcomes& outcomes() const { return outcomes_; }

    void set(Estimate& estimate, const std::vector<double>& influence) const {
        if (error_ == WeightedError::firm) {
            const SeKind kind = pool_.by_cluster() ? SeKind::cluster_cr1 : SeKind::firm;
            const auto variance = clustered_variance(pool_.of_outcomes(influence), outcomes_, kind, coefficients_);
            set_uncertainty(estimate, variance, confidence_);
            return;
        }
        if (pool_.by_cluster()) {
            set_uncertainty(estimate, stacked_variance_by_cluster(influence, pool_.clusters()), confidence_);
            return;
        }
        estimate.se_kind = "m-estimation";
        set_uncertainty(estimate, std::sqrt(pool_.sum_by_firm(influence)), std::numeric_limits<double>::infinity(),
                        confidence_);
    }

  private:
    const PooledCohorts& pool_;
    MatchedOutcomes outcomes_;
    WeightedError error_;
    std::int64_t coefficients_;
    double confidence_;
};

}  // namespace

Result<DidResult> weighted_did(std::span<const WeightedCohort> cohorts, WeightedEstimator estimator,
                               WeightedError error, bool log, double confidence) {
    TWINFIRM_TRY(check_confidence(confidence));
    const bool rate = std::any_of(cohorts.begin(), cohorts.end(), [](const WeightedCohort& cohort) {
        return !cohort.changes.base_denominator.empty();
    });
    const bool plain = estimator == WeightedEstimator::difference;
    if (rate && !plain) return fail(ErrorKind::usage, "effects_rate_not_adjustable");
    const PooledCohorts pool(cohorts);
    DidResult result;
    if (pool.empty()) return result;
    const auto columns = cohorts.front().weights->basis.cols();
    const Uncertainty uncertainty(pool, error, plain ? 2 : 2 * columns, confidence);
    count_firms(result.effect, uncertainty.outcomes());

    const Levels levels = levels_of(pool, cohorts, rate);
    result.control_base = levels.base[0];
    result.control_after = levels.after[0];
    result.treated_base = levels.base[1];
    result.treated_after = levels.after[1];
    const auto after_term = [&](std::size_t c, std::size_t i) {
        const UnitChanges& changes = cohorts[c].changes;
        const std::size_t arm = cohorts[c].treated[i] != 0 ? 1 : 0;
        return rate ? linearised(changes.after[i], changes.after_denominator[i], levels.after[arm],
                                 levels.after_denominator[arm])
                    : changes.after[i];
    };
    const auto change_term = [&](std::size_t c, std::size_t i) {
        const UnitChanges& changes = cohorts[c].changes;
        const std::size_t arm = cohorts[c].treated[i] != 0 ? 1 : 0;
        return rate ? after_term(c, i) - linearised(changes.base[i], changes.base_denominator[i], levels.base[arm],
                                                    levels.base_denominator[arm])
                    : changes.change[i];
    };
    const auto effect = pool.effect(estimator, change_term);
    if (!effect) return tl::unexpected(effect.error());
    result.effect.estimate =
        rate ? (levels.after[1] - levels.base[1]) - (levels.after[0] - levels.base[0]) : effect->estimate;
    uncertainty.set(result.effect, effect->influence);
    if (log) {
        result.percent = percent_from_log(result.effect);
        return result;
    }
    const double without = result.treated_after - result.effect.estimate;
    if (!(without > 0)) return result;
    const auto mean = pool.effect(WeightedEstimator::difference, [&](std::size_t c, std::size_t i) {
        return cohorts[c].treated[i] != 0 ? after_term(c, i) : 0.0;
    });
    if (!mean) return tl::unexpected(mean.error());
    Estimate share;
    share.estimate = fraction_of_counterfactual(result.effect.estimate, result.treated_after);
    std::vector<double> influence = effect->influence;
    for (std::size_t i = 0; i < influence.size(); ++i) {
        influence[i] =
            (result.treated_after * influence[i] - result.effect.estimate * mean->influence[i]) / (without * without);
    }
    uncertainty.set(share, influence);
    result.percent = {share.estimate, share.ci_low, share.ci_high};
    return result;
}

}  // namespace twinfirm::effects
