// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/base/result.h"
#include "window/colors.h"

class QApplication;

namespace twinfirm::ui {

/// Bundled Korean font, colours and the style sheet. Charts and the report stay on white sheets in either scheme: they
/// are shown as they are printed. Error: `font_without_hangul`.
[[nodiscard]] Status apply_appearance(QApplication& application, Scheme scheme = Scheme::light);

/// What the user wants; kept in the user's settings.
enum class SchemeChoice { desktop, light, dark };
[[nodiscard]] SchemeChoice chosen_scheme();
void choose_scheme(SchemeChoice choice);

/// The scheme to show: that of the desktop unless another one was chosen.
[[nodiscard]] Scheme scheme_to_show();

}  // namespace twinfirm::ui
