// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <charconv>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "session.h"
#include "twinfirm/app/match_file.h"

namespace twinfirm::cli {

namespace {

const std::map<std::string, design::Estimand> estimands{
    {"ATT", design::Estimand::att}, {"ATE", design::Estimand::ate}, {"ATC", design::Estimand::atc}};
const std::map<std::string, design::MatchMethod> methods{
    {"nearest", design::MatchMethod::nearest},     {"optimal", design::MatchMethod::optimal},
    {"full", design::MatchMethod::full},           {"quick", design::MatchMethod::quick},
    {"subclass", design::MatchMethod::subclass},   {"cem", design::MatchMethod::cem},
    {"exact", design::MatchMethod::exact},         {"kernel", design::MatchMethod::kernel},
    {"weighting", design::MatchMethod::weighting}, {"none", design::MatchMethod::none}};
const std::map<std::string, design::Weighting> weightings{{"ipw", design::Weighting::ipw},
                                                          {"overlap", design::Weighting::overlap},
                                                          {"entropy", design::Weighting::entropy},
                                                          {"cbps", design::Weighting::cbps}};
const std::map<std::string, design::Kernel> kernels{{"epanechnikov", design::Kernel::epanechnikov},
                                                    {"gaussian", design::Kernel::gaussian},
                                                    {"uniform", design::Kernel::uniform}};
const std::map<std::string, design::ScoreKind> distances{{"logit", design::ScoreKind::logit},
                                                         {"linear-logit", design::ScoreKind::linear_logit},
                                                         {"probit", design::ScoreKind::probit},
                                                         {"linear-probit", design::ScoreKind::linear_probit},
                                                         {"cloglog", design::ScoreKind::cloglog},
                                                         {"linear-cloglog", design::ScoreKind::linear_cloglog},
                                                         {"firth", design::ScoreKind::firth},
                                                         {"linear-firth", design::ScoreKind::linear_firth},
                                                         {"mahalanobis", design::ScoreKind::mahalanobis},
                                                         {"robust-mahalanobis", design::ScoreKind::robust_mahalanobis},
                                                         {"scaled-euclidean", design::ScoreKind::scaled_euclidean},
                                                         {"inverse-variance", design::ScoreKind::scaled_euclidean}};
const std::map<std::string, design::Separation> separations{{"stop", design::Separation::stop},
                                                            {"firth", design::Separation::firth}};
const std::map<std::string, design::MetricCovariance> covariances{{"pooled", design::MetricCovariance::pooled},
                                                                  {"total", design::MetricCovariance::total}};
const std::map<std::string, design::MissingCovariates> covariate_rules{
    {"drop", design::MissingCovariates::drop}, {"indicator", design::MissingCovariates::indicator}};
const std::map<std::string, design::CaliperUnit> caliper_units{{"sd", design::CaliperUnit::sd},
                                                               {"raw", design::CaliperUnit::raw}};
const std::map<std::string, design::CaliperSd> caliper_sds{{"pooled", design::CaliperSd::pooled},
                                                           {"all", design::CaliperSd::all}};
const std::map<std::string, design::MatchOrder> orders{
    {"largest", design::MatchOrder::largest}, {"smallest", design::MatchOrder::smallest},
    {"closest", design::MatchOrder::closest}, {"data", design::MatchOrder::data},
    {"random", design::MatchOrder::random},   {"farthest", design::MatchOrder::farthest}};
const std::map<std::string, design::Discard> discards{{"none", design::Discard::none},
                                                      {"treated", design::Discard::treated},
                                                      {"control", design::Discard::control},
                                                      {"both", design::Discard::both}};
const std::map<std::string, evaluation::StandardError> errors{
    {"auto", evaluation::StandardError::automatic},
    {"cr0", evaluation::StandardError::cr0},
    {"cr1", evaluation::StandardError::cr1},
    {"two-way", evaluation::StandardError::two_way},
    {"ai", evaluation::StandardError::ai},
    {"ai-homoscedastic", evaluation::StandardError::ai_homoscedastic},
    {"ai-estimated", evaluation::StandardError::ai_estimated},
    {"hc0", evaluation::StandardError::hc0},
    {"hc1", evaluation::StandardError::hc1},
    {"hc3", evaluation::StandardError::hc3},
    {"m-estimation", evaluation::StandardError::m_estimation},
    {"bootstrap", evaluation::StandardError::bootstrap},
    {"permutation", evaluation::StandardError::permutation}};
const std::map<std::string, bool> tie_rules{{"keep", true}, {"break", false}};
const std::map<std::string, effects::MissingOutcome> missing_rules{{"pair", effects::MissingOutcome::pair},
                                                                   {"unit", effects::MissingOutcome::unit}};
const std::map<std::string, evaluation::OutcomeAdjustment> adjustments{
    {"none", evaluation::OutcomeAdjustment::none},
    {"regression", evaluation::OutcomeAdjustment::regression},
    {"bias", evaluation::OutcomeAdjustment::bias},
    {"aipw", evaluation::OutcomeAdjustment::aipw},
    {"ipwra", evaluation::OutcomeAdjustment::ipwra}};

struct Options {
    bool no_protect = false;
    app::MatchRequest request;
    std::string out;
    std::string distance = "linear-logit";
    std::vector<std::string> covariate_calipers;
    std::vector<std::string> cutpoints;
    std::vector<std::string> groups;
    std::string caliper;
    double bandwidth = 0;
    design::MatchOrder order = design::MatchOrder::largest;
};

template <class T>
void add_choice(CLI::App* command, const std::string& name, T& target, const std::map<std::string, T>& choices,
                const std::string& text) {
    CLI::CheckedTransformer transformer(choices, CLI::ignore_case);
    transformer.description("");  // the numbers behind the names are nobody's concern
    std::string names;
    for (const auto& [choice, value] : choices) names += (names.empty() ? "" : "|") + choice;
    command->add_option(name, target, text)->transform(transformer)->type_name(names);
}

/// A name of the table, or `column:NAME`.
std::string check_distance(const std::string& text) {
    if (text.starts_with("column:") && text.size() > 7) return {};
    if (distances.count(text) != 0) return {};
    std::string names;
    for (const auto& [name, kind] : distances) names += name + "|";
    return text + " not in " + names + "column:NAME";
}

void set_distance(const std::string& text, design::MatchingSettings& settings) {
    if (const auto known = distances.find(text); known != distances.end()) {
        settings.score = known->second;
        // The inverse variances are those over both arms.
        if (text == "inverse-variance") settings.metric_covariance = design::MetricCovariance::total;
        return;
    }
    settings.score = design::ScoreKind::column;
    settings.score_column = text.substr(7);
}

/// `NAME=X` or `NAME=Xsd`; nothing if it is neither.
std::optional<design::CovariateCaliper> covariate_caliper(const std::string& text) {
    const std::size_t equals = text.rfind('=');
    if (equals == 0 || equals == std::string::npos) return std::nullopt;
    design::CovariateCaliper caliper{text.substr(0, equals), 0, design::CaliperUnit::raw};
    std::string_view width = std::string_view(text).substr(equals + 1);
    if (width.ends_with("sd")) {
        caliper.unit = design::CaliperUnit::sd;
        width.remove_suffix(2);
    }
    const auto parsed = std::from_chars(width.data(), width.data() + width.size(), caliper.width);
    if (parsed.ec != std::errc() || parsed.ptr != width.data() + width.size()) return std::nullopt;
    return caliper;
}

std::string check_covariate_caliper(const std::string& text) {
    return covariate_caliper(text) ? std::string() : text + " is not NAME=X or NAME=Xsd";
}

/// The whole text as a number; nothing if it is none.
std::optional<double> number(std::string_view text) {
    double value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string check_caliper(const std::string& text) {
    return text == "smallest" || number(text) ? std::string() : text + " is neither a number nor smallest";
}

std::vector<std::string> parts_of(std::string_view text, char separator) {
    std::vector<std::string> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
    if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
    return value;
}

/// `NAME=a;b;c` (cutpoints), `NAME=q4` (quantiles), `NAME=sturges`, `NAME=N` (bins); nothing if it is none of these.
/// One cutpoint is written with a semicolon behind it.
std::optional<design::Coarsening> coarsening(const std::string& text) {
    using Rule = design::Coarsening::Rule;
    const std::size_t equals = text.rfind('=');
    if (equals == 0 || equals == std::string::npos) return std::nullopt;
    design::Coarsening rule{text.substr(0, equals), Rule::sturges, 0, {}};
    const std::string how = text.substr(equals + 1);
    if (how == "sturges") return rule;
    if (how.find(';') == std::string::npos) {
        const bool quantiles = how.starts_with("q");
        const auto count = whole_number(std::string_view(how).substr(quantiles ? 1 : 0));
        if (!count) return std::nullopt;
        rule.rule = quantiles ? Rule::quantiles : Rule::bins;
        rule.count = *count;
        return rule;
    }
    rule.rule = Rule::cutpoints;
    for (const std::string& part : parts_of(how, ';')) {
        if (part.empty()) continue;
        const auto point = number(part);
        if (!point) return std::nullopt;
        rule.points.push_back(*point);
    }
    return rule;
}

std::string check_coarsening(const std::string& text) {
    return coarsening(text) ? std::string() : text + " is not NAME=a;b;c, NAME=q4, NAME=sturges or NAME=N";
}

/// `NAME=a+b`; nothing if it is not.
std::optional<design::LevelGroup> level_group(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == 0 || equals == std::string::npos || equals + 1 == text.size()) return std::nullopt;
    return design::LevelGroup{text.substr(0, equals), parts_of(std::string_view(text).substr(equals + 1), '+')};
}

std::string check_level_group(const std::string& text) {
    return level_group(text) ? std::string() : text + " is not NAME=a+b";
}

void print(const app::MatchSummary& summary, const Options& options, const Session& session) {
    if (session.json) {
        const nlohmann::ordered_json object = {{"out", options.out},
                                               {"treated", summary.treated},
                                               {"treated_matched", summary.treated_matched},
                                               {"control", summary.control},
                                               {"control_matched", summary.control_matched},
                                               {"warnings", summary.messages.size()}};
        fmt::print("{}\n", object.dump(1));
        return;
    }
    session.print(summary.messages);
    session.print({{"output_unit_files", Severity::info, {}, 1}});
    fmt::print("{}\n", session.text("cli_match_done", {{"treated", std::to_string(summary.treated)},
                                                       {"treated_matched", std::to_string(summary.treated_matched)},
                                                       {"control", std::to_string(summary.control)},
                                                       {"control_matched", std::to_string(summary.control_matched)},
                                                       {"out", options.out}}));
}

}  // namespace

void add_match_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("match", session.text("cli_match"));
    app::MatchRequest& request = options->request;
    design::MatchingSettings& settings = request.settings;
    command->add_option("file", request.file, session.text("cli_option_file"))->required();
    command->add_option("--formula", request.formula, session.text("cli_match_formula"))->required();
    command->add_option("--out", options->out, session.text("cli_option_out"))->required();
    add_choice(command, "--method", settings.method, methods, session.text("cli_match_method"));
    command->add_option("--distance", options->distance, session.text("cli_match_distance"))->check(check_distance);
    command->add_option("--mahalanobis", settings.mahalanobis, session.text("cli_match_mahalanobis"))->delimiter(',');
    add_choice(command, "--metric-covariance", settings.metric_covariance, covariances,
               session.text("cli_match_metric_covariance"));
    add_choice(command, "--separation", settings.separation, separations, session.text("cli_match_separation"));
    add_choice(command, "--missing-covariate", settings.missing_covariates, covariate_rules,
               session.text("cli_match_missing_covariate"));
    command->add_option("--sample-weights", settings.sample_weights, session.text("cli_match_sample_weights"));
    add_choice(command, "--estimand", settings.estimand, estimands, session.text("cli_match_estimand"));
    command->add_option("--ratio", settings.ratio, session.text("cli_match_ratio"));
    command->add_option("--min-controls", settings.min_controls, session.text("cli_match_min_controls"));
    command->add_option("--max-controls", settings.max_controls, session.text("cli_match_max_controls"));
    command->add_flag("--replace", settings.replace, session.text("cli_match_replace"));
    command->add_option("--max-reuse", settings.max_reuse, session.text("cli_match_max_reuse"));
    CLI::Option* caliper = command->add_option("--caliper", options->caliper, session.text("cli_match_caliper"))
                               ->check(check_caliper)
                               ->type_name("X|smallest");
    add_choice(command, "--caliper-unit", settings.caliper_unit, caliper_units, session.text("cli_match_caliper_unit"));
    add_choice(command, "--caliper-sd", settings.caliper_sd, caliper_sds, session.text("cli_match_caliper_sd"));
    command->add_option("--covariate-caliper", options->covariate_calipers, session.text("cli_match_covariate_caliper"))
        ->delimiter(',')
        ->check(check_covariate_caliper);
    command->add_option("--exact", settings.exact, session.text("cli_match_exact"))->delimiter(',');
    command->add_option("--anti-exact", settings.anti_exact, session.text("cli_match_anti_exact"))->delimiter(',');
    command->add_option("--subclasses", settings.subclasses, session.text("cli_match_subclasses"));
    command->add_option("--min-n", settings.min_n, session.text("cli_match_min_n"));
    command->add_option("--cutpoints", options->cutpoints, session.text("cli_match_cutpoints"))
        ->delimiter(',')
        ->check(check_coarsening);
    command->add_option("--group", options->groups, session.text("cli_match_group"))
        ->delimiter(',')
        ->check(check_level_group);
    command->add_flag("--k2k", settings.k2k, session.text("cli_match_k2k"));
    add_choice(command, "--kernel", settings.kernel, kernels, session.text("cli_match_kernel"));
    CLI::Option* bandwidth =
        command->add_option("--bandwidth", options->bandwidth, session.text("cli_match_bandwidth"));
    command->add_flag("--balance-interactions", request.balance_interactions,
                      session.text("cli_match_balance_interactions"));
    add_choice(command, "--order", options->order, orders, session.text("cli_match_order"));
    add_choice(command, "--discard", settings.discard, discards, session.text("cli_match_discard"));
    command->add_flag("--reestimate", settings.reestimate, session.text("cli_match_reestimate"));
    command->add_option("--outcomes", request.outcomes, session.text("cli_match_outcomes"))->delimiter(',');
    add_choice(command, "--missing-outcome", request.missing_outcome, missing_rules,
               session.text("cli_match_missing_outcome"));
    add_choice(command, "--adjust", request.adjustment, adjustments, session.text("cli_match_adjust"));
    add_choice(command, "--se", request.error, errors, session.text("cli_match_se"));
    command->add_option("--cluster", request.cluster, session.text("cli_match_cluster"));
    command
        ->add_option("--variance-neighbors", request.variance_neighbors, session.text("cli_match_variance_neighbors"))
        ->check(CLI::PositiveNumber);
    command->add_option("--replications", request.replications, session.text("cli_match_replications"))
        ->check(CLI::Range(2U, 1000000U));
    add_choice(command, "--weights", settings.weighting, weightings, session.text("cli_match_weights"));
    add_choice(command, "--ties", settings.keep_ties, tie_rules, session.text("cli_match_ties"));
    command->add_option("--tie-tolerance", settings.tie_tolerance, session.text("cli_match_tie_tolerance"));
    command->add_option("--id", request.id, session.text("cli_match_id"));
    command->add_option("--by", request.by, session.text("cli_match_by"))->delimiter(',');
    command->add_option("--seed", settings.seed, session.text("cli_option_seed"));
    command->add_option("--threads", request.threads, session.text("cli_option_threads"));
    CLI::Option* no_protect =
        command->add_flag("--no-protect", options->no_protect, session.text("cli_output_no_protect"));
    command->add_option("--reason", request.protection.reason, session.text("cli_run_reason"))->needs(no_protect);
    command->callback([options, caliper, bandwidth, command, &session] {
        app::MatchRequest& call = options->request;
        if (caliper->count() > 0) call.settings.caliper = number(options->caliper);
        call.settings.smallest_caliper = caliper->count() > 0 && !call.settings.caliper;
        if (bandwidth->count() > 0) call.settings.bandwidth = options->bandwidth;
        for (const std::string& text : options->cutpoints) call.settings.coarsenings.push_back(*coarsening(text));
        for (const std::string& text : options->groups) call.settings.level_groups.push_back(*level_group(text));
        set_distance(options->distance, call.settings);
        for (const std::string& text : options->covariate_calipers) {
            call.settings.covariate_calipers.push_back(*covariate_caliper(text));
        }
        // To use a firm more than once is to put it back.
        if (call.settings.max_reuse > 1) call.settings.replace = true;
        const bool order_given = command->get_option("--order")->count() > 0;
        const bool no_score = design::is_covariate_distance(call.settings.score) || call.settings.k2k;
        call.settings.order = order_given                                       ? options->order
                              : no_score                                        ? design::MatchOrder::data
                              : call.settings.estimand == design::Estimand::atc ? design::MatchOrder::smallest
                                                                                : design::MatchOrder::largest;
        call.protection.enabled = !options->no_protect;
        const auto summary = app::match_file(call, options->out, session.token, session.progress());
        session.end_progress();
        if (!summary) return session.fail(summary.error());
        print(*summary, *options, session);
    });
}

}  // namespace twinfirm::cli
