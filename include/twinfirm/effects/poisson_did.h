// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "twinfirm/effects/matched_did.h"

namespace twinfirm::effects {

/// The matched change of an amount with many zeros as a ratio: log of (adopters' mean after / base) over (matched
/// non-adopters' mean after / base). This is the coefficient of adopter x after in the weighted Poisson
/// pseudo-likelihood with arm, period and their product, which is saturated and so has this closed form (Gourieroux,
/// Monfort & Trognon 1984, Econometrica 52:701; Santos Silva & Tenreyro 2006, Rev. Econ. Stat. 88:641): zeros count as
/// they are, and the unit of money does not matter, unlike with log(1 + x) (Chen & Roth 2024, QJE 139:891).
///
/// `changes` in levels, without denominators; observations without a change are left out by `missing`. Influence of an
/// observation: w (y_after - m_after) / (W m_after) - w (y_base - m_base) / (W m_base) in its arm, clustered as `kind`
/// says. The percentage is exp(effect) - 1. NaN unless all four means are above 0. It says nothing of the typical firm:
/// large exporters carry the means. Errors (usage): `effects_rate_not_adjustable` for rates, those of
/// complete_outcomes. Cost: O(n log n).
[[nodiscard]] Result<DidResult> poisson_did(const MatchedChanges& changes, SeKind kind, double confidence,
                                            MissingOutcome missing = MissingOutcome::pair);

}  // namespace twinfirm::effects
