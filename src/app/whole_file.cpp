// SPDX-License-Identifier: GPL-3.0-or-later
#include "whole_file.h"

#include "frame_sink.h"
#include "twinfirm/ingest/csv_import.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::app {

Result<WholeFile> read_whole_table(const std::filesystem::path& path, const CancellationToken& token,
                                   const ProgressSink& progress) {
    auto inspection = ingest::inspect_file(path, {}, token, progress);
    if (!inspection) return tl::unexpected(inspection.error());
    for (ingest::ColumnPlan& column : inspection->plan.columns) column.protection = ingest::Protection::none;
    FrameSink sink;
    const auto audit = ingest::import_csv(path, inspection->plan, "file", sink, token, progress);
    if (!audit) return tl::unexpected(audit.error());
    WholeFile file{sink.take_frame(), {}};
    for (const ingest::Problem& problem : inspection->problems) file.messages.push_back(problem.message);
    if (audit->rows_rejected > 0) {
        file.messages.push_back({"rows_rejected", Severity::warning, {}, audit->rows_rejected});
    }
    return file;
}

}  // namespace twinfirm::app
