// SPDX-License-Identifier: GPL-3.0-or-later
// Matching with replacement against R's Matching: effects and Abadie-Imbens standard errors, end to end from the
// covariates or from the fitted score.
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "effects/reference_case.h"
#include "twinfirm/effects/abadie_imbens.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

using reference::CsvTable;
const std::filesystem::path root = std::filesystem::path(TWINFIRM_REFERENCE_DIR) / "reference";

struct Data {
    std::vector<std::uint8_t> treated;
    std::vector<double> outcome;
    std::vector<double> score;
    Eigen::MatrixXd covariates;
};

Data read_data(const std::string& name) {
    const bool lalonde = name == "lalonde";
    const CsvTable table(root / "data" / (lalonde ? "lalonde_matchit.csv" : "firms_a.csv"));
    Data data;
    for (const double flag : table.numbers("treat")) data.treated.push_back(flag == 1);
    data.outcome = table.numbers(lalonde ? "re78" : "y2017");
    std::vector<std::vector<double>> columns;
    const auto add = [&](std::vector<double> values) { columns.push_back(std::move(values)); };
    const auto logarithm = [&](const std::string& column) {
        std::vector<double> values = table.numbers(column);
        for (double& value : values) value = std::log(value);
        return values;
    };
    if (lalonde) {
        add(table.numbers("age"));
        add(table.numbers("educ"));
        for (const std::string level : {"black", "hispan"}) {
            columns.emplace_back();
            for (const std::string& race : table.texts("race")) columns.back().push_back(race == level ? 1 : 0);
        }
        for (const std::string column : {"married", "nodegree", "re74", "re75"}) add(table.numbers(column));
    } else {
        add(logarithm("employees"));
        add(logarithm("sales"));
        for (const std::string column : {"firm_age", "rnd_ratio", "exporter"}) add(table.numbers(column));
    }
    data.covariates.resize(static_cast<Eigen::Index>(data.treated.size()), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t k = 0; k < columns.size(); ++k) {
        for (std::size_t i = 0; i < data.treated.size(); ++i)
            data.covariates(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(k)) = columns[k][i];
    }
    return data;
}

/// Points by whole-sample variances (Matching's Weight = 1) or covariance (Weight = 2).
matching::CovariatePoints points_of(const Data& data, bool mahalanobis) {
    matching::CovariatePoints points;
    const auto p = static_cast<std::size_t>(data.covariates.cols());
    points.dimensions = p;
    if (mahalanobis) {
        stats::DesignMatrix design;
        design.x.resize(data.covariates.rows(), data.covariates.cols() + 1);
        design.x.col(0).setOnes();
        design.x.rightCols(data.covariates.cols()) = data.covariates;
        design.terms.resize(p + 1);
        design.columns.resize(p + 1);
        for (std::size_t k = 0; k <= p; ++k) design.columns[k].term = design.terms[k] = "x" + std::to_string(k);
        for (std::size_t i = 0; i < data.treated.size(); ++i) design.rows.push_back(i);
        return matching::covariate_points(design, data.treated.size(), data.treated, design::ScoreKind::mahalanobis,
                                          design::MetricCovariance::total);
    }
    std::vector<double> deviation;
    for (Eigen::Index k = 0; k < data.covariates.cols(); ++k) {
        const Eigen::VectorXd column = data.covariates.col(k);
        deviation.push_back(stats::standard_deviation({column.data(), static_cast<std::size_t>(column.size())}));
    }
    for (Eigen::Index i = 0; i < data.covariates.rows(); ++i) {
        for (std::size_t k = 0; k < p; ++k)
            points.coordinate.push_back(data.covariates(i, static_cast<Eigen::Index>(k)) / deviation[k]);
    }
    return points;
}

struct MatchingCase {
    std::size_t matches = 1;
    bool by_score = false;
    bool mahalanobis = false;
    bool bias = false;
    bool everybody = false;
    bool robust = false;
};

NeighborSets sets_of(const Data& data, const matching::CovariatePoints& points, bool by_score,
                     const NeighborSearch& search) {
    return by_score ? score_neighbors(data.score, search) : point_neighbors(points, search);
}

Estimate estimate(const Data& data, const MatchingCase& setup) {
    const matching::CovariatePoints points =
        setup.by_score ? matching::CovariatePoints{} : points_of(data, setup.mahalanobis);
    std::vector<std::uint8_t> control(data.treated.size());
    for (std::size_t i = 0; i < control.size(); ++i) control[i] = data.treated[i] == 0;
    const std::vector<std::uint8_t> nobody(control.size(), 0);
    const NeighborRule rule{setup.matches, setup.by_score ? 0 : 1e-12};
    const NeighborRule own{3, 0};
    const auto sets = [&](const NeighborSearch& search) { return sets_of(data, points, setup.by_score, search); };
    ReplacementMatching matching;
    matching.treated = data.treated;
    matching.matches = joined(sets({data.treated, control, {}, rule}),
                              sets({setup.everybody ? control : nobody, data.treated, {}, rule}));
    const NeighborSets own_arm = joined(sets({data.treated, data.treated, {}, own}), sets({control, control, {}, own}));
    AbadieImbensOptions options;
    const std::vector<double> local = local_variances(own_arm, {}, data.outcome);
    options.local_variance = local;
    options.variance = setup.robust ? AiVariance::robust : AiVariance::homoscedastic;
    if (setup.bias) options.covariates = &data.covariates;
    return abadie_imbens(matching, data.outcome, options).value();
}

TEST(MatchingReference, EffectsAndErrorsOfEveryCaseWithExactTies) {
    const nlohmann::json cases = reference::read_json(root / "matching_ai" / "cases.json").at("cases");
    int compared = 0;
    double worst_estimate = 0;
    double worst_error = 0;
    for (const std::string name : {"lalonde", "firms_a"}) {
        Data data = read_data(name);

        const CsvTable units(root / "matchit" / name / (name + "_nn_default.units.csv"));
        data.score = units.numbers("distance");
        for (const nlohmann::json& entry : cases) {
            const std::string title = entry.at("case");
            if (entry.at("dataset") != name) continue;
            const bool strict = title.ends_with("_strict");
            const bool by_score = title.find("_ps_") != std::string::npos;
            if (by_score && !strict) continue;  // ties within 1e-5, or without replacement
            if (title.ends_with("_exact") || title.find("_sate_") != std::string::npos) continue;  // other estimands
            const nlohmann::json& args = entry.at("args");
            MatchingCase setup;
            setup.matches = args.at("M");
            setup.by_score = by_score;
            setup.mahalanobis = args.value("Weight", 1) == 2;
            setup.bias = args.value("BiasAdjust", false);
            setup.everybody = args.value("estimand", "ATT") == "ATE";
            setup.robust = args.value("Var.calc", 0) == 2;
            const Estimate ours = estimate(data, setup);
            const double se = entry.at("se");
            const double difference = std::abs(ours.estimate - entry.at("est").get<double>()) / se;
            const double error = std::abs(ours.std_error - se) / se;
            EXPECT_LE(difference, 1e-9) << title << ": " << ours.estimate << " against " << entry.at("est");
            EXPECT_LE(error, 1e-9) << title << ": " << ours.std_error << " against " << se;
            worst_estimate = std::max(worst_estimate, difference);
            worst_error = std::max(worst_error, error);
            ++compared;
        }
    }
    std::cout << compared << " cases; largest difference of an estimate " << worst_estimate
              << " standard errors, of a standard error " << worst_error << " of itself\n";
    EXPECT_EQ(compared, 32);
}

}  // namespace
}  // namespace twinfirm::effects
