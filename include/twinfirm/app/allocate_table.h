// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/survey/allocation.h"

namespace twinfirm::app {

/// The command `allocate`: a table with one row a stratum, or a register with one row a unit.
struct AllocateRequest {
    TableSource source;
    std::string stratum;
    std::string population;  ///< column; empty = the table is a register, its rows are counted
    std::string share;       ///< column of expected shares (0..1); gives mean and sd
    std::string sd;          ///< column of standard deviations
    std::int64_t total = 0;
    survey::AllocationSettings settings;
};

struct AllocateResult {
    std::vector<survey::AllocationStratum> strata;  ///< in the order of the table, of a register in that of labels
    survey::Allocation allocation;
    Messages messages;
};

/// Divides the sample and writes allocation.csv (`stratum,population,n,weight,sampling_fraction,std_error,margin,
/// at_minimum,at_population`; the last row, without a stratum, is the whole) into `folder`.
/// Errors: those of reading, of survey/allocation.h; `survey_column_unknown`, `survey_column_text`,
/// `allocation_share` {row} for a share outside 0..1, `allocation_repeated` {stratum}.
[[nodiscard]] Result<AllocateResult> allocate_sample(const AllocateRequest& request,
                                                     const std::filesystem::path& folder,
                                                     const CancellationToken& token = {},
                                                     const ProgressSink& progress = {});

}  // namespace twinfirm::app
