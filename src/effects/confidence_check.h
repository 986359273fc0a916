// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/number_text.h"
#include "twinfirm/base/result.h"

namespace twinfirm::effects {

[[nodiscard]] inline Status check_confidence(double confidence) {
    if (confidence > 0 && confidence < 1) return {};
    return fail(ErrorKind::usage, "effects_confidence_level", {{"value", shortest_text(confidence)}});
}

}  // namespace twinfirm::effects
