// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace twinfirm::matching {

/// A bipartite graph with capacities, whose arcs carry at most one unit of flow each.
struct FlowProblem {
    struct Arc {
        std::uint32_t from = 0;  ///< place in the left arm
        std::uint32_t to = 0;    ///< place in the right arm
        double cost = 0;
    };
    struct Bounds {
        std::int64_t lower = 0;
        std::int64_t upper = 1;
    };
    std::vector<Bounds> left;  ///< arcs that each unit of the left arm carries
    std::vector<Bounds> right;
    std::vector<Arc> arcs;
};

/// The most arcs that can be taken within the upper bounds (lower bounds are not looked at).
[[nodiscard]] std::int64_t largest_flow(const FlowProblem& problem);

/// Which arcs to take for the smallest total cost, one flag an arc; nothing if the bounds cannot be met. With `amount`
/// exactly so many are taken. Costs are rounded to a fixed grid of at least 2^-34 of the largest (finer the smaller the
/// problem); on it the result is exact. Network simplex (LEMON), at most 4 million arcs.
[[nodiscard]] std::optional<std::vector<std::uint8_t>> cheapest_flow(const FlowProblem& problem,
                                                                     std::optional<std::int64_t> amount = std::nullopt);

/// Arcs that cheapest_flow() takes on.
constexpr std::size_t most_flow_arcs = 4'000'000;

}  // namespace twinfirm::matching
