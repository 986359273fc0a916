// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "twinfirm/effects/neighbor_sets.h"

namespace twinfirm::effects {

/// A k-d tree over some units' points that answers for the nearest with all their ties. Equal points share a leaf,
/// which is looked at as one.
class PointTree {
  public:
    PointTree(const matching::CovariatePoints& points, std::vector<std::uint32_t> units);

    /// The units, leaf by leaf; ranges of `nearest` are places here.
    [[nodiscard]] const std::vector<std::uint32_t>& order() const { return order_; }

    /// Appends the ranges, rising, of the `rule.neighbors` nearest units to `unit` and of those tied with the last.
    void nearest(std::uint32_t unit, const NeighborRule& rule, std::vector<NeighborSets::Range>& ranges) const;

  private:
    struct Node {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        std::uint32_t left = 0;  // 0 = a leaf
        std::uint32_t right = 0;
        bool one_point = false;
    };
    /// The `wanted` smallest squared distances so far, with the number of units at each.
    struct Nearest {
        std::size_t wanted = 1;
        std::vector<std::pair<double, std::size_t>> found;  // rising
        std::size_t count = 0;

        [[nodiscard]] double limit() const;
        void add(double squared, std::size_t units);
    };

    std::uint32_t build(std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] double to_box(std::uint32_t node, const double* point) const;
    [[nodiscard]] double to_unit(std::uint32_t place, const double* point) const;
    void search(std::uint32_t node, const double* point, Nearest& nearest) const;
    void collect(std::uint32_t node, const double* point, double limit, std::vector<NeighborSets::Range>& ranges) const;

    const matching::CovariatePoints& points_;
    std::size_t dimensions_;
    std::vector<std::uint32_t> order_;
    std::vector<Node> nodes_;
    std::vector<double> box_;  // low and high of each dimension, node by node
};

}  // namespace twinfirm::effects
