// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/did_file.h"

#include "did_output.h"
#include "hidden_rows.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/p_value_text.h"
#include "twinfirm/evaluation/single_design.h"
#include "whole_file.h"
#include "year_column.h"

namespace twinfirm::app {

namespace {

void append(Messages& to, const Messages& from) {
    to.insert(to.end(), from.begin(), from.end());
}

Result<const stats::Column*> column_of(const stats::Frame& frame, const std::string& name) {
    const stats::Column* column = frame.find(name);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    return column;
}

Result<effects::StaggeredPanel> read_panel(const DidRequest& request, Messages& messages,
                                           const CancellationToken& token, const ProgressSink& progress) {
    effects::LongRows rows;
    if (!request.formula.empty()) {
        auto formula = stats::parse_formula(request.formula);
        if (!formula) return tl::unexpected(formula.error());
        rows.terms = std::move(formula->terms);
    }
    auto file = read_whole_table(request.file, token, progress);
    if (!file) return tl::unexpected(file.error());
    append(messages, file->messages);
    const stats::Frame& frame = file->frame;
    rows.frame = &frame;
    const auto firm = column_of(frame, request.id);
    if (!firm) return tl::unexpected(firm.error());
    rows.firm = *firm;
    const auto time = column_of(frame, request.time);
    if (!time) return tl::unexpected(time.error());
    auto years = years_of(**time, effects::no_year);
    if (!years) return tl::unexpected(years.error());
    rows.time = std::move(*years);
    const auto first = column_of(frame, request.first_treated);
    if (!first) return tl::unexpected(first.error());
    auto adoption = adoption_years_of(**first);
    if (!adoption) return tl::unexpected(adoption.error());
    rows.first_treated = std::move(*adoption);
    const auto outcome = evaluation::outcome_values(frame, request.outcome);
    if (!outcome) return tl::unexpected(outcome.error());
    rows.outcome = *outcome;
    if (!request.weights.empty()) {
        const auto weights = column_of(frame, request.weights);
        if (!weights) return tl::unexpected(weights.error());
        if ((*weights)->kind() != stats::ColumnKind::number) {
            return fail(ErrorKind::usage, "variable_not_numeric", {{"name", request.weights}});
        }
        rows.weight = (*weights)->values();
    }
    if (!request.cluster.empty()) {
        const auto cluster = column_of(frame, request.cluster);
        if (!cluster) return tl::unexpected(cluster.error());
        rows.cluster = *cluster;
    }
    return effects::build_staggered_panel(rows);
}

Status aggregate(const DidRequest& request, DidResult& result, const CancellationToken& token) {
    auto draws = effects::draw_multipliers(result.did, request.draws, request.seed, request.options.threads, token);
    if (!draws) return tl::unexpected(draws.error());
    const double confidence = request.options.confidence;
    result.band = effects::uniform_band(*draws, effects::group_time_estimates(result.did), confidence);
    for (const effects::DidAggregation kind : {effects::DidAggregation::simple, effects::DidAggregation::dynamic,
                                               effects::DidAggregation::group, effects::DidAggregation::calendar}) {
        auto estimate = effects::aggregate_did(result.did, kind, request.balance);
        if (!estimate) return tl::unexpected(estimate.error());
        DidAggregate entry;
        entry.band = effects::uniform_band(*draws, estimate->by, confidence);
        entry.overall_band = effects::uniform_band(*draws, {estimate->overall}, confidence);
        entry.estimate = std::move(*estimate);
        result.aggregates.push_back(std::move(entry));
    }
    return {};
}

Status test(const DidRequest& request, const effects::StaggeredPanel& panel, DidResult& result,
            const CancellationToken& token) {
    const effects::AggregatedDid& dynamic = result.aggregates[1].estimate;
    result.pretrend = effects::pretrend_test(result.did);
    result.trend = effects::effect_trend(result.did, dynamic);
    result.relative_magnitudes = effects::relative_magnitudes(result.did, dynamic);
    if (result.pretrend.p_value < 1 - request.options.confidence) {
        result.messages.push_back(
            {"did_pretrend_rejected", Severity::warning, {{"p", p_value_text(result.pretrend.p_value)}}, 0});
    } else if (result.pretrend.p_value >= 0) {
        result.messages.push_back({"did_pretrend_weak", Severity::info, {}, 0});
    }
    if (!result.trend.same_groups) result.messages.push_back({"did_trend_composition", Severity::warning, {}, 0});
    if (request.placebo_years > 0) {
        effects::StaggeredOptions options = request.options;
        options.use = effects::PanelUse::pairs;  // the years of real adoption are gaps
        const auto placebo =
            effects::estimate_staggered_did(effects::placebo_panel(panel, request.placebo_years), options, token);
        if (!placebo) return tl::unexpected(placebo.error());
        const auto simple = effects::aggregate_did(*placebo, effects::DidAggregation::simple);
        if (!simple) return tl::unexpected(simple.error());
        result.placebo = simple->overall;
    }
    return {};
}

}  // namespace

Result<DidResult> did_file(const DidRequest& request, const std::filesystem::path& folder,
                           const CancellationToken& token, const ProgressSink& progress) {
    TWINFIRM_TRY(check_protection(request.protection));
    DidResult result;
    const auto panel = read_panel(request, result.messages, token, progress);
    if (!panel) return tl::unexpected(panel.error());
    append(result.messages, panel->messages);
    report_progress(progress, "did", 0);
    auto did = effects::estimate_staggered_did(*panel, request.options, token);
    if (!did) return tl::unexpected(did.error());
    result.did = std::move(*did);
    append(result.messages, result.did.messages);
    TWINFIRM_TRY(aggregate(request, result, token));
    TWINFIRM_TRY(test(request, *panel, result, token));
    tell_of_protection(request.protection, hide_rows(request.protection, result), result.messages);
    TWINFIRM_TRY(write_did_output(request, result, folder));
    return result;
}

}  // namespace twinfirm::app
