// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/abadie_imbens.h"

#include <cmath>
#include <limits>
#include <string>

#include "confidence_check.h"
#include "range_tree.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/least_squares.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

/// How often a unit stands in for others.
struct Use {
    std::vector<double> times;    ///< K
    std::vector<double> squares;  ///< K'
};

class MatchingEstimator {
  public:
    MatchingEstimator(const ReplacementMatching& matching, std::span<const double> outcome,
                      const AbadieImbensOptions& options)
        : matching_(matching), outcome_(outcome), options_(options), units_(outcome.size()) {
        const RangeMoments present(matching.matches.order, outcome);
        matches_.resize(units_, 0);
        for (std::size_t i = 0; i < units_; ++i) {
            const bool wanted = options.target.empty() || options.target[i] != 0;
            if (wanted && !std::isnan(outcome[i])) matches_[i] = present.of(matching.matches.of(i)).count;
        }
        count_uses();
    }

    Estimate run() {
        Estimate effect;
        count_units(effect);
        std::vector<double> own(outcome_.begin(), outcome_.end());
        std::vector<double> standing_in = own;
        if (options_.covariates != nullptr) correct_bias(own, standing_in);
        const RangeMoments imputed(matching_.matches.order, standing_in);
        std::vector<double> differences;
        std::vector<double> spread;  // of the pairs' differences within a set
        for (std::size_t i = 0; i < units_; ++i) {
            if (!in_target(i)) continue;
            const Moments moments = imputed.of(matching_.matches.of(i));
            const double difference = own[i] - moments.mean;
            differences.push_back(matching_.treated[i] != 0 ? difference : -difference);
            spread.push_back(moments.squares / moments.count);
        }
        effect.estimate = stats::mean(differences);
        if (differences.size() < 2) return effect;
        const double variance = variance_of(differences, spread, effect.estimate);
        effect.se_kind = options_.variance == AiVariance::robust ? "ai" : "ai-homoscedastic";
        set_uncertainty(effect, std::sqrt(variance), std::numeric_limits<double>::infinity(), options_.confidence);
        return effect;
    }

  private:
    [[nodiscard]] bool in_target(std::size_t unit) const { return matches_[unit] > 0; }

    void count_uses() {
        RangeSums times(matching_.matches.order.size());
        RangeSums squares(matching_.matches.order.size());
        for (std::size_t i = 0; i < units_; ++i) {
            if (!in_target(i)) continue;
            times.add(matching_.matches.of(i), 1 / matches_[i]);
            squares.add(matching_.matches.of(i), 1 / (matches_[i] * matches_[i]));
        }
        use_.times.assign(units_, 0);
        use_.squares.assign(units_, 0);
        const std::vector<double> k = times.totals();
        const std::vector<double> k2 = squares.totals();
        for (std::size_t place = 0; place < k.size(); ++place) {
            const std::uint32_t unit = matching_.matches.order[place];
            if (std::isnan(outcome_[unit])) continue;
            use_.times[unit] = k[place];
            use_.squares[unit] = k2[place];
        }
    }

    void count_units(Estimate& effect) const {
        std::vector<double> control_weights;
        for (std::size_t i = 0; i < units_; ++i) {
            const double weight = use_.times[i] + (in_target(i) ? 1 : 0);
            if (!(weight > 0)) continue;
            ++(matching_.treated[i] != 0 ? effect.n_treated : effect.n_control);
            if (matching_.treated[i] == 0) control_weights.push_back(weight);
        }
        effect.ess_control = stats::effective_sample_size(control_weights);
    }

    /// Takes the regression on the covariates out of both sides: y_i - x_i'b of the match's arm.
    void correct_bias(std::vector<double>& own, std::vector<double>& standing_in) const {
        for (const std::uint8_t arm : {std::uint8_t{0}, std::uint8_t{1}}) {
            const Eigen::VectorXd slopes = slopes_of(arm);
            if (slopes.size() == 0) continue;
            const Eigen::VectorXd explained = *options_.covariates * slopes;
            for (std::size_t i = 0; i < units_; ++i) {
                const double part = explained[static_cast<Eigen::Index>(i)];
                (matching_.treated[i] == arm ? standing_in : own)[i] -= part;
            }
        }
    }

    /// Empty if nobody of the arm is a match.
    [[nodiscard]] Eigen::VectorXd slopes_of(std::uint8_t arm) const {
        std::vector<std::size_t> rows;
        std::vector<double> values;
        std::vector<double> weights;
        for (std::size_t i = 0; i < units_; ++i) {
            if (matching_.treated[i] != arm || !(use_.times[i] > 0)) continue;
            rows.push_back(i);
            values.push_back(outcome_[i]);
            weights.push_back(use_.times[i]);
        }
        const Eigen::MatrixXd& all = *options_.covariates;
        Eigen::MatrixXd x(static_cast<Eigen::Index>(rows.size()), all.cols() + 1);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto row = static_cast<Eigen::Index>(i);
            x(row, 0) = 1;
            x.row(row).tail(all.cols()) = all.row(static_cast<Eigen::Index>(rows[i]));
        }
        const auto fit =
            stats::fit_least_squares(x, std::vector<std::string>(static_cast<std::size_t>(x.cols())), values, weights);
        if (!fit) return {};
        Eigen::VectorXd slopes = fit->coefficients.tail(all.cols());
        for (double& slope : slopes) {
            if (std::isnan(slope)) slope = 0;  // left out because it follows from others
        }
        return slopes;
    }

    [[nodiscard]] double variance_of(const std::vector<double>& differences, const std::vector<double>& spread,
                                     double effect) const {
        const auto n = static_cast<double>(differences.size());
        double between = 0;
        double pairs = 0;
        for (std::size_t i = 0; i < differences.size(); ++i) {
            const double deviation = differences[i] - effect;
            between += deviation * deviation;
            pairs += deviation * deviation + spread[i];
        }
        const bool robust = options_.variance == AiVariance::robust;
        double reuse = 0;
        for (std::size_t i = 0; i < units_; ++i) {
            const double k = use_.times[i];
            if (!(k > 0)) continue;
            const double local = robust ? options_.local_variance[i] : 0.5 * pairs / n;
            reuse += local * (k * k - use_.squares[i] + (in_target(i) ? 2 * k : 0));
        }
        return (between + reuse) / (n * n);
    }

    const ReplacementMatching& matching_;
    std::span<const double> outcome_;
    const AbadieImbensOptions& options_;
    std::size_t units_;
    std::vector<double> matches_;  // m_i; 0 = not in the target
    Use use_;
};

}  // namespace

Result<Estimate> abadie_imbens(const ReplacementMatching& matching, std::span<const double> outcome,
                               const AbadieImbensOptions& options) {
    TWINFIRM_TRY(check_confidence(options.confidence));
    const auto rows =
        options.covariates == nullptr ? outcome.size() : static_cast<std::size_t>(options.covariates->rows());
    const auto variances = options.variance == AiVariance::robust ? options.local_variance.size() : outcome.size();
    for (const std::size_t length : {matching.treated.size(), matching.matches.units(), rows, variances}) {
        if (length == outcome.size()) continue;
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(outcome.size()))},
                     {"found", integer_text(static_cast<std::int64_t>(length))}});
    }
    return MatchingEstimator(matching, outcome, options).run();
}

std::vector<double> local_variances(const NeighborSets& own_arm, const NeighborSets& wide,
                                    std::span<const double> outcome) {
    std::vector<double> variances(outcome.size(), not_available);
    for (const NeighborSets* sets : {&own_arm, &wide}) {
        if (sets->units() == 0) continue;
        const RangeMoments moments(sets->order, outcome);
        for (std::size_t i = 0; i < outcome.size(); ++i) {
            if (!std::isnan(variances[i])) continue;
            const Moments near = moments.of(sets->of(i));
            if (near.count > 1) variances[i] = near.squares / (near.count - 1);
        }
    }
    return variances;
}

}  // namespace twinfirm::effects
