// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/language.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/disclosure/primary_rules.h"

namespace twinfirm::app {

/// Which columns hold what; an empty name stands for the first of its usual names that is there.
struct AggregateColumns {
    /// One a dimension, each its levels from coarse to fine; empty = every column that is nothing else, flat.
    std::vector<std::vector<std::string>> dimensions;
    std::string count;    ///< enterprises (count, n, 업체수, 기업수, 사업체수)
    std::string value;    ///< the sum to be shown (value, 값, 금액); without one the counts are shown
    std::string largest;  ///< the largest contribution (largest, max1, 최대값)
    std::string second;   ///< the second largest (second, max2, 둘째값)
    std::string treated;  ///< enterprises of each arm (treated, 도입)
    std::string control;  ///< (control, 미도입)
};

/// The command `protect`.
struct ProtectRequest {
    /// A table of the finest combinations of categories, a row each (CSV, XLSX); or JSON: `{"cells": {name: {"value",
    /// "count", "max1", "max2", "known"}}, "sums": [[total, [part, ...]], ...]}` for linked tables of any form.
    std::filesystem::path table;
    AggregateColumns columns;
    disclosure::PrimaryRules rules;
    /// Not empty: every cell is shown, and the reason stands in both files.
    std::string override_reason;
    std::filesystem::path out;    ///< the protected table
    std::filesystem::path audit;  ///< empty = no audit file
    Language language = Language::korean;
};

struct ProtectResult {
    std::size_t cells = 0;
    std::size_t sensitive = 0;
    std::size_t complementary = 0;
    std::size_t recovered = 0;  ///< above 0 only with an override
    double loss_percent = 0;    ///< complementary values in % of all values of the lowest level
    std::size_t programs = 0;   ///< linear programs of the audit
    double audit_seconds = 0;   ///< CPU time of the last audit
    Messages messages;
};

/// Protects a table with all its margins and writes it: `out` as CSV, the category columns (cells of JSON by `cell`)
/// and the number, `X` where it is hidden, then the legend; `audit` as JSON, the rules and for each hidden cell what a
/// reader can find out. The audit file is for the office, not for publication: it tells which cells are sensitive. One
/// number a cell is protected: counts beside sums need a call of their own.
///
/// Errors: those of reading, of disclosure/cell_suppression.h and of writing; `protect_column` {column} (a column that
/// is not there), `protect_numbers` {column}, `protect_no_count`, `protect_json` (not of that form).
[[nodiscard]] Result<ProtectResult> protect_table_file(const ProtectRequest& request,
                                                       const CancellationToken& token = {},
                                                       const ProgressSink& progress = {});

}  // namespace twinfirm::app
