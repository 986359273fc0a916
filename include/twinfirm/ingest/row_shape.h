// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/record_source.h"

namespace twinfirm::ingest {

/// What a record below the header row is.
enum class RowShape { row, blank, footnote, total, repeated_header, too_few_fields, too_many_fields, other_table };

/// "row", "blank", "footnote" ...: the reasons in the import audit.
[[nodiscard]] std::string_view row_shape_name(RowShape shape);

/// Tells data rows from what else stands below a header. Empty fields behind the last column are cut off.
class RowClassifier {
  public:
    RowClassifier(std::vector<std::string> header, const ImportPlan& plan)
        : header_(std::move(header)),
          columns_(plan.columns.size()),
          last_line_(plan.last_line),
          reject_totals_(plan.reject_totals) {}

    [[nodiscard]] RowShape classify(Record& record) const;

  private:
    std::vector<std::string> header_;
    std::size_t columns_;
    std::int64_t last_line_;  ///< of the table; 0 = the file's
    bool reject_totals_;
};

}  // namespace twinfirm::ingest
