// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/omitted_variable_bias.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/least_squares.h"

namespace twinfirm::effects {

namespace {

constexpr const char* treatment_name = "(treatment)";

double residual_squares(const stats::LeastSquaresFit& fit) {
    return (fit.weights.array() * fit.residuals.array().square()).sum();
}

/// (sqrt(f^4 + 4 f^2) - f^2) / 2, written without its cancellation for large f.
double robustness(double f) {
    if (!(f > 0)) return 0;
    const double square = f * f;
    return 2 * square / (std::sqrt(square * square + 4 * square) + square);
}

double robustness_alpha(double f, double df, double confidence) {
    if (!(df > 1)) return not_available;
    const double critical = stats::student_t_quantile((1 + confidence) / 2, df - 1) / std::sqrt(df - 1);
    if (!(f > critical)) return 0;
    if (f > 1 / critical) return (f * f - critical * critical) / (1 + f * f);
    return robustness(f - critical);
}

/// The design's columns of the other terms, with the treatment in front if wanted.
struct Regressors {
    Eigen::MatrixXd x;
    std::vector<std::string> terms;
};

Regressors regressors(const stats::DesignMatrix& design, const Eigen::VectorXd* treatment,
                      const std::string& left_out) {
    Regressors result;
    std::vector<Eigen::Index> columns;
    for (std::size_t i = 0; i < design.terms.size(); ++i) {
        if (!left_out.empty() && design.columns[i].term == left_out) continue;
        columns.push_back(static_cast<Eigen::Index>(i));
        result.terms.push_back(design.terms[i]);
    }
    const Eigen::Index extra = treatment != nullptr ? 1 : 0;
    result.x.resize(design.x.rows(), static_cast<Eigen::Index>(columns.size()) + extra);
    for (std::size_t i = 0; i < columns.size(); ++i)
        result.x.col(static_cast<Eigen::Index>(i)) = design.x.col(columns[i]);
    if (treatment != nullptr) {
        result.x.rightCols(1) = *treatment;
        result.terms.emplace_back(treatment_name);
    }
    return result;
}

/// Two partial R2 of a covariate: with the treatment, and with the outcome given the treatment.
struct PartialR2 {
    double treatment = 0;
    double outcome = 0;
};

double partial_r2(double without, double with) {
    return without > 0 ? std::max(0.0, (without - with) / without) : 0;
}

BenchmarkBound bound(const OmittedVariableBias& base, const std::string& covariate, double multiple,
                     const PartialR2& benchmark, double confidence) {
    BenchmarkBound result{covariate, multiple, {}, {}, {}, {}, {}, {}, {}};
    const double with_treatment = benchmark.treatment;
    result.r2_treatment = multiple * with_treatment / (1 - with_treatment);
    const double shared =
        multiple * with_treatment * with_treatment / ((1 - multiple * with_treatment) * (1 - with_treatment));
    if (!(result.r2_treatment < 1) || !(shared < 1) || !(shared >= 0)) {
        return {covariate,     multiple,      not_available, not_available, not_available,
                not_available, not_available, not_available, not_available};
    }
    const double eta = (std::sqrt(multiple) + std::sqrt(shared)) / std::sqrt(1 - shared);
    result.r2_outcome = std::min(1.0, eta * eta * benchmark.outcome / (1 - benchmark.outcome));
    const auto df = static_cast<double>(base.df);
    const double bias =
        base.std_error * std::sqrt(df) * std::sqrt(result.r2_outcome * result.r2_treatment / (1 - result.r2_treatment));
    // Towards 0, and beyond it where the bias is larger than the estimate.
    result.estimate = base.estimate < 0 ? base.estimate + bias : base.estimate - bias;
    result.std_error =
        base.std_error * std::sqrt((1 - result.r2_outcome) / (1 - result.r2_treatment)) * std::sqrt(df / (df - 1));
    result.t = result.estimate / result.std_error;
    const double margin = stats::student_t_quantile((1 + confidence) / 2, df) * result.std_error;
    result.ci_low = result.estimate - margin;
    result.ci_high = result.estimate + margin;
    return result;
}

}  // namespace

Result<OmittedVariableBias> omitted_variable_bias(const stats::DesignMatrix& design, std::span<const double> treatment,
                                                  std::span<const double> outcome, std::span<const double> weights,
                                                  const OmittedVariableRequest& request) {
    const auto rows = static_cast<std::size_t>(design.x.rows());
    if (treatment.size() != rows || outcome.size() != rows || (!weights.empty() && weights.size() != rows)) {
        throw std::invalid_argument("omitted_variable_bias: lengths differ");
    }
    for (const std::string& name : request.benchmarks) {
        const bool known = std::any_of(design.columns.begin() + 1, design.columns.end(),
                                       [&](const stats::DesignColumn& column) { return column.term == name; });
        if (!known) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    }
    const Eigen::VectorXd dose = Eigen::Map<const Eigen::VectorXd>(treatment.data(), design.x.rows());
    const auto fit = [&](bool of_outcome, const std::string& left_out) {
        Regressors r = regressors(design, of_outcome ? &dose : nullptr, left_out);
        return stats::fit_least_squares(r.x, std::move(r.terms), of_outcome ? outcome : treatment, weights);
    };
    const auto outcome_fit = fit(true, {});
    if (!outcome_fit) return tl::unexpected(outcome_fit.error());
    const auto treatment_fit = fit(false, {});
    if (!treatment_fit) return tl::unexpected(treatment_fit.error());

    OmittedVariableBias result;
    const Eigen::Index last = outcome_fit->coefficients.size() - 1;
    result.estimate = outcome_fit->coefficients[last];
    result.std_error = outcome_fit->standard_errors[last];
    result.df = static_cast<std::int64_t>(outcome_fit->degrees_of_freedom);
    result.n = static_cast<std::int64_t>(outcome_fit->observations);
    result.messages = outcome_fit->messages;
    if (std::isnan(result.estimate)) return fail(ErrorKind::statistics, "sensitivity_treatment_collinear");
    if (result.df < 2 || !(result.std_error > 0)) return fail(ErrorKind::statistics, "sensitivity_no_freedom");
    result.t = result.estimate / result.std_error;
    const auto df = static_cast<double>(result.df);
    result.partial_r2 = result.t * result.t / (result.t * result.t + df);
    const double f = std::abs(result.t) / std::sqrt(df);
    result.robustness_value = robustness(f);
    result.robustness_value_alpha = robustness_alpha(f, df, request.confidence);

    for (const std::string& name : request.benchmarks) {
        const auto outcome_without = fit(true, name);
        if (!outcome_without) return tl::unexpected(outcome_without.error());
        const auto treatment_without = fit(false, name);
        if (!treatment_without) return tl::unexpected(treatment_without.error());
        const PartialR2 benchmark{partial_r2(residual_squares(*treatment_without), residual_squares(*treatment_fit)),
                                  partial_r2(residual_squares(*outcome_without), residual_squares(*outcome_fit))};
        for (const double multiple : request.multiples) {
            result.bounds.push_back(bound(result, name, multiple, benchmark, request.confidence));
            if (std::isnan(result.bounds.back().estimate)) {
                result.messages.push_back({"sensitivity_multiple_impossible",
                                           Severity::warning,
                                           {{"covariate", name}, {"multiple", shortest_text(multiple)}},
                                           0});
            }
        }
    }
    return result;
}

}  // namespace twinfirm::effects
