// SPDX-License-Identifier: GPL-3.0-or-later
// Binary regressions: certified in 50-digit arithmetic, and against R's glm and brglm2.
#include <cmath>

#include "run.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::validation {

namespace {

stats::DesignMatrix design_of(const stats::Frame& frame, const std::string& formula) {
    auto design = value_of(stats::build_design_matrix(frame, value_of(stats::parse_formula(formula)).terms));
    if (!design.incomplete.empty()) throw ReferenceError("missing covariates");
    return design;
}

void compare_certified(CaseReport& report, const ReferenceFolder& folder) {
    const ReferenceTable& data = folder.table("logit_certified/" + report.name() + ".csv");
    std::string formula = "y ~ ";
    for (std::size_t i = 1; i < data.names().size(); ++i) formula += (i > 1 ? " + " : "") + data.names()[i];
    const auto fit = value_of(stats::fit_logistic(design_of(data.frame(), formula), data.flags("y")));
    const ReferenceTable& certified = folder.table("logit_certified/logit_certified.csv");
    const auto estimates = certified.numbers("estimate");
    const auto errors = certified.numbers("std_error");
    const auto likelihoods = certified.numbers("loglik");
    std::size_t term = 0;
    for (std::size_t row = 0; row < certified.rows(); ++row) {
        if (certified.texts("dataset")[row] != report.name()) continue;
        if (certified.texts("parameter")[row] != fit.terms.at(term)) throw ReferenceError("parameters");
        const auto i = static_cast<Eigen::Index>(term++);
        report.near("coefficients", fit.coefficients[i], estimates[row], size_of(estimates[row]), 10);
        report.near("std_errors", fit.standard_errors[i], errors[row], size_of(errors[row]), 9);
        report.near("log_likelihood", fit.log_likelihood, likelihoods[row], size_of(likelihoods[row]), 12);
    }
    report.equal("terms", static_cast<double>(term), static_cast<double>(fit.terms.size()));
    const ReferenceTable& fitted = folder.table("logit_certified/logit_certified_fitted.csv");
    const auto probabilities = fitted.numbers("fitted_probability");
    const auto places = fitted.numbers("row_or_stat");
    for (std::size_t row = 0; row < fitted.rows(); ++row) {
        if (fitted.texts("dataset")[row] != report.name() || std::isnan(places[row])) continue;
        const double probability = fit.probability[static_cast<Eigen::Index>(places[row]) - 1];
        report.near("fitted", probability, probabilities[row], 1, 13);
    }
}

struct LogitCase {
    const char* name;
    const char* file;
    const char* response;
    const char* covariates;
    double digits = 8;  ///< of coefficients and linear predictors; fitted values have one more
    double error_digits = 7;
    const char* exception = "";
    stats::Link link = stats::Link::logit;
    bool firth = false;
};

const char* const lalonde_covariates = "age + educ + race + married + nodegree + re74 + re75";
const char* const firm_covariates =
    "size + industry + region + log(employees) + log(sales) + firm_age + rnd_ratio + exporter + debt_ratio + "
    "log(defect_rate)";

std::vector<LogitCase> logit_cases() {
    using stats::Link;
    const char* const lalonde = "lalonde_matchit.csv";
    return {{"birthwt_logit", "birthwt.csv", "low", "age + lwt + factor(race) + smoke + ptl + ht + ui + ftv"},
            {"endometrial_firth", "endometrial.csv", "HG", "NV + PI + EH", 8, 7, "", Link::logit, true},
            {"firms_a_firth", "firms_a.csv", "treat", firm_covariates, 8, 7, "", Link::logit, true},
            {"firms_a_logit", "firms_a.csv", "treat", firm_covariates},
            // Fisher scoring converges linearly for these two links and stops short of the maximum; ours goes on.
            {"lalonde_cloglog", lalonde, "treat", lalonde_covariates, 6, 6, "validation_glm_stop", Link::cloglog},
            {"lalonde_firth", lalonde, "treat", lalonde_covariates, 8, 7, "", Link::logit, true},
            {"lalonde_logit", lalonde, "treat", lalonde_covariates},
            {"lalonde_logit_collinear", lalonde, "treat", "age + age_dup + educ + race", 8, 5, "validation_glm_stop"},
            {"lalonde_logit_poly", lalonde, "treat", "age + I(age^2) + educ * race + `log1p(re74)`"},
            {"lalonde_logit_weights", lalonde, "treat", lalonde_covariates},
            {"lalonde_probit", lalonde, "treat", lalonde_covariates, 7, 6, "validation_glm_stop", Link::probit}};
}

/// The columns of the file and those that the cases derive from them.
stats::Frame frame_of(const ReferenceTable& data) {
    stats::Frame frame = data.frame();
    if (data.has("re74")) {
        std::vector<double> twice;
        std::vector<double> logarithm;
        for (const double age : data.numbers("age")) twice.push_back(2 * age);
        for (const double earnings : data.numbers("re74")) logarithm.push_back(std::log1p(earnings));
        frame.add(stats::Column::numbers("age_dup", twice));
        frame.add(stats::Column::numbers("log1p(re74)", logarithm));
    }
    return frame;
}

void compare_case(CaseReport& report, const ReferenceFolder& folder, const LogitCase& item) {
    const std::string stem = std::string("logit/") + item.name;
    const nlohmann::json reference = folder.json(stem + ".json");
    const ReferenceTable& data = folder.table(std::string("data/") + item.file);
    const stats::DesignMatrix design = design_of(frame_of(data), std::string("~ ") + item.covariates);
    std::vector<double> weights;
    if (report.name() == "lalonde_logit_weights") {
        for (std::size_t row = 1; row <= data.rows(); ++row) weights.push_back(1.0 + static_cast<double>(row % 3));
    }
    stats::BinaryOptions options;
    options.link = item.link;
    options.firth = item.firth;
    const auto fit = value_of(stats::fit_binary(design, data.flags(item.response), weights, options));
    const nlohmann::json& coefficients = reference.at("coef");
    report.equal("terms", static_cast<double>(fit.terms.size()), static_cast<double>(coefficients.size()));
    for (std::size_t term = 0; term < fit.terms.size(); ++term) {
        const auto i = static_cast<Eigen::Index>(term);
        if (coefficients.at(term).is_null()) {
            report.equal("left_out_terms", std::isnan(fit.coefficients[i]) ? 1 : 0, 1);
            continue;
        }
        const double coefficient = coefficients.at(term);
        const double error = reference.at("se").at(term);
        report.near("coefficients", fit.coefficients[i], coefficient, size_of(coefficient), item.digits,
                    item.digits < 8 ? item.exception : "");
        report.near("std_errors", fit.standard_errors[i], error, size_of(error), item.error_digits,
                    item.error_digits < 7 ? item.exception : "");
    }
    const auto compare = [&](const char* quantity, double ours) {
        const double theirs = reference.at(quantity);
        report.near(quantity, ours, theirs, size_of(theirs), 8);
    };
    compare("deviance", fit.deviance);
    compare("loglik", fit.log_likelihood);
    compare("null_deviance", fit.null_deviance);
    compare("auc", fit.auc);
    if (!folder.has(stem + ".fitted.csv")) return;
    const ReferenceTable& fitted = folder.table(stem + ".fitted.csv");
    const auto probability = fitted.numbers("fitted");
    const auto predictor = fitted.numbers("linear_predictor");
    for (std::size_t row = 0; row < fitted.rows(); ++row) {
        const auto i = static_cast<Eigen::Index>(row);
        const char* const exception = item.digits < 8 ? item.exception : "";
        report.near("fitted", fit.probability[i], probability[row], 1, item.digits + 1, exception);
        report.near("linear_predictor", fit.linear_predictor[i], predictor[row], 1, item.digits, exception);
    }
}

/// NV = 1 separates. As its coefficient grows, the patients with NV = 1 add nothing to the likelihood, and the other
/// coefficients are those of the patients without.
void compare_separated(CaseReport& report, const ReferenceFolder& folder) {
    const ReferenceTable& data = folder.table("data/endometrial.csv");
    const stats::Frame frame = data.frame();
    const auto whole = stats::fit_logistic(design_of(frame, "~ NV + PI + EH"), data.flags("HG"));
    const bool named = !whole && whole.error().code == "separation" && whole.error().kind == ErrorKind::statistics &&
                       whole.error().arguments.at("covariates") == "NV = 1";
    report.equal("separation_named", named ? 1 : 0, 1);
    std::vector<std::size_t> rows;
    std::vector<std::uint8_t> response;
    for (std::size_t row = 0; row < data.rows(); ++row) {
        if (data.flags("NV")[row] != 0) continue;
        rows.push_back(row);
        response.push_back(data.flags("HG")[row]);
    }
    const auto fit = value_of(stats::fit_logistic(design_of(frame.select(rows), "~ PI + EH"), response));
    const nlohmann::json reference = folder.json("logit/endometrial_logit_separated.json");
    for (const Eigen::Index i : {1, 2}) {
        const double coefficient = reference.at("coef").at(static_cast<std::size_t>(i) + 1);
        const double error = reference.at("se").at(static_cast<std::size_t>(i) + 1);
        report.near("coefficients", fit.coefficients[i], coefficient, size_of(coefficient), 8, "validation_separated");
        report.near("std_errors", fit.standard_errors[i], error, size_of(error), 7, "validation_separated");
    }
    const double deviance = reference.at("deviance");
    report.near("deviance", fit.deviance, deviance, size_of(deviance), 8, "validation_separated");
}

}  // namespace

void compare_certified_logit(Run& run) {
    const std::string folder = "logit_certified/";
    if (!run.folder().has(folder + "logit_certified.csv")) return;
    for (const char* name : {"birthwt", "lalonde", "firms_log"}) {
        if (!run.folder().has(folder + name + ".csv")) continue;
        run.compare("logit_certified", name, [&](CaseReport& report) { compare_certified(report, run.folder()); });
    }
    if (!run.folder().has(folder + "separated.csv")) return;
    run.compare("logit_certified", "separated", [&](CaseReport& report) {
        const ReferenceTable& data = run.folder().table(folder + "separated.csv");
        const auto fit = stats::fit_logistic(design_of(data.frame(), "y ~ x + z"), data.flags("y"));
        const bool named =
            !fit && fit.error().code == "separation" && fit.error().arguments.at("covariates").starts_with("x >= ");
        report.equal("separation_named", named ? 1 : 0, 1);
    });
}

void compare_logit(Run& run) {
    for (const LogitCase& item : logit_cases()) {
        if (!run.folder().has(std::string("logit/") + item.name + ".json")) continue;
        run.compare("logit", item.name, [&](CaseReport& report) { compare_case(report, run.folder(), item); });
    }
    if (run.folder().has("logit/endometrial_logit_separated.json")) {
        run.compare("logit", "endometrial_logit_separated",
                    [&](CaseReport& report) { compare_separated(report, run.folder()); });
    }
    if (run.folder().has("logit/endometrial_median_br.fitted.csv")) {
        run.leave_out("logit", "endometrial_median_br", "validation_no_median_bias_reduction");
    }
}

}  // namespace twinfirm::validation
