// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "candidate_search.h"

namespace twinfirm::matching {

/// Candidates on the score's line, with all limits of the task: from the focal unit's place outward, group of equal
/// scores by group, passing over the used up by union-find. A search costs near-constant time where the limits admit
/// somebody close by, and at worst the number of candidates within the caliper.
class ScoreSearch final : public CandidateSearch {
  public:
    explicit ScoreSearch(const StratumTask& task);

    [[nodiscard]] std::optional<Candidate> nearest(std::uint32_t focal_place) override;
    [[nodiscard]] bool usable(std::uint32_t focal_place, std::uint32_t pool_place) const override;
    void use(std::uint32_t focal_place, std::uint32_t pool_place) override;

  private:
    [[nodiscard]] std::uint32_t free_from(std::uint32_t place);
    [[nodiscard]] std::uint32_t admissible_in(std::uint32_t group, std::uint32_t focal_place, std::uint32_t from);
    [[nodiscard]] double distance(std::uint32_t focal_place, std::uint32_t group) const;

    const StratumTask& task_;
    std::vector<ScoreGroup> groups_;       // `next` = the first place of the group, used or not
    std::vector<std::uint32_t> start_;     // groups not above each focal unit
    std::vector<std::uint32_t> uses_;      // of each candidate
    std::vector<std::uint32_t> free_in_;   // candidates of each group that may still be used
    std::vector<std::uint32_t> group_of_;  // of each candidate
    std::vector<std::uint32_t> next_;      // union-find over candidates: the next that may be used
    std::vector<std::uint32_t> down_;      // union-find over groups (from 1): a group with somebody left
    std::vector<std::uint32_t> up_;
    std::vector<std::vector<std::uint32_t>> own_;  // pool places in each focal unit's set, where uses are many
};

}  // namespace twinfirm::matching
