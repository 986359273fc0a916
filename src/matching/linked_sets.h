// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "nearest_links.h"
#include "twinfirm/base/cancellation.h"
#include "twinfirm/base/result.h"
#include "twinfirm/design/matching_settings.h"
#include "twinfirm/matching/match_problem.h"
#include "twinfirm/matching/matched_sample.h"

namespace twinfirm::matching {

/// Sets told by links between units of different arms: whoever hangs together is one set.
class LinkedSets {
  public:
    struct Link {
        std::uint32_t one = 0;  // rows
        std::uint32_t other = 0;
        double distance = 0;
    };

    void join(std::uint32_t one, std::uint32_t other, double distance) { links_.push_back({one, other, distance}); }
    [[nodiscard]] const std::vector<Link>& links() const { return links_; }

  private:
    std::vector<Link> links_;
};

/// Links the units of one stratum, of which everybody with a nearest unit must get a link.
using LinkStratum = std::function<Status(const StratumTask&, const NearestLinks&, LinkedSets&)>;

/// Runs `link` over the strata, in parallel, and makes a sample of the sets. Errors as generalized_full_matching().
[[nodiscard]] Result<MatchedSample> match_linked_sets(const MatchProblem& problem,
                                                      const design::MatchingSettings& settings,
                                                      const CancellationToken& cancellation, const LinkStratum& link);

}  // namespace twinfirm::matching
