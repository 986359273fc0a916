// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/binary_regression.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include "binary_link.h"
#include "standardized_basis.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/stats/collinearity.h"
#include "twinfirm/stats/separation.h"

namespace twinfirm::stats {
namespace {

/// Newton decrement (squared length of the step in standard errors) below which the next step is the last.
constexpr double newton_converged = 1e-10;
/// The same where convergence is linear and the last step cannot be relied on.
constexpr double scoring_converged = 1e-20;
/// Smallest share of a column's variance that earlier columns leave unexplained for the plain basis to be exact enough.
constexpr double well_conditioned_share = 1e-4;
/// A step that raises the fit of some rows by at least this much log-odds and lowers none separates the arms.
constexpr double separating_gain = 0.25;
constexpr double separating_loss = 1e-7;

/// Log-likelihood with its first and second derivative, at coefficients of the basis.
struct Evaluation {
    double log_likelihood = 0;
    Eigen::VectorXd gradient;
    Eigen::MatrixXd information;  // lower triangle
    double best_gain = 0;         // over the rows: change of the log-odds towards the row's own arm
    double worst_gain = 0;
};

class Solver {
  public:
    Solver(const DesignMatrix& design, std::span<const std::uint8_t> adopter, std::span<const double> weights,
           const BinaryOptions& options)
        : design_(design),
          adopter_(adopter),
          weights_(weights),
          options_(options),
          rows_(static_cast<std::size_t>(design.x.rows())),
          piece_(std::max<std::size_t>(2048, (rows_ + 127) / 128)),
          basis_(design.x, weights, options.threads),
          eta_(Eigen::VectorXd::Zero(design.x.rows())) {}

    Result<BinaryFit> fit() {
        TWINFIRM_TRY(count_arms());
        if (!options_.firth) TWINFIRM_TRY(check_levels());
        link_ = Link::logit;
        Evaluation current = start();
        if (!basis_.dependent().empty() || smallest_share(current.information) < well_conditioned_share) {
            basis_.orthonormalize();
            current = start();
        }
        if (options_.firth) {
            TWINFIRM_TRY(iterate_penalised(current));
            return result(current);
        }
        // Separation is the same for every link; the logit's steps show it best.
        TWINFIRM_TRY(iterate(current));
        if (options_.link != Link::logit) {
            link_ = options_.link;
            current = start();
            TWINFIRM_TRY(iterate(current));
        }
        return result(current);
    }

  private:
    double weight(std::size_t row) const { return weights_.empty() ? 1.0 : weights_[row]; }

    Status count_arms() {
        for (std::size_t row = 0; row < rows_; ++row) (adopter_[row] != 0 ? adopters_ : others_) += weight(row);
        if (!(adopters_ > 0)) return fail(ErrorKind::statistics, "no_adopters");
        if (!(others_ > 0)) return fail(ErrorKind::statistics, "no_non_adopters");
        return {};
    }

    /// The model with the intercept alone: its information is the covariates' correlation matrix but for a factor.
    Evaluation start() {
        gamma_ = Eigen::VectorXd::Zero(basis_.size());
        gamma_[0] =
            link_ == Link::logit ? std::log(adopters_ / others_) : link_of(link_, adopters_ / (adopters_ + others_));
        eta_.setConstant(gamma_[0]);
        return evaluate();
    }

    static double smallest_share(const Eigen::MatrixXd& information) {
        const Eigen::LLT<Eigen::MatrixXd> cholesky(information);
        if (cholesky.info() != Eigen::Success) return 0;
        return (cholesky.matrixLLT().diagonal().array().square() / information.diagonal().array()).minCoeff();
    }

    void evaluate_piece(std::size_t begin, std::size_t end, Evaluation& sum) {
        constexpr std::size_t block_rows = 512;  // keeps a block of some 40 columns within the second-level cache
        sum.gradient = Eigen::VectorXd::Zero(basis_.size());
        sum.information = Eigen::MatrixXd::Zero(basis_.size(), basis_.size());
        sum.best_gain = -std::numeric_limits<double>::infinity();
        sum.worst_gain = std::numeric_limits<double>::infinity();
        Eigen::MatrixXd block;
        Eigen::VectorXd residual;
        Eigen::VectorXd root;
        for (std::size_t from = begin; from < end; from += block_rows) {
            const auto count = static_cast<Eigen::Index>(std::min(block_rows, end - from));
            block.resize(count, basis_.size());
            residual.resize(count);
            root.resize(count);
            basis_.load(from, block);
            const Eigen::VectorXd eta = block * gamma_;
            for (Eigen::Index i = 0; i < count; ++i) {
                const std::size_t row = from + static_cast<std::size_t>(i);
                const double v = weight(row);
                const bool treated = adopter_[row] != 0;
                const RowTerms terms = row_terms(link_, eta[i], treated);
                residual[i] = v * terms.score;
                root[i] = std::sqrt(v * terms.information);
                if (v > 0) {
                    sum.log_likelihood += v * terms.log_likelihood;
                    const double gain = (eta[i] - eta_[row]) * (treated ? 1 : -1);
                    sum.best_gain = std::max(sum.best_gain, gain);
                    sum.worst_gain = std::min(sum.worst_gain, gain);
                }
                eta_[row] = eta[i];
            }
            sum.gradient.noalias() += block.transpose() * residual;
            block.array().colwise() *= root.array();
            sum.information.selfadjointView<Eigen::Lower>().rankUpdate(block.transpose());
        }
    }

    Evaluation evaluate() {
        std::vector<Evaluation> pieces((rows_ + piece_ - 1) / piece_);
        parallel_chunks(rows_, piece_, options_.threads, [&](std::size_t begin, std::size_t end) {
            evaluate_piece(begin, end, pieces[begin / piece_]);
        });
        Evaluation total = std::move(pieces.front());
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            total.log_likelihood += pieces[i].log_likelihood;
            total.gradient += pieces[i].gradient;
            total.information += pieces[i].information;
            total.best_gain = std::max(total.best_gain, pieces[i].best_gain);
            total.worst_gain = std::min(total.worst_gain, pieces[i].worst_gain);
        }
        return total;
    }

    /// Adds Firth's X'(h (1/2 - p)) to the gradient, h the diagonal of W^1/2 X (X'WX)^-1 X'W^1/2, at eta_.
    Eigen::VectorXd penalised_gradient(const Evaluation& current, const Eigen::LLT<Eigen::MatrixXd>& cholesky) const {
        std::vector<Eigen::VectorXd> pieces((rows_ + piece_ - 1) / piece_);
        parallel_chunks(rows_, piece_, options_.threads, [&](std::size_t begin, std::size_t end) {
            const auto count = static_cast<Eigen::Index>(end - begin);
            Eigen::MatrixXd block(count, basis_.size());
            basis_.load(begin, block);
            const Eigen::MatrixXd whitened = cholesky.matrixL().solve(block.transpose());
            Eigen::VectorXd added(count);
            for (Eigen::Index i = 0; i < count; ++i) {
                const std::size_t row = begin + static_cast<std::size_t>(i);
                const double information = weight(row) * logit_terms(eta_[row], true).information;
                const double leverage = information * whitened.col(i).squaredNorm();
                added[i] = leverage * (0.5 - inverse_link(Link::logit, eta_[row]));
            }
            pieces[begin / piece_] = block.transpose() * added;
        });
        Eigen::VectorXd gradient = current.gradient;
        for (const Eigen::VectorXd& piece : pieces) gradient += piece;
        return gradient;
    }

    static double penalised_likelihood(const Evaluation& at) {
        const Eigen::LLT<Eigen::MatrixXd> cholesky(at.information);
        if (cholesky.info() != Eigen::Success) return -std::numeric_limits<double>::infinity();
        return at.log_likelihood + cholesky.matrixLLT().diagonal().array().log().sum();
    }

    /// The maximum of the penalised likelihood, which is finite for all data.
    Status iterate_penalised(Evaluation& current) {
        for (iterations_ = 1; iterations_ <= options_.max_iterations; ++iterations_) {
            const Eigen::LLT<Eigen::MatrixXd> cholesky(current.information);
            if (cholesky.info() != Eigen::Success) break;
            const Eigen::VectorXd gradient = penalised_gradient(current, cholesky);
            Eigen::VectorXd step = cholesky.solve(gradient);
            const double decrement = gradient.dot(step);
            if (!std::isfinite(decrement)) break;
            const Eigen::VectorXd before = gamma_;
            const double reached = penalised_likelihood(current);
            for (int halving = 0;; ++halving) {
                gamma_ = before + step;
                current = evaluate();
                if (penalised_likelihood(current) >= reached - 1e-12 * std::abs(reached) || halving == 40) break;
                step /= 2;
            }
            if (decrement < scoring_converged) return {};
        }
        return not_converged();
    }

    Status separation_error(const std::vector<std::string>& names, std::size_t rows) const {
        std::string covariates;
        for (const std::string& name : names) {
            if (!covariates.empty()) covariates += ", ";
            covariates += name;
        }
        return fail(ErrorKind::statistics, "separation", {{"covariates", covariates}, {"rows", std::to_string(rows)}});
    }

    /// A value that one arm alone has is found without fitting.
    Status check_levels() const {
        if (!weights_.empty()) return {};  // rows of weight 0 do not count; the iteration finds out
        const std::vector<OneArmLevel> levels = find_one_arm_levels(design_, adopter_);
        if (levels.empty()) return {};
        std::vector<std::string> names;
        std::vector<char> concerned(rows_, 0);
        for (const OneArmLevel& level : levels) {
            names.push_back(level.term + " = " + level.level);
            for (const std::size_t row : level.rows) concerned[row] = 1;
        }
        return separation_error(names, std::count(concerned.begin(), concerned.end(), 1));
    }

    Status separated_along(const Eigen::VectorXd& step) const {
        const Eigen::VectorXd direction = basis_.coefficients(step);
        const Eigen::ArrayXd along = (design_.x * direction).array().abs();
        const std::size_t rows = (along >= 0.5 * along.maxCoeff()).count();
        return separation_error(name_separating_covariates(design_, adopter_, direction), rows);
    }

    /// Leaves gamma_ at the estimate and `current` with the information of an iterate that is closer to it than
    /// 1e-10 standard errors.
    Status iterate(Evaluation& current) {
        bool last = false;
        for (iterations_ = 1; iterations_ <= options_.max_iterations; ++iterations_) {
            const Eigen::LLT<Eigen::MatrixXd> cholesky(current.information);
            // The information vanishes only where the fitted probabilities run to 0 and 1.
            if (cholesky.info() != Eigen::Success) return separated_along(gamma_);
            Eigen::VectorXd step = cholesky.solve(current.gradient);
            const double decrement = current.gradient.dot(step);
            if (!std::isfinite(decrement)) break;
            if (last) {
                gamma_ += step;
                return {};
            }
            const Eigen::VectorXd before = gamma_;
            const Eigen::VectorXd eta_before = eta_;
            const double reached = current.log_likelihood;
            bool full = true;
            for (int halving = 0;; ++halving) {
                gamma_ = before + step;
                current = evaluate();
                if (current.log_likelihood >= reached - 1e-12 * std::abs(reached) || halving == 40) break;
                full = false;
                step /= 2;
                eta_ = eta_before;
            }
            if (full && link_ == Link::logit && current.best_gain >= separating_gain &&
                current.worst_gain >= -separating_loss * current.best_gain) {
                return separated_along(step);
            }
            last = decrement < (link_ == Link::logit ? newton_converged : scoring_converged);
        }
        return not_converged();
    }

    tl::unexpected<Error> not_converged() const {
        return fail(ErrorKind::statistics, "logit_not_converged", {{"iterations", std::to_string(iterations_ - 1)}});
    }

    double final_log_likelihood(BinaryFit& fit) {
        fit.linear_predictor.resize(design_.x.rows());
        fit.probability.resize(design_.x.rows());
        std::vector<double> pieces((rows_ + piece_ - 1) / piece_, 0.0);
        parallel_chunks(rows_, piece_, options_.threads, [&](std::size_t begin, std::size_t end) {
            const auto count = static_cast<Eigen::Index>(end - begin);
            Eigen::MatrixXd block(count, basis_.size());
            basis_.load(begin, block);
            const Eigen::VectorXd eta = block * gamma_;
            long double sum = 0;
            for (Eigen::Index i = 0; i < count; ++i) {
                const std::size_t row = begin + static_cast<std::size_t>(i);
                fit.linear_predictor[row] = eta[i];
                fit.probability[row] = inverse_link(link_, eta[i]);
                if (weight(row) > 0) {
                    sum += weight(row) * row_terms(link_, eta[i], adopter_[row] != 0).log_likelihood;
                }
            }
            pieces[begin / piece_] = static_cast<double>(sum);
        });
        return static_cast<double>(std::accumulate(pieces.begin(), pieces.end(), 0.0L));
    }

    BinaryFit result(const Evaluation& current) {
        BinaryFit fit;
        fit.link = link_;
        fit.firth = options_.firth;
        fit.terms = design_.terms;
        fit.coefficients = basis_.coefficients(gamma_);
        fit.covariance = basis_.covariance(current.information);
        for (const DependentColumn& column : basis_.dependent()) {
            const auto i = static_cast<Eigen::Index>(column.column);
            fit.dropped.push_back(column.column);
            fit.coefficients[i] = std::numeric_limits<double>::quiet_NaN();
            fit.covariance.row(i).setConstant(std::numeric_limits<double>::quiet_NaN());
            fit.covariance.col(i).setConstant(std::numeric_limits<double>::quiet_NaN());
        }
        fit.standard_errors = fit.covariance.diagonal().cwiseSqrt();
        fit.messages = collinearity_messages(basis_.dependent(), design_.terms);
        fit.log_likelihood = final_log_likelihood(fit);
        fit.deviance = -2 * fit.log_likelihood;
        const double total = adopters_ + others_;
        const double half = options_.firth ? 0.5 : 0;  // what the penalty adds to each arm of the intercept's fit
        fit.null_deviance = -2 * (adopters_ * std::log((adopters_ + half) / (total + 2 * half)) +
                                  others_ * std::log((others_ + half) / (total + 2 * half)));
        fit.auc = auc(fit.linear_predictor);
        fit.rank = static_cast<std::size_t>(basis_.size());
        fit.iterations = iterations_;
        fit.converged = true;
        return fit;
    }

    double auc(const Eigen::VectorXd& score) const {
        std::vector<double> scores;
        std::vector<std::uint8_t> arms;
        scores.reserve(rows_);
        arms.reserve(rows_);
        for (std::size_t row = 0; row < rows_; ++row) {
            if (!(weight(row) > 0)) continue;
            scores.push_back(score[row]);
            arms.push_back(adopter_[row]);
        }
        return area_under_roc(scores, arms);
    }

    const DesignMatrix& design_;
    std::span<const std::uint8_t> adopter_;
    std::span<const double> weights_;
    const BinaryOptions& options_;
    std::size_t rows_;
    std::size_t piece_;
    StandardizedBasis basis_;
    Link link_ = Link::logit;
    Eigen::VectorXd gamma_;
    Eigen::VectorXd eta_;
    double adopters_ = 0;
    double others_ = 0;
    int iterations_ = 0;
};

}  // namespace

Result<BinaryFit> fit_binary(const DesignMatrix& design, std::span<const std::uint8_t> adopter,
                             std::span<const double> weights, const BinaryOptions& options) {
    const auto rows = static_cast<std::size_t>(design.x.rows());
    if (adopter.size() != rows || (!weights.empty() && weights.size() != rows) || design.x.cols() == 0 ||
        design.terms.size() != static_cast<std::size_t>(design.x.cols())) {
        throw std::invalid_argument("the design matrix, the arms and the weights differ in length");
    }
    if (options.firth && options.link != Link::logit) {
        throw std::invalid_argument("Firth's penalty is that of the logit link");
    }
    if (rows == 0) return fail(ErrorKind::statistics, "no_adopters");
    auto fit = Solver(design, adopter, weights, options).fit();
    if (fit || options.separation == OnSeparation::stop || fit.error().code != "separation") return fit;
    BinaryOptions penalised = options;
    penalised.link = Link::logit;
    penalised.firth = true;
    auto refit = Solver(design, adopter, weights, penalised).fit();
    if (refit) {
        const std::int64_t rows_concerned = std::stoll(fit.error().arguments.at("rows"));
        refit->messages.push_back(
            {"separation_firth", Severity::warning, std::move(fit.error().arguments), rows_concerned});
    }
    return refit;
}

double area_under_roc(std::span<const double> score, std::span<const std::uint8_t> adopter) {
    std::vector<std::pair<double, bool>> sorted;
    sorted.reserve(score.size());
    for (std::size_t i = 0; i < score.size(); ++i) sorted.emplace_back(score[i], adopter[i] != 0);
    std::sort(sorted.begin(), sorted.end());
    double pairs = 0;  // non-adopters below, ties half
    double adopters = 0;
    double others = 0;
    for (std::size_t begin = 0; begin < sorted.size();) {
        double tied_adopters = 0;
        double tied_others = 0;
        std::size_t end = begin;
        for (; end < sorted.size() && sorted[end].first == sorted[begin].first; ++end) {
            (sorted[end].second ? tied_adopters : tied_others) += 1;
        }
        pairs += tied_adopters * (others + tied_others / 2);
        adopters += tied_adopters;
        others += tied_others;
        begin = end;
    }
    return adopters > 0 && others > 0 ? pairs / (adopters * others) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace twinfirm::stats
