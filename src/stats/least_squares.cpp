// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/least_squares.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "twinfirm/stats/collinearity.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::stats {
namespace {

constexpr double dependence_tolerance = 1e-12;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using ExtendedVector = Eigen::Matrix<long double, Eigen::Dynamic, 1>;

/// A x ~ b for a matrix of full column rank.
class RefinedSolver {
  public:
    explicit RefinedSolver(const Eigen::MatrixXd& a) : a_(a), qr_(a) {}

    /// Solves [I A; A' 0] [r; x] = [b; 0], whose solution is the least squares one with its residual r, and corrects
    /// both by the same system for the long double residuals of its two rows.
    ExtendedVector solve(const Eigen::VectorXd& b) const {
        constexpr int max_steps = 30;
        ExtendedVector x = ExtendedVector::Zero(a_.cols());
        ExtendedVector r = ExtendedVector::Zero(a_.rows());
        double last = std::numeric_limits<double>::infinity();
        for (int step = 0; step < max_steps; ++step) {
            ExtendedVector f = b.cast<long double>() - r;
            ExtendedVector g(a_.cols());
            for (Eigen::Index column = 0; column < a_.cols(); ++column) {
                long double product = 0;
                const auto values = a_.col(column);
                for (Eigen::Index row = 0; row < a_.rows(); ++row) {
                    f[row] -= values[row] * x[column];
                    product += values[row] * r[row];
                }
                g[column] = -product;
            }
            const auto [dr, dx] = correction(f.cast<double>(), g.cast<double>());
            const double size = dx.norm();
            // The first step gives the plain QR solution; later ones must shrink the error, or rounding is reached.
            if (!(size < last / 2) && step > 1) break;
            last = size;
            x += dx.cast<long double>();
            r += dr.cast<long double>();
            if (size == 0) break;
        }
        return x;
    }

    /// (A'A)^-1
    [[nodiscard]] Eigen::MatrixXd inverse_gram() const {
        const Eigen::MatrixXd root =
            qr_.colsPermutation() * solve_upper<Eigen::MatrixXd>(Eigen::MatrixXd::Identity(a_.cols(), a_.cols()));
        return root * root.transpose();
    }

    [[nodiscard]] Eigen::VectorXd leverages() const {
        Eigen::MatrixXd q = Eigen::MatrixXd::Identity(a_.rows(), a_.cols());
        q.applyOnTheLeft(qr_.householderQ());
        return q.rowwise().squaredNorm();
    }

  private:
    template <class Right>
    [[nodiscard]] Right solve_upper(const Right& right) const {
        return qr_.matrixQR().topRows(a_.cols()).template triangularView<Eigen::Upper>().solve(right);
    }

    [[nodiscard]] std::pair<Eigen::VectorXd, Eigen::VectorXd> correction(const Eigen::VectorXd& f,
                                                                         const Eigen::VectorXd& g) const {
        const Eigen::Index p = a_.cols();
        const Eigen::VectorXd permuted = qr_.colsPermutation().transpose() * g;
        const Eigen::VectorXd h =
            qr_.matrixQR().topRows(p).template triangularView<Eigen::Upper>().transpose().solve(permuted);
        Eigen::VectorXd d = f;
        d.applyOnTheLeft(qr_.householderQ().adjoint());
        const Eigen::VectorXd dx = qr_.colsPermutation() * solve_upper<Eigen::VectorXd>(d.head(p) - h);
        d.head(p) = h;
        d.applyOnTheLeft(qr_.householderQ());
        return {d, dx};
    }

    const Eigen::MatrixXd& a_;
    Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr_;
};

/// The power of two next to 1 / norm of each column: scaling by it rounds nothing.
Eigen::VectorXd column_scales(const Eigen::MatrixXd& a) {
    Eigen::VectorXd scales = Eigen::VectorXd::Ones(a.cols());
    for (Eigen::Index column = 0; column < a.cols(); ++column) {
        const double norm = a.col(column).norm();
        if (norm > 0 && std::isfinite(norm)) scales[column] = std::ldexp(1.0, -std::ilogb(norm));
    }
    return scales;
}

void take_kept_columns(Eigen::MatrixXd& a, const std::vector<DependentColumn>& dependent,
                       std::vector<Eigen::Index>& kept) {
    auto next = dependent.begin();
    for (Eigen::Index column = 0; column < a.cols(); ++column) {
        if (next != dependent.end() && next->column == static_cast<std::size_t>(column)) {
            ++next;
            continue;
        }
        a.col(static_cast<Eigen::Index>(kept.size())) = a.col(column);
        kept.push_back(column);
    }
    a.conservativeResize(Eigen::NoChange, static_cast<Eigen::Index>(kept.size()));
}

void summarize(LeastSquaresFit& fit, const Eigen::MatrixXd& x, std::span<const double> y) {
    const bool intercept = x.cols() > 0 && (x.col(0).array() == 1).all();
    const std::span<const double> weights(fit.weights.data(), y.size());
    const double centre = intercept ? weighted_mean(y, weights) : 0;
    std::vector<double> errors(y.size());
    std::vector<double> total(y.size());
    for (std::size_t row = 0; row < y.size(); ++row) {
        errors[row] = weights[row] == 0 ? 0 : weights[row] * fit.residuals[row] * fit.residuals[row];
        total[row] = weights[row] == 0 ? 0 : weights[row] * (y[row] - centre) * (y[row] - centre);
    }
    const double squares = compensated_sum(errors);
    fit.r_squared = 1 - squares / compensated_sum(total);
    fit.degrees_of_freedom = fit.observations - fit.rank;
    fit.sigma = fit.degrees_of_freedom == 0 ? nan : std::sqrt(squares / static_cast<double>(fit.degrees_of_freedom));
    fit.standard_errors = fit.sigma * fit.unscaled_covariance.diagonal().cwiseSqrt();
}

}  // namespace

Result<LeastSquaresFit> fit_least_squares(const Eigen::MatrixXd& x, std::vector<std::string> terms,
                                          std::span<const double> y, std::span<const double> weights) {
    if (static_cast<std::size_t>(x.rows()) != y.size() || (!weights.empty() && weights.size() != y.size()) ||
        static_cast<std::size_t>(x.cols()) != terms.size()) {
        throw std::invalid_argument("the regression's columns, responses, weights or names differ in length");
    }
    LeastSquaresFit fit;
    fit.terms = std::move(terms);
    fit.weights = Eigen::VectorXd::Ones(x.rows());
    if (!weights.empty()) fit.weights = Eigen::Map<const Eigen::VectorXd>(weights.data(), x.rows());
    fit.observations = static_cast<std::size_t>((fit.weights.array() > 0).count());
    if (fit.observations == 0) return fail(ErrorKind::statistics, "no_complete_rows");

    Eigen::MatrixXd a(static_cast<Eigen::Index>(fit.observations), x.cols());
    Eigen::VectorXd b(a.rows());
    for (Eigen::Index row = 0, to = 0; row < x.rows(); ++row) {
        if (!(fit.weights[row] > 0)) continue;
        const double root = std::sqrt(fit.weights[row]);
        a.row(to) = root * x.row(row);
        b[to++] = root * y[row];
    }
    const Eigen::VectorXd scales = column_scales(a);
    a *= scales.asDiagonal();
    const Eigen::MatrixXd factor = triangular_factor(fit.observations, fit.terms.size(), 1,
                                                     [&](std::size_t begin, Eigen::Ref<Eigen::MatrixXd> to) {
                                                         to = a.middleRows(static_cast<Eigen::Index>(begin), to.rows());
                                                     });
    const auto dependent =
        find_dependent_columns(factor, Eigen::VectorXd::Constant(factor.cols(), dependence_tolerance));
    fit.messages = collinearity_messages(dependent, fit.terms);
    for (const DependentColumn& column : dependent) fit.dropped.push_back(column.column);
    std::vector<Eigen::Index> kept;
    take_kept_columns(a, dependent, kept);
    fit.rank = kept.size();

    const RefinedSolver solver(a);
    const ExtendedVector solution = solver.solve(b);
    const Eigen::MatrixXd inverse = solver.inverse_gram();
    const Eigen::VectorXd leverages = solver.leverages();
    fit.coefficients = Eigen::VectorXd::Constant(x.cols(), nan);
    fit.unscaled_covariance = Eigen::MatrixXd::Constant(x.cols(), x.cols(), nan);
    ExtendedVector fitted = ExtendedVector::Zero(x.rows());
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const auto place = static_cast<Eigen::Index>(i);
        const long double coefficient = solution[place] * scales[kept[i]];
        fit.coefficients[kept[i]] = static_cast<double>(coefficient);
        fitted += coefficient * x.col(kept[i]).cast<long double>();
        for (std::size_t j = 0; j < kept.size(); ++j) {
            fit.unscaled_covariance(kept[i], kept[j]) =
                inverse(place, static_cast<Eigen::Index>(j)) * scales[kept[i]] * scales[kept[j]];
        }
    }
    fit.fitted = fitted.cast<double>();
    fit.residuals = (Eigen::Map<const Eigen::VectorXd>(y.data(), x.rows()).cast<long double>() - fitted).cast<double>();
    fit.leverages = Eigen::VectorXd::Zero(x.rows());
    for (Eigen::Index row = 0, from = 0; row < x.rows(); ++row) {
        if (fit.weights[row] > 0) fit.leverages[row] = leverages[from++];
    }
    summarize(fit, x, y);
    return fit;
}

}  // namespace twinfirm::stats
