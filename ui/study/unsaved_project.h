// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "twinfirm/base/result.h"

namespace twinfirm::ui {

/// The folder of a project that has no place of its own yet. It goes with this object; when the program is killed it
/// stays, and the next window offers it.
class UnsavedProject {
  public:
    /// A new folder (0700) below `twinfirm/unsaved` in the user's data folder. Errors: `file_not_writable`.
    [[nodiscard]] static Result<std::unique_ptr<UnsavedProject>> make();
    /// Takes over a project that another window left.
    [[nodiscard]] static std::unique_ptr<UnsavedProject> take_over(const std::filesystem::path& project);
    /// Projects with contents that no running program holds, the latest first. Empty ones are removed on the way.
    [[nodiscard]] static std::vector<std::filesystem::path> left_behind();

    UnsavedProject(const UnsavedProject&) = delete;
    UnsavedProject& operator=(const UnsavedProject&) = delete;
    ~UnsavedProject();

    [[nodiscard]] std::filesystem::path project() const;

  private:
    explicit UnsavedProject(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::filesystem::path folder_;
};

}  // namespace twinfirm::ui
