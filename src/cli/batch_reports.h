// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "result_files.h"
#include "twinfirm/evaluation/batch.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::cli {

/// The reports of a batch (evaluation/batch.h), one a group.
struct Batch {
    std::vector<std::string> folders;  ///< `groups/01_서울`, within the folder of the run
    std::vector<PlacedDocument> documents;
};

/// Writes `out`/index.csv (group, label, matched adopters, whether effects are shown, folder) and the tables of each
/// group below its own folder; the documents are for write_result_files(). `report` is what the national report is made
/// with: the groups' have the same title with their name, and the generated sentences.
/// Errors: `batch_no_groups` {key}; those of writing.
[[nodiscard]] Result<Batch> write_batch(const evaluation::Evaluation& evaluation, const std::string& key,
                                        const report::ReportOptions& report, const std::filesystem::path& out,
                                        Language language);

/// Takes away what an earlier batch wrote into that folder, by its index.csv: those reports would stand beside new ones
/// under another protection. Nothing else is touched.
void remove_batch(const std::filesystem::path& out);

}  // namespace twinfirm::cli
