// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/calibration.h"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "margin_residuals.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::survey {

namespace {

Status check(const SampleDesign& design, const KnownMargin& margin) {
    if (margin.groups.codes.size() != design.rows() || margin.totals.size() != margin.groups.labels.size()) {
        throw std::invalid_argument("a margin of another length than the design");
    }
    std::vector<char> used(margin.totals.size(), 0);
    for (std::size_t row = 0; row < design.rows(); ++row) {
        const std::int32_t group = margin.groups.codes[row];
        if (group < 0) return fail(ErrorKind::input, "survey_margin_row", {{"row", std::to_string(row + 1)}});
        used[static_cast<std::size_t>(group)] = 1;
    }
    for (std::size_t group = 0; group < used.size(); ++group) {
        const MessageArguments name{{"group", margin.groups.labels[group]}};
        if (!(margin.totals[group] > 0) || !std::isfinite(margin.totals[group])) {
            return fail(ErrorKind::input, "survey_margin_total", name);
        }
        if (used[group] == 0) return fail(ErrorKind::input, "survey_margin_empty", name);
    }
    return {};
}

/// Scales the weights to the margin's totals; gives the largest relative distance there was.
double fit(std::vector<double>& weights, const KnownMargin& margin) {
    std::vector<double> factors = group_sums(weights, margin.groups);
    double largest = 0;
    for (std::size_t group = 0; group < factors.size(); ++group) {
        largest = std::max(largest, std::abs(factors[group] / margin.totals[group] - 1));
        factors[group] = margin.totals[group] / factors[group];
    }
    for (std::size_t row = 0; row < weights.size(); ++row)
        weights[row] *= factors[static_cast<std::size_t>(margin.groups.codes[row])];
    return largest;
}

}  // namespace

Result<SampleDesign> post_stratified(const SampleDesign& design, const KnownMargin& margin) {
    TWINFIRM_TRY(check(design, margin));
    std::vector<double> weights(design.weights().begin(), design.weights().end());
    fit(weights, margin);
    return design.calibrated(std::move(weights), {margin.groups});
}

Result<SampleDesign> raked(const SampleDesign& design, const std::vector<KnownMargin>& margins) {
    constexpr int most_rounds = 1000;
    constexpr double precision = 1e-12;
    if (margins.empty()) throw std::invalid_argument("raking without margins");
    std::vector<Grouping> groupings;
    std::vector<double> sums;
    for (const KnownMargin& margin : margins) {
        TWINFIRM_TRY(check(design, margin));
        groupings.push_back(margin.groups);
        sums.push_back(std::accumulate(margin.totals.begin(), margin.totals.end(), 0.0));
        if (!(std::abs(sums.back() - sums.front()) <= 1e-9 * sums.front())) {
            return fail(ErrorKind::input, "survey_margins_disagree",
                        {{"first", shortest_text(sums.front())}, {"second", shortest_text(sums.back())}});
        }
    }
    std::vector<double> weights(design.weights().begin(), design.weights().end());
    double largest = 0;
    for (int round = 0; round < most_rounds; ++round) {
        largest = 0;
        for (const KnownMargin& margin : margins) largest = std::max(largest, fit(weights, margin));
        // After one margin is met its factors are 1, so that a single margin needs no second look.
        if (margins.size() == 1 || largest <= precision) return design.calibrated(std::move(weights), groupings);
    }
    return fail(ErrorKind::statistics, "survey_raking_stuck",
                {{"rounds", std::to_string(most_rounds)}, {"error", fixed_text(100 * largest, 6)}});
}

}  // namespace twinfirm::survey
