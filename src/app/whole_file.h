// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/stats/frame.h"

namespace twinfirm::app {

/// The rows of one file in memory, with what was doubtful about them.
struct WholeFile {
    stats::Frame frame;  ///< columns under their names in the file
    Messages messages;   ///< of the inspection; `rows_rejected` with their number
};

/// Reads a file by its likeliest reading, as `match` does: nothing is asked, nothing is stored, no column is replaced
/// by a pseudonym. Errors: those of the inspection and the import.
[[nodiscard]] Result<WholeFile> read_whole_table(const std::filesystem::path& path, const CancellationToken& token,
                                                 const ProgressSink& progress);

}  // namespace twinfirm::app
