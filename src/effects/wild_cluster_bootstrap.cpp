// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/wild_cluster_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "confidence_check.h"
#include "regression_influence.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/stats/least_squares.h"

namespace twinfirm::effects {
namespace {

constexpr Eigen::Index treatment_column = 1;
constexpr std::size_t fewest_for_signs = 12;

/// Numbers from 0 for the clusters, in rising order.
std::vector<std::size_t> cluster_numbers(const std::vector<std::int32_t>& cluster, std::size_t& count) {
    std::vector<std::int32_t> known = cluster;
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    count = known.size();
    std::vector<std::size_t> numbers;
    numbers.reserve(cluster.size());
    for (const std::int32_t code : cluster) {
        numbers.push_back(static_cast<std::size_t>(std::lower_bound(known.begin(), known.end(), code) - known.begin()));
    }
    return numbers;
}

double drawn_weight(Random& random, bool signs) {
    if (signs) return random.below(2) == 0 ? -1 : 1;
    const double points[] = {std::sqrt(1.5), 1, std::sqrt(0.5)};
    const std::uint64_t place = random.below(6);
    return place < 3 ? -points[place] : points[place - 3];
}

/// What the residuals of one regression put into the clusters' scores: `direct[g]` by themselves, `scores(h, g)` to
/// cluster h when those of cluster g are drawn, the regression fitted again.
struct Residuals {
    Eigen::VectorXd direct;
    Eigen::MatrixXd scores;
};

/// Two lines in b0: what a draw's effect is, and the sum of its squared scores, which is a parabola.
struct Draw {
    double effect[2] = {0, 0};
    double squares[3] = {0, 0, 0};

    /// t^2 but for a factor that is the same for all draws.
    [[nodiscard]] double statistic(double b0) const {
        const double distance = effect[0] - b0 * effect[1];
        const double variance = std::max(squares[0] - b0 * (2 * squares[1] - b0 * squares[2]), 0.0);
        return distance * distance / variance;
    }
};

class WildBootstrap {
  public:
    WildBootstrap(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& design, const stats::LeastSquaresFit& fit)
        : outcomes_(outcomes), design_(design), unscaled_(fit.unscaled_covariance) {
        number_ = cluster_numbers(outcomes.cluster, clusters_);
        estimate_ = fit.coefficients[treatment_column];
        lever_ = design * unscaled_.row(treatment_column).transpose();
        for (Eigen::Index i = 0; i < lever_.size(); ++i) lever_[i] *= outcomes.weight[static_cast<std::size_t>(i)];
    }

    [[nodiscard]] std::size_t clusters() const { return clusters_; }

    /// False if the outcomes cannot be drawn: no residuals are left.
    bool prepare() {
        std::vector<double> treated(outcomes_.treated.begin(), outcomes_.treated.end());
        Residuals of_outcome;
        Residuals of_treatment;
        if (!restricted(outcomes_.value, of_outcome) || !restricted(treated, of_treatment)) return false;
        outcome_ = std::move(of_outcome);
        treatment_ = std::move(of_treatment);
        observed_ = draw(Eigen::VectorXd::Ones(static_cast<Eigen::Index>(clusters_)));
        const double variance = squares_at(observed_, estimate_);
        if (!(variance > 0) || !std::isfinite(variance)) return false;
        std_error_ = std::sqrt(variance);
        return true;
    }

    void run(const ResamplingOptions& options) {
        const bool signs = clusters_ >= fewest_for_signs;
        draws_.resize(options.replications);
        parallel_chunks(options.replications, 64, options.threads, [&](std::size_t begin, std::size_t end) {
            for (std::size_t i = begin; i < end; ++i) {
                Random random(options.seed, i);
                Eigen::VectorXd weights(static_cast<Eigen::Index>(clusters_));
                for (double& weight : weights) weight = drawn_weight(random, signs);
                draws_[i] = draw(weights);
            }
        });
    }

    [[nodiscard]] double p_value(double b0) const {
        // A draw equally far is not to be missed for its rounding.
        const double limit = observed_.statistic(b0) * (1 - 1e-10);
        std::size_t as_far = 1;
        for (const Draw& draw : draws_) as_far += draw.statistic(b0) >= limit ? 1 : 0;
        return static_cast<double>(as_far) / static_cast<double>(draws_.size() + 1);
    }

    /// The end of the interval on one side of the estimate.
    [[nodiscard]] double end(double side, double level) const {
        double inside = 0;
        double outside = 2;
        while (p_value(estimate_ + side * outside * std_error_) > level) {
            inside = outside;
            outside *= 2;
            if (outside > 1U << 20U) return not_available;
        }
        for (int step = 0; step < 60; ++step) {
            const double middle = (inside + outside) / 2;
            (p_value(estimate_ + side * middle * std_error_) > level ? inside : outside) = middle;
        }
        return estimate_ + side * inside * std_error_;
    }

  private:
    static double squares_at(const Draw& draw, double b0) {
        return draw.squares[0] - b0 * (2 * draw.squares[1] - b0 * draw.squares[2]);
    }

    /// The residuals of `values` on all columns but the treatment, cluster by cluster.
    bool restricted(const std::vector<double>& values, Residuals& result) const {
        Eigen::MatrixXd others(design_.rows(), design_.cols() - 1);
        others.col(0) = design_.col(0);
        others.rightCols(design_.cols() - 2) = design_.rightCols(design_.cols() - 2);
        const auto fit = stats::fit_least_squares(
            others, std::vector<std::string>(static_cast<std::size_t>(others.cols())), values, outcomes_.weight);
        if (!fit) return false;
        const auto groups = static_cast<Eigen::Index>(clusters_);
        Eigen::MatrixXd moments = Eigen::MatrixXd::Zero(design_.cols(), groups);  // X'W u of each cluster
        Eigen::MatrixXd levers = Eigen::MatrixXd::Zero(groups, design_.cols());   // sum of lever x of each cluster
        result.direct = Eigen::VectorXd::Zero(groups);
        for (Eigen::Index i = 0; i < design_.rows(); ++i) {
            const auto g = static_cast<Eigen::Index>(number_[static_cast<std::size_t>(i)]);
            const double residual = fit->residuals[i];
            result.direct[g] += lever_[i] * residual;
            moments.col(g) += outcomes_.weight[static_cast<std::size_t>(i)] * residual * design_.row(i).transpose();
            levers.row(g) += lever_[i] * design_.row(i);
        }
        result.scores = -levers * unscaled_ * moments;
        result.scores.diagonal() += result.direct;
        return true;
    }

    [[nodiscard]] Draw draw(const Eigen::VectorXd& weights) const {
        const Eigen::VectorXd of_outcome = outcome_.scores * weights;
        const Eigen::VectorXd of_treatment = treatment_.scores * weights;
        return {{outcome_.direct.dot(weights), treatment_.direct.dot(weights)},
                {of_outcome.squaredNorm(), of_outcome.dot(of_treatment), of_treatment.squaredNorm()}};
    }

    const MatchedOutcomes& outcomes_;
    const Eigen::MatrixXd& design_;
    Eigen::MatrixXd unscaled_;
    Eigen::VectorXd lever_;  // the estimate is the sum of lever * y
    std::vector<std::size_t> number_;
    std::size_t clusters_ = 0;
    double estimate_ = 0;
    double std_error_ = 0;
    Residuals outcome_;
    Residuals treatment_;
    Draw observed_;
    std::vector<Draw> draws_;
};

bool has_both_arms(const MatchedOutcomes& outcomes) {
    const auto adopters =
        std::count_if(outcomes.treated.begin(), outcomes.treated.end(), [](auto t) { return t != 0; });
    return adopters > 0 && adopters < static_cast<std::ptrdiff_t>(outcomes.treated.size());
}

}  // namespace

Result<SmallSampleTest> wild_cluster_bootstrap(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                               Adjustment adjustment, const ResamplingOptions& options,
                                               double confidence, MissingOutcome missing, Target target) {
    TWINFIRM_TRY(check_confidence(confidence));
    if (outcomes.cluster.size() != outcomes.value.size()) {
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(outcomes.value.size()))},
                     {"found", integer_text(static_cast<std::int64_t>(outcomes.cluster.size()))}});
    }
    const auto marked = mark_missing_covariates(outcomes, covariates);
    if (!marked) return tl::unexpected(marked.error());
    const auto complete = complete_outcomes(*marked, missing);
    if (!complete) return tl::unexpected(complete.error());
    const MatchedOutcomes& used = complete->outcomes;
    SmallSampleTest test;
    if (!has_both_arms(used)) return test;
    const Eigen::MatrixXd design = regression_design(used, rows_of(covariates, complete->rows), adjustment, target);
    const auto fit = stats::fit_least_squares(design, std::vector<std::string>(static_cast<std::size_t>(design.cols())),
                                              used.value, used.weight);
    if (!fit) return test;
    WildBootstrap bootstrap(used, design, *fit);
    if (bootstrap.clusters() < 3 || !bootstrap.prepare()) return test;
    bootstrap.run(options);
    test.kind = bootstrap.clusters() < fewest_for_signs ? "wild-webb" : "wild-rademacher";
    test.p_value = bootstrap.p_value(0);
    const double level = (1 - confidence) * (1 + 1e-9);  // 0.05 is 1 - 0.95 but for its rounding
    test.ci_low = bootstrap.end(-1, level);
    test.ci_high = bootstrap.end(1, level);
    test.draws = options.replications;
    return test;
}

}  // namespace twinfirm::effects
