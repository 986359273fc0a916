// SPDX-License-Identifier: GPL-3.0-or-later
#include "did_output.h"

#include <nlohmann/json.hpp>

#include "hidden_rows.h"
#include "twinfirm/app/version.h"
#include "twinfirm/base/atomic_file.h"
#include "twinfirm/base/csv_writer.h"
#include "twinfirm/base/message_catalogue.h"
#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

std::string att_gt_csv(const DidResult& result) {
    CsvWriter csv;
    csv.header({"group", "time", "att", "std_error", "ci_low", "ci_high", "band_low", "band_high", "n", "n_treated",
                "n_control", "bootstrap_std_error"});
    for (std::size_t i = 0; i < result.did.effects.size(); ++i) {
        const effects::GroupTimeEffect& effect = result.did.effects[i];
        const std::int64_t n = effect.n_treated;
        csv.integer(effect.group).integer(effect.time);
        for (const double value :
             {effect.att, effect.std_error, effect.ci_low, effect.ci_high, result.band.low[i], result.band.high[i]}) {
            write_number(csv, value, n);
        }
        write_count(csv, n == evaluation::hidden_count ? n : n + effect.n_control);
        write_count(csv, n);
        write_count(csv, effect.n_control);
        write_number(csv, result.band.std_error[i], n);
        csv.end_row();
    }
    return csv.bytes();
}

void aggregate_row(CsvWriter& csv, effects::DidAggregation kind, const effects::DidEstimate& estimate,
                   const effects::UniformBand& band, std::size_t place) {
    csv.text(effects::aggregation_code(kind));
    estimate.at ? csv.integer(*estimate.at) : csv.missing();
    const std::int64_t n = estimate.n_treated;
    for (const double value : {estimate.att, estimate.std_error, estimate.ci_low, estimate.ci_high, band.low[place],
                               band.high[place], estimate.p_value}) {
        write_number(csv, value, n);
    }
    write_count(csv, n);
    write_number(csv, band.std_error[place], n);
    csv.end_row();
}

std::string aggregates_csv(const DidResult& result) {
    CsvWriter csv;
    csv.header({"kind", "at", "att", "std_error", "ci_low", "ci_high", "band_low", "band_high", "p_value", "n_treated",
                "bootstrap_std_error"});
    for (const DidAggregate& aggregate : result.aggregates) {
        const effects::AggregatedDid& estimate = aggregate.estimate;
        aggregate_row(csv, estimate.kind, estimate.overall, aggregate.overall_band, 0);
        for (std::size_t i = 0; i < estimate.by.size(); ++i)
            aggregate_row(csv, estimate.kind, estimate.by[i], aggregate.band, i);
    }
    return csv.bytes();
}

Json wald_json(const effects::WaldTest& test) {
    return {{"statistic", test.statistic}, {"df", test.df}, {"p_value", test.p_value}};
}

Json estimate_json(const effects::DidEstimate& estimate) {
    return {{"att", estimate.att},
            {"std_error", estimate.std_error},
            {"ci_low", estimate.ci_low},
            {"ci_high", estimate.ci_high},
            {"p_value", estimate.p_value},
            {"n_treated", estimate.n_treated == evaluation::hidden_count ? Json("X") : Json(estimate.n_treated)}};
}

Json year_json(std::optional<int> at) {
    return at ? Json(*at) : Json(nullptr);
}

Json magnitudes_json(const std::vector<effects::RelativeMagnitudes>& all) {
    Json json = Json::array();
    for (const effects::RelativeMagnitudes& item : all) {
        Json intervals = Json::array();
        for (const effects::RelativeMagnitudesInterval& interval : item.intervals)
            intervals.push_back({{"mbar", interval.mbar}, {"low", interval.low}, {"high", interval.high}});
        json.push_back({{"at", year_json(item.at)},
                        {"att", item.att},
                        {"std_error", item.std_error},
                        {"largest_step", item.largest_step},
                        {"breakdown_estimate", item.breakdown_estimate},
                        {"breakdown", item.breakdown},
                        {"intervals", std::move(intervals)}});
    }
    return json;
}

std::string pretrend_json(const DidRequest& request, const DidResult& result) {
    const MessageCatalogue english(Language::english);
    const effects::StaggeredDid& did = result.did;
    Json before = Json::array();
    for (const DidAggregate& aggregate : result.aggregates) {
        if (aggregate.estimate.kind != effects::DidAggregation::dynamic) continue;
        for (const effects::DidEstimate& estimate : aggregate.estimate.by) {
            if (*estimate.at >= 0) continue;
            Json row = {{"at", *estimate.at}};
            row.update(estimate_json(estimate));
            before.push_back(std::move(row));
        }
    }
    Json groups = Json::array();
    for (std::size_t g = 0; g < did.groups.size(); ++g)
        groups.push_back({{"group", did.groups[g]}, {"share", did.group_share[g]}});
    Json trend = {{"first", result.trend.first}, {"last", result.trend.last}};
    trend["slope"] = estimate_json(result.trend.slope);
    trend["equal_effects"] = wald_json(result.trend.equal);
    trend["same_groups"] = result.trend.same_groups;
    Json warnings = Json::array();
    for (const Message& message : result.messages)
        warnings.push_back({{"code", message.code}, {"text", english.text(message)}, {"count", message.count}});
    Json placebo = nullptr;
    if (result.placebo) {
        placebo = {{"years_earlier", request.placebo_years}};
        placebo.update(estimate_json(*result.placebo));
    }
    const Json json = {
        {"engine_version", version()},
        {"firms", did.firms},
        {"clusters", did.clusters},
        {"times", did.times},
        {"groups", std::move(groups)},
        {"pretrend_test", wald_json(result.pretrend)},
        {"before_adoption", std::move(before)},
        {"relative_magnitudes", magnitudes_json(result.relative_magnitudes)},
        {"effect_trend", std::move(trend)},
        {"placebo", std::move(placebo)},
        {"bootstrap", {{"draws", request.draws}, {"seed", request.seed}, {"critical_att_gt", result.band.critical}}},
        {"disclosure", {{"protected", request.protection.enabled}, {"reason", request.protection.reason}}},
        {"warnings", std::move(warnings)}};
    return json.dump(1) + "\n";
}

}  // namespace

Status write_did_output(const DidRequest& request, const DidResult& result, const std::filesystem::path& folder) {
    TWINFIRM_TRY(create_folders(folder));
    TWINFIRM_TRY(write_file_atomically(folder / "att_gt.csv", att_gt_csv(result)));
    TWINFIRM_TRY(write_file_atomically(folder / "aggregates.csv", aggregates_csv(result)));
    return write_file_atomically(folder / "pretrend.json", pretrend_json(request, result));
}

}  // namespace twinfirm::app
