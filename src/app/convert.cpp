// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/convert.h"

namespace twinfirm::app {

Result<ingest::CsvConversion> convert(const std::filesystem::path& file, const std::filesystem::path& out,
                                      const CancellationToken& token, const ProgressSink& progress) {
    return ingest::convert_csv(file, out, token, progress);
}

}  // namespace twinfirm::app
