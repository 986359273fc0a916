// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>

#include "study/open_study.h"

namespace twinfirm::ui {

enum class Step { data, design, balance, effects, breakdowns, report };
inline constexpr std::size_t step_count = 6;

enum class StepState {
    open,       ///< nothing there yet
    done,       ///< in order
    attention,  ///< something should be looked at before the numbers are used
    stale,      ///< to be computed again
};

/// The states of the six steps, in their order.
[[nodiscard]] std::array<StepState, step_count> step_states(const OpenStudy& study);

}  // namespace twinfirm::ui
