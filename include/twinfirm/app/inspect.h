// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

/// Looks a file over from beginning to end; stores nothing. `answers`: what the analyst decided about its questions.
[[nodiscard]] Result<ingest::Inspection> inspect(const std::filesystem::path& file,
                                                 const std::map<std::string, std::string>& answers = {},
                                                 const CancellationToken& token = {},
                                                 const ProgressSink& progress = {});

}  // namespace twinfirm::app
