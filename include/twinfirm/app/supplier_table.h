// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "twinfirm/app/table_source.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/survey/supplier_effects.h"

namespace twinfirm::app {

/// The command `suppliers`: adoptions with their supplier, the register of suppliers, and what each adoption did.
/// Columns not named are found under their usual names: supplier (공급기업), firm_id (기업ID), level (구축수준).
struct SupplierRequest {
    TableSource events;
    std::string supplier;
    std::string firm;
    std::string level;
    /// Registered suppliers, one a row; none = whoever occurs in the events.
    std::optional<TableSource> registered;
    std::string registered_supplier;
    /// One row a firm with its effect: the firm's change less that of its matched non-adopters.
    std::optional<TableSource> effects;
    std::string effect_firm;
    std::string effect;
    survey::SupplierSettings settings;
};

struct SupplierResult {
    survey::SupplierFindings findings;
    std::optional<std::int64_t> registered;
    std::int64_t idle = 0;          ///< registered suppliers without an adoption
    std::int64_t unregistered = 0;  ///< suppliers of adoptions that are not in the register
    Messages messages;
};

/// Joins and estimates; with a folder, writes suppliers.csv (`supplier,firms,events,levels,n,mean,std_error,shrunken,
/// shrunken_error,ci_low,ci_high,withheld`) and suppliers.json. Names are compared without blanks at their ends.
/// Errors: those of reading; `survey_column_unknown`, `survey_column_text`. Messages: those of supplier_effects,
/// `suppliers_unregistered`, `suppliers_effects_unmatched` (effects of firms without an adoption).
[[nodiscard]] Result<SupplierResult> analyse_suppliers(const SupplierRequest& request,
                                                       const std::filesystem::path& folder,
                                                       const CancellationToken& token = {},
                                                       const ProgressSink& progress = {});

}  // namespace twinfirm::app
