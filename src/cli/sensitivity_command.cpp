// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/core.h>

#include <cmath>
#include <filesystem>
#include <memory>

#include "session.h"
#include "twinfirm/app/sensitivity.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/number_text.h"

namespace twinfirm::cli {

namespace {

struct Options {
    app::SensitivityRequest request;
    app::PairDifferences pairs;
    app::RiskRatio ratio;
    app::MeanDifference difference;
    app::MatchResult match;
    std::vector<double> interval;
    std::string alternative = "greater";
    std::string out;
};

std::string shown(double value, int decimals) {
    return std::isnan(value) ? "-" : fixed_text(value, decimals);
}

void print_line(const Session& session, const char* code, const MessageArguments& arguments) {
    fmt::print("{}\n", session.text(code, arguments));
}

void print_largest(const Session& session, double largest_gamma, double alpha) {
    print_line(session, std::isnan(largest_gamma) ? "cli_sensitivity_not_significant" : "cli_sensitivity_largest_gamma",
               {{"gamma", shown(largest_gamma, 3)}, {"alpha", shortest_text(alpha)}});
}

void print_bounds(const Session& session, const std::vector<effects::GammaBound>& bounds) {
    for (const effects::GammaBound& bound : bounds) {
        print_line(session, "cli_sensitivity_bound",
                   {{"gamma", shortest_text(bound.gamma)}, {"p", shown(bound.p_high, 4)}});
    }
}

void print(const app::SensitivityResult& result, const Options& options, const Session& session) {
    session.print(result.messages);
    const double alpha = options.request.alpha;
    if (const auto& test = result.signed_rank) {
        print_line(session, "cli_sensitivity_signed_rank",
                   {{"pairs", std::to_string(test->pairs)}, {"estimate", shown(test->hodges_lehmann, 4)}});
        for (const effects::SignedRankBound& bound : test->bounds) {
            print_line(session, "cli_sensitivity_signed_rank_bound",
                       {{"gamma", shortest_text(bound.gamma)},
                        {"p", shown(bound.p_high, 4)},
                        {"low", shown(bound.estimate_low, 4)},
                        {"high", shown(bound.estimate_high, 4)}});
        }
        print_largest(session, test->largest_gamma, alpha);
    }
    if (const auto& test = result.m_statistic) {
        print_line(session, "cli_sensitivity_m_statistic", {{"sets", std::to_string(test->sets)}});
        print_bounds(session, test->bounds);
        print_largest(session, test->largest_gamma, alpha);
    }
    if (const auto& test = result.mcnemar) {
        print_line(session, "cli_sensitivity_mcnemar",
                   {{"adopter", std::to_string(test->adopter_only)}, {"partner", std::to_string(test->partner_only)}});
        print_bounds(session, test->bounds);
        print_largest(session, test->largest_gamma, alpha);
    }
    if (const auto& value = result.e_value) {
        print_line(session, "cli_sensitivity_e_value",
                   {{"estimate", shown(value->estimate, 3)}, {"interval", shown(value->interval, 3)}});
    }
    if (const auto& bias = result.omitted_variable) {
        print_line(session, "cli_sensitivity_robustness",
                   {{"estimate", shown(bias->estimate, 4)},
                    {"percent", shown(100 * bias->robustness_value, 1)},
                    {"percent_alpha", shown(100 * bias->robustness_value_alpha, 1)}});
        for (const effects::BenchmarkBound& bound : bias->bounds) {
            print_line(session, "cli_sensitivity_benchmark",
                       {{"covariate", bound.covariate},
                        {"multiple", shortest_text(bound.multiple)},
                        {"estimate", shown(bound.estimate, 4)},
                        {"low", shown(bound.ci_low, 4)},
                        {"high", shown(bound.ci_high, 4)}});
        }
    }
}

}  // namespace

void add_sensitivity_command(CLI::App& app, Session& session) {
    auto options = std::make_shared<Options>();
    CLI::App* command = app.add_subcommand("sensitivity", session.text("cli_sensitivity"));
    const auto text = [&](const char* code) { return session.text(code); };
    CLI::Option* pairs = command->add_option("--pairs", options->pairs.file, text("cli_sensitivity_pairs"));
    CLI::Option* column = command->add_option("--column", options->pairs.column, text("cli_sensitivity_column"));
    pairs->needs(column);
    column->needs(pairs);
    command->add_option("--gammas", options->request.gammas, text("cli_sensitivity_gammas"))->delimiter(',');
    command->add_option("--alternative", options->alternative, text("cli_sensitivity_alternative"))
        ->check(CLI::IsMember({"greater", "less"}));
    command->add_option("--alpha", options->request.alpha, text("cli_sensitivity_alpha"))->check(CLI::Range(1e-6, 0.5));
    CLI::Option* ratio = command->add_option("--evalue", options->ratio.ratio, text("cli_sensitivity_evalue"));
    CLI::Option* interval = command->add_option("--ci", options->interval, text("cli_sensitivity_ci"))->delimiter(',');
    interval->expected(2)->needs(ratio);
    CLI::Option* difference =
        command->add_option("--mean-difference", options->difference.difference, text("cli_sensitivity_difference"))
            ->excludes(ratio);
    CLI::Option* error =
        command->add_option("--std-error", options->difference.std_error, text("cli_sensitivity_std_error"));
    CLI::Option* sd = command->add_option("--sd", options->difference.sd, text("cli_sensitivity_sd"));
    difference->needs(error)->needs(sd);
    CLI::Option* match = command->add_option("--match", options->match.folder, text("cli_sensitivity_match"));
    CLI::Option* file = command->add_option("--file", options->match.file, text("cli_sensitivity_file"));
    CLI::Option* outcome = command->add_option("--outcome", options->match.outcome, text("cli_sensitivity_outcome"));
    match->needs(file)->needs(outcome);
    command->add_option("--formula", options->match.formula, text("cli_sensitivity_formula"))->needs(match);
    command->add_option("--benchmark", options->match.benchmarks, text("cli_sensitivity_benchmark_option"))
        ->delimiter(',')
        ->needs(match);
    command->add_option("--multiples", options->match.multiples, text("cli_sensitivity_multiples"))
        ->delimiter(',')
        ->check(CLI::PositiveNumber);
    command->add_option("--out", options->out, text("cli_option_out"))->required();
    command->callback([options, pairs, ratio, interval, difference, match, &session] {
        app::SensitivityRequest& request = options->request;
        if (interval->count() > 0) {
            options->ratio.low = options->interval[0];
            options->ratio.high = options->interval[1];
        }
        if (pairs->count() > 0) request.pairs = options->pairs;
        if (ratio->count() > 0) request.risk_ratio = options->ratio;
        if (difference->count() > 0) request.mean_difference = options->difference;
        if (match->count() > 0) request.match = options->match;
        request.less = options->alternative == "less";
        const auto result = app::analyse_sensitivity(request, options->out, session.token, session.progress());
        session.end_progress();
        if (!result) return session.fail(result.error());
        if (!session.json) return print(*result, *options, session);
        const auto json = read_whole_file(std::filesystem::path(options->out) / "sensitivity.json");
        if (!json) return session.fail(json.error());
        fmt::print("{}", *json);
    });
}

}  // namespace twinfirm::cli
