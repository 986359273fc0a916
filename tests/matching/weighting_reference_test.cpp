// SPDX-License-Identifier: GPL-3.0-or-later
// Weights against R's WeightIt on lalonde.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "matching/reference_data.h"
#include "twinfirm/matching/weighting.h"
#include "twinfirm/stats/design_matrix.h"

namespace twinfirm::matching {
namespace {

struct Lalonde {
    stats::DesignMatrix design;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> used;
    stats::BinaryFit fit;
};

Lalonde lalonde() {
    const stats::Formula formula =
        stats::parse_formula("treat ~ age + educ + race + married + nodegree + re74 + re75").value();
    const stats::Frame frame =
        reference::frame(reference::folder() / "data" / "lalonde_matchit.csv",
                         {"treat", "age", "educ", "race", "married", "nodegree", "re74", "re75"});
    Lalonde data;
    data.design = stats::build_design_matrix(frame, formula.terms).value();
    for (const double flag : frame.find("treat")->values()) data.treated.push_back(flag == 1);
    data.used.assign(data.treated.size(), 1);
    data.fit = stats::fit_binary(data.design, data.treated).value();
    return data;
}

/// The two up to one factor for each arm: some peers scale to the arm's number, some to the target's.
void compare(const Lalonde& data, const BalancingWeights& ours, const std::string& name, double tolerance) {
    const reference::Table table(reference::folder() / "balance" / ("weightit_lalonde_" + name + ".csv"));
    const std::vector<double> theirs = table.numbers("weight");
    double sums[2][2] = {{0, 0}, {0, 0}};
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        sums[data.treated[i]][0] += ours.weight[i];
        sums[data.treated[i]][1] += theirs[i];
    }
    double worst = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const double factor = sums[data.treated[i]][1] / sums[data.treated[i]][0];
        const double difference = std::abs(ours.weight[i] * factor - theirs[i]) / theirs[i];
        EXPECT_LE(difference, tolerance) << name << " row " << i + 1;
        worst = std::max(worst, difference);
    }
    std::cout << name << ": largest relative difference of a weight " << worst << '\n';
}

TEST(WeightIt, WeightsOnLalonde) {
    const Lalonde data = lalonde();
    const auto problem = [&](design::Estimand estimand) {
        return WeightingProblem{data.design, data.treated, data.used, estimand};
    };
    const auto inverse = [&](design::Estimand estimand) {
        return inverse_probability_weights(problem(estimand), data.fit).value();
    };
    // R's glm and WeightIt's optimisers stop before the last digits; entropy balancing and the balancing score have the
    // same solution, of which its optimiser for the former stops four digits short.
    compare(data, inverse(design::Estimand::att), "glm_ATT", 1e-6);
    compare(data, inverse(design::Estimand::ate), "glm_ATE", 1e-6);
    compare(data, inverse(design::Estimand::atc), "glm_ATC", 1e-6);
    compare(data, overlap_weights(problem(design::Estimand::ate), data.fit).value(), "glm_ATO", 1e-6);
    compare(data, entropy_balancing(problem(design::Estimand::att)).value(), "ebal_ATT", 2e-4);
    compare(data, covariate_balancing_weights(problem(design::Estimand::att)).value(), "cbps_ATT", 1e-6);
}

}  // namespace
}  // namespace twinfirm::matching
