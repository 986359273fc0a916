// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "study_effects.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Fills `result.sensitivity` for the outcomes that the specification names: what a hidden factor would have to be to
/// explain the mean effect over the years 0 .. lags away. For all adopters together.
[[nodiscard]] Status add_sensitivity(const StudyCohorts& study, unsigned threads, const CancellationToken& token,
                                     Evaluation& result);

}  // namespace twinfirm::evaluation
