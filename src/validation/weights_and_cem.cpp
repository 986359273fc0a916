// SPDX-License-Identifier: GPL-3.0-or-later
// The folder balance: tables of R's cobalt, weights and effects of WeightIt, and the package cem.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "matched_outcomes.h"
#include "matchit_data.h"
#include "run.h"
#include "twinfirm/balance/balance_table.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/matching/coarsening.h"
#include "twinfirm/matching/weighting.h"
#include "twinfirm/stats/least_squares.h"

namespace twinfirm::validation {

namespace {

const char* const lalonde_file = "data/lalonde_matchit.csv";
const char* const lalonde_formula = "treat ~ age + educ + race + married + nodegree + re74 + re75";

/// Weighted means, standardised differences, variance ratios and Kolmogorov-Smirnov distances.
void compare_cobalt(CaseReport& report, const ReferenceFolder& folder, const std::string& name) {
    const ReferenceTable& expected = folder.table("balance/cobalt_lalonde_" + name + ".csv");
    const MatchItCase item{"lalonde", name, matchit_defaults()};
    const MatchItFiles files(folder, item);
    std::vector<balance::BalanceColumn> columns = balance::balance_columns(design_of(files.data, files.formula));
    columns.insert(columns.begin(), balance::BalanceColumn{"distance", "", files.score, true});
    const auto rows = balance::balance_table(columns, {files.treated, files.weight, {}});
    const auto& names = expected.texts("variable");
    for (const balance::BalanceRow& row : rows) {
        const std::string label = row.covariate + (row.level.empty() ? "" : "_" + row.level);
        const auto found = std::find(names.begin(), names.end(), label);
        if (found == names.end()) throw ReferenceError("balance of " + label);
        const auto i = static_cast<std::size_t>(found - names.begin());
        const auto compare = [&](const char* quantity, double ours, const char* column) {
            const double theirs = ReferenceTable::number(expected.texts(column)[i]);
            report.near(quantity, ours, theirs, at_least_one(theirs), 8);
        };
        compare("balance_means", row.before.mean_treated, "M.1.Un");
        compare("balance_smd", row.before.smd, "Diff.Un");
        compare("balance_variance_ratio", row.before.variance_ratio, "V.Ratio.Un");
        compare("balance_ecdf", row.before.ecdf_max, "KS.Un");
        compare("balance_means", row.after.mean_treated, "M.1.Adj");
        compare("balance_means", row.after.mean_control, "M.0.Adj");
        compare("balance_smd", row.after.smd, "Diff.Adj");
        compare("balance_variance_ratio", row.after.variance_ratio, "V.Ratio.Adj");
        compare("balance_ecdf", row.after.ecdf_max, "KS.Adj");
    }
    report.equal("balance_rows", static_cast<double>(rows.size()), 10);
}

/// The weights of one method on Lalonde's data.
matching::BalancingWeights our_weights(const ReferenceFolder& folder, const std::string& name) {
    const ReferenceTable& table = folder.table(lalonde_file);
    const stats::DesignMatrix design = design_of(table, value_of(stats::parse_formula(lalonde_formula)));
    const std::vector<std::uint8_t> treated = table.flags("treat");
    const std::vector<std::uint8_t> used(treated.size(), 1);
    const auto problem = [&](design::Estimand estimand) {
        return matching::WeightingProblem{design, treated, used, estimand};
    };
    if (name == "lalonde_ebal_ATT") return value_of(matching::entropy_balancing(problem(design::Estimand::att)));
    if (name == "lalonde_cbps_ATT") {
        return value_of(matching::covariate_balancing_weights(problem(design::Estimand::att)));
    }
    const auto fit = value_of(stats::fit_binary(design, treated));
    if (name == "lalonde_glm_ATO") return value_of(matching::overlap_weights(problem(design::Estimand::ate), fit));
    const std::map<std::string, design::Estimand> estimands{{"lalonde_glm_ATT", design::Estimand::att},
                                                            {"lalonde_glm_ATE", design::Estimand::ate},
                                                            {"lalonde_glm_ATC", design::Estimand::atc}};
    const auto found = estimands.find(name);
    if (found == estimands.end()) throw ReferenceError(name);
    return value_of(matching::inverse_probability_weights(problem(found->second), fit));
}

/// Weights up to one factor for each arm (some peers scale to the arm's number, some to the target's); differences and
/// errors from the reference's own weights.
void compare_weightit(CaseReport& report, const ReferenceFolder& folder, const nlohmann::json& entry) {
    const ReferenceTable& table = folder.table("balance/weightit_" + report.name() + ".csv");
    const std::vector<double> theirs = table.numbers("weight");
    const std::vector<std::uint8_t> treated = table.flags("treat");
    const matching::BalancingWeights ours = our_weights(folder, report.name());
    std::array<std::array<double, 2>, 2> sums{};
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        sums[treated[i]][0] += ours.weight[i];
        sums[treated[i]][1] += theirs[i];
    }
    // R's glm and WeightIt's optimisers stop before the last digits; entropy balancing and the balancing score have the
    // same solution, of which its optimiser for the former stops four digits short.
    const double digits = report.name() == "lalonde_ebal_ATT" ? -std::log10(2e-4) : 6;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const double factor = sums[treated[i]][1] / sums[treated[i]][0];
        report.near("weights", ours.weight[i] * factor, theirs[i], theirs[i], digits, "validation_optimiser_stop");
    }
    effects::MatchedOutcomes outcomes = unmatched_outcomes(treated, folder.table(lalonde_file).numbers("re78"));
    outcomes.weight = theirs;
    const auto compare = [&](const char* quantity, double value, const char* key) {
        compare_entry(report, quantity, value, entry, key, std::abs(entry.at(key).get<double>()));
    };
    const auto effect = [&](effects::SeKind kind) { return reference_difference(outcomes, kind); };
    compare("effect", effect(effects::SeKind::hc0).estimate, "estimate");
    compare("std_error_hc0", effect(effects::SeKind::hc0).std_error, "se_hc0");
    compare("std_error_hc1", effect(effects::SeKind::hc1).std_error, "se_hc1");
    compare("std_error_hc3", effect(effects::SeKind::hc3).std_error, "se_hc3");
    compare("ess_control", effect(effects::SeKind::hc3).ess_control, "ess_c");
}

/// The bins of the package cem: as many equally wide ones as Sturges' rule has cutpoints, less one, closed above. Ours
/// are closed below, so each cutpoint is moved to the next number.
std::vector<design::Coarsening> cem_bins(const ReferenceTable& data) {
    constexpr int cutpoints = 11;  // ceiling(log2(614) + 1)
    std::vector<design::Coarsening> rules;
    for (const char* name : {"age", "educ", "married", "nodegree", "re74", "re75"}) {
        const std::vector<double> values = data.numbers(name);
        const auto [least, largest] = std::minmax_element(values.begin(), values.end());
        const double width = (*largest - *least) / (cutpoints - 1);
        design::Coarsening rule{name, design::Coarsening::Rule::cutpoints, 0, {}};
        for (int i = 1; i + 1 < cutpoints; ++i) {
            rule.points.push_back(std::nextafter(*least + i * width, std::numeric_limits<double>::infinity()));
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

void compare_cem(CaseReport& report, const ReferenceFolder& folder) {
    const nlohmann::json theirs = folder.json("balance/cem_lalonde.json").at("default");
    const ReferenceTable& data = folder.table(lalonde_file);
    const std::vector<std::uint8_t> treated = data.flags("treat");
    const stats::Formula formula = value_of(stats::parse_formula(lalonde_formula));
    const stats::Frame frame = data.frame(variables(formula));
    design::MatchingSettings settings = matchit_defaults();
    settings.method = design::MatchMethod::cem;
    settings.coarsenings = cem_bins(data);
    auto section = value_of(evaluation::fit_score(frame, treated, formula.terms, settings, 0));
    const Status status = evaluation::match_on_score(section, frame, treated, settings);
    if (!status) throw ReferenceError(status.error().code);
    const matching::MatchedSample& sample = section.sample;

    std::vector<std::vector<std::int32_t>> bins{strata(data, {"race"})};
    for (const design::Coarsening& rule : settings.coarsenings) {
        bins.push_back(value_of(matching::coarsen(data.numbers(rule.column), {}, rule)));
    }
    std::set<std::vector<std::int32_t>> cells;
    std::set<std::int32_t> matched_cells;
    std::array<double, 2> units{};
    std::vector<double> weight;
    std::vector<double> value;
    Eigen::MatrixXd x(static_cast<Eigen::Index>(data.rows()), 2);
    const std::vector<double> outcome = data.numbers("re78");
    for (std::size_t i = 0; i < data.rows(); ++i) {
        std::vector<std::int32_t> cell;
        for (const auto& bin : bins) cell.push_back(bin[i]);
        cells.insert(cell);
        if (!(sample.weight[i] > 0)) continue;
        matched_cells.insert(sample.subclass[i]);
        units[treated[i]] += 1;
        x.row(static_cast<Eigen::Index>(value.size())) << 1, treated[i];
        weight.push_back(sample.weight[i]);
        value.push_back(outcome[i]);
    }
    report.equal("cells", static_cast<double>(cells.size()), theirs.at("n_strata"));
    report.equal("matched_cells", static_cast<double>(matched_cells.size()), theirs.at("n_matched_strata"));
    report.equal("matched_controls", units[0], theirs.at("n_matched").at("control"));
    report.equal("matched_adopters", units[1], theirs.at("n_matched").at("treated"));
    const auto fit = value_of(stats::fit_least_squares(x.topRows(static_cast<Eigen::Index>(value.size())),
                                                       {"(Intercept)", "treat"}, value, weight));
    const double error = theirs.at("att_se");
    report.near("effect", fit.coefficients[1], theirs.at("att_est"), error, 9);
    report.near("std_error_model", fit.standard_errors[1], error, error, 9);
}

}  // namespace

void compare_balance_family(Run& run) {
    for (const char* name : {"full", "nn_caliper02", "nn_default", "subclass5"}) {
        if (!run.folder().has("balance/cobalt_lalonde_" + std::string(name) + ".csv")) continue;
        run.compare("balance", "cobalt_lalonde_" + std::string(name),
                    [&](CaseReport& report) { compare_cobalt(report, run.folder(), name); });
    }
    if (run.folder().has("balance/weightit.json")) {
        for (const nlohmann::json& entry :
             run.folder().json("balance/weightit.json").value("cases", nlohmann::json())) {
            run.compare("balance", entry.value("case", ""),
                        [&](CaseReport& report) { compare_weightit(report, run.folder(), entry); });
        }
    }
    if (run.folder().has("balance/cem_lalonde.json")) {
        run.compare("balance", "cem_lalonde_default", [&](CaseReport& report) { compare_cem(report, run.folder()); });
        run.leave_out("balance", "cem_lalonde_cut", "validation_unknown_cutpoints");
        run.leave_out("balance", "cem_lalonde_imbalance_L1", "validation_not_offered");
    }
}

}  // namespace twinfirm::validation
