// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "study/data_file.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"

namespace twinfirm::ui {

/// The files that are open but not stored, with all that was decided about them, so that a killed window loses nothing.
/// Only paths and decisions are kept, no data; beside a project without a place of its own, else in the user's data
/// folder, so that a project that is passed on does not tell where its files lay.

/// Where they are kept for that project.
[[nodiscard]] std::filesystem::path kept_files_path(const std::filesystem::path& project, bool has_own_place);

/// As text; empty when there is nothing to keep.
[[nodiscard]] std::string kept_files_json(const std::vector<DataFile>& files);
/// Writes the text (mode 0600), or removes the file when it is empty.
[[nodiscard]] Status keep_files(const std::filesystem::path& path, const std::string& json);

/// Opens the kept files again. One that changed since is read anew; one that is not there any more is left out.
[[nodiscard]] std::vector<DataFile> open_kept_files(const std::filesystem::path& path, const CancellationToken& token,
                                                    const ProgressSink& progress);

}  // namespace twinfirm::ui
