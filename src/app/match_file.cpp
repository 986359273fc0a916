// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/match_file.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "frame_sink.h"
#include "hidden_rows.h"
#include "match_output.h"
#include "twinfirm/app/table_quality.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/evaluation/design_warnings.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"
#include "twinfirm/stats/missing_covariates.h"

namespace twinfirm::app {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Rows of the file in the order of their keys.
Result<std::vector<std::size_t>> key_order(const std::vector<std::string>& keys) {
    std::vector<std::size_t> order(keys.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (keys[order[i]] != keys[order[i - 1]]) continue;
        return fail(ErrorKind::input, "key_not_unique",
                    {{"key", keys[order[i]]},
                     {"first", std::to_string(std::min(order[i], order[i - 1]) + 1)},
                     {"second", std::to_string(std::max(order[i], order[i - 1]) + 1)}});
    }
    return order;
}

Result<std::vector<std::uint8_t>> treatment_flags(const stats::Frame& frame, const std::string& name) {
    const stats::Column* column = frame.find(name);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    std::vector<std::uint8_t> flags(frame.rows());
    std::set<std::string> others;
    std::int64_t absent = 0;
    std::size_t first_absent = 0;
    for (std::size_t row = 0; row < frame.rows(); ++row) {
        if (column->missing(row)) {
            if (absent++ == 0) first_absent = row;
            continue;
        }
        const std::string value = column->kind() == stats::ColumnKind::number
                                      ? shortest_text(column->values()[row])
                                      : column->levels()[static_cast<std::size_t>(column->codes()[row])];
        if (value != "0" && value != "1" && others.size() < 5) others.insert(value);
        flags[row] = value == "1" ? 1 : 0;
    }
    if (!others.empty()) {
        std::string values;
        for (const std::string& value : others) values += (values.empty() ? "" : ", ") + value;
        return fail(ErrorKind::statistics, "treatment_not_binary", {{"name", name}, {"values", values}});
    }
    if (absent > 0) {
        return fail(ErrorKind::statistics, "treatment_missing",
                    {{"name", name}, {"count", std::to_string(absent)}, {"row", std::to_string(first_absent + 1)}});
    }
    return flags;
}

/// The first column that the inspection took for `field`; empty texts if there is none.
std::vector<std::string> texts_of_field(const FrameSink& sink, const ingest::ImportPlan& plan,
                                        const std::string& field) {
    for (const ingest::ColumnPlan& column : plan.columns) {
        if (column.keep && column.field == field) return sink.texts(column.name);
    }
    return {};
}

/// A design on one file takes each row for a unit of its own: the rows of a panel are none.
Messages repeated_firms(const FrameSink& sink, const ingest::ImportPlan& plan) {
    const std::vector<std::string> firms = texts_of_field(sink, plan, "firm_id");
    const std::vector<std::string> years = texts_of_field(sink, plan, "year");
    std::map<std::string, std::int64_t> rows_of_firm;
    std::map<std::pair<std::string, std::string>, std::int64_t> rows_of_year;
    for (std::size_t row = 0; row < firms.size(); ++row) {
        if (firms[row].empty()) continue;
        ++rows_of_firm[firms[row]];
        if (!years.empty()) ++rows_of_year[{firms[row], years[row]}];
    }
    const auto repeated = [](const auto& rows_of) {
        return std::count_if(rows_of.begin(), rows_of.end(), [](const auto& entry) { return entry.second > 1; });
    };
    Messages messages;
    if (const std::int64_t count = repeated(rows_of_firm); count > 0) {
        messages.push_back(
            {"match_firm_in_several_rows", Severity::warning, {{"count", std::to_string(count)}}, count});
    }
    if (const std::int64_t count = repeated(rows_of_year); count > 0) {
        messages.push_back({"match_firm_year_repeated", Severity::warning, {{"count", std::to_string(count)}}, count});
    }
    return messages;
}

/// What the table of effects cannot say for all matched sets: an empty cell alone would go unseen.
Messages effects_not_available(const std::vector<evaluation::SingleEffect>& effects) {
    Messages messages;
    for (const evaluation::SingleEffect& effect : effects) {
        const bool tested = std::isfinite(effect.effect.std_error) || std::isfinite(effect.effect.p_value);
        if (!effect.group.empty() || tested) continue;
        const bool estimated = std::isfinite(effect.effect.estimate);
        messages.push_back({estimated ? "match_effect_without_error" : "match_effect_not_available",
                            Severity::warning,
                            {{"outcome", effect.outcome}, {"count", std::to_string(effect.effect.n_treated)}},
                            effect.effect.n_treated});
    }
    return messages;
}

/// The cluster of each row, in order of the column's values; a row without one is a cluster of its own.
Result<std::vector<std::int32_t>> cluster_codes(const stats::Frame& frame, const std::string& name,
                                                Messages& messages) {
    if (name.empty()) return std::vector<std::int32_t>{};
    const stats::Column* column = frame.find(name);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    auto codes = evaluation::exact_strata(frame, {name});
    if (!codes) return codes;
    std::int32_t next = 0;
    for (const std::int32_t code : *codes) next = std::max(next, code + 1);
    std::int64_t absent = 0;
    for (std::int32_t& code : *codes) {
        if (code >= 0) continue;
        code = next++;
        ++absent;
    }
    if (absent > 0) messages.push_back({"cluster_missing", Severity::warning, {{"column", name}}, absent});
    return codes;
}

struct LoadedFile {
    stats::Frame frame;
    std::vector<std::size_t> row_of;
    std::vector<std::string> keys;  ///< of each row of the frame; empty without a key
    Messages messages;
};

Result<LoadedFile> load(const MatchRequest& request, const CancellationToken& token, const ProgressSink& progress) {
    Messages doubts;
    auto inspection = ingest::inspect_file(request.file, {}, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    // A design on one file takes the likeliest reading; what was doubtful is told.
    // Nothing is stored, so that no column needs a pseudonym.
    for (ingest::ColumnPlan& column : inspection->plan.columns) column.protection = ingest::Protection::none;
    if (is_panel(inspection->plan)) {
        auto issues = file_quality(request.file, inspection->plan, token);
        if (!issues) return tl::unexpected(issues.error());
        doubts = ingest::quality_messages(*issues);
    }
    FrameSink sink;
    const auto audit = ingest::import_csv(request.file, inspection->plan, "match", sink, token, progress);
    if (!audit) return tl::unexpected(audit.error());
    LoadedFile loaded;
    for (const ingest::Problem& problem : inspection->problems) loaded.messages.push_back(problem.message);
    if (audit->rows_rejected > 0) {
        loaded.messages.push_back({"rows_rejected", Severity::warning, {}, audit->rows_rejected});
    }
    loaded.messages.insert(loaded.messages.end(), doubts.begin(), doubts.end());
    for (Message& message : repeated_firms(sink, inspection->plan)) loaded.messages.push_back(std::move(message));
    if (request.id.empty()) {
        loaded.frame = sink.take_frame();
        loaded.row_of.resize(loaded.frame.rows());
        std::iota(loaded.row_of.begin(), loaded.row_of.end(), std::size_t{1});
        return loaded;
    }
    const std::vector<std::string> keys = sink.texts(request.id);
    const stats::Frame frame = sink.take_frame();
    if (keys.empty()) return fail(ErrorKind::usage, "variable_unknown", {{"name", request.id}});
    auto order = key_order(keys);
    if (!order) return tl::unexpected(order.error());
    loaded.frame = frame.select(*order);
    for (const std::size_t row : *order) {
        loaded.row_of.push_back(row + 1);
        loaded.keys.push_back(keys[row]);
    }
    return loaded;
}

evaluation::EffectSettings effect_settings(const MatchRequest& request, evaluation::StandardError error) {
    const design::MatchingSettings& settings = request.settings;
    const bool overlap =
        settings.method == design::MatchMethod::weighting && settings.weighting == design::Weighting::overlap;
    evaluation::EffectSettings result;
    result.adjustment = request.adjustment;
    result.error = error;
    result.missing = request.missing_outcome;
    result.target = overlap || settings.estimand == design::Estimand::ate ? effects::Target::all
                    : settings.estimand == design::Estimand::atc          ? effects::Target::non_adopters
                                                                          : effects::Target::adopters;
    const int by_default = error == evaluation::StandardError::ai_estimated ? 1 : 2;
    result.variance_neighbors = request.variance_neighbors > 0 ? request.variance_neighbors : by_default;
    result.resampling = {request.replications, settings.seed, request.threads};
    return result;
}

/// What is doubtful about the design, with the rows or covariates that it concerns.
void add_design_warnings(const MatchRequest& request, const LoadedFile& loaded, MatchOutput& output) {
    const evaluation::WarnedSection section{output.match, loaded.frame, output.treated, 0};
    const bool keyed = !loaded.keys.empty();
    const evaluation::UnitKey key{keyed ? std::vector<std::string>{"row", request.id} : std::vector<std::string>{"row"},
                                  [&](std::size_t, std::size_t row) {
                                      std::vector<std::string> cells{std::to_string(output.row_of[row])};
                                      if (keyed) cells.push_back(loaded.keys[row]);
                                      return cells;
                                  }};
    const std::span<const balance::BalanceRow> covariates(output.balance.data(), output.covariate_rows);
    for (evaluation::DesignWarnings& warnings :
         std::vector{evaluation::design_warnings({&section, 1}, key, request.settings, 1),
                     evaluation::balance_warnings(covariates)}) {
        for (Message& message : warnings.messages) output.messages.push_back(std::move(message));
        for (evaluation::WarningList& list : warnings.lists) output.lists.push_back(std::move(list));
    }
}

/// Of all matched sets: a group's few are seen in the table.
Messages effect_warnings(const std::vector<evaluation::SingleEffect>& effects) {
    Messages messages;
    for (const evaluation::SingleEffect& effect : effects) {
        if (!effect.group.empty()) continue;
        for (Message& message : effects::estimate_warnings(effect.effect)) {
            if (std::find(messages.begin(), messages.end(), message) == messages.end()) {
                messages.push_back(std::move(message));
            }
        }
    }
    return messages;
}

}  // namespace

Result<MatchSummary> match_file(const MatchRequest& request, const std::filesystem::path& folder,
                                const CancellationToken& token, const ProgressSink& progress) {
    TWINFIRM_TRY(check_protection(request.protection));
    const auto formula = stats::parse_formula(request.formula);
    if (!formula) return tl::unexpected(formula.error());
    const auto error = evaluation::standard_error_for(request.settings, request.adjustment, request.error,
                                                      !request.by.empty(), !request.cluster.empty());
    if (!error) return tl::unexpected(error.error());
    auto loaded = load(request, token, progress);
    if (!loaded) return tl::unexpected(loaded.error());
    auto treated = treatment_flags(loaded->frame, formula->response);
    if (!treated) return tl::unexpected(treated.error());

    MatchOutput output;
    output.treated = std::move(*treated);
    output.row_of = std::move(loaded->row_of);
    report_progress(progress, "matching", 0);
    auto start = Clock::now();
    stats::MarkedFrame covariates{loaded->frame, formula->terms, {}};
    if (request.settings.missing_covariates == design::MissingCovariates::indicator) {
        covariates = stats::mark_missing_covariates(loaded->frame, formula->terms);
    }
    auto match =
        evaluation::fit_score(covariates.frame, output.treated, covariates.terms, request.settings, request.threads);
    if (!match) return tl::unexpected(match.error());
    output.match = std::move(*match);
    output.score_seconds = seconds_since(start);
    TWINFIRM_TRY(token.check());
    start = Clock::now();
    TWINFIRM_TRY(
        evaluation::match_on_score(output.match, covariates.frame, output.treated, request.settings, {}, token));
    output.matching_seconds = seconds_since(start);

    start = Clock::now();
    output.balance =
        evaluation::cross_section_balance(output.match, output.treated, request.settings.estimand, request.threads);
    output.covariate_rows = output.balance.size();
    if (request.balance_interactions) {
        for (balance::BalanceRow& row : evaluation::cross_section_interactions(
                 output.match, output.treated, request.settings.estimand, request.threads)) {
            output.balance.push_back(std::move(row));
        }
    }
    const std::vector<double> ones(output.treated.size(), 1);
    output.r_squared_before = evaluation::pseudo_r_squared(output.match.design, output.treated, ones, request.threads);
    output.r_squared_after =
        evaluation::pseudo_r_squared(output.match.design, output.treated, output.match.sample.weight, request.threads);
    output.balance_seconds = seconds_since(start);
    start = Clock::now();
    evaluation::EffectSettings how = effect_settings(request, *error);
    auto clusters = cluster_codes(loaded->frame, request.cluster, loaded->messages);
    if (!clusters) return tl::unexpected(clusters.error());
    how.cluster = std::move(*clusters);
    auto effects = evaluation::cross_section_effects(loaded->frame, output.match, output.treated, request.outcomes,
                                                     request.by, how);
    if (!effects) return tl::unexpected(effects.error());
    output.effects = std::move(*effects);
    output.effects_seconds = seconds_since(start);

    output.messages = std::move(loaded->messages);
    Messages unavailable = effects_not_available(output.effects);
    Messages doubtful = effect_warnings(output.effects);
    for (const Messages* more : {&covariates.messages, &output.match.design.messages, &output.match.fit.messages,
                                 &output.match.sample.messages, &unavailable, &doubtful}) {
        output.messages.insert(output.messages.end(), more->begin(), more->end());
    }
    add_design_warnings(request, *loaded, output);
    output.hidden_effects = hide_rows(request.protection, output.effects);
    tell_of_protection(request.protection, output.hidden_effects, output.messages);
    TWINFIRM_TRY(write_match_output(request, output, folder));

    MatchSummary summary;
    for (std::size_t i = 0; i < output.treated.size(); ++i) {
        const bool matched = output.match.sample.reason[i] == matching::Reason::matched;
        ++(output.treated[i] != 0 ? summary.treated : summary.control);
        if (matched) ++(output.treated[i] != 0 ? summary.treated_matched : summary.control_matched);
    }
    summary.messages = std::move(output.messages);
    for (const evaluation::WarningList& list : output.lists) summary.lists.push_back(list.code);
    return summary;
}

}  // namespace twinfirm::app
