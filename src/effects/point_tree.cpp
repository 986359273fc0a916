// SPDX-License-Identifier: GPL-3.0-or-later
#include "point_tree.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace twinfirm::effects {
namespace {

constexpr std::uint32_t leaf_size = 12;

void append(std::vector<NeighborSets::Range>& ranges, std::size_t first, std::uint32_t begin, std::uint32_t end) {
    if (ranges.size() > first && ranges.back().end == begin) {
        ranges.back().end = end;
    } else {
        ranges.push_back({begin, end});
    }
}

}  // namespace

PointTree::PointTree(const matching::CovariatePoints& points, std::vector<std::uint32_t> units)
    : points_(points), dimensions_(points.dimensions), order_(std::move(units)) {
    if (!order_.empty()) build(0, static_cast<std::uint32_t>(order_.size()));
}

std::uint32_t PointTree::build(std::uint32_t begin, std::uint32_t end) {
    const auto node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({begin, end, 0, 0, false});
    const std::size_t box = box_.size();
    box_.resize(box + 2 * dimensions_);
    std::size_t axis = 0;
    double width = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (std::uint32_t i = begin; i < end; ++i) {
            const double value = points_.of(order_[i])[k];
            low = std::min(low, value);
            high = std::max(high, value);
        }
        box_[box + 2 * k] = low;
        box_[box + 2 * k + 1] = high;
        if (high - low > width) {
            width = high - low;
            axis = k;
        }
    }
    nodes_[node].one_point = width == 0;
    if (end - begin <= leaf_size || width == 0) {
        std::sort(order_.begin() + begin, order_.begin() + end);
        return node;
    }
    const std::uint32_t middle = begin + (end - begin) / 2;
    std::nth_element(order_.begin() + begin, order_.begin() + middle, order_.begin() + end,
                     [&](std::uint32_t a, std::uint32_t b) {
                         return std::pair(points_.of(a)[axis], a) < std::pair(points_.of(b)[axis], b);
                     });
    const std::uint32_t left = build(begin, middle);
    const std::uint32_t right = build(middle, end);
    nodes_[node].left = left;
    nodes_[node].right = right;
    return node;
}

/// Never above the distance to a point of the box, rounding included: the same terms, each no larger.
double PointTree::to_box(std::uint32_t node, const double* point) const {
    const double* box = box_.data() + node * 2 * dimensions_;
    double sum = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) {
        const double outside = std::max({box[2 * k] - point[k], point[k] - box[2 * k + 1], 0.0});
        sum += outside * outside;
    }
    return sum;
}

double PointTree::to_unit(std::uint32_t place, const double* point) const {
    const double* other = points_.of(order_[place]).data();
    double sum = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) sum += (other[k] - point[k]) * (other[k] - point[k]);
    return sum;
}

double PointTree::Nearest::limit() const {
    return count < wanted ? std::numeric_limits<double>::infinity() : found.back().first;
}

void PointTree::Nearest::add(double squared, std::size_t units) {
    if (!(squared < limit())) return;
    const auto place = std::upper_bound(found.begin(), found.end(), squared,
                                        [](double value, const auto& entry) { return value < entry.first; });
    found.insert(place, {squared, units});
    count += units;
    while (count - found.back().second >= wanted) {
        count -= found.back().second;
        found.pop_back();
    }
}

void PointTree::search(std::uint32_t node, const double* point, Nearest& nearest) const {
    const Node& here = nodes_[node];
    if (here.one_point) return nearest.add(to_unit(here.begin, point), here.end - here.begin);
    if (here.left == 0) {
        for (std::uint32_t i = here.begin; i < here.end; ++i) nearest.add(to_unit(i, point), 1);
        return;
    }
    std::pair<double, std::uint32_t> children[2] = {{to_box(here.left, point), here.left},
                                                    {to_box(here.right, point), here.right}};
    if (children[1].first < children[0].first) std::swap(children[0], children[1]);
    for (const auto& [distance, child] : children) {
        if (distance < nearest.limit()) search(child, point, nearest);
    }
}

void PointTree::collect(std::uint32_t node, const double* point, double limit,
                        std::vector<NeighborSets::Range>& ranges) const {
    const std::size_t first = ranges.size();
    std::vector<std::uint32_t> waiting{node};
    while (!waiting.empty()) {
        const Node& here = nodes_[waiting.back()];
        const std::uint32_t number = waiting.back();
        waiting.pop_back();
        if (to_box(number, point) > limit) continue;
        if (here.left != 0) {
            waiting.push_back(here.right);
            waiting.push_back(here.left);
        } else if (here.one_point) {
            if (to_unit(here.begin, point) <= limit) append(ranges, first, here.begin, here.end);
        } else {
            for (std::uint32_t i = here.begin; i < here.end; ++i) {
                if (to_unit(i, point) <= limit) append(ranges, first, i, i + 1);
            }
        }
    }
}

void PointTree::nearest(std::uint32_t unit, const NeighborRule& rule, std::vector<NeighborSets::Range>& ranges) const {
    if (nodes_.empty()) return;
    const double* point = points_.of(unit).data();
    Nearest nearest;
    nearest.wanted = rule.neighbors;
    search(0, point, nearest);
    double limit = nearest.found.back().first;
    if (rule.tie_tolerance > 0) {
        const double wider = std::sqrt(limit) + rule.tie_tolerance;
        limit = std::max(limit, wider * wider);
    }
    collect(0, point, limit, ranges);
}

}  // namespace twinfirm::effects
