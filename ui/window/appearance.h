// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"

class QApplication;

namespace twinfirm::ui {

/// Bundled Korean font, light colours and the style sheet. Error: `font_without_hangul`.
[[nodiscard]] Status apply_appearance(QApplication& application);

}  // namespace twinfirm::ui
