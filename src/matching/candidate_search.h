// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "score_line.h"

namespace twinfirm::matching {

/// A candidate, as a place in the task's pool, for a focal unit.
struct Candidate {
    std::uint32_t place = 0;
    double distance = 0;
    bool tied = false;  ///< another one stands at the same distance
};

/// Finds the nearest admissible candidate of a focal unit among those that may still be used.
class CandidateSearch {
  public:
    CandidateSearch() = default;
    CandidateSearch(const CandidateSearch&) = delete;
    CandidateSearch& operator=(const CandidateSearch&) = delete;
    virtual ~CandidateSearch() = default;

    /// Of equally near ones the one of lower score, then of smaller rank. Candidates in the unit's own set are passed
    /// over.
    [[nodiscard]] virtual std::optional<Candidate> nearest(std::uint32_t focal_place) = 0;
    [[nodiscard]] virtual bool usable(std::uint32_t focal_place, std::uint32_t pool_place) const = 0;
    virtual void use(std::uint32_t focal_place, std::uint32_t pool_place) = 0;
};

/// The focal units choose in this order, in rounds, each round one match for whoever wants more.
void choose_in_order(const StratumTask& task, std::span<const std::uint32_t> order, CandidateSearch& search,
                     Choices& choices);

/// In each round, of all focal units with their nearest candidates, the pair with the smallest distance is joined
/// first, again and again.
void choose_closest_first(const StratumTask& task, CandidateSearch& search, Choices& choices);

/// In each round the focal units choose in falling order of the distance to their nearest candidate at its beginning.
void choose_farthest_first(const StratumTask& task, CandidateSearch& search, Choices& choices);

/// With replacement: every focal unit takes its nearest candidates, as many as it wants, and all that are as near as
/// the last of them.
void choose_with_ties(const StratumTask& task, CandidateSearch& search, Choices& choices);

}  // namespace twinfirm::matching
