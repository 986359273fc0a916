// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/sensitivity.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

#include "sensitivity_output.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/evaluation/single_design.h"
#include "twinfirm/stats/design_matrix.h"
#include "twinfirm/stats/formula.h"
#include "whole_file.h"

namespace twinfirm::app {

namespace {

void append(Messages& to, const Messages& from) {
    to.insert(to.end(), from.begin(), from.end());
}

Result<std::vector<double>> numbers_of(const stats::Frame& frame, const std::string& name) {
    const stats::Column* column = frame.find(name);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    if (column->kind() != stats::ColumnKind::number) {
        return fail(ErrorKind::usage, "outcome_not_numeric", {{"name", name}});
    }
    return std::vector<double>(column->values().begin(), column->values().end());
}

Status column_bounds(const SensitivityRequest& request, SensitivityResult& result, const CancellationToken& token,
                     const ProgressSink& progress) {
    auto file = read_whole_table(request.pairs->file, token, progress);
    if (!file) return tl::unexpected(file.error());
    append(result.messages, file->messages);
    auto values = numbers_of(file->frame, request.pairs->column);
    if (!values) return tl::unexpected(values.error());
    const auto missing = std::remove_if(values->begin(), values->end(), [](double v) { return !std::isfinite(v); });
    if (const auto count = values->end() - missing; count > 0) {
        result.messages.push_back({"sensitivity_sets_incomplete", Severity::warning, {}, count});
        values->erase(missing, values->end());
    }
    if (request.less) std::transform(values->begin(), values->end(), values->begin(), std::negate<>());
    auto bounds = effects::signed_rank_bounds(*values, request.gammas, request.alpha);
    if (!bounds) return tl::unexpected(bounds.error());
    result.signed_rank = std::move(*bounds);
    return {};
}

/// What `match` wrote about the rows of its file, and the file itself.
struct MatchedFile {
    stats::Frame frame;
    std::vector<double> treatment;  ///< of each row of the file
    std::vector<double> weight;
    std::vector<double> outcome;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< rows of adopter and partner
    std::string formula;
};

tl::unexpected<Error> not_the_matched_file(const MatchResult& match) {
    return fail(ErrorKind::input, "sensitivity_match_differs",
                {{"file", match.file.string()}, {"folder", match.folder.string()}});
}

Result<stats::Frame> frame_of(const std::filesystem::path& path, const CancellationToken& token) {
    auto file = read_whole_table(path, token, {});
    if (!file) return tl::unexpected(file.error());
    return std::move(file->frame);
}

Result<std::string> matched_formula(const std::filesystem::path& folder) {
    const auto text = read_whole_file(folder / "summary.json");
    if (!text) return tl::unexpected(text.error());
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    if (!json.is_object() || !json.contains("formula") || !json["formula"].is_string()) {
        return fail_at(ErrorKind::input, "sensitivity_no_match_result", {{"folder", folder.string()}},
                       (folder / "summary.json").string());
    }
    return json["formula"].get<std::string>();
}

Result<MatchedFile> read_match(const MatchResult& match, Messages& messages, const CancellationToken& token,
                               const ProgressSink& progress) {
    auto formula = matched_formula(match.folder);
    if (!formula) return tl::unexpected(formula.error());
    const auto parsed = stats::parse_formula(*formula);
    if (!parsed) return tl::unexpected(parsed.error());
    auto file = read_whole_table(match.file, token, progress);
    if (!file) return tl::unexpected(file.error());
    append(messages, file->messages);
    MatchedFile result;
    result.formula = match.formula.empty() ? std::move(*formula) : match.formula;
    result.frame = std::move(file->frame);
    auto treatment = numbers_of(result.frame, parsed->response);
    if (!treatment) return tl::unexpected(treatment.error());
    result.treatment = std::move(*treatment);
    auto outcome = evaluation::outcome_values(result.frame, match.outcome);
    if (!outcome) return tl::unexpected(outcome.error());
    result.outcome = std::move(*outcome);

    const auto units = frame_of(match.folder / "units.csv", token);
    if (!units) return tl::unexpected(units.error());
    const auto row = numbers_of(*units, "row");
    const auto arm = numbers_of(*units, "treatment");
    const auto weight = numbers_of(*units, "weight");
    if (!row || !arm || !weight || row->size() != result.frame.rows()) return not_the_matched_file(match);
    result.weight.resize(row->size());
    for (std::size_t i = 0; i < row->size(); ++i) {
        const double place = (*row)[i] - 1;
        if (!(place >= 0) || !(place < static_cast<double>(row->size()))) return not_the_matched_file(match);
        const auto at = static_cast<std::size_t>(place);
        if ((*arm)[i] != result.treatment[at]) return not_the_matched_file(match);
        result.weight[at] = (*weight)[i] > 0 ? (*weight)[i] : 0;
    }
    const auto pairs = frame_of(match.folder / "pairs.csv", token);
    if (!pairs) return tl::unexpected(pairs.error());
    const auto treated_row = numbers_of(*pairs, "treated_row");
    const auto control_row = numbers_of(*pairs, "control_row");
    if (!treated_row || !control_row) return not_the_matched_file(match);
    for (std::size_t i = 0; i < treated_row->size(); ++i) {
        const double last = static_cast<double>(result.frame.rows());
        for (const double place : {(*treated_row)[i], (*control_row)[i]})
            if (!(place >= 1) || !(place <= last)) return not_the_matched_file(match);
        result.pairs.emplace_back((*treated_row)[i] - 1, (*control_row)[i] - 1);
    }
    return result;
}

/// The matched sets: firms that pairs join, each a star around one adopter or one partner. The centre comes first; a
/// partner's star has negated values, which makes it the mirror image of an adopter's (Rosenbaum 2002, section 10.2).
struct MatchedSets {
    effects::MatchedSetValues values;
    bool pairs_only = true;
    std::int64_t incomplete = 0;
    bool stars = true;  ///< false: several adopters share several partners, which are no sets
};

MatchedSets sets_of(const MatchedFile& file, bool less) {
    std::map<std::size_t, std::vector<std::size_t>> of_treated;
    std::map<std::size_t, std::vector<std::size_t>> of_control;
    for (const auto& [treated, control] : file.pairs) {
        of_treated[treated].push_back(control);
        of_control[control].push_back(treated);
    }
    MatchedSets sets;
    const auto add = [&](std::size_t centre, const std::vector<std::size_t>& others, double sign) {
        std::vector<double> values{sign * file.outcome[centre]};
        for (const std::size_t other : others) values.push_back(sign * file.outcome[other]);
        if (!std::all_of(values.begin(), values.end(), [](double v) { return std::isfinite(v); })) {
            ++sets.incomplete;
            return;
        }
        sets.pairs_only = sets.pairs_only && values.size() == 2;
        sets.values.values.insert(sets.values.values.end(), values.begin(), values.end());
        sets.values.begin.push_back(sets.values.values.size());
    };
    for (const auto& [treated, controls] : of_treated) {
        const bool shared =
            std::any_of(controls.begin(), controls.end(), [&](std::size_t c) { return of_control[c].size() > 1; });
        if (shared && controls.size() > 1) sets.stars = false;
        if (!shared) add(treated, controls, less ? -1 : 1);
    }
    for (const auto& [control, treated] : of_control)
        if (treated.size() > 1) add(control, treated, less ? 1 : -1);
    return sets;
}

Status set_bounds(const SensitivityRequest& request, const MatchedFile& file, SensitivityResult& result) {
    const MatchedSets sets = sets_of(file, request.less);
    if (!sets.stars) {
        result.messages.push_back({"sensitivity_sets_shared", Severity::warning, {}, 0});
        return {};
    }
    if (sets.incomplete > 0) {
        result.messages.push_back({"sensitivity_sets_incomplete", Severity::warning, {}, sets.incomplete});
    }
    const std::vector<double>& values = sets.values.values;
    if (!sets.pairs_only) {
        auto bounds = effects::m_statistic_bounds(sets.values, request.gammas, {}, request.alpha);
        if (!bounds && bounds.error().code == "sensitivity_no_difference") {
            // Most differences are 0, as those of 0/1 outcomes: there is no scale to trim by.
            const effects::MScore untrimmed{0, std::numeric_limits<double>::infinity(), 0.5};
            bounds = effects::m_statistic_bounds(sets.values, request.gammas, untrimmed, request.alpha);
            if (bounds) result.messages.push_back({"sensitivity_untrimmed", Severity::info, {}, 0});
        }
        if (!bounds) return tl::unexpected(bounds.error());
        result.m_statistic = std::move(*bounds);
        return {};
    }
    const bool binary = std::all_of(values.begin(), values.end(), [](double v) { return v == 0 || std::abs(v) == 1; });
    std::vector<double> differences;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) differences.push_back(values[i] - values[i + 1]);
    if (binary) {
        const auto count = [&](double difference) {
            return std::count(differences.begin(), differences.end(), difference);
        };
        auto bounds = effects::mcnemar_bounds(count(1), count(-1), request.gammas, request.alpha);
        if (!bounds) return tl::unexpected(bounds.error());
        result.mcnemar = std::move(*bounds);
        return {};
    }
    auto bounds = effects::signed_rank_bounds(differences, request.gammas, request.alpha);
    if (!bounds) return tl::unexpected(bounds.error());
    result.signed_rank = std::move(*bounds);
    return {};
}

Status regression_bias(const SensitivityRequest& request, const MatchedFile& file, SensitivityResult& result) {
    const auto formula = stats::parse_formula(file.formula);
    if (!formula) return tl::unexpected(formula.error());
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < file.weight.size(); ++row)
        if (file.weight[row] > 0 && std::isfinite(file.outcome[row])) rows.push_back(row);
    const auto design = stats::build_design_matrix(file.frame.select(rows), formula->terms);
    if (!design) return tl::unexpected(design.error());
    append(result.messages, design->messages);
    std::vector<double> treatment;
    std::vector<double> outcome;
    std::vector<double> weight;
    for (const std::size_t place : design->rows) {
        treatment.push_back(file.treatment[rows[place]]);
        outcome.push_back(file.outcome[rows[place]]);
        weight.push_back(file.weight[rows[place]]);
    }
    auto bias = effects::omitted_variable_bias(
        *design, treatment, outcome, weight, {request.match->benchmarks, request.match->multiples, 1 - request.alpha});
    if (!bias) return tl::unexpected(bias.error());
    append(result.messages, bias->messages);
    result.omitted_variable = std::move(*bias);
    return {};
}

}  // namespace

Result<SensitivityResult> analyse_sensitivity(const SensitivityRequest& request, const std::filesystem::path& folder,
                                              const CancellationToken& token, const ProgressSink& progress) {
    if (!request.pairs && !request.risk_ratio && !request.mean_difference && !request.match) {
        return fail(ErrorKind::usage, "sensitivity_nothing");
    }
    SensitivityResult result;
    if (request.pairs) TWINFIRM_TRY(column_bounds(request, result, token, progress));
    if (request.risk_ratio || request.mean_difference) {
        auto value =
            request.risk_ratio
                ? effects::e_value_of_risk_ratio(request.risk_ratio->ratio, request.risk_ratio->low,
                                                 request.risk_ratio->high)
                : effects::e_value_of_mean_difference(request.mean_difference->difference,
                                                      request.mean_difference->std_error, request.mean_difference->sd);
        if (!value) return tl::unexpected(value.error());
        result.e_value = *value;
    }
    if (request.match) {
        const auto file = read_match(*request.match, result.messages, token, progress);
        if (!file) return tl::unexpected(file.error());
        if (!request.pairs) TWINFIRM_TRY(set_bounds(request, *file, result));
        if (!request.match->benchmarks.empty()) TWINFIRM_TRY(regression_bias(request, *file, result));
    }
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "sensitivity.json", sensitivity_json(request, result)));
    return result;
}

}  // namespace twinfirm::app
