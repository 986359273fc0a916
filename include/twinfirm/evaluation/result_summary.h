// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/evaluation/evaluation.h"

namespace twinfirm::evaluation {

/// What a result.json says of all adopters: enough to set it beside another result.
struct ResultSummary {
    design::Specification specification;
    std::string specification_hash;
    std::string engine_version;
    std::string estimand;
    DataSummary data;
    std::vector<BeforeAfterRow> before_after;  ///< of all adopters, no event time: ratio of sums and difference
    std::vector<EffectRow> effects;            ///< of all adopters: the mean over the years 0 .. lags
};

/// Reads the text of a result.json of this or of an earlier version of the program: settings that it does not have take
/// their defaults, numbers that it does not have are not available.
/// Errors (input), all with `file` and, for faulty JSON, line and column: `result_faulty_json`;
/// `result_version_unknown` {path, found} for another layout than this one; `result_value` {path, pointer} where
/// something is missing or of another type; `result_specification` {path, pointer} for settings that this version does
/// not know.
[[nodiscard]] Result<ResultSummary> read_result_summary(std::string_view json, const std::string& file);

}  // namespace twinfirm::evaluation
