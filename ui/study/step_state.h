// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

#include "study/open_study.h"

namespace twinfirm::ui {

enum class Step { data, design, balance, effects, breakdowns, report, survey };
inline constexpr std::size_t step_count = 7;

enum class StepState {
    open,       ///< nothing there yet
    done,       ///< in order
    attention,  ///< something should be looked at before the numbers are used
    stale,      ///< to be computed again
};

/// The states of the steps, in their order; the survey has files of its own and is open here.
[[nodiscard]] std::array<StepState, step_count> step_states(const OpenStudy& study);

}  // namespace twinfirm::ui
