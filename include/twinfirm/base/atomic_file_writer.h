// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string_view>

#include "twinfirm/base/result.h"

namespace twinfirm {

/// Writes a large file piece by piece: into a temporary file beside it (mode 0600), which takes its place at the
/// commit. Without a commit the temporary file disappears and an old file stays as it was.
class AtomicFileWriter {
  public:
    /// Errors: `file_not_writable` (path, reason), `disk_full` (path).
    [[nodiscard]] static Result<AtomicFileWriter> create(const std::filesystem::path& path);
    AtomicFileWriter(AtomicFileWriter&& other) noexcept;
    AtomicFileWriter& operator=(AtomicFileWriter&&) = delete;
    ~AtomicFileWriter();

    /// Errors: as create.
    [[nodiscard]] Status append(std::string_view bytes);
    /// Syncs and renames; to be called once. Errors: as create.
    [[nodiscard]] Status commit();

  private:
    AtomicFileWriter(std::filesystem::path path, std::filesystem::path temporary, int file)
        : path_(std::move(path)), temporary_(std::move(temporary)), file_(file) {}

    std::filesystem::path path_;
    std::filesystem::path temporary_;
    int file_ = -1;
};

}  // namespace twinfirm
