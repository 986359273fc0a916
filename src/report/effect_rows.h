// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "lookup.h"
#include "words.h"

namespace twinfirm::report {

/// Pieces that several tables and sentences share.

/// `매출액(억원)`
[[nodiscard]] std::string label_with_unit(const design::Outcome& outcome, const Words& words);
/// `2년 후`, `도입연도`, `3년 전`; without an event time the mean over the years 0 .. lags.
[[nodiscard]] std::string event_time_text(std::optional<int> event_time, const design::Specification& specification,
                                          const Words& words);
/// `95% 신뢰구간`
[[nodiscard]] std::string interval_text(const design::Specification& specification, const Words& words);
/// Code of the note that says why a firm's own ratio, or anything at all, is not available.
[[nodiscard]] std::string_view missing_change_reason(const effects::BeforeAfter& change);
[[nodiscard]] std::string_view missing_effect_reason(const effects::Estimate& effect);

}  // namespace twinfirm::report
