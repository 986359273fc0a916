// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/over_time.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::evaluation {

/// Callaway & Sant'Anna's estimates of every followed outcome on the study's panel, with aggregates, bands, tests and
/// the placebo by pseudo-adoption, as the specification asks. Covariates of a firm and year are the columns that
/// matching would take for a cohort that adopts a year later. An outcome that cannot be estimated has messages and no
/// numbers. Errors (usage): `variable_unknown`; those of the design matrix. Cost: that of estimate_staggered_did and of
/// the bootstrap for each outcome.
[[nodiscard]] Status add_staggered(const design::Specification& specification, const stats::Panel& panel,
                                   unsigned threads, const CancellationToken& token, OverTime& result);

}  // namespace twinfirm::evaluation
