// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "matchit_steps.h"
#include "run.h"
#include "twinfirm/balance/balance_table.h"
#include "twinfirm/evaluation/single_design.h"

namespace twinfirm::validation {

namespace {

/// Digits to which R's glm, which stops early, has fitted the score; for other links than logit it also converges
/// slowly. Coefficients have half a digit less there than scores.
double score_digits(design::ScoreKind score) {
    if (score == design::ScoreKind::probit) return 4;
    if (score == design::ScoreKind::cloglog) return 3;
    return 6;
}

constexpr double error_digits = 4;
const char* const glm_stop = "validation_glm_stop";

struct Section {
    stats::Frame frame;
    evaluation::CrossSection match;
};

Section matched(const MatchItFiles& files, const MatchItCase& item) {
    std::vector<std::string> columns = variables(files.formula);
    columns.push_back(files.json.at("outcome"));
    const design::MatchingSettings& settings = item.settings;
    columns.insert(columns.end(), settings.exact.begin(), settings.exact.end());
    columns.insert(columns.end(), settings.anti_exact.begin(), settings.anti_exact.end());
    for (const design::CovariateCaliper& caliper : settings.covariate_calipers) columns.push_back(caliper.column);
    Section section;
    section.frame = files.data.frame(columns);
    section.match =
        value_of(evaluation::fit_score(section.frame, files.treated, files.formula.terms, item.settings, 0));
    const Status status = evaluation::match_on_score(section.match, section.frame, files.treated, item.settings);
    if (!status) throw ReferenceError(status.error().code);
    return section;
}

void compare_model(CaseReport& report, const MatchItFiles& files, const stats::LogisticFit& fit, double digits) {
    const nlohmann::json& model = files.json.at("ps_model");
    const nlohmann::json& coefficients = model.at("coef");
    report.equal("score_terms", static_cast<double>(fit.terms.size()), static_cast<double>(coefficients.size()));
    for (std::size_t term = 0; term < fit.terms.size() && term < coefficients.size(); ++term) {
        const auto i = static_cast<Eigen::Index>(term);
        if (coefficients.at(term).is_null()) continue;
        const double coefficient = coefficients.at(term);
        const double error = model.at("se").at(term);
        const double coefficient_digits = digits < 6 ? digits - 0.5 : digits;
        report.near("score_coefficients", fit.coefficients[i], coefficient, at_least_one(coefficient),
                    coefficient_digits, glm_stop);
        report.near("score_std_errors", fit.standard_errors[i], error, error, std::min(digits, error_digits), glm_stop);
    }
    const double deviance = model.at("deviance");
    report.near("score_deviance", fit.deviance, deviance, deviance, 8);
}

/// Covariates after matching.
void compare_balance_after(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                           const evaluation::CrossSection& match, const ReferenceTable& expected) {
    const balance::MatchedUnits units{files.treated, match.sample.weight, match.sample.pairs,
                                      item.settings.estimand == design::Estimand::atc
                                          ? balance::SmdDenominator::control
                                          : balance::SmdDenominator::treated};
    const auto rows = balance::balance_table(balance::balance_columns(match.design), units);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::size_t row = expected.rows() / 2 + 1 + i;  // after `all`, and after the score's own row
        if (rows[i].covariate + rows[i].level != expected.texts("variable").at(row)) throw ReferenceError("balance");
        const balance::BalanceStatistics& after = rows[i].after;
        for (const auto& [ours, name] :
             {std::pair{after.smd, "Std_Mean_Diff"}, std::pair{after.variance_ratio, "Var_Ratio"},
              std::pair{after.ecdf_mean, "eCDF_Mean"}, std::pair{after.ecdf_max, "eCDF_Max"},
              std::pair{after.std_pair_distance, "Std_Pair_Dist"}}) {
            const double theirs = ReferenceTable::number(expected.texts(name)[row]);
            report.near("end_to_end_balance", ours, theirs, at_least_one(theirs), 8);
        }
    }
}

void compare_effect(CaseReport& report, const MatchItFiles& files, const MatchItCase& item, const Section& section) {
    const nlohmann::json& effects = files.json.at("effects");
    if (!effects.contains("dim")) return;
    const nlohmann::json& theirs = effects.at("dim");
    evaluation::EffectSettings settings;
    settings.missing = effects::MissingOutcome::unit;
    const auto ours = value_of(evaluation::cross_section_effects(section.frame, section.match, files.treated,
                                                                 {files.json.at("outcome")}, {}, settings));
    const effects::Estimate& effect = ours.front().effect;
    const double estimate = theirs.at("estimate");
    report.near("end_to_end_effect", effect.estimate, estimate, std::max(std::abs(effect.estimate), effect.std_error),
                9);
    // With replacement the reference clusters by pairs and units of the long form: std_error_two_way.
    if (item.settings.replace || !theirs.contains("se_cluster_subclass")) return;
    const double error = theirs.at("se_cluster_subclass");
    report.near("end_to_end_std_error", effect.std_error, error, error, 9);
}

}  // namespace

void compare_end_to_end(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                        const ReferenceTable& balance) {
    const Section section = matched(files, item);
    const matching::MatchedSample& sample = section.match.sample;
    const double digits = score_digits(item.settings.score);
    compare_model(report, files, section.match.fit, digits);
    compare_lists(report, "end_to_end_scores", section.match.score, files.score, digits, glm_stop);
    compare_lists(report, "end_to_end_distances", sorted_distances(sample.pairs), sorted_distances(files.pairs), digits,
                  glm_stop);
    if (item.settings.caliper && files.json.at("caliper").is_number()) {
        const double caliper = files.json.at("caliper");
        report.near("end_to_end_caliper", sample.caliper_raw, caliper, caliper, digits, glm_stop);
    }
    const bool same =
        sample.pairs.size() == files.pairs.size() && shared_pairs(sample.pairs, files.pairs) == files.pairs.size();
    if (item.set != "lalonde" && item.set != "birthwt") {
        report.equal("end_to_end_pairs_the_same", same ? 1 : 0, 1);
        compare_effect(report, files, item, section);
    }
    if (!same) return;
    compare_lists(report, "end_to_end_weights", sample.weight, files.weight, 12);
    compare_balance_after(report, files, item, section.match, balance);
}

void compare_refit(CaseReport& report, const MatchItFiles& files, const MatchItCase& item) {
    const Section section = matched(files, item);
    const auto discarded = files.units.numbers("discarded");
    std::vector<double> ours;
    std::vector<double> theirs;
    for (std::size_t i = 0; i < files.treated.size(); ++i) {
        const bool outside = section.match.sample.reason[i] == matching::Reason::outside_support;
        report.equal("discarded", outside ? 1 : 0, discarded[i]);
        if (outside) continue;
        ours.push_back(section.match.score[i]);
        theirs.push_back(files.score[i]);
    }
    compare_lists(report, "end_to_end_scores", ours, theirs, 6, glm_stop);
    for (const int arm : {0, 1}) {
        const auto matched_units = [&](const std::vector<double>& weight) {
            double count = 0;
            for (std::size_t i = 0; i < weight.size(); ++i) count += files.treated[i] == arm && weight[i] > 0 ? 1 : 0;
            return count;
        };
        report.equal("matched_units", matched_units(section.match.sample.weight), matched_units(files.weight));
    }
}

}  // namespace twinfirm::validation
