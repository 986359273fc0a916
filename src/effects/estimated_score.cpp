// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/estimated_score.h"

#include <cmath>
#include <vector>

#include "range_tree.h"
#include "twinfirm/effects/neighbor_sets.h"

namespace twinfirm::effects {
namespace {

constexpr std::size_t neighbors = 2;
constexpr double tie_tolerance = 1e-10;  // of probabilities

/// Adds up the covariances of (x, y) over neighbourhoods without forming any: sum_i a_i cov(i) = sum_j x_j g_j with
/// g_j = sum over the neighbourhoods i that hold j of a_i (y_j - mean_i) / (m_i - 1).
class CovarianceSum {
  public:
    CovarianceSum(std::span<const double> score, std::span<const std::uint8_t> everybody,
                  std::span<const std::uint8_t> arm, std::span<const double> outcome)
        : sets_(score_neighbors(score, {everybody, arm, {}, {neighbors, tie_tolerance}})),
          moments_(sets_.order, outcome),
          outcome_(outcome),
          factors_(sets_.order.size()),
          products_(sets_.order.size()) {}

    [[nodiscard]] double mean(std::size_t unit) const { return moments_.of(sets_.of(unit)).mean; }

    void add(std::size_t unit, double factor) {
        const Moments near = moments_.of(sets_.of(unit));
        if (!(near.count > 1)) return;
        const double share = factor / (near.count - 1);
        factors_.add(sets_.of(unit), share);
        products_.add(sets_.of(unit), share * near.mean);
    }

    void add_to(Eigen::VectorXd& sum, const Eigen::MatrixXd& design) {
        const std::vector<double> factor = factors_.totals();
        const std::vector<double> product = products_.totals();
        for (std::size_t place = 0; place < sets_.order.size(); ++place) {
            const std::uint32_t unit = sets_.order[place];
            sum += (outcome_[unit] * factor[place] - product[place]) * design.row(unit).transpose();
        }
    }

  private:
    NeighborSets sets_;
    RangeMoments moments_;
    std::span<const double> outcome_;
    RangeSums factors_;
    RangeSums products_;
};

double quadratic_form(const Eigen::VectorXd& c, const Eigen::MatrixXd& covariance) {
    double sum = 0;
    for (Eigen::Index j = 0; j < c.size(); ++j) {
        for (Eigen::Index k = 0; k < c.size(); ++k) {
            if (!std::isnan(covariance(j, k))) sum += c[j] * covariance(j, k) * c[k];
        }
    }
    return sum;
}

/// Numbers about 0, so that the products above lose no digits to a large mean.
std::vector<double> centred(std::span<const double> values) {
    double sum = 0;
    for (const double value : values) sum += value;
    std::vector<double> result(values.begin(), values.end());
    for (double& value : result) value -= sum / static_cast<double>(values.size());
    return result;
}

}  // namespace

double estimated_score_variance(const EstimatedScore& score, std::span<const std::uint8_t> treated,
                                std::span<const double> outcome, double effect, ScoreTarget target) {
    const std::size_t n = outcome.size();
    std::vector<double> p(score.probability.begin(), score.probability.end());
    std::vector<std::uint8_t> adopter(treated.begin(), treated.end());
    if (target == ScoreTarget::non_adopters) {
        for (double& probability : p) probability = 1 - probability;
        for (std::uint8_t& flag : adopter) flag = flag == 0;
        effect = -effect;
    }
    std::vector<std::uint8_t> other(n);
    double adopters = 0;
    for (std::size_t i = 0; i < n; ++i) {
        other[i] = adopter[i] == 0;
        adopters += adopter[i];
    }
    const std::vector<std::uint8_t> everybody(n, 1);
    const std::vector<double> y = centred(outcome);
    CovarianceSum first(p, everybody, adopter, y);
    CovarianceSum second(p, everybody, other, y);
    const bool all = target == ScoreTarget::all;
    Eigen::VectorXd c = Eigen::VectorXd::Zero(score.design.cols());
    for (std::size_t i = 0; i < n; ++i) {
        const double f = p[i] * (1 - p[i]);
        first.add(i, all ? 1 - p[i] : f);
        second.add(i, all ? p[i] : p[i] * p[i]);
        if (!all) c += f * (first.mean(i) - second.mean(i) - effect) * score.design.row(static_cast<Eigen::Index>(i));
    }
    first.add_to(c, score.design);
    second.add_to(c, score.design);
    if (all) return -quadratic_form(c / static_cast<double>(n), score.covariance);

    const NeighborSets near = point_neighbors(*score.points, {everybody, adopter, {}, {neighbors, 0}});
    const NeighborSets far = point_neighbors(*score.points, {everybody, other, {}, {neighbors, 0}});
    const RangeMoments near_moments(near.order, y);
    const RangeMoments far_moments(far.order, y);
    Eigen::VectorXd d = Eigen::VectorXd::Zero(score.design.cols());
    for (std::size_t i = 0; i < n; ++i) {
        const double difference = near_moments.of(near.of(i)).mean - far_moments.of(far.of(i)).mean;
        d += p[i] * (1 - p[i]) * (difference - effect) * score.design.row(static_cast<Eigen::Index>(i));
    }
    return quadratic_form(d / adopters, score.covariance) - quadratic_form(c / adopters, score.covariance);
}

}  // namespace twinfirm::effects
