// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/stats/formula.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::stats {

/// What a column of a design matrix stands for.
struct DesignColumn {
    std::string term;       ///< the formula's term, `size`, `log(employees)`, `age:educ`; `(Intercept)`
    std::string level;      ///< the category it marks (`중기업`), joined by `:` in interactions; empty for numbers
    std::string reference;  ///< of a categorical main effect: the level without a column of its own
    bool binary = false;    ///< every value is 0 or 1
};

/// The covariates of a regression as numbers, one row for each complete row of the frame.
struct DesignMatrix {
    Eigen::MatrixXd x;                    ///< rows.size() x terms.size(); the first column is the intercept
    std::vector<std::string> terms;       ///< R's column names: `(Intercept)`, `size중기업`, `I(age^2)`, `age:educ`
    std::vector<DesignColumn> columns;    ///< parallel to `terms`
    std::vector<std::size_t> rows;        ///< 0-based rows of the frame that are complete, rising
    std::vector<std::size_t> incomplete;  ///< the others, rising
    Messages messages;
};

struct DesignOptions {
    /// A category with more used levels than this and than a tenth of the complete rows is refused: it is an
    /// identifier, not a covariate.
    std::size_t always_allowed_levels = 20;
};

/// Design matrix by treatment coding: the first level is the reference, a number is one column, an intercept is always
/// there. `factor(a)` of a number makes levels by rising number. An interaction is the product of its factors'
/// columns, the first factor varying fastest; a category within it has all its levels where the term without it is not
/// in the model (Chambers & Hastie 1992, Statistical Models in S, section 2.3: the rule of R's model.matrix).
///
/// A row is incomplete if one of its covariates is missing, not finite, or the logarithm of a value <= 0.
/// Messages: `covariate_missing` {covariate} and `covariate_log_not_positive` {covariate}, both with the number of
/// rows; `covariate_constant` {covariate, value} (its column is left out); `covariate_level_unused` {covariate,
/// levels}. Errors: `covariate_unknown` {covariate}, `covariate_not_numeric` {covariate} (usage);
/// `covariate_too_many_levels` {covariate, levels, limit}, `no_complete_rows` (statistics).
/// Cost: O(rows x columns).
[[nodiscard]] Result<DesignMatrix> build_design_matrix(const Frame& frame, const std::vector<Term>& terms,
                                                       const DesignOptions& options = {});

}  // namespace twinfirm::stats
