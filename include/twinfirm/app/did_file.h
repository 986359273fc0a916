// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "twinfirm/app/output_protection.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/message.h"
#include "twinfirm/base/progress.h"
#include "twinfirm/base/result.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/event_study_tests.h"
#include "twinfirm/effects/multiplier_bootstrap.h"
#include "twinfirm/effects/relative_magnitudes.h"
#include "twinfirm/effects/staggered_did.h"

namespace twinfirm::app {

/// One panel file, staggered adoption: the command `did`.
struct DidRequest {
    std::filesystem::path file;
    std::string id;
    std::string time;
    std::string first_treated;  ///< year of adoption; empty, 0, `never`, `미도입` = never
    std::string outcome;        ///< `y` or `log(y)`
    std::string formula;        ///< `~ x1 + x2`; empty = no covariates
    std::string weights;
    std::string cluster;
    effects::StaggeredOptions options;
    std::optional<int> balance;  ///< years since adoption up to which the event study holds its groups fixed
    std::size_t draws = 1000;    ///< of the multiplier bootstrap; 0 = no bands
    std::uint64_t seed = 1;
    int placebo_years = 0;  ///< 0 = no placebo
    OutputProtection protection{};
};

struct DidAggregate {
    effects::AggregatedDid estimate;
    effects::UniformBand band;          ///< of `estimate.by`
    effects::UniformBand overall_band;  ///< of `estimate.overall` alone
};

struct DidResult {
    effects::StaggeredDid did;
    effects::UniformBand band;  ///< of the ATT(g,t)
    std::vector<DidAggregate> aggregates;
    effects::WaldTest pretrend;
    effects::EffectTrend trend;
    std::vector<effects::RelativeMagnitudes> relative_magnitudes;
    std::optional<effects::DidEstimate> placebo;
    Messages messages;
};

/// Reads the file, estimates, and writes att_gt.csv, aggregates.csv and pretrend.json into `folder`. Year columns may
/// hold whole numbers, decimals or text (`2015년`): the numbers are the same.
/// Messages beside those of the estimation: `did_pretrend_rejected` {p}, else `did_pretrend_weak`;
/// `did_trend_composition` where an event study without `balance` changes its groups.
/// Errors: those of reading and estimating; `variable_unknown`, `variable_not_numeric`, `outcome_not_numeric`,
/// `outcome_syntax`, `formula_syntax` (usage); `did_year_not_read` {name, value, row} (input).
[[nodiscard]] Result<DidResult> did_file(const DidRequest& request, const std::filesystem::path& folder,
                                         const CancellationToken& token = {}, const ProgressSink& progress = {});

}  // namespace twinfirm::app
