// SPDX-License-Identifier: GPL-3.0-or-later
#include "metric_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

namespace twinfirm::matching {
namespace {

constexpr std::uint32_t leaf_size = 16;
/// So few candidates within the score's caliper are looked at one by one.
constexpr std::ptrdiff_t few = 128;

}  // namespace

MetricSearch::MetricSearch(const StratumTask& task, const CovariatePoints& points)
    : task_(task),
      points_(points),
      dimensions_(points.dimensions),
      order_(task.pool.size()),
      leaf_of_(task.pool.size()),
      uses_(task.pool.size(), 0),
      own_(task.focal.size()) {
    pool_point_.reserve(task.pool.size() * dimensions_);
    for (const ScoredUnit& unit : task.pool) {
        const std::span<const double> point = points.of(unit.row);
        pool_point_.insert(pool_point_.end(), point.begin(), point.end());
    }
    std::iota(order_.begin(), order_.end(), 0U);
    if (!order_.empty()) build(0, static_cast<std::uint32_t>(order_.size()), 0);
}

std::uint32_t MetricSearch::build(std::uint32_t begin, std::uint32_t end, std::uint32_t parent) {
    const auto node = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back({begin, end, 0, 0, parent, end - begin, 0, 0});
    fit_box(node);
    const std::uint32_t axis = widest(node);
    const std::size_t box = node * 2 * dimensions_;
    const bool one_point = dimensions_ == 0 || !(box_[box + 2 * axis + 1] > box_[box + 2 * axis]);
    if (end - begin <= leaf_size || one_point) {
        for (std::uint32_t i = begin; i < end; ++i) leaf_of_[order_[i]] = node;
        return node;
    }
    const std::uint32_t middle = begin + (end - begin) / 2;
    std::nth_element(order_.begin() + begin, order_.begin() + middle, order_.begin() + end,
                     [&](std::uint32_t a, std::uint32_t b) {
                         return std::pair(pool_point(a)[axis], a) < std::pair(pool_point(b)[axis], b);
                     });
    const std::uint32_t left = build(begin, middle, node);
    const std::uint32_t right = build(middle, end, node);
    nodes_[node].left = left;
    nodes_[node].right = right;
    return node;
}

void MetricSearch::fit_box(std::uint32_t node) {
    box_.resize(box_.size() + 2 * dimensions_);
    Node& fitted = nodes_[node];
    fitted.low_score = std::numeric_limits<double>::infinity();
    fitted.high_score = -fitted.low_score;
    double* box = box_.data() + node * 2 * dimensions_;
    for (std::size_t k = 0; k < dimensions_; ++k) {
        box[2 * k] = std::numeric_limits<double>::infinity();
        box[2 * k + 1] = -box[2 * k];
    }
    for (std::uint32_t i = fitted.begin; i < fitted.end; ++i) {
        const double* point = pool_point(order_[i]);
        for (std::size_t k = 0; k < dimensions_; ++k) {
            box[2 * k] = std::min(box[2 * k], point[k]);
            box[2 * k + 1] = std::max(box[2 * k + 1], point[k]);
        }
        fitted.low_score = std::min(fitted.low_score, task_.pool[order_[i]].score);
        fitted.high_score = std::max(fitted.high_score, task_.pool[order_[i]].score);
    }
}

std::uint32_t MetricSearch::widest(std::uint32_t node) const {
    const double* box = box_.data() + node * 2 * dimensions_;
    std::uint32_t axis = 0;
    for (std::uint32_t k = 1; k < dimensions_; ++k) {
        if (box[2 * k + 1] - box[2 * k] > box[2 * axis + 1] - box[2 * axis]) axis = k;
    }
    return axis;
}

/// Never above the distance to a point of the box, rounding included: the same terms, each no larger.
double MetricSearch::distance_to_box(std::uint32_t node, const double* point) const {
    const double* box = box_.data() + node * 2 * dimensions_;
    double sum = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) {
        const double outside = std::max({box[2 * k] - point[k], point[k] - box[2 * k + 1], 0.0});
        sum += outside * outside;
    }
    return sum;
}

bool MetricSearch::out_of_reach(const Node& node, const Query& query) const {
    if (node.free == 0) return true;
    const bool below = node.high_score < query.score && std::abs(query.score - node.high_score) > task_.caliper;
    const bool above = node.low_score > query.score && std::abs(query.score - node.low_score) > task_.caliper;
    return below || above;
}

void MetricSearch::consider(std::uint32_t pool_place, Query& query) const {
    const ScoredUnit& unit = task_.pool[pool_place];
    if (std::abs(query.score - unit.score) > task_.caliper || uses_[pool_place] >= task_.uses) return;
    const double* point = pool_point(pool_place);
    double apart = 0;
    for (std::size_t k = 0; k < dimensions_; ++k) apart += (query.point[k] - point[k]) * (query.point[k] - point[k]);
    if (query.found && apart > query.best) return;
    if (!usable(query.focal_place, pool_place) || !task_.allow(task_.focal[query.focal_place].row, unit.row)) return;
    const bool equal = query.found && apart == query.best;
    const auto key = [&](std::uint32_t place) { return std::tie(task_.pool[place].rank, task_.pool[place].row); };
    if (!equal || key(pool_place) < key(query.place)) query.place = pool_place;
    query.tied = equal;
    query.best = apart;
    query.found = true;
}

void MetricSearch::visit(std::uint32_t node, Query& query) const {
    const Node& here = nodes_[node];
    if (here.left == 0) {
        for (std::uint32_t i = here.begin; i < here.end; ++i) consider(order_[i], query);
        return;
    }
    std::pair<double, std::uint32_t> children[2] = {{distance_to_box(here.left, query.point), here.left},
                                                    {distance_to_box(here.right, query.point), here.right}};
    if (children[1].first < children[0].first) std::swap(children[0], children[1]);
    for (const auto& [apart, child] : children) {
        // Equally near ones are looked at too: the rank decides between them.
        if (query.found && apart > query.best) continue;
        if (!out_of_reach(nodes_[child], query)) visit(child, query);
    }
}

std::optional<Candidate> MetricSearch::nearest(std::uint32_t focal_place) {
    if (nodes_.empty()) return std::nullopt;
    const ScoredUnit& focal = task_.focal[focal_place];
    Query query;
    query.focal_place = focal_place;
    query.point = points_.of(focal.row).data();
    query.score = focal.score;
    const auto first = std::partition_point(task_.pool.begin(), task_.pool.end(), [&](const ScoredUnit& unit) {
        return unit.score < focal.score && std::abs(focal.score - unit.score) > task_.caliper;
    });
    const auto last = std::partition_point(first, task_.pool.end(), [&](const ScoredUnit& unit) {
        return unit.score <= focal.score || std::abs(focal.score - unit.score) <= task_.caliper;
    });
    if (last - first <= few) {
        for (auto unit = first; unit != last; ++unit) {
            consider(static_cast<std::uint32_t>(unit - task_.pool.begin()), query);
        }
    } else if (!out_of_reach(nodes_[0], query)) {
        visit(0, query);
    }
    if (!query.found) return std::nullopt;
    return Candidate{query.place, std::sqrt(query.best), query.tied};
}

bool MetricSearch::usable(std::uint32_t focal_place, std::uint32_t pool_place) const {
    const std::vector<std::uint32_t>& own = own_[focal_place];
    return uses_[pool_place] < task_.uses && std::find(own.begin(), own.end(), pool_place) == own.end();
}

void MetricSearch::use(std::uint32_t focal_place, std::uint32_t pool_place) {
    if (task_.uses > 1) own_[focal_place].push_back(pool_place);
    if (task_.uses == any_number || ++uses_[pool_place] < task_.uses) return;
    for (std::uint32_t node = leaf_of_[pool_place];; node = nodes_[node].parent) {
        --nodes_[node].free;
        if (node == 0) return;
    }
}

}  // namespace twinfirm::matching
