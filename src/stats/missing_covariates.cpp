// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/stats/missing_covariates.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace twinfirm::stats {
namespace {

std::optional<double> lower_median(std::span<const double> values) {
    std::vector<double> known;
    std::copy_if(values.begin(), values.end(), std::back_inserter(known), [](double v) { return std::isfinite(v); });
    if (known.empty()) return std::nullopt;
    const auto middle = known.begin() + static_cast<std::ptrdiff_t>((known.size() - 1) / 2);
    std::nth_element(known.begin(), middle, known.end());
    return *middle;
}

/// Returns the number of rows marked.
std::int64_t mark_category(const Column& column, Frame& frame) {
    std::vector<std::string> levels = column.levels();
    const auto known = std::find(levels.begin(), levels.end(), missing_level);
    const auto code = static_cast<std::int32_t>(known - levels.begin());
    if (known == levels.end()) levels.emplace_back(missing_level);
    std::vector<std::int32_t> codes(column.codes().begin(), column.codes().end());
    const std::int64_t missing = std::count(codes.begin(), codes.end(), -1);
    std::replace(codes.begin(), codes.end(), -1, code);
    frame.add(Column::categories(column.name(), std::move(levels), std::move(codes)));
    return missing;
}

std::int64_t mark_number(const Column& column, const std::string& indicator, Frame& frame) {
    const std::optional<double> median = lower_median(column.values());
    std::vector<double> values(column.values().begin(), column.values().end());
    std::vector<double> marks(values.size(), 0);
    std::int64_t missing = 0;
    for (std::size_t row = 0; row < values.size() && median; ++row) {
        if (std::isfinite(values[row])) continue;
        values[row] = *median;
        marks[row] = 1;
        ++missing;
    }
    frame.add(Column::numbers(column.name(), std::move(values)));
    frame.add(Column::numbers(indicator, std::move(marks)));
    return missing;
}

}  // namespace

MarkedFrame mark_missing_covariates(const Frame& frame, const std::vector<Term>& terms) {
    MarkedFrame marked{frame, terms, {}};
    std::set<std::string> seen;
    for (const Term& term : terms) {
        for (const Factor& factor : term.factors) {
            const Column* column = frame.find(factor.column);
            if (column == nullptr || !seen.insert(factor.column).second) continue;
            std::string indicator = factor.column + "_missing";
            while (frame.find(indicator) != nullptr) indicator += '_';
            const bool category = column->kind() == ColumnKind::category;
            const std::int64_t missing =
                category ? mark_category(*column, marked.frame) : mark_number(*column, indicator, marked.frame);
            if (missing == 0) continue;
            marked.messages.push_back(
                {"covariate_missing_marked", Severity::info, {{"covariate", factor.column}}, missing});
            if (category) continue;
            const auto interactions = std::find_if(marked.terms.begin(), marked.terms.end(),
                                                   [](const Term& t) { return t.factors.size() > 1; });
            marked.terms.insert(interactions, {{{Factor::Kind::column, indicator, 1}}, formula_name(indicator)});
        }
    }
    return marked;
}

}  // namespace twinfirm::stats
