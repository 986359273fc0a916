// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/base/text_encoding.h"

namespace twinfirm::ui {

/// The beginning of a text file as it stands there, at most `lines` lines; empty if it cannot be read.
[[nodiscard]] QString first_lines(const std::filesystem::path& path, TextEncoding encoding, int lines);

/// Some lines of a text file.
struct LinesOfFile {
    std::int64_t first = 1;  ///< number of the first, from 1
    QStringList lines;
};
/// The line of that number with its neighbours; without lines if the file ends before. O(bytes up to there).
[[nodiscard]] Result<LinesOfFile> lines_around(const std::filesystem::path& path, TextEncoding encoding,
                                               std::int64_t line, const CancellationToken& token);

}  // namespace twinfirm::ui
