// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/evaluation.h"
#include "twinfirm/evaluation/study_record.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

/// Name of the project's table in which its analysis is recorded: one row a run or lock, each with the SHA-256 of
/// itself and of the row before, so that a row changed or taken out of the middle is noticed.
inline constexpr const char* record_table = "twinfirm_record";

/// Freezes a specification. A project has one lock; locking the same specification again changes nothing.
/// Error (usage): `lock_other` {hash, time} where another one is frozen; `record_damaged`; those of the project.
[[nodiscard]] Result<evaluation::Lock> lock_specification(store::Project& project,
                                                          const design::Specification& specification,
                                                          const std::string& time);

/// Adds a run to the record (a specification that was run before on the same data with the same headlines is in it
/// already) and fills the evaluation's record. A project that cannot be written to is only read.
/// Errors: those of the project.
[[nodiscard]] Status record_run(store::Project& project, const std::string& time, evaluation::Evaluation& evaluation);

}  // namespace twinfirm::app
