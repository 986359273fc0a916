// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "twinfirm/evaluation/over_time.h"

namespace twinfirm::evaluation {

[[nodiscard]] nlohmann::ordered_json over_time_to_json(const OverTime& over_time);

}  // namespace twinfirm::evaluation
