// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "study_effects.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/evaluation/over_time.h"
#include "twinfirm/evaluation/study_data.h"

namespace twinfirm::evaluation {

/// What the parts of a study over time read.
struct OverTimeInput {
    const StudyCohorts& study;
    const design::Specification& applied;  ///< the specification with what was added to its covariates
    const StudyData& data;
    const Evaluation& done;  ///< the effects of the study itself
    unsigned threads = 0;
    const CancellationToken& token;

    [[nodiscard]] const design::Specification& specification() const { return study.specification; }
};

/// Whether each adopter has its own non-adopters, so that there are sets to follow over time.
[[nodiscard]] bool has_pairs(const design::Specification& specification);

/// The sets of all cohorts up to an adoption year.
[[nodiscard]] std::vector<effects::MatchedSet> sets_until(const StudyCohorts& study, int last_year);

/// An error of the data is a remark; one of the specification, or the user's wish to stop, is passed on.
[[nodiscard]] Status keep_as_message(const Status& status, Messages& messages);

/// Event studies of the matched design with their tests.
[[nodiscard]] Status add_matched_paths(const OverTimeInput& input, OverTime& result);

/// The matched design with adoption put earlier, and on an outcome that cannot react.
[[nodiscard]] Status add_matched_placebos(const OverTimeInput& input, OverTime& result);

/// Who could be compared with whom, and who adopted again.
[[nodiscard]] ControlPoolSummary pool_summary(const OverTimeInput& input);

/// The study's outcomes under neighbouring designs.
[[nodiscard]] Status add_designs(const OverTimeInput& input, OverTime& result);

/// Firms that were not observed at the end of the window.
[[nodiscard]] Status add_attrition(const OverTimeInput& input, OverTime& result);

/// Adopters that did not answer the survey.
[[nodiscard]] Status add_responses(const OverTimeInput& input, OverTime& result);

/// Takes away the numbers of fewer adopters than the specification's minimum cell.
void suppress_small_cells(std::int64_t minimum, OverTime& result);

}  // namespace twinfirm::evaluation
