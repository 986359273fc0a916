// SPDX-License-Identifier: GPL-3.0-or-later
#include "study/step_state.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/charts/love_plot.h"

namespace twinfirm::ui {

namespace {

StepState data_state(const OpenStudy& study) {
    const auto& files = study.files();
    if (files.empty()) return StepState::open;
    const bool settled = std::all_of(files.begin(), files.end(),
                                     [](const DataFile& file) { return file.audit && file.audit->rows_rejected == 0; });
    return settled ? StepState::done : StepState::attention;
}

StepState design_state(const OpenStudy& study) {
    if (!study.validation().errors.empty()) return StepState::attention;
    return study.stored_tables().empty() ? StepState::open : StepState::done;
}

bool is_unbalanced(const evaluation::Evaluation& evaluation) {
    return std::any_of(evaluation.balance.begin(), evaluation.balance.end(), [](const auto& row) {
        return row.type != "distance" && std::abs(row.after.smd) > charts::smd_limit;
    });
}

/// Is any number with (or without) a group marked by a trap?
bool has_traps(const evaluation::Evaluation& evaluation, bool grouped) {
    const auto marked = [&](const auto& row) {
        return row.group.breakdown.empty() != grouped && (!row.traps.empty() || row.group.suppressed);
    };
    return std::any_of(evaluation.effects.begin(), evaluation.effects.end(), marked) ||
           std::any_of(evaluation.before_after.begin(), evaluation.before_after.end(), marked);
}

}  // namespace

std::array<StepState, step_count> step_states(const OpenStudy& study) {
    std::array<StepState, step_count> states{};
    states.fill(StepState::open);
    states[0] = data_state(study);
    states[1] = design_state(study);
    const auto mark = [](bool attention) { return attention ? StepState::attention : StepState::done; };
    if (!study.result_is_current()) {
        if (study.evaluation()) std::fill(states.begin() + 2, states.begin() + 6, StepState::stale);
        if (const auto& preview = study.preview().evaluation()) states[2] = mark(is_unbalanced(*preview));
        return states;
    }
    const evaluation::Evaluation& evaluation = *study.evaluation();
    states[2] = mark(is_unbalanced(evaluation));
    states[3] = mark(has_traps(evaluation, false));
    states[4] = mark(has_traps(evaluation, true));
    states[5] = StepState::done;
    return states;
}

}  // namespace twinfirm::ui
