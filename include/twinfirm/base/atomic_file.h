// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// Writes the whole file or leaves the old one: a temporary file beside it (mode 0600), fsync, rename.
/// Errors: `file_not_writable` (path, reason), `disk_full`.
[[nodiscard]] Status write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// Makes a folder and those above it; one that is there is as good. Error: `file_not_writable` (path, reason).
[[nodiscard]] Status create_folders(const std::filesystem::path& folder);

/// The bytes of a (small) file. Errors: `file_not_found`, `file_not_readable`.
[[nodiscard]] Result<std::string> read_whole_file(const std::filesystem::path& path);

}  // namespace twinfirm
