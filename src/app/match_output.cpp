// SPDX-License-Identifier: GPL-3.0-or-later
#include "match_output.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <span>

#include "hidden_rows.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_items = 20;  // of a warning's in the summary; the file has them all

/// Rows of the frame in the order of the file.
std::vector<std::size_t> file_order(const std::vector<std::size_t>& row_of) {
    std::vector<std::size_t> order(row_of.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return row_of[a] < row_of[b]; });
    return order;
}

std::string units_csv(const MatchOutput& output) {
    CsvWriter csv;
    csv.header({"row", "treatment", "probability", "linear_predictor", "distance", "subclass", "weight", "reason"});
    const matching::MatchedSample& sample = output.match.sample;
    for (const std::size_t i : file_order(output.row_of)) {
        csv.integer(static_cast<std::int64_t>(output.row_of[i])).integer(output.treated[i]);
        csv.number(output.match.probability[i]).number(output.match.linear_predictor[i]).number(output.match.score[i]);
        sample.subclass[i] < 0 ? csv.missing() : csv.integer(sample.subclass[i] + 1);
        csv.number(sample.weight[i]).text(matching::reason_code(sample.reason[i]));
        csv.end_row();
    }
    return csv.bytes();
}

std::string pairs_csv(const MatchOutput& output) {
    CsvWriter csv;
    csv.header({"treated_row", "control_row", "distance", "subclass"});
    std::vector<matching::Pair> pairs = output.match.sample.pairs;
    std::stable_sort(pairs.begin(), pairs.end(), [&](const matching::Pair& a, const matching::Pair& b) {
        return output.row_of[a.focal] < output.row_of[b.focal];
    });
    for (const matching::Pair& pair : pairs) {
        const bool focal_treated = output.treated[pair.focal] != 0;
        csv.integer(static_cast<std::int64_t>(output.row_of[focal_treated ? pair.focal : pair.match]));
        csv.integer(static_cast<std::int64_t>(output.row_of[focal_treated ? pair.match : pair.focal]));
        csv.number(pair.distance).integer(output.match.sample.subclass[pair.focal] + 1);
        csv.end_row();
    }
    return csv.bytes();
}

std::string coefficients_csv(const stats::LogisticFit& fit) {
    CsvWriter csv;
    csv.header({"term", "estimate", "std_error", "z", "p_value"});
    for (std::size_t i = 0; i < fit.terms.size(); ++i) {
        const auto k = static_cast<Eigen::Index>(i);
        const double z = fit.coefficients[k] / fit.standard_errors[k];
        csv.text(fit.terms[i]).number(fit.coefficients[k]).number(fit.standard_errors[k]);
        csv.number(z).number(2 * stats::normal_cdf(-std::abs(z)));
        csv.end_row();
    }
    return csv.bytes();
}

std::string balance_csv(const std::vector<balance::BalanceRow>& rows) {
    CsvWriter csv;
    csv.text("covariate").text("level").text("type");
    for (const std::string_view when : {"_before", "_after"}) {
        for (const std::string_view name :
             {"mean_treated", "mean_control", "smd", "variance_ratio", "ecdf_mean", "ecdf_max"}) {
            csv.text(std::string(name) + std::string(when));
        }
    }
    csv.text("std_pair_distance_after");
    for (const std::string_view name : {"t_before", "p_value_before", "t_after", "p_value_after"}) csv.text(name);
    csv.end_row();
    for (const balance::BalanceRow& row : rows) {
        csv.text(row.covariate).text(row.level).text(row.type);
        for (const balance::BalanceStatistics* when : {&row.before, &row.after}) {
            csv.number(when->mean_treated).number(when->mean_control).number(when->smd);
            csv.number(when->variance_ratio).number(when->ecdf_mean).number(when->ecdf_max);
        }
        csv.number(row.after.std_pair_distance);
        csv.number(row.before.t).number(row.before.p_value).number(row.after.t).number(row.after.p_value);
        csv.end_row();
    }
    return csv.bytes();
}

/// ATO: the effect where the arms overlap, which overlap weights estimate.
std::string_view estimand_name(const design::MatchingSettings& settings) {
    if (settings.method == design::MatchMethod::weighting && settings.weighting == design::Weighting::overlap) {
        return "ATO";
    }
    return settings.estimand == design::Estimand::att   ? "ATT"
           : settings.estimand == design::Estimand::atc ? "ATC"
                                                        : "ATE";
}

std::string effects_csv(const std::vector<evaluation::SingleEffect>& effects,
                        const design::MatchingSettings& settings) {
    CsvWriter csv;
    csv.header({"outcome", "group", "estimand", "estimator", "estimate", "std_error", "se_kind", "df", "ci_low",
                "ci_high", "p_value", "n_treated", "n_control", "ess_control", "percent", "small_sample_test",
                "small_sample_p_value", "small_sample_ci_low", "small_sample_ci_high"});
    const std::string_view name = estimand_name(settings);
    for (const evaluation::SingleEffect& row : effects) {
        const std::int64_t n = row.effect.n_treated;
        const effects::SmallSampleTest& test = row.effect.small_sample;
        csv.text(row.outcome).text(row.group).text(name).text(row.estimator);
        write_number(csv, row.effect.estimate, n);
        write_number(csv, row.effect.std_error, n);
        csv.text(row.effect.se_kind);
        for (const double value : {row.effect.df, row.effect.ci_low, row.effect.ci_high, row.effect.p_value}) {
            write_number(csv, value, n);
        }
        write_count(csv, n);
        write_count(csv, row.effect.n_control);
        write_number(csv, row.effect.ess_control, n);
        write_number(csv, std::isnan(row.percent) ? row.percent : 100 * row.percent, n);
        csv.text(test.kind);
        for (const double value : {test.p_value, test.ci_low, test.ci_high}) write_number(csv, value, n);
        csv.end_row();
    }
    return csv.bytes();
}

Json arm_sizes(const MatchOutput& output, std::uint8_t arm) {
    const matching::MatchedSample& sample = output.match.sample;
    std::int64_t all = 0;
    std::map<std::string, std::int64_t> reasons;
    std::vector<double> weights;
    for (std::size_t i = 0; i < output.treated.size(); ++i) {
        if (output.treated[i] != arm) continue;
        ++all;
        ++reasons[std::string(matching::reason_code(sample.reason[i]))];
        weights.push_back(sample.weight[i]);
    }
    const std::int64_t matched = reasons["matched"];
    return {{"all", all},
            {"matched", matched},
            {"unmatched", all - matched},
            {"effective_sample_size", balance::effective_sample_size(weights)},
            {"by_reason", reasons}};
}

Json number_or_null(double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
}

Json r_squared_json(const evaluation::PseudoRSquared& r_squared) {
    return {{"value", number_or_null(r_squared.value)},
            {"likelihood_ratio", number_or_null(r_squared.likelihood_ratio)},
            {"df", number_or_null(r_squared.df)},
            {"p_value", number_or_null(r_squared.p_value)},
            {"separated", r_squared.separated}};
}

/// The worst of these rows, and how many are beyond the customary limits (Stuart 2010).
Json worst_balance(std::span<const balance::BalanceRow> rows, balance::BalanceStatistics balance::BalanceRow::*when) {
    double largest = 0;
    std::int64_t beyond = 0;
    double smallest_p = 1;
    for (const balance::BalanceRow& row : rows) {
        const balance::BalanceStatistics& statistics = row.*when;
        if (row.type == "distance") continue;
        if (std::abs(statistics.smd) > largest) largest = std::abs(statistics.smd);
        beyond += std::abs(statistics.smd) > 0.1 ? 1 : 0;
        if (statistics.p_value < smallest_p) smallest_p = statistics.p_value;
    }
    return {{"largest_smd", largest}, {"smd_above_0.1", beyond}, {"smallest_p_value", smallest_p}};
}

/// Of the covariates; of their squares and products apart, where these were asked for.
Json balance_json(const MatchOutput& output) {
    const std::span<const balance::BalanceRow> rows(output.balance);
    const auto worst = [&](balance::BalanceStatistics balance::BalanceRow::*when) {
        Json json = worst_balance(rows.first(output.covariate_rows), when);
        const auto interactions = rows.subspan(output.covariate_rows);
        if (!interactions.empty()) json["interactions"] = worst_balance(interactions, when);
        return json;
    };
    Json before = worst(&balance::BalanceRow::before);
    Json after = worst(&balance::BalanceRow::after);
    before["pseudo_r_squared"] = r_squared_json(output.r_squared_before);
    after["pseudo_r_squared"] = r_squared_json(output.r_squared_after);
    return {{"before", before}, {"after", after}};
}

Json sets_json(const matching::MatchedSample& sample) {
    std::int32_t sets = 0;
    for (const std::int32_t set : sample.subclass) sets = std::max(sets, set + 1);
    return sets;
}

std::string summary_json(const MatchRequest& request, const MatchOutput& output) {
    const evaluation::CrossSection& match = output.match;
    const MessageCatalogue english(Language::english);
    double total = 0;
    for (const matching::Pair& pair : match.sample.pairs) total += pair.distance;
    Json warnings = Json::array();
    for (const Message& message : output.messages) {
        Json warning = {{"code", message.code},
                        {"text", english.text(message)},
                        {"hint", english.hint(message)},
                        {"count", message.count}};
        if (const auto* list = evaluation::find_list(output.lists, message.code)) {
            warning["list"] = "lists/" + message.code + ".csv";
            if (!list->names.empty()) {
                warning["items"] = std::vector<std::string>(
                    list->names.begin(),
                    list->names.begin() + static_cast<std::ptrdiff_t>(std::min(list->names.size(), most_items)));
            }
        }
        warnings.push_back(std::move(warning));
    }
    const auto pairs = static_cast<double>(match.sample.pairs.size());
    const matching::MatchVerification& check = match.sample.verification;
    const Json json = {{"engine_version", version()},
                       {"formula", request.formula},
                       {"treated", arm_sizes(output, 1)},
                       {"control", arm_sizes(output, 0)},
                       {"pairs", match.sample.pairs.size()},
                       {"caliper",
                        {{"raw", match.sample.caliper_raw},
                         {"sd", match.sample.caliper_sd},
                         {"requested", request.settings.smallest_caliper ? Json("smallest")
                                       : request.settings.caliper        ? Json(*request.settings.caliper)
                                                                         : Json(nullptr)}}},
                       {"total_distance", total},
                       {"mean_distance", pairs > 0 ? Json(total / pairs) : Json(nullptr)},
                       {"tied_choices", match.sample.tied_choices},
                       {"sets", sets_json(match.sample)},
                       {"bandwidth", match.sample.bandwidth > 0 ? Json(match.sample.bandwidth) : Json(nullptr)},
                       {"balance", balance_json(output)},
                       {"check",
                        {{"pairs_checked", check.pairs_checked},
                         {"nearest_checked", check.nearest_checked},
                         {"sets_checked", check.sets_checked},
                         {"violations", check.violations()}}},
                       {"log_likelihood", match.fit.log_likelihood},
                       {"deviance", match.fit.deviance},
                       {"auc", match.fit.auc},
                       {"iterations", match.fit.iterations},
                       {"converged", match.fit.converged},
                       {"warnings", warnings},
                       {"disclosure",
                        {{"protected", request.protection.enabled},
                         {"reason", request.protection.reason},
                         {"hidden", output.hidden_effects}}},
                       {"seconds",
                        {{"score", output.score_seconds},
                         {"matching", output.matching_seconds},
                         {"balance", output.balance_seconds},
                         {"effects", output.effects_seconds}}}};
    return json.dump(1) + "\n";
}

}  // namespace

Status write_match_output(const MatchRequest& request, const MatchOutput& output, const std::filesystem::path& folder) {
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "units.csv", units_csv(output)));
    TWINFIRM_TRY(write_file_atomically(folder / "pairs.csv", pairs_csv(output)));
    TWINFIRM_TRY(write_file_atomically(folder / "coefficients.csv", coefficients_csv(output.match.fit)));
    TWINFIRM_TRY(write_file_atomically(folder / "balance.csv", balance_csv(output.balance)));
    TWINFIRM_TRY(write_file_atomically(folder / "effects.csv", effects_csv(output.effects, request.settings)));
    if (!output.lists.empty()) TWINFIRM_TRY(create_folders(folder / "lists"));
    for (const evaluation::WarningList& list : output.lists) {
        TWINFIRM_TRY(write_file_atomically(folder / "lists" / (list.code + ".csv"), warning_list_csv(list)));
    }
    return write_file_atomically(folder / "summary.json", summary_json(request, output));
}

}  // namespace twinfirm::app
