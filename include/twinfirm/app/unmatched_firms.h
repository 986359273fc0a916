// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/language.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/evaluation/unmatched_firms.h"
#include "twinfirm/store/project.h"

namespace twinfirm::app {

using evaluation::UnmatchedFirm;

/// The firms of a project that the specification leaves without a match, and why. Errors: those of a run.
[[nodiscard]] Result<std::vector<UnmatchedFirm>> unmatched_firms(const store::Project& project,
                                                                 const design::Specification& specification,
                                                                 const CancellationToken& token = {},
                                                                 const ProgressSink& progress = {});

/// A line a firm: firm_id, adoption_year, adopter (1 or 0), reason (code), reason_text.
[[nodiscard]] std::string unmatched_csv(const std::vector<UnmatchedFirm>& firms, Language language);

}  // namespace twinfirm::app
