// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/cross_section.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <numeric>

#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::evaluation {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Numbers the values of one column from 0 in rising order; -1 = missing.
std::vector<std::int32_t> value_codes(const stats::Column& column) {
    if (column.kind() == stats::ColumnKind::category) return {column.codes().begin(), column.codes().end()};
    std::vector<double> values;
    for (const double value : column.values()) {
        if (!std::isnan(value)) values.push_back(value);
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    std::vector<std::int32_t> codes(column.size(), -1);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (column.missing(i)) continue;
        const auto found = std::lower_bound(values.begin(), values.end(), column.values()[i]);
        codes[i] = static_cast<std::int32_t>(found - values.begin());
    }
    return codes;
}

/// Joins two codings: rows agree in the result if they agree in both.
std::vector<std::int32_t> join_codes(const std::vector<std::int32_t>& first, const std::vector<std::int32_t>& second) {
    std::vector<std::int64_t> keys(first.size(), -1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (first[i] >= 0 && second[i] >= 0) keys[i] = (static_cast<std::int64_t>(first[i]) << 32) | second[i];
    }
    std::vector<std::int64_t> known;
    for (const std::int64_t key : keys) {
        if (key >= 0) known.push_back(key);
    }
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
    std::vector<std::int32_t> joined(keys.size(), -1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (keys[i] < 0) continue;
        joined[i] = static_cast<std::int32_t>(std::lower_bound(known.begin(), known.end(), keys[i]) - known.begin());
    }
    return joined;
}

/// Puts the values of the complete rows at their places in the frame.
std::vector<double> spread(const Eigen::VectorXd& values, const std::vector<std::size_t>& rows, std::size_t size) {
    std::vector<double> all(size, std::numeric_limits<double>::quiet_NaN());
    for (std::size_t i = 0; i < rows.size(); ++i) all[rows[i]] = values[static_cast<Eigen::Index>(i)];
    return all;
}

}  // namespace

Result<std::vector<std::int32_t>> exact_strata(const stats::Frame& frame, const std::vector<std::string>& columns) {
    std::vector<std::int32_t> strata;
    for (const std::string& name : columns) {
        const stats::Column* column = frame.find(name);
        if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
        const std::vector<std::int32_t> codes = value_codes(*column);
        strata = strata.empty() ? codes : join_codes(strata, codes);
    }
    return strata;
}

Result<CrossSection> match_cross_section(const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                                         const std::vector<stats::Term>& terms,
                                         const design::MatchingSettings& settings, std::span<const std::uint32_t> rank,
                                         unsigned threads, const CancellationToken& token) {
    CrossSection result;
    auto start = Clock::now();
    auto design = stats::build_design_matrix(frame, terms);
    if (!design) return tl::unexpected(design.error());
    result.design = std::move(*design);
    std::vector<std::uint8_t> adopter(result.design.rows.size());
    for (std::size_t i = 0; i < adopter.size(); ++i) adopter[i] = treated[result.design.rows[i]];
    stats::LogisticOptions options;
    options.threads = threads;
    auto fit = stats::fit_logistic(result.design, adopter, {}, options);
    if (!fit) return tl::unexpected(fit.error());
    result.fit = std::move(*fit);
    result.probability = spread(result.fit.probability, result.design.rows, frame.rows());
    result.linear_predictor = spread(result.fit.linear_predictor, result.design.rows, frame.rows());
    result.score = settings.score == design::ScoreKind::linear_logit ? result.linear_predictor : result.probability;
    result.score_seconds = seconds_since(start);
    TWINFIRM_TRY(token.check());

    start = Clock::now();
    auto strata = exact_strata(frame, settings.exact);
    if (!strata) return tl::unexpected(strata.error());
    result.stratum = std::move(*strata);
    matching::MatchProblem problem;
    problem.score = result.score;
    problem.treated = treated;
    problem.stratum = result.stratum;
    problem.rank = rank;
    auto sample = matching::nearest_neighbor(problem, settings, token);
    if (!sample) return tl::unexpected(sample.error());
    result.sample = std::move(*sample);
    result.matching_seconds = seconds_since(start);
    return result;
}

}  // namespace twinfirm::evaluation
