// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "twinfirm/design/specification.h"

namespace twinfirm::design {

/// The entry of that key; null if there is none. It lives as long as the specification. O(entries).
[[nodiscard]] const Outcome* find_outcome(const Specification& specification, std::string_view key);
[[nodiscard]] const ProcessKpi* find_process_kpi(const Specification& specification, std::string_view key);
[[nodiscard]] const Breakdown* find_breakdown(const Specification& specification, std::string_view key);

}  // namespace twinfirm::design
