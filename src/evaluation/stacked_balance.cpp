// SPDX-License-Identifier: GPL-3.0-or-later
#include "stacked_balance.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "twinfirm/base/parallel.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::evaluation {

namespace {

/// The column of this name of every cohort's complete rows, one cohort after the other. Cohorts take their columns from
/// one panel, so categories have the same levels in each.
stats::Column stacked_column(const std::string& name, const std::vector<MatchedCohort>& cohorts) {
    std::vector<double> values;
    std::vector<std::int32_t> codes;
    std::size_t rows = 0;
    for (const MatchedCohort& cohort : cohorts) rows += cohort.match.design.rows.size();
    const stats::Column& first = *cohorts.front().frame.find(name);
    first.kind() == stats::ColumnKind::number ? values.reserve(rows) : codes.reserve(rows);
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

Result<StackedDesign> stack_designs(const std::vector<MatchedCohort>& cohorts, const std::vector<stats::Term>& terms,
                                    unsigned threads) {
    const auto& columns = cohorts.front().frame.columns();
    std::vector<std::optional<stats::Column>> stacked_columns(columns.size());
    parallel_chunks(columns.size(), 1, threads, [&](std::size_t c, std::size_t) {
        stacked_columns[c] = stacked_column(columns[c].name(), cohorts);
    });
    stats::Frame frame;
    for (std::optional<stats::Column>& column : stacked_columns) frame.add(std::move(*column));
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

std::vector<std::vector<double>> cohort_weights(const std::vector<MatchedCohort>& cohorts, effects::Target target) {
    std::vector<std::vector<double>> weights;
    for (const MatchedCohort& cohort : cohorts) {
        std::vector<double> weight = cohort.match.sample.weight;
        double sum[2] = {0, 0};
        double units[2] = {0, 0};
        for (std::size_t row = 0; row < weight.size(); ++row) {
            if (!(weight[row] > 0)) continue;
            const std::size_t arm = cohort.firms.adopter[row] != 0 ? 1 : 0;
            sum[arm] += weight[row];
            units[arm] += 1;
        }
        const double total = target == effects::Target::adopters       ? units[1]
                             : target == effects::Target::non_adopters ? units[0]
                                                                       : units[0] + units[1];
        for (std::size_t row = 0; row < weight.size(); ++row) {
            if (weight[row] > 0) weight[row] *= total / sum[cohort.firms.adopter[row] != 0 ? 1 : 0];
        }
        weights.push_back(std::move(weight));
    }
    return weights;
}

namespace {

/// All cohorts' units one after the other, with what a balance table reads of them.
class StackedUnits {
  public:
    StackedUnits(const std::vector<MatchedCohort>& cohorts, const StackedDesign& stacked, effects::Target target) {
        const std::vector<std::vector<double>> scaled = cohort_weights(cohorts, target);
        std::int32_t first_set = 0;
        for (std::size_t c = 0; c < cohorts.size(); ++c) {
            const CrossSection& match = cohorts[c].match;
            const bool of_sets = match.sample.form == matching::SampleForm::sets;
            std::int32_t last = -1;
            for (const std::size_t row : match.design.rows) {
                treated_.push_back(cohorts[c].firms.adopter[row]);
                weight_.push_back(scaled[c][row]);
                score_.push_back(match.score[row]);
                if (!of_sets) continue;
                const std::int32_t own = match.sample.subclass[row];
                set_.push_back(own < 0 ? -1 : first_set + own);
                last = std::max(last, own);
            }
            first_set += last + 1;
            const auto row_of = [&](std::size_t row) {
                return stacked.first_row[c] + static_cast<std::size_t>(stacked.place[c][row]);
            };
            for (const matching::Pair& pair : match.sample.pairs) {
                if (!of_sets) pairs_.push_back({row_of(pair.focal), row_of(pair.match), pair.distance});
            }
        }
        denominator_ = target == effects::Target::adopters       ? balance::SmdDenominator::treated
                       : target == effects::Target::non_adopters ? balance::SmdDenominator::control
                                                                 : balance::SmdDenominator::pooled;
    }

    /// Of every unit; empty where a unit has none.
    [[nodiscard]] std::vector<double> score() const {
        const bool known = std::none_of(score_.begin(), score_.end(), [](double value) { return std::isnan(value); });
        return known ? score_ : std::vector<double>{};
    }
    [[nodiscard]] balance::MatchedUnits units() const { return {treated_, weight_, pairs_, denominator_, set_}; }

  private:
    std::vector<std::uint8_t> treated_;
    std::vector<double> weight_;
    std::vector<double> score_;
    std::vector<std::int32_t> set_;
    std::vector<matching::Pair> pairs_;
    balance::SmdDenominator denominator_ = balance::SmdDenominator::treated;
};

}  // namespace

std::vector<balance::BalanceRow> stacked_balance(const std::vector<MatchedCohort>& cohorts,
                                                 const StackedDesign& stacked, effects::Target target,
                                                 unsigned threads) {
    const StackedUnits units(cohorts, stacked, target);
    std::vector<balance::BalanceColumn> columns;
    if (std::vector<double> score = units.score(); !score.empty()) {
        columns.push_back({"distance", "", std::move(score), true});
    }
    for (balance::BalanceColumn& column : balance::balance_columns(stacked.design))
        columns.push_back(std::move(column));
    return balance::balance_table(columns, units.units(), threads);
}

std::vector<balance::BalanceRow> stacked_interactions(const std::vector<MatchedCohort>& cohorts,
                                                      const StackedDesign& stacked, effects::Target target,
                                                      unsigned threads) {
    const StackedUnits units(cohorts, stacked, target);
    return balance::interaction_balance(balance::balance_columns(stacked.design), units.units(), threads);
}

SampleSize stacked_size(const std::vector<MatchedCohort>& cohorts, effects::Target target) {
    const std::vector<std::vector<double>> scaled = cohort_weights(cohorts, target);
    SampleSize size;
    std::size_t firms = 0;
    for (const MatchedCohort& cohort : cohorts) {
        size.pairs += cohort.report.size.pairs;
        size.sets += cohort.report.size.sets;
        for (const std::size_t firm : cohort.firms.firms) firms = std::max(firms, firm + 1);
    }
    std::vector<double> of_firm[2] = {std::vector<double>(firms, 0), std::vector<double>(firms, 0)};
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
        const CohortFirms& cohort = cohorts[c].firms;
        for (std::size_t row = 0; row < scaled[c].size(); ++row) {
            if (scaled[c][row] > 0) of_firm[cohort.adopter[row] != 0 ? 1 : 0][cohort.firms[row]] += scaled[c][row];
        }
    }
    size.ess_control = stats::effective_sample_size(of_firm[0]);
    size.ess_treated = stats::effective_sample_size(of_firm[1]);
    return size;
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
