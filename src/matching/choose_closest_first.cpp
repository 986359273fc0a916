// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <queue>
#include <tuple>

#include "score_line.h"

namespace twinfirm::matching {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

/// A group of focal units or of candidates, in a list of all groups that still have somebody, by score.
struct Node {
    ScoreGroup units;
    bool focal = false;
    std::uint32_t before = nobody;
    std::uint32_t after = nobody;
};

/// Two neighbouring groups of different arms.
struct Neighbours {
    double distance = 0;
    std::uint32_t focal = 0;  ///< nodes are numbered by score, so the smaller number is the lower score
    std::uint32_t match = 0;

    friend bool operator>(const Neighbours& a, const Neighbours& b) {
        return std::tie(a.distance, a.focal, a.match) > std::tie(b.distance, b.focal, b.match);
    }
};

/// One round: every waiting focal unit gets at most one match. The closest pair of all is always a pair of neighbours
/// on the line, because any unit between the two would make a closer pair with one of them.
class ClosestRound {
  public:
    ClosestRound(const StratumTask& task, std::span<const ScoredUnit> focal, std::span<const ScoredUnit> pool)
        : task_(task), focal_(focal), pool_(pool) {
        const std::vector<ScoreGroup> focal_groups = score_groups(focal);
        const std::vector<ScoreGroup> pool_groups = score_groups(pool);
        nodes_.reserve(focal_groups.size() + pool_groups.size());
        // Candidates stand before focal units of the same score, so that `lower score` and `smaller number` agree
        // with a match at distance 0 being the nearest at or below.
        for (std::size_t f = 0, p = 0; f < focal_groups.size() || p < pool_groups.size();) {
            const bool take_focal =
                p == pool_groups.size() || (f < focal_groups.size() && focal_groups[f].score < pool_groups[p].score);
            nodes_.push_back(take_focal ? Node{focal_groups[f++], true} : Node{pool_groups[p++], false});
        }
        for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
            nodes_[i].before = i == 0 ? nobody : i - 1;
            nodes_[i].after = i + 1 == nodes_.size() ? nobody : i + 1;
            if (i > 0) propose(i - 1, i);
        }
    }

    void run(std::vector<std::uint8_t>& focal_served, std::vector<std::uint8_t>& pool_taken, Choices& choices) {
        while (!heap_.empty()) {
            const Neighbours pair = heap_.top();
            heap_.pop();
            Node& focal = nodes_[pair.focal];
            Node& match = nodes_[pair.match];
            if (focal.units.empty() || match.units.empty()) continue;
            if (match.units.left() > 1 || tied_on_other_side(pair)) ++choices.tied;
            const std::uint32_t focal_place = focal.units.next++;
            const std::uint32_t match_place = match.units.next++;
            focal_served[focal_place] = 1;
            pool_taken[match_place] = 1;
            choices.made.push_back({focal_[focal_place].row, pool_[match_place].row, pair.distance});
            if (!focal.units.empty() && !match.units.empty()) {
                heap_.push(pair);
                continue;
            }
            if (focal.units.empty()) unlink(pair.focal);
            if (match.units.empty()) unlink(pair.match);
        }
    }

  private:
    void propose(std::uint32_t low, std::uint32_t high) {
        if (nodes_[low].focal == nodes_[high].focal) return;
        const double distance = std::abs(nodes_[low].units.score - nodes_[high].units.score);
        if (distance > task_.caliper) return;
        heap_.push(nodes_[low].focal ? Neighbours{distance, low, high} : Neighbours{distance, high, low});
    }

    void unlink(std::uint32_t node) {
        const std::uint32_t before = nodes_[node].before;
        const std::uint32_t after = nodes_[node].after;
        if (before != nobody) nodes_[before].after = after;
        if (after != nobody) nodes_[after].before = before;
        if (before != nobody && after != nobody) propose(before, after);
    }

    [[nodiscard]] bool tied_on_other_side(const Neighbours& pair) const {
        const Node& focal = nodes_[pair.focal];
        const std::uint32_t other = focal.before == pair.match ? focal.after : focal.before;
        return other != nobody && !nodes_[other].focal &&
               std::abs(focal.units.score - nodes_[other].units.score) == pair.distance;
    }

    const StratumTask& task_;
    std::span<const ScoredUnit> focal_;
    std::span<const ScoredUnit> pool_;
    std::vector<Node> nodes_;
    std::priority_queue<Neighbours, std::vector<Neighbours>, std::greater<>> heap_;
};

/// The units whose flag equals `wanted`, order kept.
std::vector<ScoredUnit> with_flag(std::span<const ScoredUnit> units, const std::vector<std::uint8_t>& flags,
                                  std::uint8_t wanted) {
    std::vector<ScoredUnit> chosen;
    for (std::size_t i = 0; i < units.size(); ++i) {
        if (flags[i] == wanted) chosen.push_back(units[i]);
    }
    return chosen;
}

}  // namespace

void choose_closest_first(const StratumTask& task, Choices& choices) {
    std::vector<ScoredUnit> focal(task.focal.begin(), task.focal.end());
    std::vector<ScoredUnit> pool(task.pool.begin(), task.pool.end());
    for (std::size_t round = 0; round < task.ratio && !focal.empty() && !pool.empty(); ++round) {
        std::vector<std::uint8_t> served(focal.size(), 0);
        std::vector<std::uint8_t> taken(pool.size(), 0);
        ClosestRound(task, focal, pool).run(served, taken, choices);
        // Who found nobody within the caliper finds nobody later either.
        focal = with_flag(focal, served, 1);
        pool = with_flag(pool, taken, 0);
    }
}

}  // namespace twinfirm::matching
