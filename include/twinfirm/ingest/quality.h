// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/base/result.h"
#include "twinfirm/store/project.h"
#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// One row that an issue concerns.
struct QualityCase {
    std::int64_t row = 0;          ///< 1-based among the stored rows
    std::string firm;              ///< empty for tables without a firm's key
    int year = 0;                  ///< 0 = none
    std::string value;             ///< what stands there
    std::string other;             ///< what it was compared with: the value before, the median, the earlier row
    std::int64_t earlier_row = 0;  ///< of repeated keys: the row that is repeated, 1-based
};

/// One kind of doubt about one column (or about rows as a whole).
struct QualityIssue {
    std::string code;                ///< message code `quality_<code>`; the key in ImportPlan::quality
    std::string column;              ///< name of the column, empty = the row
    std::vector<QualityCase> cases;  ///< all of them, by row
};

/// Looks over a table whose columns carry canonical fields:
/// - `equal_rows`; `duplicate_firm_year`; without years `duplicate_adoption` (a firm adopts twice in one year, in a
/// table
///   of adoptions) or `duplicate_firm` (a firm stands twice in a register); `year_gap` (a firm's years are not
///   consecutive), `year_out_of_range`, `no_year_before_adoption` (one case for each such firm)
/// - `unit_jump`: money of one firm is 1,000 (or 1,000,000) times that of its year before or after, as when 천원 and
///   백만원 are mixed; |log10 ratio| within 0.35 of 3 or 6; not of profits, which come close to zero
/// - `employment_jump`: more than ten times or less than a tenth of the year before (from 10 employees on)
/// - `outlier`: more than 100 times the median of the firm's own values (at least three years)
/// - `negative_sales`, `zero_sales`, `accidents_above_employees`, `adopted_before_founded`, `level_fell` (after below
///   before, or below the firm's earlier adoption), `level_out_of_range`, `treatment_reversed` (a firm that had adopted
///   has not in a later year)
/// Firm: field firm_id, else brn, crn, firm_name. Nothing is changed. Cost: O(n log n).
[[nodiscard]] std::vector<QualityIssue> check_quality(const store::TableData& table);

/// One message `quality_<code>` for each issue, with column, count and the first case (row, firm, year, value, other).
[[nodiscard]] Messages quality_messages(const std::vector<QualityIssue>& issues);
/// One row for each case: issue, column, row, firm, year, value, other.
[[nodiscard]] std::string quality_csv(const std::vector<QualityIssue>& issues);

/// Keeps a whole table in memory, so that it can be looked over before it is stored.
class TableCollector : public store::RowSink {
  public:
    [[nodiscard]] Status begin(const store::TableDefinition& definition) override;
    [[nodiscard]] Status append(const store::RowChunk& chunk) override;
    [[nodiscard]] store::TableData& table() { return table_; }
    /// Hands the table on, in runs of rows.
    [[nodiscard]] Status pass_on(store::RowSink& sink) const;

  private:
    std::string name_;
    store::TableData table_;
};

}  // namespace twinfirm::ingest
