// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>

namespace twinfirm::ui {

/// `163,273` in the window's language.
[[nodiscard]] QString count_text(std::int64_t count);

}  // namespace twinfirm::ui
