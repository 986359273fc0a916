// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/staggered_panel.h"

namespace twinfirm::effects {

struct ExampleOptions {
    std::size_t firms = 200;
    std::vector<int> times{2015, 2016, 2017, 2018, 2019};
    std::vector<int> groups{0, 2017, 2018};
    double effect = 1;  ///< in the year of adoption
    double growth = 0;  ///< of the effect a year
    double gaps = 0;    ///< share of missing outcomes
    bool weights = false;
    bool covariate = false;  ///< adoption and trend depend on x
    std::int32_t clusters = 0;
    std::uint64_t seed = 1;
};

/// Firms with an effect of their own, common years, and parallel trends (given x).
inline StaggeredPanel example_panel(const ExampleOptions& options = {}) {
    Random random(options.seed);
    StaggeredPanel panel;
    panel.times = options.times;
    panel.firms = options.firms;
    std::vector<double> x;
    for (std::size_t firm = 0; firm < options.firms; ++firm) {
        x.push_back(random.normal());
        const double pull = options.covariate ? 0.6 * x.back() : 0;
        const bool adopts = random.normal() + pull > 0.3;
        const auto pick = 1 + random.below(options.groups.size() - 1);
        panel.first_treated.push_back(adopts ? options.groups[pick] : options.groups[0]);
        const double level = 10 + 2 * random.normal();
        const double weight = options.weights ? 0.5 + random.uniform() : 1;
        if (options.clusters > 0)
            panel.cluster.push_back(
                static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(options.clusters))));
        for (const int year : options.times) {
            const int group = panel.first_treated.back();
            const int since = group > 0 ? year - group : -1;
            const double trend = 0.3 * (year - options.times[0]) * (options.covariate ? 1 + x.back() : 1);
            const double effect = since >= 0 ? options.effect + options.growth * since : 0;
            const double y = level + trend + effect + random.normal();
            panel.outcome.push_back(random.uniform() < options.gaps ? std::nan("") : y);
            if (options.weights) panel.weight.push_back(weight);
        }
    }
    if (options.covariate) {
        panel.covariates.terms = {"(Intercept)", "x"};
        panel.covariates.columns = {{"(Intercept)", "", "", true}, {"x", "", "", false}};
        panel.covariates.x.resize(static_cast<Eigen::Index>(options.firms), 2);
        for (std::size_t firm = 0; firm < options.firms; ++firm) {
            panel.covariates.x.row(static_cast<Eigen::Index>(firm)) << 1, x[firm];
            panel.covariate_row.insert(panel.covariate_row.end(), options.times.size(),
                                       static_cast<std::int32_t>(firm));
        }
    }
    return panel;
}

/// The panel without one firm.
inline StaggeredPanel without_firm(const StaggeredPanel& panel, std::size_t left_out) {
    StaggeredPanel rest = panel;
    const auto cut = [&](auto& values, std::size_t width) {
        if (values.empty()) return;
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(left_out * width);
        values.erase(begin, begin + static_cast<std::ptrdiff_t>(width));
    };
    const std::size_t years = panel.times.size();
    cut(rest.first_treated, 1);
    cut(rest.cluster, 1);
    cut(rest.outcome, years);
    cut(rest.weight, years);
    cut(rest.covariate_row, years);
    --rest.firms;
    return rest;
}

}  // namespace twinfirm::effects
