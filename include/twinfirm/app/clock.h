// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace twinfirm::app {

/// Now, as ISO 8601 in UTC: 2026-03-05T07:08:09Z.
[[nodiscard]] std::string utc_time_now();

}  // namespace twinfirm::app
