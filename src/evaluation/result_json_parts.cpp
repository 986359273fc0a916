// SPDX-License-Identifier: GPL-3.0-or-later
#include "result_json_parts.h"

#include <cmath>

#include "twinfirm/evaluation/disclosure_report.h"

namespace twinfirm::evaluation::json_parts {

Json number(double value) {
    if (std::isnan(value)) return nullptr;
    if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
    return value;
}

Json count(std::int64_t value) {
    if (value == hidden_count) return "X";
    return value;
}

Json event_time(const std::optional<int>& at) {
    return at ? Json(*at) : Json(nullptr);
}

Json message(const Message& value) {
    Json arguments = Json::object();
    for (const auto& [name, argument] : value.arguments) arguments[name] = argument;
    return {{"code", value.code},
            {"severity", value.severity == Severity::info ? "info" : "warning"},
            {"count", count(value.count)},
            {"arguments", arguments}};
}

Json group(const Group& value) {
    return {{"breakdown", value.breakdown},
            {"key", value.key},
            {"label", {{"ko", value.label.ko}, {"en", value.label.en}}},
            {"suppressed", value.suppressed}};
}

Json estimate(const effects::Estimate& value) {
    Json json = Json::object();
    // An object that grows copies what it holds: room also for what the main estimates have besides.
    json.get_ref<Json::object_t&>().reserve(11);
    json["estimate"] = number(value.estimate);
    json["std_error"] = number(value.std_error);
    json["df"] = number(value.df);
    json["ci_low"] = number(value.ci_low);
    json["ci_high"] = number(value.ci_high);
    json["p_value"] = number(value.p_value);
    json["se_kind"] = value.se_kind;
    json["n_treated"] = value.n_treated;
    json["n_control"] = value.n_control;
    return json;
}

}  // namespace twinfirm::evaluation::json_parts
