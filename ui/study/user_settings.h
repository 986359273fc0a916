// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

class QSettings;

namespace twinfirm::ui {

/// What the program remembers of its user: paths and preferences, never data.
[[nodiscard]] std::unique_ptr<QSettings> user_settings();

}  // namespace twinfirm::ui
