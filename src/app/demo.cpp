// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/demo.h"

namespace twinfirm::app {

Result<demo::DemoFiles> write_demo(const demo::DemoOptions& options, const std::filesystem::path& folder,
                                   const CancellationToken& token, const ProgressSink& progress) {
    return demo::generate_demo(options, folder, token, progress);
}

}  // namespace twinfirm::app
