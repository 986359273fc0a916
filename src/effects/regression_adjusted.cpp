// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/regression_adjusted.h"

#include <algorithm>
#include <string>
#include <vector>

#include "confidence_check.h"
#include "regression_influence.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/collinearity.h"
#include "twinfirm/stats/least_squares.h"

namespace twinfirm::effects {
namespace {

constexpr Eigen::Index treatment_column = 1;
constexpr double dependence_tolerance = 1e-7;  // that of R's lm

bool in_target(std::uint8_t treated, Target target) {
    return target == Target::all || (treated != 0) == (target == Target::adopters);
}

Eigen::RowVectorXd target_mean(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates, Target target) {
    Eigen::RowVectorXd sum = Eigen::RowVectorXd::Zero(covariates.cols());
    double weight = 0;
    for (Eigen::Index i = 0; i < covariates.rows(); ++i) {
        if (!in_target(outcomes.treated[static_cast<std::size_t>(i)], target)) continue;
        const double w = outcomes.weight[static_cast<std::size_t>(i)];
        sum += w * covariates.row(i);
        weight += w;
    }
    return sum / weight;
}

/// Rows (1, t, x - mean, t (x - mean)), the last part for the interaction only.
Eigen::MatrixXd make_design(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates, Adjustment adjustment,
                            Target target) {
    const Eigen::Index p = covariates.cols();
    const bool interacted = adjustment == Adjustment::interacted;
    const Eigen::RowVectorXd mean = target_mean(outcomes, covariates, target);
    Eigen::MatrixXd design(covariates.rows(), 2 + (interacted ? 2 * p : p));
    for (Eigen::Index i = 0; i < covariates.rows(); ++i) {
        const double treated = outcomes.treated[static_cast<std::size_t>(i)] != 0 ? 1.0 : 0.0;
        design(i, 0) = 1;
        design(i, treatment_column) = treated;
        design.row(i).segment(2, p) = covariates.row(i) - mean;
        if (interacted) design.row(i).tail(p) = treated * design.row(i).segment(2, p);
    }
    return design;
}

/// Leaves out the columns that follow from earlier ones in the weighted regression. The regression's own limit is
/// meant for exact copies; a covariate that is constant in an arm leaves rounding errors above it.
Eigen::MatrixXd independent_columns(const Eigen::MatrixXd& design, const MatchedOutcomes& outcomes) {
    const Eigen::Map<const Eigen::VectorXd> weight(outcomes.weight.data(), design.rows());
    const auto dependent = stats::find_dependent_columns(
        weight.cwiseSqrt().asDiagonal() * design, Eigen::VectorXd::Constant(design.cols(), dependence_tolerance));
    std::vector<bool> dropped(static_cast<std::size_t>(design.cols()), false);
    for (const stats::DependentColumn& column : dependent) dropped[column.column] = true;
    Eigen::MatrixXd kept(design.rows(), design.cols() - static_cast<Eigen::Index>(dependent.size()));
    Eigen::Index next = 0;
    for (Eigen::Index j = 0; j < design.cols(); ++j)
        if (!dropped[static_cast<std::size_t>(j)]) kept.col(next++) = design.col(j);
    return kept;
}

bool has_both_arms(const MatchedOutcomes& outcomes) {
    const auto adopters =
        std::count_if(outcomes.treated.begin(), outcomes.treated.end(), [](auto t) { return t != 0; });
    return adopters > 0 && adopters < static_cast<std::ptrdiff_t>(outcomes.treated.size());
}

}  // namespace

Eigen::MatrixXd regression_design(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                  Adjustment adjustment, Target target) {
    return independent_columns(make_design(outcomes, covariates, adjustment, target), outcomes);
}

RegressionInfluence regression_influence(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                         Adjustment adjustment, Target target) {
    RegressionInfluence result;
    result.influence.assign(outcomes.value.size(), not_available);
    if (!has_both_arms(outcomes)) return result;

    const Eigen::MatrixXd design = regression_design(outcomes, covariates, adjustment, target);
    const auto fit = stats::fit_least_squares(design, std::vector<std::string>(static_cast<std::size_t>(design.cols())),
                                              outcomes.value, outcomes.weight);
    if (!fit) return result;
    // The treatment row of (X'WX)^-1 X'W e, observation by observation.
    const Eigen::VectorXd leverage = design * fit->unscaled_covariance.row(treatment_column).transpose();
    result.estimate = fit->coefficients[treatment_column];
    result.coefficients = design.cols();
    result.leverage.assign(fit->leverages.begin(), fit->leverages.end());
    for (std::size_t i = 0; i < result.influence.size(); ++i) {
        const auto row = static_cast<Eigen::Index>(i);
        result.influence[i] = leverage[row] * outcomes.weight[i] * fit->residuals[row];
    }
    return result;
}

Result<MatchedOutcomes> mark_missing_covariates(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates) {
    if (covariates.rows() != static_cast<Eigen::Index>(outcomes.value.size()))
        return fail(ErrorKind::usage, "effects_unequal_lengths",
                    {{"expected", integer_text(static_cast<std::int64_t>(outcomes.value.size()))},
                     {"found", integer_text(covariates.rows())}});
    MatchedOutcomes marked = outcomes;
    for (Eigen::Index i = 0; i < covariates.rows(); ++i)
        if (!covariates.row(i).allFinite()) marked.value[static_cast<std::size_t>(i)] = not_available;
    return marked;
}

Eigen::MatrixXd rows_of(const Eigen::MatrixXd& matrix, const std::vector<std::size_t>& rows) {
    Eigen::MatrixXd picked(static_cast<Eigen::Index>(rows.size()), matrix.cols());
    for (std::size_t i = 0; i < rows.size(); ++i)
        picked.row(static_cast<Eigen::Index>(i)) = matrix.row(static_cast<Eigen::Index>(rows[i]));
    return picked;
}

Result<Estimate> regression_adjusted(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                     Adjustment adjustment, SeKind kind, double confidence, MissingOutcome missing,
                                     Target target) {
    TWINFIRM_TRY(check_confidence(confidence));
    const auto marked = mark_missing_covariates(outcomes, covariates);
    if (!marked) return tl::unexpected(marked.error());
    const auto complete = complete_outcomes(*marked, missing);
    if (!complete) return tl::unexpected(complete.error());

    const MatchedOutcomes& used = complete->outcomes;
    Estimate effect;
    count_firms(effect, used);
    const RegressionInfluence fit = regression_influence(used, rows_of(covariates, complete->rows), adjustment, target);
    effect.estimate = fit.estimate;
    set_uncertainty(effect, clustered_variance(fit.influence, used, kind, fit.coefficients, fit.leverage), confidence);
    return effect;
}

}  // namespace twinfirm::effects
