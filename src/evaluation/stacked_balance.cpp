// SPDX-License-Identifier: GPL-3.0-or-later
#include "stacked_balance.h"

#include <cstdint>
#include <limits>
#include <string>

namespace twinfirm::evaluation {

namespace {

/// The column of this name of every cohort's complete rows, one cohort after the other. Cohorts take their columns from
/// one panel, so categories have the same levels in each.
stats::Column stacked_column(const std::string& name, const std::vector<MatchedCohort>& cohorts) {
    std::vector<double> values;
    std::vector<std::int32_t> codes;
    const stats::Column& first = *cohorts.front().frame.find(name);
    for (const MatchedCohort& cohort : cohorts) {
        const stats::Column& column = *cohort.frame.find(name);
        for (const std::size_t row : cohort.match.design.rows) {
            if (first.kind() == stats::ColumnKind::number) {
                values.push_back(column.values()[row]);
            } else {
                codes.push_back(column.codes()[row]);
            }
        }
    }
    return first.kind() == stats::ColumnKind::number
               ? stats::Column::numbers(name, std::move(values))
               : stats::Column::categories(name, first.levels(), std::move(codes));
}

}  // namespace

Result<StackedDesign> stack_designs(const std::vector<MatchedCohort>& cohorts, const std::vector<stats::Term>& terms) {
    stats::Frame frame;
    for (const stats::Column& column : cohorts.front().frame.columns()) {
        frame.add(stacked_column(column.name(), cohorts));
    }
    // Each cohort's own design was checked against too many levels already.
    stats::DesignOptions options;
    options.always_allowed_levels = std::numeric_limits<std::size_t>::max();
    auto design = stats::build_design_matrix(frame, terms, options);
    if (!design) return tl::unexpected(design.error());
    StackedDesign stacked;
    stacked.design = std::move(*design);
    std::size_t next = 0;
    for (const MatchedCohort& cohort : cohorts) {
        stacked.first_row.push_back(next);
        std::vector<std::int64_t> place(cohort.match.score.size(), -1);
        const std::vector<std::size_t>& rows = cohort.match.design.rows;
        for (std::size_t i = 0; i < rows.size(); ++i) place[rows[i]] = static_cast<std::int64_t>(i);
        stacked.place.push_back(std::move(place));
        next += rows.size();
    }
    return stacked;
}

std::vector<balance::BalanceRow> stacked_balance(const std::vector<MatchedCohort>& cohorts,
                                                 const StackedDesign& stacked, unsigned threads) {
    std::vector<std::uint8_t> treated;
    std::vector<double> weight;
    std::vector<matching::Pair> pairs;
    balance::BalanceColumn score{"distance", "", {}, true};
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
        const CrossSection& match = cohorts[c].match;
        for (const std::size_t row : match.design.rows) {
            treated.push_back(cohorts[c].firms.adopter[row]);
            weight.push_back(match.sample.weight[row]);
            score.values.push_back(match.score[row]);
        }
        const auto row_of = [&](std::size_t row) {
            return stacked.first_row[c] + static_cast<std::size_t>(stacked.place[c][row]);
        };
        for (const matching::Pair& pair : match.sample.pairs) {
            pairs.push_back({row_of(pair.focal), row_of(pair.match), pair.distance});
        }
    }
    std::vector<balance::BalanceColumn> columns{std::move(score)};
    for (balance::BalanceColumn& column : balance::balance_columns(stacked.design))
        columns.push_back(std::move(column));
    return balance::balance_table(columns, {treated, weight, pairs, {}}, threads);
}

Eigen::MatrixXd set_covariates(const std::vector<MatchedCohort>& cohorts, const StackedDesign& stacked) {
    std::vector<Eigen::Index> rows;
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
        const auto add = [&](std::size_t row) {
            rows.push_back(static_cast<Eigen::Index>(stacked.first_row[c]) + stacked.place[c][row]);
        };
        std::size_t last = std::numeric_limits<std::size_t>::max();
        for (const matching::Pair& pair : cohorts[c].match.sample.pairs) {
            if (pair.focal != last) add(pair.focal);
            add(pair.match);
            last = pair.focal;
        }
    }
    const Eigen::MatrixXd& x = stacked.design.x;
    Eigen::MatrixXd covariates(static_cast<Eigen::Index>(rows.size()), x.cols() - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        covariates.row(static_cast<Eigen::Index>(i)) = x.row(rows[i]).tail(covariates.cols());
    }
    return covariates;
}

}  // namespace twinfirm::evaluation
