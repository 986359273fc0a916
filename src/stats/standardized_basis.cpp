// SPDX-License-Identifier: GPL-3.0-or-later
#include "standardized_basis.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>

#include "twinfirm/base/parallel.h"

namespace twinfirm::stats {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Columns whose centred residual is smaller than this share of their own length are dependent.
constexpr double dependence_tolerance = 1e-9;

}  // namespace

StandardizedBasis::StandardizedBasis(const Eigen::MatrixXd& x, std::span<const double> weights, unsigned threads)
    : x_(x), weights_(weights), threads_(threads) {
    find_moments();
    for (Eigen::Index column = 1; column < x_.cols(); ++column) {
        if (deviation_[column] <= 16 * epsilon * largest_[column]) {
            dependent_.push_back({static_cast<std::size_t>(column), {0}});
            deviation_[column] = 1;
        }
    }
    keep_columns();
    transform_ = Eigen::MatrixXd::Identity(static_cast<Eigen::Index>(kept_.size()), kept_.size());
}

void StandardizedBasis::find_moments() {
    const Eigen::Index columns = x_.cols();
    mean_ = Eigen::VectorXd::Zero(columns);
    deviation_ = Eigen::VectorXd::Ones(columns);
    largest_ = Eigen::VectorXd::Ones(columns);
    total_weight_ = 0;
    for (Eigen::Index row = 0; row < x_.rows(); ++row) total_weight_ += weights_.empty() ? 1.0 : weights_[row];
    const Eigen::Map<const Eigen::VectorXd> weights(weights_.data(), static_cast<Eigen::Index>(weights_.size()));
    // A column a piece: each is summed by one thread, in the order of its rows.
    parallel_chunks(static_cast<std::size_t>(columns - 1), 1, threads_, [&](std::size_t piece, std::size_t) {
        const auto column = static_cast<Eigen::Index>(piece + 1);
        const auto values = x_.col(column);
        const auto sum = [&](const auto& terms) { return weights_.empty() ? terms.sum() : terms.dot(weights); };
        double centre = sum(values) / total_weight_;
        centre += sum((values.array() - centre).matrix()) / total_weight_;
        mean_[column] = centre;
        deviation_[column] = std::sqrt(sum((values.array() - centre).square().matrix()) / total_weight_);
        largest_[column] = values.cwiseAbs().maxCoeff();
    });
}

void StandardizedBasis::keep_columns() {
    kept_.clear();
    for (Eigen::Index column = 1; column < x_.cols(); ++column) {
        const bool drop = std::any_of(dependent_.begin(), dependent_.end(), [&](const DependentColumn& d) {
            return d.column == static_cast<std::size_t>(column);
        });
        if (!drop) kept_.push_back(column);
    }
}

void StandardizedBasis::orthonormalize() {
    const Eigen::MatrixXd factor = triangular_factor(static_cast<std::size_t>(x_.rows()), kept_.size(), threads_,
                                                     [&](std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) {
                                                         Eigen::MatrixXd rows(block.rows(), size());
                                                         load(begin, rows);
                                                         block = rows.rightCols(block.cols());
                                                         if (weights_.empty()) return;
                                                         for (Eigen::Index i = 0; i < block.rows(); ++i)
                                                             block.row(i) *= std::sqrt(weights_[begin + i]);
                                                     });
    Eigen::VectorXd tolerance(factor.cols());
    for (Eigen::Index i = 0; i < factor.cols(); ++i) {
        // Values far from zero keep fewer digits of their differences; the rest of a true combination is that large.
        const double noise = 8 * epsilon * largest_[kept_[i]] / deviation_[kept_[i]];
        tolerance[i] = std::clamp(noise, dependence_tolerance, 1e-6);
    }
    const std::vector<Eigen::Index> candidates = kept_;
    for (DependentColumn column : find_dependent_columns(factor, tolerance)) {
        column.column = static_cast<std::size_t>(candidates[column.column]);
        for (std::size_t& other : column.others) other = static_cast<std::size_t>(candidates[other]);
        dependent_.push_back(std::move(column));
    }
    std::sort(dependent_.begin(), dependent_.end(), [](const auto& a, const auto& b) { return a.column < b.column; });
    keep_columns();

    const auto rank = static_cast<Eigen::Index>(kept_.size());
    Eigen::MatrixXd independent(factor.rows(), rank);
    for (Eigen::Index from = 0, to = 0; to < rank; ++from) {
        if (candidates[from] == kept_[to]) independent.col(to++) = factor.col(from);
    }
    const Eigen::MatrixXd triangle =
        triangular_factor(static_cast<std::size_t>(independent.rows()), kept_.size(), 1,
                          [&](std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) {
                              block = independent.middleRows(static_cast<Eigen::Index>(begin), block.rows());
                          });
    transform_ =
        std::sqrt(total_weight_) * triangle.triangularView<Eigen::Upper>().solve(Eigen::MatrixXd::Identity(rank, rank));
    diagonal_ = false;
}

void StandardizedBasis::load(std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block) const {
    const auto from = static_cast<Eigen::Index>(begin);
    block.col(0).setOnes();
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const Eigen::Index column = kept_[i];
        block.col(static_cast<Eigen::Index>(i) + 1) =
            (x_.col(column).segment(from, block.rows()).array() - mean_[column]) / deviation_[column];
    }
    if (diagonal_ || kept_.empty()) return;
    const Eigen::MatrixXd standardized = block.rightCols(block.cols() - 1);
    block.rightCols(block.cols() - 1).noalias() = standardized * transform_;
}

Eigen::VectorXd StandardizedBasis::coefficients(const Eigen::VectorXd& gamma) const {
    Eigen::VectorXd result = Eigen::VectorXd::Zero(x_.cols());
    const Eigen::VectorXd standardized = transform_.triangularView<Eigen::Upper>() * gamma.tail(gamma.size() - 1);
    long double intercept = gamma[0];
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const Eigen::Index column = kept_[i];
        result[column] = standardized[static_cast<Eigen::Index>(i)] / deviation_[column];
        intercept -= static_cast<long double>(mean_[column]) * result[column];
    }
    result[0] = static_cast<double>(intercept);
    return result;
}

Eigen::MatrixXd StandardizedBasis::covariance(const Eigen::MatrixXd& information) const {
    const Eigen::LLT<Eigen::MatrixXd> cholesky(information);
    const Eigen::MatrixXd inverse_root = cholesky.matrixL().solve(Eigen::MatrixXd::Identity(size(), size()));
    // Rows of `map` are the derivatives of the coefficients by those of the basis: covariance = (map L^-T)(map L^-T)'.
    Eigen::MatrixXd map = Eigen::MatrixXd::Zero(x_.cols(), size());
    map(0, 0) = 1;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        const Eigen::Index column = kept_[i];
        map.row(column).tail(size() - 1) = transform_.row(static_cast<Eigen::Index>(i)) / deviation_[column];
        map.row(0) -= mean_[column] * map.row(column);
    }
    const Eigen::MatrixXd root = map * inverse_root.transpose();
    return root * root.transpose();
}

}  // namespace twinfirm::stats
