// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/app/study_record.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/batch.h"
#include "twinfirm/report/document.h"
#include "twinfirm/report/report_options.h"

namespace twinfirm::app {

/// A report and the folder that its files go to.
struct PlacedDocument {
    report::Document document;
    std::filesystem::path folder;
};

/// The reports of a batch (evaluation/batch.h), one a group.
struct Batch {
    std::vector<std::string> folders;  ///< `groups/01_서울`, within the folder of the run
    std::vector<PlacedDocument> documents;
};

/// Writes `out`/index.csv (group, label, matched adopters, whether effects are shown, folder) and the tables of each
/// group below its own folder; the documents are to be written by the caller. `report` is what the national report is
/// made with: the groups' have the same title with their name, and the generated sentences.
/// Errors: `batch_no_groups` {key}; those of writing.
[[nodiscard]] Result<Batch> write_batch(const evaluation::Evaluation& evaluation, const std::string& key,
                                        const report::ReportOptions& report, const std::filesystem::path& out,
                                        Language language);

/// Takes away what an earlier batch wrote into that folder, by its index.csv: those reports would stand beside new ones
/// under another protection. Nothing else is touched.
void remove_batch(const std::filesystem::path& out);

/// The files of a result and of the groups of its batch, if it has one, by their names within the folder. Errors: those
/// of exported_files().
[[nodiscard]] Result<std::vector<ExportedFile>> exported_with_batch(const std::filesystem::path& out);

/// What a batch can be made for: the study's breakdowns that are no cross, and its region where it is none of them.
[[nodiscard]] std::vector<design::Breakdown> batch_breakdowns(const design::Specification& specification);

}  // namespace twinfirm::app
