// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "twinfirm/effects/neighbor_sets.h"

namespace twinfirm::effects {

/// Number, mean and sum of squared deviations of some values.
struct Moments {
    double count = 0;
    double mean = 0;
    double squares = 0;

    /// Joined without cancellation (Chan, Golub & LeVeque 1983).
    void join(const Moments& other) {
        if (other.count == 0) return;
        if (count == 0) {
            *this = other;
            return;
        }
        const double total = count + other.count;
        const double apart = other.mean - mean;
        mean += apart * other.count / total;
        squares += other.squares + apart * apart * count * other.count / total;
        count = total;
    }
};

/// Moments of any range of values, in O(log n), where differences of running sums would lose digits.
class RangeMoments {
  public:
    /// `value` has one entry a unit; a NaN does not count.
    RangeMoments(const std::vector<std::uint32_t>& order, std::span<const double> value)
        : leaves_(order.size()), nodes_(2 * order.size()) {
        for (std::size_t i = 0; i < leaves_; ++i) {
            if (!std::isnan(value[order[i]])) nodes_[leaves_ + i] = {1, value[order[i]], 0};
        }
        for (std::size_t i = leaves_; i-- > 1;) {
            nodes_[i] = nodes_[2 * i];
            nodes_[i].join(nodes_[2 * i + 1]);
        }
    }

    [[nodiscard]] Moments of(std::span<const NeighborSets::Range> ranges) const {
        Moments moments;
        for (const NeighborSets::Range& range : ranges) {
            std::size_t low = range.begin + leaves_;
            std::size_t high = range.end + leaves_;
            for (; low < high; low /= 2, high /= 2) {
                if (low % 2 == 1) moments.join(nodes_[low++]);
                if (high % 2 == 1) moments.join(nodes_[--high]);
            }
        }
        return moments;
    }

  private:
    std::size_t leaves_;
    std::vector<Moments> nodes_;
};

/// Adds numbers to all places of ranges, each in O(log n).
class RangeSums {
  public:
    explicit RangeSums(std::size_t places) : leaves_(places), nodes_(2 * places, 0.0) {}

    void add(std::span<const NeighborSets::Range> ranges, double value) {
        for (const NeighborSets::Range& range : ranges) {
            std::size_t low = range.begin + leaves_;
            std::size_t high = range.end + leaves_;
            for (; low < high; low /= 2, high /= 2) {
                if (low % 2 == 1) nodes_[low++] += value;
                if (high % 2 == 1) nodes_[--high] += value;
            }
        }
    }

    /// The sum at each place.
    [[nodiscard]] std::vector<double> totals() {
        for (std::size_t i = 1; i < leaves_; ++i) {
            nodes_[2 * i] += nodes_[i];
            nodes_[2 * i + 1] += nodes_[i];
            nodes_[i] = 0;
        }
        return {nodes_.begin() + static_cast<std::ptrdiff_t>(leaves_), nodes_.end()};
    }

  private:
    std::size_t leaves_;
    std::vector<double> nodes_;
};

}  // namespace twinfirm::effects
