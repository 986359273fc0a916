// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::app {

/// A place within a folder of results where the files of a new result are written first, so that an export that fails
/// or is cancelled leaves the folder as it was. Without put_in_place() everything written is removed again.
class StagedResults {
  public:
    /// Makes the folder if it is not there. Errors: `file_not_writable` {path, reason}.
    [[nodiscard]] static Result<StagedResults> begin(const std::filesystem::path& folder);

    StagedResults(StagedResults&& other) noexcept;
    StagedResults& operator=(StagedResults&& other) noexcept;
    ~StagedResults();

    /// Where to write.
    [[nodiscard]] const std::filesystem::path& staging() const { return staging_; }
    /// Moves the files over those of an earlier result, each by one renaming, and takes away the earlier result's lists
    /// of firms that this one does not have. Errors: `file_not_writable` {path, reason}.
    [[nodiscard]] Status put_in_place(const evaluation::Evaluation& evaluation);

  private:
    StagedResults(std::filesystem::path folder, std::filesystem::path staging, bool is_new);
    void remove();

    std::filesystem::path folder_;
    std::filesystem::path staging_;
    bool is_new_ = false;  ///< the folder was made for this result
};

}  // namespace twinfirm::app
