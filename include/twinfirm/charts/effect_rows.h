// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::charts {

/// The estimator that the charts show: the unadjusted matched difference-in-differences.
inline constexpr std::string_view charted_estimator = "did";

/// nullptr where the evaluation has no such outcome, indicator or breakdown.
[[nodiscard]] const design::Outcome* find_outcome(const evaluation::Evaluation& evaluation, std::string_view key);
[[nodiscard]] const design::ProcessKpi* find_process_kpi(const evaluation::Evaluation& evaluation,
                                                         std::string_view key);
[[nodiscard]] const design::Breakdown* find_breakdown(const evaluation::Evaluation& evaluation, std::string_view key);

/// The same for who asks for a chart of them: `chart_outcome_unknown`, `chart_breakdown_unknown`.
[[nodiscard]] Result<const design::Outcome*> require_outcome(const evaluation::Evaluation& evaluation,
                                                             std::string_view key);
[[nodiscard]] Result<const design::Breakdown*> require_breakdown(const evaluation::Evaluation& evaluation,
                                                                 std::string_view key);

/// The effect of all adopters at that time; no time = mean over the years since adoption. nullptr if there is none.
[[nodiscard]] const evaluation::EffectRow* total_effect(const evaluation::Evaluation& evaluation,
                                                        std::string_view outcome, std::optional<int> event_time);

/// The effects of the groups of a breakdown, mean over the years since adoption, in the order of the evaluation.
[[nodiscard]] std::vector<const evaluation::EffectRow*> group_effects(const evaluation::Evaluation& evaluation,
                                                                      std::string_view outcome,
                                                                      std::string_view breakdown);

/// The before/after row of that group (empty breakdown = all adopters): of the whole period where the evaluation has
/// it, else of the last year since adoption. nullptr if there is none.
[[nodiscard]] const evaluation::BeforeAfterRow* before_after_of(const evaluation::Evaluation& evaluation,
                                                                std::string_view outcome, std::string_view breakdown,
                                                                std::string_view group);

/// The before/after rows of the groups of a breakdown without a time (survey indicators), in order.
[[nodiscard]] std::vector<const evaluation::BeforeAfterRow*> group_changes(const evaluation::Evaluation& evaluation,
                                                                           std::string_view outcome,
                                                                           std::string_view breakdown);

/// The test that the groups do not differ; nullptr if there is none.
[[nodiscard]] const evaluation::Heterogeneity* heterogeneity_of(const evaluation::Evaluation& evaluation,
                                                                std::string_view outcome, std::string_view breakdown);

}  // namespace twinfirm::charts
