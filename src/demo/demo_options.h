// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/demo/generator.h"

namespace twinfirm::demo {

/// Error (usage): `demo_option_range` {option, value, low, high}.
[[nodiscard]] Status check_options(const DemoOptions& options);

}  // namespace twinfirm::demo
