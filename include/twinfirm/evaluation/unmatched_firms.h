// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/evaluation/study_data.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::evaluation {

/// A firm of a cohort that has no match, and why.
struct UnmatchedFirm {
    std::string firm;
    int cohort = 0;  ///< adoption year that it was to be matched for
    bool adopter = false;
    matching::Reason reason = matching::Reason::missing_covariate;

    friend bool operator==(const UnmatchedFirm&, const UnmatchedFirm&) = default;
};

/// Matches as evaluate() does and lists who stayed out: by adoption year, adopters first, then by firm. A non-adopter
/// stands once for each adoption year that it may be compared in, as in Evaluation::reasons. These are firms: the list
/// is for the analyst who holds the data and goes into no report.
/// Errors: those of evaluate(). Cost: that of the matching.
[[nodiscard]] Result<std::vector<UnmatchedFirm>> unmatched_firms(const StudyData& data,
                                                                 const design::Specification& specification,
                                                                 unsigned threads, const CancellationToken& token = {});

}  // namespace twinfirm::evaluation
