// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/store/row_sink.h"

namespace twinfirm::ingest {

/// One variable whose periods stand in columns of their own.
struct WideVariable {
    std::string name;                    ///< of the long column
    std::string field;                   ///< canonical field, empty = none
    std::map<int, std::string> columns;  ///< period -> name of the wide column

    friend bool operator==(const WideVariable&, const WideVariable&) = default;
};

/// How a wide table (매출액_2014, 매출액_2015 ...) becomes a long one (firm x year).
struct Reshape {
    std::string period_name;   ///< of the new column: 연도, or 시점 for periods relative to the adoption
    std::string period_field;  ///< "year", or empty
    std::vector<WideVariable> variables;

    [[nodiscard]] bool empty() const { return variables.empty(); }
    friend bool operator==(const Reshape&, const Reshape&) = default;
};

/// A header without its period.
struct PeriodName {
    std::string stem;
    int period = 0;
    bool relative = false;  ///< T-1, 전년도, 도입전: not a calendar year
};

/// Reads 매출액_2014, 2014_매출액, 매출액(2014), 14년 매출액, 매출액2014, 매출액 T-1, 전년도 매출액, 도입전 매출액 (-1)
/// and 도입후 매출액 (1). Nothing if no period or no other name stands in the header.
[[nodiscard]] std::optional<PeriodName> period_in_header(std::string_view header);

/// The variables that have at least two periods. Either calendar years or relative periods: the kind with more columns.
/// @param names   of all columns; @param fields  canonical field of each (empty = none), given to the long columns
[[nodiscard]] Reshape detect_reshape(const std::vector<std::string>& names, const std::vector<std::string>& fields);

/// Hands rows on in the long form: for each row and each period one row with the columns that are no variable, the
/// period and the variables (missing where a variable has no column for that period).
class ReshapeSink : public store::RowSink {
  public:
    ReshapeSink(const Reshape& reshape, store::RowSink& sink) : reshape_(reshape), sink_(sink) {}

    /// Errors: `reshape_column_unknown` (name), `reshape_types_differ` (name); those of the sink.
    [[nodiscard]] Status begin(const store::TableDefinition& definition) override;
    [[nodiscard]] Status append(const store::RowChunk& chunk) override;

  private:
    const Reshape& reshape_;
    store::RowSink& sink_;
    std::vector<std::size_t> kept_;                 ///< places of the columns that are no variable
    std::vector<int> periods_;                      ///< in ascending order
    std::vector<std::vector<std::size_t>> places_;  ///< by variable and period; npos = no column
    std::vector<store::ColumnType> types_;          ///< of the long columns
};

}  // namespace twinfirm::ingest
