// SPDX-License-Identifier: GPL-3.0-or-later
#include "stacked_balance.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <string>

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// Place of each row of the frame among the design's complete rows; complete rows only.
std::vector<std::int64_t> design_rows(const CrossSection& match) {
    std::vector<std::int64_t> place(match.score.size(), -1);
    for (std::size_t i = 0; i < match.design.rows.size(); ++i)
        place[match.design.rows[i]] = static_cast<std::int64_t>(i);
    return place;
}

/// The units of all cohorts, one after the other.
struct Stack {
    std::vector<std::uint8_t> treated;
    std::vector<double> weight;
    std::vector<double> score;
    std::vector<matching::Pair> pairs;
};

Stack stack_units(const std::vector<MatchedCohort>& cohorts) {
    Stack stack;
    for (const MatchedCohort& cohort : cohorts) {
        const CrossSection& match = cohort.match;
        const std::size_t offset = stack.treated.size();
        const std::vector<std::int64_t> place = design_rows(match);
        for (const std::size_t row : match.design.rows) {
            stack.treated.push_back(cohort.firms.adopter[row]);
            stack.weight.push_back(match.sample.weight[row]);
            stack.score.push_back(match.score[row]);
        }
        for (const matching::Pair& pair : match.sample.pairs) {
            stack.pairs.push_back({offset + static_cast<std::size_t>(place[pair.focal]),
                                   offset + static_cast<std::size_t>(place[pair.match]), pair.distance});
        }
    }
    return stack;
}

}  // namespace

std::vector<balance::BalanceRow> stacked_balance(const std::vector<MatchedCohort>& cohorts, unsigned threads) {
    const Stack stack = stack_units(cohorts);
    std::vector<balance::BalanceColumn> columns;
    columns.push_back({"distance", "", stack.score, true});
    std::map<std::pair<std::string, std::string>, std::size_t> known;
    std::size_t offset = 0;
    for (const MatchedCohort& cohort : cohorts) {
        for (balance::BalanceColumn& column : balance::balance_columns(cohort.match.design)) {
            const auto [at, added] = known.emplace(std::pair(column.covariate, column.level), columns.size());
            if (added) {
                columns.push_back({column.covariate, column.level, {}, false});
                columns.back().values.assign(stack.treated.size(), column.level.empty() ? missing : 0);
            }
            std::copy(column.values.begin(), column.values.end(),
                      columns[at->second].values.begin() + static_cast<std::ptrdiff_t>(offset));
        }
        offset += cohort.match.design.rows.size();
    }
    return balance::balance_table(columns, {stack.treated, stack.weight, stack.pairs, {}}, threads);
}

Eigen::MatrixXd set_covariates(const std::vector<MatchedCohort>& cohorts) {
    std::map<std::string, Eigen::Index> columns;
    Eigen::Index rows = 0;
    for (const MatchedCohort& cohort : cohorts) {
        for (const std::string& term : cohort.match.design.terms) {
            if (term != "(Intercept)") columns.emplace(term, static_cast<Eigen::Index>(columns.size()));
        }
        std::size_t last = static_cast<std::size_t>(-1);
        for (const matching::Pair& pair : cohort.match.sample.pairs) {
            rows += pair.focal == last ? 1 : 2;
            last = pair.focal;
        }
    }
    Eigen::MatrixXd covariates = Eigen::MatrixXd::Zero(rows, static_cast<Eigen::Index>(columns.size()));
    Eigen::Index next = 0;
    for (const MatchedCohort& cohort : cohorts) {
        const CrossSection& match = cohort.match;
        const std::vector<std::int64_t> place = design_rows(match);
        std::vector<Eigen::Index> target;
        for (const std::string& term : match.design.terms) {
            target.push_back(term == "(Intercept)" ? -1 : columns.at(term));
        }
        const auto add = [&](std::size_t row) {
            for (std::size_t c = 0; c < target.size(); ++c) {
                if (target[c] >= 0)
                    covariates(next, target[c]) = match.design.x(place[row], static_cast<Eigen::Index>(c));
            }
            ++next;
        };
        std::size_t last = static_cast<std::size_t>(-1);
        for (const matching::Pair& pair : match.sample.pairs) {
            if (pair.focal != last) add(pair.focal);
            add(pair.match);
            last = pair.focal;
        }
    }
    return covariates;
}

}  // namespace twinfirm::evaluation
