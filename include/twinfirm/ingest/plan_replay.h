// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/ingest/import_plan.h"
#include "twinfirm/ingest/inspection.h"

namespace twinfirm::ingest {

/// How this year's file differs from the one that a plan was made for.
struct PlanDifference {
    enum class Kind { new_column, missing_column, renamed_column, moved_column, type_changed, unit_changed };
    Kind kind = Kind::new_column;
    std::string column;  ///< its name (in the plan, or in the file if it is new)
    std::string before;
    std::string after;

    friend bool operator==(const PlanDifference&, const PlanDifference&) = default;
};
/// "new_column" ...: message code `plan_<name>`.
[[nodiscard]] std::string_view plan_difference_name(PlanDifference::Kind kind);

struct PlanReplay {
    ImportPlan plan;  ///< fits the new file: what the analyst decided last year, at the places of this year
    std::vector<PlanDifference> differences;
};

/// Takes the decisions of last year's plan over to a new file. Columns are found by their header, else by
/// comparable_name, else by their field. Encoding, dialect and place of the header are the new file's. A type stays the
/// plan's (cells that it cannot read are rejected and counted), a unit that the new header states is the new one; both
/// are told.
[[nodiscard]] PlanReplay replay_plan(const ImportPlan& plan, const Inspection& inspection);

/// One line for each difference, in signs that need no language: "+ new", "- missing", "old → new",
/// "name: integer → text", "name: 백만원 → 천원".
[[nodiscard]] std::string difference_list(const std::vector<PlanDifference>& differences);

}  // namespace twinfirm::ingest
