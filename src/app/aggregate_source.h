// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/app/protect_table.h"
#include "twinfirm/disclosure/aggregate_table.h"

namespace twinfirm::app {

/// A table to be protected, with what names its cells.
struct AggregateSource {
    disclosure::AggregateTable table;
    std::vector<std::string> columns;              ///< of the categories
    std::vector<std::vector<std::string>> labels;  ///< [cell][column]
    std::string figure;                            ///< name of the number
    Messages messages;
};

/// `total` is the word for margins. Errors: see protect_table_file.
[[nodiscard]] Result<AggregateSource> read_aggregate(const ProtectRequest& request, const std::string& total,
                                                     const CancellationToken& token, const ProgressSink& progress);

}  // namespace twinfirm::app
