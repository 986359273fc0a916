// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "twinfirm/base/background_stage.h"
#include "twinfirm/ingest/column_profile.h"
#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/record_source.h"

namespace twinfirm::ingest {

/// Profiles the columns of a table while its rows are being read: the columns are dealt out to a few threads, which get
/// their cells in batches of bounded size. Every column sees its cells in the file's order, so that the profiles do not
/// depend on the threads.
class ColumnProfiler {
  public:
    /// The columns, before the first row.
    void begin(const ImportPlan& plan);
    /// A row with one field for each column.
    void add(const Record& row);
    /// The profiles of all rows; to be called once, at the end.
    [[nodiscard]] std::vector<ColumnProfile> finish();

  private:
    struct Batch {
        std::string text;               ///< of all cells, row by row
        std::vector<std::size_t> ends;  ///< of the cells in `text`
        std::vector<std::int64_t> lines;
    };
    using Stage = BackgroundStage<Batch>;

    void look_at(Batch& batch, std::size_t first);

    std::vector<ColumnProfile> profiles_;
    std::deque<Stage> stages_;  ///< the last member: its threads end before the profiles go
};

}  // namespace twinfirm::ingest
