// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>

#include "twinfirm/evaluation/group_results.h"

namespace twinfirm::evaluation {

[[nodiscard]] nlohmann::ordered_json group_results_to_json(const GroupResults& groups);

}  // namespace twinfirm::evaluation
