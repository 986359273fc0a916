// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "twinfirm/base/result.h"

namespace twinfirm::store {

/// The one that may write to a project: holds a lock (flock) on the file PROJECT.lock, which says who it is and what is
/// being imported. The system frees the lock of a killed program, so a lock file that is left behind hinders nobody;
/// what stands in it tells the next one what was going on.
class ProjectLock {
  public:
    struct Import {
        std::int64_t table = 0;  ///< number of the table that was being written
        std::string file_name;
    };

    /// Errors: `project_locked` (user, host, time), `project_not_writable`, `disk_full`.
    [[nodiscard]] static Result<ProjectLock> acquire(const std::filesystem::path& project);
    [[nodiscard]] static std::filesystem::path file_beside(const std::filesystem::path& project);

    ProjectLock(ProjectLock&& other) noexcept;
    ProjectLock& operator=(ProjectLock&& other) noexcept;
    ProjectLock(const ProjectLock&) = delete;
    ProjectLock& operator=(const ProjectLock&) = delete;
    ~ProjectLock();

    /// The import during which the last holder ended. Kept in the file until clear_import() says that it was dealt
    /// with.
    [[nodiscard]] const std::optional<Import>& left_behind() const { return left_behind_; }

    [[nodiscard]] Status note_import(const Import& import);
    [[nodiscard]] Status clear_import();

  private:
    ProjectLock(int file, std::filesystem::path path) : file_(file), path_(std::move(path)) {}
    [[nodiscard]] Status write(const std::optional<Import>& import);
    void release() noexcept;

    int file_;
    std::filesystem::path path_;
    std::optional<Import> left_behind_;
};

}  // namespace twinfirm::store
