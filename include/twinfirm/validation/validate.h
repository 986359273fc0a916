// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/validation/comparison.h"
#include "twinfirm/validation/reference_folder.h"

namespace twinfirm::validation {

/// A case that stands in the folder and is not compared.
struct LeftOutCase {
    std::string family;
    std::string name;
    std::string reason;  ///< code of a message
};

struct Validation {
    std::vector<Comparison> rows;  ///< by family, by case
    std::vector<LeftOutCase> left_out;

    [[nodiscard]] bool passed() const;
};

/// Computes every case of a set of reference results with the estimators of this program and compares the numbers:
/// certified values (NIST's Statistical Reference Datasets, logistic regressions in 50-digit arithmetic) and results of
/// R's packages (MatchIt, cobalt, WeightIt, cem, Matching, rbounds, sensitivitymv, EValue, sensemakr, did). The layout
/// of a folder and the tolerances are those of docs/validation.md. Each family is looked for in its own folder and may
/// be missing; files of data in `data`.
///
/// A case that cannot be read or computed, or that nobody knows how to compute, is a line that fails, with the quantity
/// `computed`. Errors (input): `validation_nothing` {folder} where no case is found; `cancelled`.
/// Cost: about ten seconds for the whole of the published sets.
[[nodiscard]] Result<Validation> validate(const ReferenceFolder& folder, const CancellationToken& token = {},
                                          const ProgressSink& progress = {});

}  // namespace twinfirm::validation
