// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "twinfirm/base/message.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/evaluation/group.h"

/// What several parts of `result.json` are written with.
namespace twinfirm::evaluation::json_parts {

using Json = nlohmann::ordered_json;

/// NaN = null; infinities, which JSON has no numbers for, as `inf` and `-inf`.
[[nodiscard]] Json number(double value);
/// `X` where it is hidden.
[[nodiscard]] Json count(std::int64_t value);
/// null = the mean over the years.
[[nodiscard]] Json event_time(const std::optional<int>& at);
[[nodiscard]] Json message(const Message& value);
[[nodiscard]] Json group(const Group& value);
[[nodiscard]] Json estimate(const effects::Estimate& value);

template <class Values, class Convert>
[[nodiscard]] Json list(const Values& values, Convert convert) {
    Json json = Json::array();
    json.get_ref<Json::array_t&>().reserve(values.size());
    for (const auto& value : values) json.push_back(convert(value));
    return json;
}

}  // namespace twinfirm::evaluation::json_parts
