// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace twinfirm::app {

/// Version of the program, e.g. "0.1.0"; it stands in every result.
[[nodiscard]] std::string_view version();

}  // namespace twinfirm::app
