// SPDX-License-Identifier: GPL-3.0-or-later
// Matching with replacement against R's Matching: effects and Abadie-Imbens standard errors, from the covariates or
// from the reference's score.
#include <cmath>

#include "run.h"
#include "twinfirm/effects/abadie_imbens.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::validation {

namespace {

struct Data {
    std::vector<std::uint8_t> treated;
    std::vector<double> outcome;
    std::vector<std::vector<double>> columns;

    [[nodiscard]] Eigen::MatrixXd covariates() const {
        Eigen::MatrixXd x(static_cast<Eigen::Index>(treated.size()), static_cast<Eigen::Index>(columns.size()));
        for (std::size_t k = 0; k < columns.size(); ++k) {
            x.col(static_cast<Eigen::Index>(k)) = Eigen::Map<const Eigen::VectorXd>(columns[k].data(), x.rows());
        }
        return x;
    }
};

Data read_data(const ReferenceFolder& folder, const std::string& name) {
    const bool lalonde = name == "lalonde";
    const ReferenceTable& table = folder.table(lalonde ? "data/lalonde_matchit.csv" : "data/firms_a.csv");
    Data data;
    data.treated = table.flags("treat");
    data.outcome = table.numbers(lalonde ? "re78" : "y2017");
    if (lalonde) {
        for (const char* column : {"age", "educ"}) data.columns.push_back(table.numbers(column));
        for (const char* level : {"black", "hispan"}) {
            data.columns.emplace_back();
            for (const std::string& race : table.texts("race")) data.columns.back().push_back(race == level ? 1 : 0);
        }
        for (const char* column : {"married", "nodegree", "re74", "re75"}) {
            data.columns.push_back(table.numbers(column));
        }
        return data;
    }
    for (const char* column : {"employees", "sales"}) {
        data.columns.push_back(table.numbers(column));
        for (double& value : data.columns.back()) value = std::log(value);
    }
    for (const char* column : {"firm_age", "rnd_ratio", "exporter"}) data.columns.push_back(table.numbers(column));
    return data;
}

/// Points by whole-sample variances (the package's Weight = 1) or by the whole-sample covariance (Weight = 2).
matching::CovariatePoints points_of(const Data& data, bool mahalanobis) {
    matching::CovariatePoints points;
    const std::size_t dimensions = data.columns.size();
    points.dimensions = dimensions;
    if (!mahalanobis) {
        std::vector<double> deviation;
        for (const auto& column : data.columns) deviation.push_back(stats::standard_deviation(column));
        for (std::size_t i = 0; i < data.treated.size(); ++i) {
            for (std::size_t k = 0; k < dimensions; ++k) {
                points.coordinate.push_back(data.columns[k][i] / deviation[k]);
            }
        }
        return points;
    }
    stats::Frame frame;
    std::string formula = "~ ";
    for (std::size_t k = 0; k < dimensions; ++k) {
        const std::string name = "x" + std::to_string(k);
        frame.add(stats::Column::numbers(name, data.columns[k]));
        formula += (k > 0 ? " + " : "") + name;
    }
    const auto design = value_of(stats::build_design_matrix(frame, value_of(stats::parse_formula(formula)).terms));
    return matching::covariate_points(design, data.treated.size(), data.treated, design::ScoreKind::mahalanobis,
                                      design::MetricCovariance::total);
}

/// Values of the covariates that have to be the same, as strata.
std::vector<std::int32_t> exact_strata(const Data& data, const nlohmann::json& args) {
    if (!args.contains("exact")) return {};
    std::vector<std::int32_t> stratum(data.treated.size(), 0);
    for (std::size_t k = 0; k < data.columns.size(); ++k) {
        if (!args.at("exact").at(k).get<bool>()) continue;
        for (std::size_t i = 0; i < stratum.size(); ++i) {
            if (data.columns[k][i] != 0 && data.columns[k][i] != 1) throw ReferenceError("exact");
            stratum[i] = 2 * stratum[i] + static_cast<std::int32_t>(data.columns[k][i]);
        }
    }
    return stratum;
}

effects::Estimate estimate(const Data& data, const std::vector<double>& score, const nlohmann::json& args) {
    const matching::CovariatePoints points =
        score.empty() ? points_of(data, args.value("Weight", 1) == 2) : matching::CovariatePoints{};
    const auto sets = [&](const effects::NeighborSearch& search) {
        return score.empty() ? effects::point_neighbors(points, search) : effects::score_neighbors(score, search);
    };
    std::vector<std::uint8_t> control(data.treated.size());
    for (std::size_t i = 0; i < control.size(); ++i) control[i] = data.treated[i] == 0;
    const std::vector<std::uint8_t> nobody(control.size(), 0);
    const bool everybody = args.value("estimand", "ATT") == "ATE";
    const effects::NeighborRule rule{args.at("M"), score.empty() ? 1e-12 : 0};
    const effects::NeighborRule own{3, 0};
    const std::vector<std::int32_t> stratum = exact_strata(data, args);
    effects::ReplacementMatching matching;
    matching.treated = data.treated;
    matching.matches = joined(sets({data.treated, control, stratum, rule}),
                              sets({everybody ? control : nobody, data.treated, stratum, rule}));
    const auto own_arm = joined(sets({data.treated, data.treated, {}, own}), sets({control, control, {}, own}));
    effects::AbadieImbensOptions options;
    const std::vector<double> local = effects::local_variances(own_arm, {}, data.outcome);
    options.local_variance = local;
    options.variance =
        args.value("Var.calc", 0) == 2 ? effects::AiVariance::robust : effects::AiVariance::homoscedastic;
    const Eigen::MatrixXd covariates = data.covariates();
    if (args.value("BiasAdjust", false)) options.covariates = &covariates;
    return value_of(effects::abadie_imbens(matching, data.outcome, options));
}

/// Why a case is not compared; empty = it is.
std::string reason_left_out(const std::string& title, const nlohmann::json& args) {
    const bool by_score = title.find("_ps_") != std::string::npos;
    if (args.value("sample", false)) return "validation_not_offered";
    if (by_score && !args.value("replace", true)) return "validation_random_ties";
    if (by_score && !title.ends_with("_strict")) return "validation_tie_tolerance";
    return {};
}

}  // namespace

void compare_matching_ai(Run& run) {
    if (!run.folder().has("matching_ai/cases.json")) return;
    for (const nlohmann::json& entry : run.folder().json("matching_ai/cases.json").value("cases", nlohmann::json())) {
        const std::string title = entry.value("case", "");
        const nlohmann::json args = entry.value("args", nlohmann::json::object());
        if (const std::string reason = reason_left_out(title, args); !reason.empty()) {
            run.leave_out("matching_ai", title, reason);
            continue;
        }
        run.compare("matching_ai", title, [&](CaseReport& report) {
            const std::string name = entry.at("dataset");
            const bool by_score = title.find("_ps_") != std::string::npos;
            std::vector<double> score;
            if (by_score) {
                score =
                    run.folder().table("matchit/" + name + "/" + name + "_nn_default.units.csv").numbers("distance");
            }
            const effects::Estimate ours = estimate(read_data(run.folder(), name), score, args);
            const double error = entry.at("se");
            report.near("effect", ours.estimate, entry.at("est"), error, 9);
            report.near("std_error", ours.std_error, error, error, 9);
        });
    }
}

}  // namespace twinfirm::validation
