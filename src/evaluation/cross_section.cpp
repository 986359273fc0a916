// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/cross_section.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "twinfirm/matching/nearest_neighbor.h"
#include "twinfirm/matching/propensity_score.h"

namespace twinfirm::evaluation {

namespace {

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

/// Joins two codings: rows agree in the result if they agree in both. The pairs that occur are numbered in rising
/// order.
std::vector<std::int32_t> join_codes(const std::vector<std::int32_t>& first, const std::vector<std::int32_t>& second) {
    if (first.empty()) return {};
    const std::int64_t width = *std::max_element(second.begin(), second.end()) + std::int64_t{1};
    const std::int64_t height = *std::max_element(first.begin(), first.end()) + std::int64_t{1};
    const auto key = [&](std::size_t i) { return first[i] * width + second[i]; };
    const auto known = [&](std::size_t i) { return first[i] >= 0 && second[i] >= 0; };
    std::vector<std::int32_t> joined(first.size(), -1);
    constexpr std::int64_t table_limit = 1 << 20;
    if (height * width <= table_limit) {
        std::vector<std::int32_t> number(static_cast<std::size_t>(height * width), 0);
        for (std::size_t i = 0; i < joined.size(); ++i) {
            if (known(i)) number[static_cast<std::size_t>(key(i))] = 1;
        }
        std::exclusive_scan(number.begin(), number.end(), number.begin(), 0);
        for (std::size_t i = 0; i < joined.size(); ++i) {
            if (known(i)) joined[i] = number[static_cast<std::size_t>(key(i))];
        }
        return joined;
    }
    std::vector<std::int64_t> keys;
    for (std::size_t i = 0; i < joined.size(); ++i) {
        if (known(i)) keys.push_back(key(i));
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    for (std::size_t i = 0; i < joined.size(); ++i) {
        if (!known(i)) continue;
        joined[i] = static_cast<std::int32_t>(std::lower_bound(keys.begin(), keys.end(), key(i)) - keys.begin());
    }
    return joined;
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

Result<CrossSection> fit_score(const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                               const std::vector<stats::Term>& terms, design::ScoreKind kind, unsigned threads) {
    CrossSection section;
    auto design = stats::build_design_matrix(frame, terms);
    if (!design) return tl::unexpected(design.error());
    section.design = std::move(*design);
    std::vector<std::uint8_t> adopter(section.design.rows.size());
    for (std::size_t i = 0; i < adopter.size(); ++i) adopter[i] = treated[section.design.rows[i]];
    stats::LogisticOptions options;
    options.threads = threads;
    auto fit = stats::fit_logistic(section.design, adopter, {}, options);
    if (!fit) return tl::unexpected(fit.error());
    section.fit = std::move(*fit);
    const auto score_of = [&](design::ScoreKind of) {
        return matching::propensity_score(section.fit, section.design, frame.rows(), of);
    };
    section.probability = score_of(design::ScoreKind::logit);
    section.linear_predictor = score_of(design::ScoreKind::linear_logit);
    section.score = kind == design::ScoreKind::linear_logit ? section.linear_predictor : section.probability;
    return section;
}

Status match_on_score(CrossSection& section, const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                      const design::MatchingSettings& settings, std::span<const std::uint32_t> rank,
                      const CancellationToken& token) {
    auto strata = exact_strata(frame, settings.exact);
    if (!strata) return tl::unexpected(strata.error());
    section.stratum = std::move(*strata);
    matching::MatchProblem problem;
    problem.score = section.score;
    problem.treated = treated;
    problem.stratum = section.stratum;
    problem.rank = rank;
    auto sample = matching::nearest_neighbor(problem, settings, token);
    if (!sample) return tl::unexpected(sample.error());
    section.sample = std::move(*sample);
    return {};
}

}  // namespace twinfirm::evaluation
