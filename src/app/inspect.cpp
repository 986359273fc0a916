// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/inspect.h"

namespace twinfirm::app {

Result<ingest::Inspection> inspect(const std::filesystem::path& file, const std::map<std::string, std::string>& answers,
                                   const CancellationToken& token, const ProgressSink& progress) {
    return ingest::inspect_file(file, answers, token, progress);
}

}  // namespace twinfirm::app
