// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace twinfirm::design {

enum class Estimand { att, ate, atc };
enum class ScoreKind { logit, linear_logit };                     ///< probability, or its log-odds
enum class CaliperUnit { sd, raw };                               ///< in standard deviations, or in the score's unit
enum class CaliperSd { pooled, all };                             ///< sqrt((s1^2+s0^2)/2), or SD over all units
enum class MatchOrder { largest, smallest, closest, data, random };
enum class Discard { none, treated, control, both };

/// How adopters get their matched non-adopters.
struct MatchingSettings {
    Estimand estimand = Estimand::att;
    ScoreKind score = ScoreKind::linear_logit;
    int ratio = 1;
    bool replace = false;
    std::optional<double> caliper;
    CaliperUnit caliper_unit = CaliperUnit::sd;
    CaliperSd caliper_sd = CaliperSd::pooled;
    MatchOrder order = MatchOrder::largest;
    Discard discard = Discard::none;
    std::vector<std::string> exact;  ///< columns that must be equal within a pair
    std::uint64_t seed = 1;          ///< for the random order

    friend bool operator==(const MatchingSettings&, const MatchingSettings&) = default;
};

}  // namespace twinfirm::design
