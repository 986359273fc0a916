// SPDX-License-Identifier: GPL-3.0-or-later
#include "min_cost_flow.h"

#include <lemon/network_simplex.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>

#include <algorithm>
#include <cmath>

namespace twinfirm::matching {
namespace {

using lemon::SmartDigraph;

/// source -> left -> right -> sink.
struct Network {
    SmartDigraph graph;
    SmartDigraph::Node source;
    SmartDigraph::Node sink;
    std::vector<SmartDigraph::Arc> into_left;
    std::vector<SmartDigraph::Arc> out_of_right;
    std::vector<SmartDigraph::Arc> between;

    explicit Network(const FlowProblem& problem) {
        const std::size_t nodes = problem.left.size() + problem.right.size() + 2;
        graph.reserveNode(static_cast<int>(nodes));
        graph.reserveArc(static_cast<int>(problem.arcs.size() + nodes));
        source = graph.addNode();
        sink = graph.addNode();
        std::vector<SmartDigraph::Node> left;
        std::vector<SmartDigraph::Node> right;
        for (std::size_t i = 0; i < problem.left.size(); ++i) {
            left.push_back(graph.addNode());
            into_left.push_back(graph.addArc(source, left.back()));
        }
        for (std::size_t i = 0; i < problem.right.size(); ++i) {
            right.push_back(graph.addNode());
            out_of_right.push_back(graph.addArc(right.back(), sink));
        }
        between.reserve(problem.arcs.size());
        for (const FlowProblem::Arc& arc : problem.arcs) between.push_back(graph.addArc(left[arc.from], right[arc.to]));
    }
};

/// 2^k with room for the sums of costs that the algorithm forms along paths.
double grid_of(const FlowProblem& problem) {
    double largest = 0;
    for (const FlowProblem::Arc& arc : problem.arcs) largest = std::max(largest, std::abs(arc.cost));
    if (largest == 0) return 1;
    const auto nodes = static_cast<double>(problem.left.size() + problem.right.size() + 2);
    const int room = 59 - static_cast<int>(std::ceil(std::log2(nodes)));
    return std::ldexp(1.0, room - static_cast<int>(std::ceil(std::log2(largest))));
}

}  // namespace

std::int64_t largest_flow(const FlowProblem& problem) {
    const Network network(problem);
    SmartDigraph::ArcMap<std::int64_t> capacity(network.graph, 1);
    for (std::size_t i = 0; i < problem.left.size(); ++i) capacity[network.into_left[i]] = problem.left[i].upper;
    for (std::size_t i = 0; i < problem.right.size(); ++i) capacity[network.out_of_right[i]] = problem.right[i].upper;
    lemon::Preflow<SmartDigraph, SmartDigraph::ArcMap<std::int64_t>> flow(network.graph, capacity, network.source,
                                                                          network.sink);
    flow.runMinCut();
    return flow.flowValue();
}

std::optional<std::vector<std::uint8_t>> cheapest_flow(const FlowProblem& problem, std::optional<std::int64_t> amount) {
    Network network(problem);
    const double grid = grid_of(problem);
    const SmartDigraph::Arc back = network.graph.addArc(network.sink, network.source);
    SmartDigraph::ArcMap<std::int64_t> lower(network.graph, 0);
    SmartDigraph::ArcMap<std::int64_t> upper(network.graph, 1);
    SmartDigraph::ArcMap<std::int64_t> cost(network.graph, 0);
    for (std::size_t i = 0; i < problem.left.size(); ++i) {
        lower[network.into_left[i]] = problem.left[i].lower;
        upper[network.into_left[i]] = problem.left[i].upper;
    }
    for (std::size_t i = 0; i < problem.right.size(); ++i) {
        lower[network.out_of_right[i]] = problem.right[i].lower;
        upper[network.out_of_right[i]] = problem.right[i].upper;
    }
    for (std::size_t i = 0; i < problem.arcs.size(); ++i) {
        cost[network.between[i]] = std::llround(problem.arcs[i].cost * grid);
    }
    lower[back] = amount.value_or(0);
    upper[back] = amount.value_or(static_cast<std::int64_t>(problem.arcs.size()));
    lemon::NetworkSimplex<SmartDigraph, std::int64_t, std::int64_t> simplex(network.graph);
    simplex.lowerMap(lower).upperMap(upper).costMap(cost);
    if (simplex.run() != simplex.OPTIMAL) return std::nullopt;
    std::vector<std::uint8_t> taken(problem.arcs.size());
    for (std::size_t i = 0; i < taken.size(); ++i) taken[i] = simplex.flow(network.between[i]) > 0 ? 1 : 0;
    return taken;
}

}  // namespace twinfirm::matching
