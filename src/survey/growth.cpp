// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/growth.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

constexpr double longest = 200;

tl::unexpected<Error> wrong_value(ErrorKind kind, const char* name, double value) {
    return fail(kind, "growth_value", {{"name", name}, {"value", shortest_text(value)}});
}

Status check(const GrowthQuestion& question) {
    const auto given = [](const std::optional<double>& value) { return value.has_value() ? 0 : 1; };
    const int unknowns =
        given(question.first) + given(question.last) + given(question.intervals) + given(question.rate);
    if (unknowns != 1) return fail(ErrorKind::usage, "growth_unknowns", {{"count", std::to_string(unknowns)}});
    const auto positive = [](const std::optional<double>& value) {
        return !value || (*value > 0 && std::isfinite(*value));
    };
    if (!positive(question.first)) return wrong_value(ErrorKind::usage, "V0", *question.first);
    if (!positive(question.last)) return wrong_value(ErrorKind::usage, "V1", *question.last);
    if (!positive(question.intervals)) return wrong_value(ErrorKind::usage, "n", *question.intervals);
    if (question.rate && (!(*question.rate > -1) || std::isinf(*question.rate))) {
        return wrong_value(ErrorKind::usage, "g", *question.rate);
    }
    return {};
}

}  // namespace

Result<Growth> solve_growth(const GrowthQuestion& question) {
    TWINFIRM_TRY(check(question));
    Growth growth;
    growth.first = question.first.value_or(0);
    growth.last = question.last.value_or(0);
    growth.intervals = question.intervals.value_or(0);
    growth.rate = question.rate.value_or(0);
    const double log_rate = std::log1p(growth.rate);
    if (!question.rate) {
        growth.solved = "rate";
        growth.rate = std::expm1(std::log(growth.last / growth.first) / growth.intervals);
    } else if (!question.last) {
        growth.solved = "last";
        growth.last = growth.first * std::exp(growth.intervals * log_rate);
    } else if (!question.first) {
        growth.solved = "first";
        growth.first = growth.last * std::exp(-growth.intervals * log_rate);
    } else {
        growth.solved = "intervals";
        growth.intervals = std::log(growth.last / growth.first) / log_rate;
        if (!(growth.intervals > 0) || std::isinf(growth.intervals)) {
            return fail(ErrorKind::usage, "growth_unreachable");
        }
    }
    if (growth.intervals > longest) {
        return fail(ErrorKind::usage, "growth_too_long", {{"intervals", fixed_text(growth.intervals, 1)}});
    }
    const double per_interval = std::log1p(growth.rate);
    for (double i = 0; i < growth.intervals - 1e-9; ++i)
        growth.path.push_back({i, i == 0 ? growth.first : growth.first * std::exp(i * per_interval)});
    growth.path.push_back({growth.intervals, growth.last});
    return growth;
}

Result<std::vector<MarketComparison>> compare_sources(const std::vector<MarketFigure>& figures) {
    std::map<std::pair<std::string, int>, MarketComparison> comparisons;
    for (std::size_t place = 0; place < figures.size(); ++place) {
        const MarketFigure& figure = figures[place];
        for (const double value : {figure.value, figure.exchange_rate})
            if (!(value > 0) || std::isinf(value)) return wrong_value(ErrorKind::input, figure.source.c_str(), value);
        MarketComparison& comparison = comparisons[{figure.market, figure.year}];
        const double common = figure.value * figure.exchange_rate;
        const bool first = comparison.figures.empty();
        comparison.market = figure.market;
        comparison.year = figure.year;
        comparison.low = first ? common : std::min(comparison.low, common);
        comparison.high = first ? common : std::max(comparison.high, common);
        comparison.rate_low = std::fmin(comparison.rate_low, figure.rate);
        comparison.rate_high = std::fmax(comparison.rate_high, figure.rate);
        comparison.figures.push_back(place);
    }
    std::vector<MarketComparison> result;
    for (auto& [key, comparison] : comparisons) {
        comparison.disagreement = comparison.high / comparison.low - 1;
        std::stable_sort(comparison.figures.begin(), comparison.figures.end(),
                         [&](std::size_t a, std::size_t b) { return figures[a].source < figures[b].source; });
        result.push_back(std::move(comparison));
    }
    return result;
}

}  // namespace twinfirm::survey
