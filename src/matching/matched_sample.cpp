// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

std::string_view reason_code(Reason reason) {
    switch (reason) {
        case Reason::matched:
            return "matched";
        case Reason::missing_covariate:
            return "missing_covariate";
        case Reason::outside_support:
            return "outside_support";
        case Reason::no_candidate_in_stratum:
            return "no_candidate_in_stratum";
        case Reason::outside_caliper:
            return "outside_caliper";
        case Reason::candidates_used_up:
            return "candidates_used_up";
        case Reason::incomplete_set:
            return "incomplete_set";
        case Reason::not_selected:
            return "not_selected";
    }
    return "not_selected";
}

}  // namespace twinfirm::matching
