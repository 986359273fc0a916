// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/demo/generator.h"

namespace twinfirm::app {

/// Writes synthetic ministry files and their study into `folder`, which is made if it is not there.
[[nodiscard]] Result<demo::DemoFiles> write_demo(const demo::DemoOptions& options, const std::filesystem::path& folder,
                                                 const CancellationToken& token = {},
                                                 const ProgressSink& progress = {});

}  // namespace twinfirm::app
