// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/rao_scott.h"

#include <Eigen/Dense>
#include <cmath>

#include "sorted_sum.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/survey/linearised.h"

namespace twinfirm::survey {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Codes of the groups that rows of `inside` are in, -1 elsewhere, and their number.
struct Levels {
    std::vector<std::int32_t> codes;
    std::size_t count = 0;
};

Levels used_levels(const Grouping& groups, const std::vector<char>& inside) {
    std::vector<std::int32_t> place(groups.labels.size(), -1);
    for (std::size_t row = 0; row < inside.size(); ++row)
        if (inside[row] != 0) place[static_cast<std::size_t>(groups.codes[row])] = 0;
    Levels levels;
    for (std::int32_t& code : place)
        if (code == 0) code = static_cast<std::int32_t>(levels.count++);
    for (std::size_t row = 0; row < inside.size(); ++row)
        levels.codes.push_back(inside[row] != 0 ? place[static_cast<std::size_t>(groups.codes[row])] : -1);
    return levels;
}

/// A basis of the contrasts of the interaction: products of contrasts of rows and of columns.
Eigen::MatrixXd interaction_contrasts(Eigen::Index rows, Eigen::Index columns) {
    const auto contrasts = [](Eigen::Index levels) {
        Eigen::MatrixXd matrix = Eigen::MatrixXd::Constant(levels, levels - 1, -1.0 / static_cast<double>(levels));
        for (Eigen::Index i = 0; i + 1 < levels; ++i) matrix(i, i) += 1;
        return matrix;
    };
    const Eigen::MatrixXd of_rows = contrasts(rows);
    const Eigen::MatrixXd of_columns = contrasts(columns);
    Eigen::MatrixXd result(rows * columns, (rows - 1) * (columns - 1));
    for (Eigen::Index i = 0; i < rows; ++i)
        for (Eigen::Index j = 0; j < columns; ++j)
            for (Eigen::Index a = 0; a + 1 < rows; ++a)
                for (Eigen::Index b = 0; b + 1 < columns; ++b)
                    result(i * columns + j, a * (columns - 1) + b) = of_rows(i, a) * of_columns(j, b);
    return result;
}

double pearson_statistic(const Eigen::MatrixXd& table, double n) {
    const Eigen::VectorXd by_row = table.rowwise().sum();
    const Eigen::RowVectorXd by_column = table.colwise().sum();
    double sum = 0;
    for (Eigen::Index i = 0; i < table.rows(); ++i) {
        for (Eigen::Index j = 0; j < table.cols(); ++j) {
            const double expected = by_row(i) * by_column(j);
            sum += (table(i, j) - expected) * (table(i, j) - expected) / expected;
        }
    }
    return n * sum;
}

}  // namespace

Result<RaoScottTest> test_independence(const SampleDesign& design, const Grouping& rows, const Grouping& columns,
                                       std::span<const char> domain) {
    std::vector<char> inside(design.rows());
    RaoScottTest test;
    for (std::size_t row = 0; row < inside.size(); ++row) {
        const bool counts = (domain.empty() || domain[row] != 0) && rows.codes[row] >= 0 && columns.codes[row] >= 0;
        inside[row] = counts ? 1 : 0;
        test.n += counts ? 1 : 0;
    }
    const Levels by_row = used_levels(rows, inside);
    const Levels by_column = used_levels(columns, inside);
    if (by_row.count < 2 || by_column.count < 2) return fail(ErrorKind::statistics, "survey_test_empty");
    const auto r = static_cast<Eigen::Index>(by_row.count);
    const auto c = static_cast<Eigen::Index>(by_column.count);
    const Eigen::Index cells = r * c;

    Eigen::MatrixXd table(r, c);
    Eigen::VectorXd share(cells);
    std::vector<std::vector<double>> influences;
    for (Eigen::Index i = 0; i < r; ++i) {
        for (Eigen::Index j = 0; j < c; ++j) {
            std::vector<double> indicator(inside.size(), missing);
            for (std::size_t row = 0; row < inside.size(); ++row)
                if (inside[row] != 0) indicator[row] = by_row.codes[row] == i && by_column.codes[row] == j ? 1 : 0;
            Linearised cell = mean_of(design, indicator);
            table(i, j) = share(i * c + j) = cell.value;
            influences.push_back(std::move(cell.influence));
        }
    }
    const std::vector<double> covariance = design.covariance(influences);
    const Eigen::MatrixXd v = Eigen::Map<const Eigen::MatrixXd>(covariance.data(), cells, cells);
    const Eigen::MatrixXd contrasts = interaction_contrasts(r, c);
    const auto n = static_cast<double>(test.n);
    const Eigen::VectorXd inverse = share.unaryExpr([](double p) { return p > 0 ? 1 / p : 0; });
    const Eigen::MatrixXd scaled = inverse.asDiagonal() * contrasts;
    const Eigen::MatrixXd simple = contrasts.transpose() * scaled / n;
    const Eigen::FullPivLU<Eigen::MatrixXd> solver(simple);
    if (solver.rank() < simple.rows()) return fail(ErrorKind::statistics, "survey_table_sparse");
    const Eigen::MatrixXd delta = solver.solve(scaled.transpose() * v * scaled);
    const double trace = delta.trace();
    const double squares = (delta * delta).trace();
    if (!(trace > 0) || !(squares > 0)) return fail(ErrorKind::statistics, "survey_table_sparse");
    test.pearson = pearson_statistic(table, n);
    test.f = test.pearson / trace;
    test.numerator_df = trace * trace / squares;
    test.denominator_df = test.numerator_df * design.degrees_of_freedom(inside);
    test.p_value = stats::f_upper_tail(test.f, test.numerator_df, test.denominator_df);
    return test;
}

}  // namespace twinfirm::survey
