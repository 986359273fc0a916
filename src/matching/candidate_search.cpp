// SPDX-License-Identifier: GPL-3.0-or-later
#include "candidate_search.h"

#include <algorithm>
#include <queue>
#include <tuple>
#include <vector>

namespace twinfirm::matching {
namespace {

std::size_t most_wanted(const StratumTask& task) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < task.focal.size(); ++i) most = std::max(most, task.wanted_by(i));
    return most;
}

void join(const StratumTask& task, std::uint32_t focal_place, const Candidate& candidate, CandidateSearch& search,
          Choices& choices) {
    choices.tied += candidate.tied;
    search.use(focal_place, candidate.place);
    choices.made.push_back({task.focal[focal_place].row, task.pool[candidate.place].row, candidate.distance});
}

/// A focal unit and its nearest candidate at some time.
struct Proposal {
    std::uint32_t focal = 0;
    Candidate candidate;
};

/// The tied candidate may have gone since the proposal.
Candidate up_to_date(const Proposal& proposal, CandidateSearch& search) {
    return proposal.candidate.tied ? search.nearest(proposal.focal).value_or(proposal.candidate) : proposal.candidate;
}

/// Of equally distant pairs the one with the lower focal score goes first, then the one with the lower score of the
/// match, then by rank. Places in a task are by (score, rank).
auto order_key(const StratumTask& task, const Proposal& proposal) {
    const ScoredUnit& focal = task.focal[proposal.focal];
    const ScoredUnit& match = task.pool[proposal.candidate.place];
    return std::tuple(focal.score, match.score, focal.rank, match.rank, focal.row);
}

/// Focal units that still want a match in this round.
std::vector<std::uint32_t> waiting_in(const StratumTask& task, const std::vector<std::uint8_t>& gave_up,
                                      std::size_t round) {
    std::vector<std::uint32_t> waiting;
    for (std::uint32_t place = 0; place < task.focal.size(); ++place) {
        if (gave_up[place] == 0 && task.wanted_by(place) > round) waiting.push_back(place);
    }
    return waiting;
}

}  // namespace

void choose_in_order(const StratumTask& task, std::span<const std::uint32_t> order, CandidateSearch& search,
                     Choices& choices) {
    std::vector<std::uint32_t> waiting(order.begin(), order.end());
    const std::size_t rounds = most_wanted(task);
    for (std::size_t round = 0; round < rounds && !waiting.empty(); ++round) {
        // A unit that finds nobody now finds nobody later: the candidates only get fewer.
        std::vector<std::uint32_t> served;
        for (const std::uint32_t place : waiting) {
            if (task.wanted_by(place) <= round) continue;
            if (const auto candidate = search.nearest(place)) {
                join(task, place, *candidate, search, choices);
                served.push_back(place);
            }
        }
        waiting = std::move(served);
    }
}

void choose_closest_first(const StratumTask& task, CandidateSearch& search, Choices& choices) {
    const auto later = [&](const Proposal& a, const Proposal& b) {
        if (a.candidate.distance != b.candidate.distance) return a.candidate.distance > b.candidate.distance;
        return order_key(task, a) > order_key(task, b);
    };
    std::vector<std::uint8_t> gave_up(task.focal.size(), 0);
    const std::size_t rounds = most_wanted(task);
    for (std::size_t round = 0; round < rounds; ++round) {
        std::priority_queue<Proposal, std::vector<Proposal>, decltype(later)> queue(later);
        const auto propose = [&](std::uint32_t place) {
            if (const auto candidate = search.nearest(place)) {
                queue.push({place, *candidate});
            } else {
                gave_up[place] = 1;
            }
        };
        for (const std::uint32_t place : waiting_in(task, gave_up, round)) propose(place);
        // Distances to the nearest only grow, so a stale proposal is met before its time and made anew.
        while (!queue.empty()) {
            const Proposal first = queue.top();
            queue.pop();
            if (search.usable(first.focal, first.candidate.place)) {
                join(task, first.focal, up_to_date(first, search), search, choices);
            } else {
                propose(first.focal);
            }
        }
    }
}

void choose_farthest_first(const StratumTask& task, CandidateSearch& search, Choices& choices) {
    std::vector<std::uint8_t> gave_up(task.focal.size(), 0);
    const std::size_t rounds = most_wanted(task);
    for (std::size_t round = 0; round < rounds; ++round) {
        std::vector<Proposal> proposals;
        for (const std::uint32_t place : waiting_in(task, gave_up, round)) {
            if (const auto candidate = search.nearest(place)) proposals.push_back({place, *candidate});
        }
        std::sort(proposals.begin(), proposals.end(), [&](const Proposal& a, const Proposal& b) {
            const auto key = [&](const Proposal& proposal) {
                const ScoredUnit& unit = task.focal[proposal.focal];
                return std::tuple(-proposal.candidate.distance, unit.rank, unit.row);
            };
            return key(a) < key(b);
        });
        gave_up.assign(gave_up.size(), 1);
        for (const Proposal& proposal : proposals) {
            if (const auto candidate = search.nearest(proposal.focal)) {
                join(task, proposal.focal, *candidate, search, choices);
                gave_up[proposal.focal] = 0;
            }
        }
    }
}

void choose_with_ties(const StratumTask& task, CandidateSearch& search, Choices& choices) {
    for (std::uint32_t place = 0; place < task.focal.size(); ++place) {
        double furthest = 0;
        for (std::size_t k = 0;; ++k) {
            const auto candidate = search.nearest(place);
            if (!candidate || (k >= task.wanted_by(place) && candidate->distance > furthest + task.tie_tolerance)) {
                break;
            }
            if (k < task.wanted_by(place)) furthest = candidate->distance;
            join(task, place, {candidate->place, candidate->distance, false}, search, choices);
        }
    }
}

}  // namespace twinfirm::matching
