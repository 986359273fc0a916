// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/app/sensitivity.h"

namespace twinfirm::app {

/// sensitivity.json: numbers that are not available are null.
[[nodiscard]] std::string sensitivity_json(const SensitivityRequest& request, const SensitivityResult& result);

}  // namespace twinfirm::app
