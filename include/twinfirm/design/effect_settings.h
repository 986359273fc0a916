// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"

namespace twinfirm::design {

/// What is done about covariates that the matching or weighting left unlike.
enum class OutcomeAdjustment {
    automatic,  ///< the one that goes with the method
    none,
    regression,  ///< weighted regression with interactions (g-computation)
    bias,        ///< Abadie & Imbens 2011, after matching with replacement
    aipw,        ///< augmented inverse probability weighting
    ipwra,       ///< weighted regression in each arm, with the error of the weights
};

enum class StandardError {
    automatic,
    cr0,
    cr1,
    two_way,
    firm,  ///< by firm: a non-adopter may be compared with the adopters of several years
    ai,
    ai_homoscedastic,
    ai_estimated,
    hc0,
    hc1,
    hc3,
    m_estimation,
    bootstrap,
    permutation,
    cluster,      ///< by the column asked for, with its small-sample factor; not a choice by itself
    cluster_cr0,  ///< the same without the factor
};

/// `auto`, `none`, `regression`, `bias`, `aipw`, `ipwra`.
[[nodiscard]] std::string_view adjustment_code(OutcomeAdjustment adjustment);
/// `auto`, `cr0`, `two-way`, `ai-estimated`, `m-estimation` ...
[[nodiscard]] std::string_view standard_error_code(StandardError error);

/// How a study estimates its effects from the matched cohorts.
struct EffectSettings {
    OutcomeAdjustment adjustment = OutcomeAdjustment::automatic;  ///< of the second estimate, beside the plain one
    StandardError standard_error = StandardError::automatic;
    int replications = 1999;  ///< of bootstrap and permutation
    std::string cluster{};    ///< variable of the base year that errors are clustered by (a region); empty = none

    friend bool operator==(const EffectSettings&, const EffectSettings&) = default;
};

/// How far a study asks what a hidden factor could do to its effects.
struct SensitivitySettings {
    bool enabled = false;
    std::vector<std::string> outcomes;         ///< keys; empty = all but pooled rates
    std::vector<double> gammas{1, 1.5, 2, 3};  ///< of Rosenbaum's bounds
    std::vector<std::string> benchmarks;       ///< covariates, as written in the specification
    std::vector<double> multiples{1, 2, 3};    ///< how many times as strong as a benchmark

    friend bool operator==(const SensitivitySettings&, const SensitivitySettings&) = default;
};

/// The specification's word for a method: `nearest` ... `none`.
[[nodiscard]] std::string_view method_code(MatchMethod method);

/// `ATT`, `ATE`, `ATC`, and `ATO` for overlap weights: whose average effect a study's numbers are.
[[nodiscard]] std::string_view estimand_code(const MatchingSettings& matching);

/// How a method's effects come about, which decides their standard errors.
enum class EffectDesign {
    pairs,        ///< each adopter with its own non-adopters
    replacement,  ///< the same, a non-adopter may serve several
    sets,         ///< matched sets of both arms
    strata,       ///< a few large sets
    weights,      ///< weights that count as known: kernel, none
    estimated,    ///< weights that were estimated
};
[[nodiscard]] EffectDesign effect_design(const MatchingSettings& matching);

/// Whether nobody is anybody's match: firms are compared by their weights, or as they are. Texts about matched firms
/// then have a variant, `CODE_compared`.
[[nodiscard]] constexpr bool compares_without_sets(const MatchingSettings& matching) {
    return matching.method == MatchMethod::kernel || matching.method == MatchMethod::weighting ||
           matching.method == MatchMethod::none;
}

/// The adjustment and the standard error that a study uses; nothing is `automatic` any more.
struct EffectChoice {
    OutcomeAdjustment adjustment = OutcomeAdjustment::regression;  ///< after weighting: regression as ipwra
    StandardError error = StandardError::two_way;
};

/// By default: pairs and sets two-way by set and firm (Abadie & Spiess 2022; Cameron, Gelbach & Miller 2011), strata
/// and known weights by firm, estimated weights by stacked M-estimation summed by firm; adjusted by regression,
/// weights by AIPW. With `cluster`, `auto`, `cr1`, `two_way` and `firm` become `cluster`, `cr0` `cluster_cr0`;
/// `m_estimation` stays and is summed by cluster. Errors (usage), each naming what does not hold together:
/// `study_adjustment_method` {key, adjustment, method}, `study_error_method` {key, error, method},
/// `study_error_adjustment` {key, error, adjustment}, `study_estimand_method` {key, estimand, method},
/// `study_error_estimated_score` {key}, `study_error_cluster` {key, error}.
[[nodiscard]] Result<EffectChoice> effect_choice(const MatchingSettings& matching, const EffectSettings& effects);

}  // namespace twinfirm::design
