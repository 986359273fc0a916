// SPDX-License-Identifier: GPL-3.0-or-later
// Rosenbaum bounds, E-values and omitted variable bias against R's rbounds, sensitivitymv, EValue and sensemakr.
#include <cmath>
#include <limits>

#include "matchit_data.h"
#include "run.h"
#include "twinfirm/effects/e_value.h"
#include "twinfirm/effects/omitted_variable_bias.h"
#include "twinfirm/effects/rosenbaum_bounds.h"

namespace twinfirm::validation {

namespace {

using nlohmann::json;

/// Outcomes of each matched pair, the adopter's first.
effects::MatchedSetValues pairs_of(const ReferenceFolder& folder, const std::string& name) {
    const bool lalonde = name.starts_with("lalonde");
    const std::string set = lalonde ? "lalonde" : "firms_a";
    const auto outcome = folder.table(data_file(set)).numbers(lalonde ? "re78" : "y2017");
    const ReferenceTable& pairs = folder.table("matchit/" + set + "/" + name + ".pairs.csv");
    const auto focal = pairs.numbers("focal_row");
    const auto match = pairs.numbers("match_row");
    effects::MatchedSetValues sets;
    for (std::size_t i = 0; i < focal.size(); ++i) {
        if (std::isnan(match[i])) continue;
        sets.values.push_back(outcome.at(static_cast<std::size_t>(focal[i]) - 1));
        sets.values.push_back(outcome.at(static_cast<std::size_t>(match[i]) - 1));
        sets.begin.push_back(sets.values.size());
    }
    return sets;
}

void compare_relative(CaseReport& report, const char* quantity, double ours, double theirs, double digits) {
    report.near(quantity, ours, theirs, size_of(theirs), digits);
}

/// The reference searches on a grid of 0.1 and prints five digits. Without a bias (Gamma 1) it takes R's wilcox.test,
/// which leaves zero differences out of the estimate, though they count once the values are shifted: there the others
/// are compared.
void compare_estimates(CaseReport& report, const std::vector<double>& differences, const json& item) {
    std::vector<double> others;
    double sizes = 0;
    for (const double difference : differences) {
        if (difference != 0) others.push_back(difference);
        sizes += std::abs(difference);
    }
    const double scale = 0.1 + 2e-4 * sizes / static_cast<double>(differences.size());
    const char* const at_one =
        others.size() < differences.size() ? "validation_zero_differences" : "validation_grid_search";
    const std::vector<double> gammas = item.at("hl_gamma");
    const auto ours = value_of(effects::signed_rank_bounds(differences, gammas));
    const auto ours_of_others = value_of(effects::signed_rank_bounds(others, gammas));
    report.near("hodges_lehmann", ours_of_others.hodges_lehmann, item.at("hodges_lehmann"), scale, 0, at_one);
    for (std::size_t i = 0; i < gammas.size(); ++i) {
        const bool no_bias = gammas[i] == 1;
        const effects::SignedRankBound& bound = no_bias ? ours_of_others.bounds[i] : ours.bounds[i];
        const char* const quantity = no_bias ? "hodges_lehmann_without_bias" : "hodges_lehmann_bounds";
        const char* const exception = no_bias ? at_one : "validation_grid_search";
        report.near(quantity, bound.estimate_low, item.at("hl_lower").at(i), scale, 0, exception);
        report.near(quantity, bound.estimate_high, item.at("hl_upper").at(i), scale, 0, exception);
    }
}

void compare_rosenbaum(CaseReport& report, const ReferenceFolder& folder, const json& item) {
    const effects::MatchedSetValues sets = pairs_of(folder, item.at("case"));
    std::vector<double> differences;
    for (std::size_t i = 0; i < sets.values.size(); i += 2) {
        differences.push_back(sets.values[i] - sets.values[i + 1]);
    }
    const std::vector<double> gammas = item.at("psens_gamma");
    const auto ours = value_of(effects::signed_rank_bounds(differences, gammas));
    report.equal("pairs", static_cast<double>(ours.pairs), item.at("n_pairs"));
    report.equal("zero_differences", static_cast<double>(ours.zero_differences), item.at("n_zero_diff"));
    compare_relative(report, "mean_difference", ours.mean_difference, item.at("mean_diff"), 12);
    report.equal("signed_rank_statistic", ours.statistic, item.at("wilcoxon_T"));
    for (std::size_t i = 0; i < gammas.size(); ++i) {
        compare_relative(report, "signed_rank_p_high", ours.bounds[i].p_high, item.at("upper_unrounded").at(i), 8);
        compare_relative(report, "signed_rank_p_low", ours.bounds[i].p_low, item.at("lower_unrounded").at(i), 8);
    }
    compare_estimates(report, differences, item);
    const std::vector<double> senmv = item.at("senmv_gamma");
    const auto huber = value_of(effects::m_statistic_bounds(sets, senmv, {0, 2.5, 0.5}));
    const auto mean =
        value_of(effects::m_statistic_bounds(sets, senmv, {0, std::numeric_limits<double>::infinity(), 0.5}));
    for (std::size_t i = 0; i < senmv.size(); ++i) {
        compare_relative(report, "m_statistic_p", huber.bounds[i].p_high, item.at("senmv_huber_pval").at(i), 8);
        compare_relative(report, "mean_statistic_p", mean.bounds[i].p_high, item.at("senmv_t_pval").at(i), 8);
    }
}

void compare_mcnemar(CaseReport& report, const json& item) {
    const std::vector<double> gammas = item.at("gamma");
    const auto ours = value_of(effects::mcnemar_bounds(item.at("x"), item.at("y"), gammas));
    for (std::size_t i = 0; i < gammas.size(); ++i) {
        compare_relative(report, "mcnemar_p_high", ours.bounds[i].p_high, item.at("upper_unrounded").at(i), 9);
    }
}

void compare_ratio_e_value(CaseReport& report, const json& item) {
    const auto ours = value_of(effects::e_value_of_risk_ratio(item.at("rr"), item.at("lo"), item.at("hi")));
    compare_relative(report, "e_value", ours.estimate, item.at("evalue"), 12);
    compare_relative(report, "e_value_interval", ours.interval, item.at("evalue_ci"), 12);
}

void compare_mean_e_value(CaseReport& report, const json& item) {
    const auto ours = value_of(effects::e_value_of_mean_difference(item.at("est"), item.at("se"), item.at("sd")));
    compare_relative(report, "risk_ratio", ours.risk_ratio, item.at("rr"), 12);
    compare_relative(report, "risk_ratio_bounds", ours.low, item.at("lo"), 12);
    compare_relative(report, "risk_ratio_bounds", ours.high, item.at("hi"), 12);
    compare_relative(report, "e_value", ours.estimate, item.at("evalue"), 12);
    compare_relative(report, "e_value_interval", ours.interval, item.at("evalue_ci"), 12);
}

void compare_sensemakr(CaseReport& report, const ReferenceFolder& folder, const json& theirs) {
    const ReferenceTable& data = folder.table("data/lalonde_matchit.csv");
    const stats::Formula formula =
        value_of(stats::parse_formula("~ age + educ + race + married + nodegree + re74 + re75"));
    const auto ours = value_of(effects::omitted_variable_bias(design_of(data, formula), data.numbers("treat"),
                                                              data.numbers("re78"), {}, {{"re74"}, {1, 2, 3}, 0.95}));
    compare_relative(report, "effect", ours.estimate, theirs.at("estimate"), 9);
    compare_relative(report, "std_error", ours.std_error, theirs.at("se"), 9);
    compare_relative(report, "partial_r2", ours.partial_r2, theirs.at("r2yd_x"), 9);
    compare_relative(report, "robustness_value", ours.robustness_value, theirs.at("rv_q"), 9);
    compare_relative(report, "robustness_value_alpha", ours.robustness_value_alpha, theirs.at("rv_qa"), 7);
    report.equal("df", static_cast<double>(ours.df), theirs.at("dof"));
    report.equal("benchmarks", static_cast<double>(ours.bounds.size()),
                 static_cast<double>(theirs.at("bounds").size()));
    for (std::size_t i = 0; i < ours.bounds.size(); ++i) {
        const json& bound = theirs.at("bounds").at(i);
        compare_relative(report, "benchmark_r2", ours.bounds[i].r2_treatment, bound.at("r2dz.x"), 9);
        compare_relative(report, "benchmark_r2", ours.bounds[i].r2_outcome, bound.at("r2yz.dx"), 9);
        compare_relative(report, "benchmark_effect", ours.bounds[i].estimate, bound.at("adjusted_estimate"), 9);
        compare_relative(report, "benchmark_std_error", ours.bounds[i].std_error, bound.at("adjusted_se"), 9);
        compare_relative(report, "benchmark_t", ours.bounds[i].t, bound.at("adjusted_t"), 9);
        compare_relative(report, "benchmark_interval", ours.bounds[i].ci_low, bound.at("adjusted_lower_CI"), 8);
        compare_relative(report, "benchmark_interval", ours.bounds[i].ci_high, bound.at("adjusted_upper_CI"), 8);
    }
}

}  // namespace

void compare_sensitivity(Run& run) {
    if (!run.folder().has("sens/sensitivity.json")) return;
    json all;
    run.compare("sens", "sensitivity.json", [&](CaseReport& report) {
        all = run.folder().json("sens/sensitivity.json");
        report.equal("readable", all.is_object() ? 1 : 0, 1);
    });
    if (!all.is_object()) return;
    const auto each = [&](const char* key, const std::function<void(CaseReport&, const json&)>& body) {
        std::size_t number = 0;
        for (const json& item : all.value(key, json::array())) {
            const std::string name = std::string(key) + "_" + item.value("case", std::to_string(++number));
            run.compare("sens", name, [&](CaseReport& report) { body(report, item); });
        }
    };
    each("rosenbaum", [&](CaseReport& report, const json& item) { compare_rosenbaum(report, run.folder(), item); });
    each("binary", compare_mcnemar);
    each("evalue_rr", compare_ratio_e_value);
    each("evalue_ols", compare_mean_e_value);
    if (!all.contains("sensemakr")) return;
    for (const auto& [name, theirs] : all.at("sensemakr").items()) {
        run.compare("sens", "sensemakr_" + name, [&, title = name, entry = theirs](CaseReport& report) {
            if (title != "lalonde") throw ReferenceError(title);
            compare_sensemakr(report, run.folder(), entry);
        });
    }
}

}  // namespace twinfirm::validation
