// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/collinearity.h"

#include <Eigen/QR>
#include <algorithm>

#include "twinfirm/base/parallel.h"

namespace twinfirm::stats {
namespace {

/// A part of a combination smaller than this, relative to the dependent column, is rounding.
constexpr double negligible_part = 1e-6;

Eigen::MatrixXd upper_triangle(const Eigen::MatrixXd& a) {
    const Eigen::HouseholderQR<Eigen::MatrixXd> qr(a);
    const Eigen::Index rows = std::min(a.rows(), a.cols());
    return qr.matrixQR().topRows(rows).triangularView<Eigen::Upper>();
}

}  // namespace

std::vector<DependentColumn> find_dependent_columns(const Eigen::MatrixXd& a, const Eigen::VectorXd& tolerance) {
    const Eigen::Index columns = a.cols();
    Eigen::MatrixXd q(a.rows(), columns);
    Eigen::MatrixXd r = Eigen::MatrixXd::Zero(columns, columns);
    std::vector<Eigen::Index> kept;
    std::vector<DependentColumn> dependent;
    for (Eigen::Index column = 0; column < columns; ++column) {
        const auto rank = static_cast<Eigen::Index>(kept.size());
        const double norm = a.col(column).norm();
        Eigen::VectorXd rest = a.col(column);
        Eigen::VectorXd parts = Eigen::VectorXd::Zero(rank);
        for (int pass = 0; pass < 2; ++pass) {
            const Eigen::VectorXd projection = q.leftCols(rank).transpose() * rest;
            rest -= q.leftCols(rank) * projection;
            parts += projection;
        }
        if (rest.norm() > tolerance[column] * norm) {
            r.col(rank).head(rank) = parts;
            r(rank, rank) = rest.norm();
            q.col(rank) = rest / rest.norm();
            kept.push_back(column);
            continue;
        }
        DependentColumn found{static_cast<std::size_t>(column), {}};
        const Eigen::VectorXd combination = r.topLeftCorner(rank, rank).triangularView<Eigen::Upper>().solve(parts);
        for (Eigen::Index i = 0; i < rank; ++i) {
            if (std::abs(combination[i]) * a.col(kept[i]).norm() > negligible_part * norm) {
                found.others.push_back(static_cast<std::size_t>(kept[i]));
            }
        }
        dependent.push_back(std::move(found));
    }
    return dependent;
}

Messages collinearity_messages(const std::vector<DependentColumn>& dependent, const std::vector<std::string>& terms) {
    Messages messages;
    for (const DependentColumn& column : dependent) {
        std::string others;
        for (const std::size_t other : column.others) {
            if (!others.empty()) others += ", ";
            others += terms[other];
        }
        if (others.empty()) others = terms.front();
        messages.push_back(
            {"covariate_collinear", Severity::warning, {{"covariate", terms[column.column]}, {"others", others}}, 1});
    }
    return messages;
}

Eigen::MatrixXd triangular_factor(
    std::size_t rows, std::size_t columns, unsigned threads,
    const std::function<void(std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block)>& load) {
    const std::size_t piece = std::max<std::size_t>({1024, 4 * columns, (rows + 127) / 128});
    std::vector<Eigen::MatrixXd> factors((rows + piece - 1) / piece);
    const auto width = static_cast<Eigen::Index>(columns);
    parallel_chunks(rows, piece, threads, [&](std::size_t begin, std::size_t end) {
        Eigen::MatrixXd block(static_cast<Eigen::Index>(end - begin), width);
        load(begin, block);
        factors[begin / piece] = upper_triangle(block);
    });
    Eigen::Index height = 0;
    for (const Eigen::MatrixXd& factor : factors) height += factor.rows();
    Eigen::MatrixXd stacked(height, width);
    height = 0;
    for (const Eigen::MatrixXd& factor : factors) {
        stacked.middleRows(height, factor.rows()) = factor;
        height += factor.rows();
    }
    Eigen::MatrixXd result = Eigen::MatrixXd::Zero(width, width);
    const Eigen::MatrixXd triangle = upper_triangle(stacked);
    result.topRows(triangle.rows()) = triangle;
    return result;
}

}  // namespace twinfirm::stats
