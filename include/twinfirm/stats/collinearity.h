// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"

namespace twinfirm::stats {

/// A column that is a linear combination of earlier ones.
struct DependentColumn {
    std::size_t column = 0;
    std::vector<std::size_t> others;  ///< the kept columns with a part in the combination, rising
};

/// The columns that depend on the kept ones before them: the residual norm after projection is at most
/// `tolerance[column]` times the column's own norm. Earlier columns win, as in R's lm and glm.
///
/// @param a          m x p; for long data the p x p triangular factor, which has the same dependencies
/// @param tolerance  p relative tolerances
/// Cost: O(m p^2). Method: Gram-Schmidt with reorthogonalisation (Bjoerck 1996, section 2.4.5).
[[nodiscard]] std::vector<DependentColumn> find_dependent_columns(const Eigen::MatrixXd& a,
                                                                  const Eigen::VectorXd& tolerance);

/// `covariate_collinear` {covariate, others} for each.
[[nodiscard]] Messages collinearity_messages(const std::vector<DependentColumn>& dependent,
                                             const std::vector<std::string>& terms);

/// Upper triangular factor R (p x p) of the QR decomposition of a long matrix that is given in pieces of rows.
///
/// @param load  fills `block` (its rows x p) with the matrix's rows from `begin` on; called from several threads
/// The bits do not depend on the number of threads. Signs of rows are arbitrary. Cost: O(rows p^2); memory
/// O(pieces p^2). Source: Demmel, Grigori, Hoemmen & Langou (2012), SIAM J. Sci. Comput. 34:A206 (TSQR).
[[nodiscard]] Eigen::MatrixXd triangular_factor(
    std::size_t rows, std::size_t columns, unsigned threads,
    const std::function<void(std::size_t begin, Eigen::Ref<Eigen::MatrixXd> block)>& load);

}  // namespace twinfirm::stats
