// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/report/sentence.h"

namespace twinfirm::report {

/// Sentences made from result values. A sentence says that something rose or fell only when the interval excludes 0;
/// otherwise it says that the difference is not statistically significant. Whether a fall is good stands in the
/// outcome's direction. All effects are relative to the matched non-adopters, never `because of` the programme alone.

/// What an interval allows to say.
enum class Verdict { increase, decrease, not_significant, not_available };
/// Not significant when 0 lies in [low, high], limits included; not available without an interval.
[[nodiscard]] Verdict verdict(double low, double high);

/// `증가`, `감소`, for outcomes that should fall `감소(개선)`, `증가(악화)`. Only for increase and decrease.
[[nodiscard]] std::string direction_phrase(Verdict verdict, design::Direction direction, Language language);

/// The matched effect of one row, with time, interval and n.
[[nodiscard]] std::string effect_sentence(const evaluation::Evaluation& evaluation, const evaluation::EffectRow& row,
                                          Language language);
/// The naive change of one row: an outcome or a survey indicator.
[[nodiscard]] std::string before_after_sentence(const evaluation::Evaluation& evaluation,
                                                const evaluation::BeforeAfterRow& row, Language language);
/// Whose effect it is: ATT, or that of the matched adopters when adopters were left out.
[[nodiscard]] std::string estimand_sentence(const evaluation::Evaluation& evaluation, Language language);
/// How many covariates have |SMD| > 0.1 before and after matching, and which ones after.
[[nodiscard]] std::string balance_sentence(const evaluation::Evaluation& evaluation, Language language);
/// Did adopters and matched non-adopters differ before the adoption already? An absence of evidence is called that.
[[nodiscard]] std::string pre_trend_sentence(const evaluation::Evaluation& evaluation, std::string_view outcome,
                                             Language language);
[[nodiscard]] std::string heterogeneity_sentence(const evaluation::Evaluation& evaluation,
                                                 const evaluation::Heterogeneity& test, Language language);
/// One line an outcome: the matched effect and the naive change, each with its interval and n.
[[nodiscard]] Sentences outcome_lines(const evaluation::Evaluation& evaluation, Language language);
/// pre_trend_sentence of all outcomes; those without a difference share one line.
[[nodiscard]] Sentences pre_trend_lines(const evaluation::Evaluation& evaluation, Language language);
/// Three sentences: who was compared, the matched effects, and what the naive numbers are not.
[[nodiscard]] Sentences summary_sentences(const evaluation::Evaluation& evaluation, Language language);

}  // namespace twinfirm::report
