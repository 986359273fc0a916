// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// Takes away every number that disclosure control does not let out, in the one place that all tables, charts, pages
/// and files draw from, and reports on it. To be called when all numbers are there, before the warnings about groups.
/// Without protection (`disclosure.enabled` false) nothing is taken away. Errors: `cancelled`.
[[nodiscard]] Status protect(const CancellationToken& token, Evaluation& result);

/// The same for the numbers of few firms in the messages.
void protect_messages(Evaluation& result);

}  // namespace twinfirm::evaluation
