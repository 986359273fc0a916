// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/e_value.h"
#include "twinfirm/effects/omitted_variable_bias.h"
#include "twinfirm/effects/rosenbaum_bounds.h"

namespace twinfirm::app {

/// A column of differences, adopter minus partner, one matched pair a row.
struct PairDifferences {
    std::filesystem::path file;
    std::string column;
};

/// A difference of means with its standard error and the outcome's standard deviation.
struct MeanDifference {
    double difference = 0;
    double std_error = 0;
    double sd = 1;
};

struct RiskRatio {
    double ratio = 1;
    double low = std::numeric_limits<double>::quiet_NaN();
    double high = std::numeric_limits<double>::quiet_NaN();
};

/// A matched sample: the folder that `match` wrote, with the file it was made from. `match` does not copy the data, so
/// that the file is needed for outcome and covariates; it must be the one that was matched.
struct MatchResult {
    std::filesystem::path folder;
    std::filesystem::path file;
    std::string outcome;                  ///< as `match --outcomes`: `y`, `log(y)`, `y2-y1`
    std::string formula;                  ///< of the regression; empty = the one that was matched on
    std::vector<std::string> benchmarks;  ///< terms of the formula; empty = no regression
    std::vector<double> multiples{1, 2, 3};
};

/// The command `sensitivity`: whichever of the four is given is computed.
struct SensitivityRequest {
    std::optional<PairDifferences> pairs;
    std::optional<RiskRatio> risk_ratio;
    std::optional<MeanDifference> mean_difference;
    std::optional<MatchResult> match;
    std::vector<double> gammas{1, 1.25, 1.5, 1.75, 2, 2.5, 3};
    bool less = false;  ///< the test is against a negative effect
    double alpha = 0.05;
};

struct SensitivityResult {
    std::optional<effects::SignedRankBounds> signed_rank;  ///< of the column, or of a match of pairs
    std::optional<effects::MStatisticBounds> m_statistic;  ///< of a match of one to several
    std::optional<effects::McNemarBounds> mcnemar;         ///< of a match of pairs with a 0/1 outcome
    std::optional<effects::EValue> e_value;
    std::optional<effects::OmittedVariableBias> omitted_variable;
    Messages messages;
};

/// Computes what the request asks for and writes sensitivity.json into `folder`.
///
/// Of a match, sets with a missing outcome are left out (`sensitivity_sets_incomplete` with their number). Where
/// several adopters share several partners, as after matching with replacement k to 1, there are no bounds
/// (`sensitivity_sets_shared`). The regression is that of the outcome on adoption and the
/// formula's covariates over the matched firms, weighted as they were matched.
/// Errors: `sensitivity_nothing` (usage) if nothing is asked for; those of reading, of the formula, of the estimators;
/// `variable_unknown`, `outcome_not_numeric` (usage); `sensitivity_match_differs` (input) where the file is not the
/// one that was matched.
[[nodiscard]] Result<SensitivityResult> analyse_sensitivity(const SensitivityRequest& request,
                                                            const std::filesystem::path& folder,
                                                            const CancellationToken& token = {},
                                                            const ProgressSink& progress = {});

}  // namespace twinfirm::app
