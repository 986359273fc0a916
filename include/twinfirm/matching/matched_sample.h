// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "twinfirm/base/message.h"
#include "twinfirm/matching/match_verification.h"

namespace twinfirm::matching {

/// Why a unit is in the matched sample or not; every unit has exactly one.
enum class Reason : std::uint8_t {
    matched,
    missing_covariate,        ///< no score, or no stratum
    outside_support,          ///< dropped by the common-support rule
    no_candidate_in_stratum,  ///< the other arm has nobody in the unit's stratum
    outside_caliper,          ///< nobody of the other arm within the caliper, used or not
    candidates_used_up,       ///< focal units: every candidate within reach went to others
    incomplete_set,           ///< focal units: fewer matches than asked, where sets must be complete
    not_selected,             ///< candidates: within reach of a focal unit, but nearer ones were taken
};
/// The name of the enumerator, for example `outside_caliper`; its text is the message `reason_outside_caliper`.
[[nodiscard]] std::string_view reason_code(Reason reason);

/// One focal unit with one of its matches (0-based rows). The focal unit is an adopter for ATT, a non-adopter for ATC.
struct Pair {
    std::size_t focal = 0;
    std::size_t match = 0;
    double distance =
        0;  ///< |difference of the scores|, or the distance of the covariates where pairs are made by that

    friend bool operator==(const Pair&, const Pair&) = default;
};

/// What a sample is made of.
enum class SampleForm : std::uint8_t {
    pairs,    ///< focal units with their matches
    sets,     ///< sets of units of both arms; pairs only where a method links units one by one
    weights,  ///< neither: weights alone
};

/// The outcome of a matching. All vectors have one entry a unit.
struct MatchedSample {
    std::vector<std::uint8_t> treated;
    std::vector<Reason> reason;
    std::vector<double> weight;            ///< 0 = not in the sample; non-zero weights of each arm average 1
    std::vector<std::int32_t> subclass;    ///< number of the matched set, from 0 in order of the focal row; -1 = none
                                           ///< (with replacement: sets of focal units only)
    std::vector<Pair> pairs;               ///< by focal row, then by order of choice
    double caliper_raw = 0;                ///< 0 = no caliper
    double caliper_sd = 0;                 ///< the SD that the caliper was multiplied with
    std::vector<double> covariate_widths;  ///< calipers of the problem's limits, in the covariates' own units
    std::size_t tied_choices = 0;          ///< choices for which another free candidate stood at the same distance
    MatchVerification verification;
    Messages messages;
    SampleForm form = SampleForm::pairs;
    double bandwidth = 0;  ///< of the kernel, in the score's unit
};

}  // namespace twinfirm::matching
