// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <filesystem>

#include "twinfirm/base/text_encoding.h"

namespace twinfirm::ui {

/// The beginning of a text file as it stands there, at most `lines` lines; empty if it cannot be read.
[[nodiscard]] QString first_lines(const std::filesystem::path& path, TextEncoding encoding, int lines);

}  // namespace twinfirm::ui
