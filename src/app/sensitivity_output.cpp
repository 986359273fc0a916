// SPDX-License-Identifier: GPL-3.0-or-later
#include "sensitivity_output.h"

#include <nlohmann/json.hpp>

#include "twinfirm/app/version.h"
#include "twinfirm/base/message_catalogue.h"

namespace twinfirm::app {

namespace {

using Json = nlohmann::ordered_json;  // NaN is written as null

Json signed_rank_json(const effects::SignedRankBounds& test) {
    Json json = {{"test", "signed_rank"},
                 {"pairs", test.pairs},
                 {"zero_differences", test.zero_differences},
                 {"mean_difference", test.mean_difference},
                 {"statistic", test.statistic},
                 {"hodges_lehmann", test.hodges_lehmann},
                 {"largest_gamma", test.largest_gamma},
                 {"bounds", Json::array()}};
    for (const effects::SignedRankBound& bound : test.bounds) {
        json["bounds"].push_back({{"gamma", bound.gamma},
                                  {"p_low", bound.p_low},
                                  {"p_high", bound.p_high},
                                  {"estimate_low", bound.estimate_low},
                                  {"estimate_high", bound.estimate_high}});
    }
    return json;
}

Json bounds_json(const std::vector<effects::GammaBound>& bounds) {
    Json json = Json::array();
    for (const effects::GammaBound& bound : bounds)
        json.push_back({{"gamma", bound.gamma}, {"p_low", bound.p_low}, {"p_high", bound.p_high}});
    return json;
}

Json omitted_json(const effects::OmittedVariableBias& bias) {
    Json json = {{"estimate", bias.estimate},
                 {"std_error", bias.std_error},
                 {"t", bias.t},
                 {"df", bias.df},
                 {"n", bias.n},
                 {"partial_r2", bias.partial_r2},
                 {"robustness_value", bias.robustness_value},
                 {"robustness_value_alpha", bias.robustness_value_alpha},
                 {"bounds", Json::array()}};
    for (const effects::BenchmarkBound& bound : bias.bounds) {
        json["bounds"].push_back({{"covariate", bound.covariate},
                                  {"multiple", bound.multiple},
                                  {"r2_treatment", bound.r2_treatment},
                                  {"r2_outcome", bound.r2_outcome},
                                  {"estimate", bound.estimate},
                                  {"std_error", bound.std_error},
                                  {"t", bound.t},
                                  {"ci_low", bound.ci_low},
                                  {"ci_high", bound.ci_high}});
    }
    return json;
}

}  // namespace

std::string sensitivity_json(const SensitivityRequest& request, const SensitivityResult& result) {
    const MessageCatalogue english(Language::english);
    Json json = {{"engine_version", version()},
                 {"alpha", request.alpha},
                 {"alternative", request.less ? "less" : "greater"},
                 {"rosenbaum", Json::array()}};
    if (result.signed_rank) json["rosenbaum"].push_back(signed_rank_json(*result.signed_rank));
    if (result.m_statistic) {
        json["rosenbaum"].push_back({{"test", "m_statistic"},
                                     {"sets", result.m_statistic->sets},
                                     {"largest_gamma", result.m_statistic->largest_gamma},
                                     {"bounds", bounds_json(result.m_statistic->bounds)}});
    }
    if (result.mcnemar) {
        json["rosenbaum"].push_back({{"test", "mcnemar"},
                                     {"adopter_only", result.mcnemar->adopter_only},
                                     {"partner_only", result.mcnemar->partner_only},
                                     {"largest_gamma", result.mcnemar->largest_gamma},
                                     {"bounds", bounds_json(result.mcnemar->bounds)}});
    }
    json["e_value"] = nullptr;
    if (const auto& value = result.e_value) {
        json["e_value"] = {{"risk_ratio", value->risk_ratio},
                           {"low", value->low},
                           {"high", value->high},
                           {"estimate", value->estimate},
                           {"interval", value->interval}};
    }
    json["omitted_variable_bias"] = nullptr;
    if (result.omitted_variable) json["omitted_variable_bias"] = omitted_json(*result.omitted_variable);
    json["warnings"] = Json::array();
    for (const Message& message : result.messages) {
        json["warnings"].push_back({{"code", message.code}, {"text", english.text(message)}, {"count", message.count}});
    }
    return json.dump(1) + "\n";
}

}  // namespace twinfirm::app
