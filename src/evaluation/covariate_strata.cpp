// SPDX-License-Identifier: GPL-3.0-or-later
#include "covariate_strata.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/matching/coarsening.h"

namespace twinfirm::evaluation {

namespace {

using stats::Factor;

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

/// The factors of the terms, each once, in order of appearance.
std::vector<Factor> factors_of(const std::vector<stats::Term>& terms) {
    std::vector<Factor> factors;
    for (const stats::Term& term : terms) {
        for (const Factor& factor : term.factors) {
            if (std::find(factors.begin(), factors.end(), factor) == factors.end()) factors.push_back(factor);
        }
    }
    return factors;
}

bool names(const std::string& column, const Factor& factor) {
    return column == factor.column || column == stats::factor_text(factor);
}

std::vector<double> factor_values(const stats::Column& column, const Factor& factor) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> values(column.values().begin(), column.values().end());
    for (double& value : values) {
        if (factor.kind == Factor::Kind::log) value = value > 0 ? std::log(value) : missing;
        if (factor.kind == Factor::Kind::power) value = std::pow(value, factor.exponent);
        if (!std::isfinite(value)) value = missing;
    }
    return values;
}

/// A rule or group that no covariate answers to is a misspelling.
Status require_known(const std::vector<Factor>& factors, const design::MatchingSettings& settings) {
    const auto require = [&](const std::string& column) -> Status {
        const bool known =
            std::any_of(factors.begin(), factors.end(), [&](const Factor& factor) { return names(column, factor); });
        if (known) return {};
        return fail(ErrorKind::usage, "coarsening_unknown", {{"column", column}});
    };
    for (const design::Coarsening& rule : settings.coarsenings) TWINFIRM_TRY(require(rule.column));
    for (const design::LevelGroup& group : settings.level_groups) TWINFIRM_TRY(require(group.column));
    return {};
}

/// Codes of the levels, those of a group all with the group's first.
Result<std::vector<std::int32_t>> grouped_codes(const stats::Column& column, const Factor& factor,
                                                const design::MatchingSettings& settings) {
    std::vector<std::int32_t> code_of(column.levels().size());
    std::iota(code_of.begin(), code_of.end(), 0);
    for (const design::LevelGroup& group : settings.level_groups) {
        if (!names(group.column, factor)) continue;
        std::int32_t first = -1;
        for (const std::string& level : group.levels) {
            const auto found = std::find(column.levels().begin(), column.levels().end(), level);
            if (found == column.levels().end()) {
                return fail(ErrorKind::usage, "level_unknown", {{"column", group.column}, {"level", level}});
            }
            const auto place = static_cast<std::size_t>(found - column.levels().begin());
            if (first < 0) first = code_of[place];
            code_of[place] = first;
        }
    }
    std::vector<std::int32_t> codes(column.codes().begin(), column.codes().end());
    for (std::int32_t& code : codes) {
        if (code >= 0) code = code_of[static_cast<std::size_t>(code)];
    }
    return codes;
}

Result<std::vector<std::int32_t>> coarsened_codes(const stats::Column& column, const Factor& factor,
                                                  const std::vector<std::uint8_t>& complete,
                                                  const design::MatchingSettings& settings) {
    const bool category = column.kind() == stats::ColumnKind::category || factor.kind == Factor::Kind::factor;
    design::Coarsening rule{factor.column, design::Coarsening::Rule::sturges, 0, {}};
    for (const design::Coarsening& given : settings.coarsenings) {
        if (!names(given.column, factor)) continue;
        if (category) return fail(ErrorKind::usage, "coarsening_kind", {{"column", given.column}});
        rule = given;
    }
    for (const design::LevelGroup& group : settings.level_groups) {
        if (names(group.column, factor) && column.kind() != stats::ColumnKind::category) {
            return fail(ErrorKind::usage, "coarsening_kind", {{"column", group.column}});
        }
    }
    if (column.kind() == stats::ColumnKind::category) return grouped_codes(column, factor, settings);
    if (category) return value_codes(column);
    return matching::coarsen(factor_values(column, factor), complete, rule);
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

Result<std::vector<std::int32_t>> equal_covariates(const stats::Frame& frame, const std::vector<stats::Term>& terms) {
    std::vector<std::string> columns;
    for (const Factor& factor : factors_of(terms)) {
        if (std::find(columns.begin(), columns.end(), factor.column) == columns.end()) columns.push_back(factor.column);
    }
    return exact_strata(frame, columns);
}

Result<std::vector<std::int32_t>> coarsened_covariates(const stats::Frame& frame, const std::vector<stats::Term>& terms,
                                                       const std::vector<std::size_t>& complete_rows,
                                                       const design::MatchingSettings& settings) {
    const std::vector<Factor> factors = factors_of(terms);
    TWINFIRM_TRY(require_known(factors, settings));
    std::vector<std::uint8_t> complete(frame.rows(), 0);
    for (const std::size_t row : complete_rows) complete[row] = 1;
    std::vector<std::int32_t> strata;
    for (const Factor& factor : factors) {
        const stats::Column* column = frame.find(factor.column);
        if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", factor.column}});
        auto codes = coarsened_codes(*column, factor, complete, settings);
        if (!codes) return tl::unexpected(codes.error());
        strata = strata.empty() ? std::move(*codes) : join_codes(strata, *codes);
    }
    return strata;
}

std::vector<std::int32_t> both_strata(std::vector<std::int32_t> first, const std::vector<std::int32_t>& second) {
    if (first.empty()) return second;
    return second.empty() ? first : join_codes(first, second);
}

}  // namespace twinfirm::evaluation
