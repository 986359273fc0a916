// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdint>

#include "score_line.h"

namespace twinfirm::matching {
namespace {

/// Decisions kept at once, two bits each; longer problems are solved again block by block on the way back.
constexpr std::size_t cells_at_once = std::size_t{256} << 20;

/// A piece of the line that no pair of some optimal solution leaves. Places in the task's spans.
struct Segment {
    std::size_t focal_begin = 0;
    std::size_t focal_end = 0;
    std::size_t pool_begin = 0;
    std::size_t pool_end = 0;
};

/// A unit among all units of both arms, by score.
struct Station {
    double score = 0;
    bool focal = false;
};

std::vector<Station> stations_of(const StratumTask& task) {
    std::vector<Station> stations;
    stations.reserve(task.focal.size() + task.pool.size());
    for (std::size_t f = 0, p = 0; f < task.focal.size() || p < task.pool.size();) {
        const bool focal = p == task.pool.size() || (f < task.focal.size() && task.focal[f].score < task.pool[p].score);
        stations.push_back(focal ? Station{task.focal[f++].score, true} : Station{task.pool[p++].score, false});
    }
    return stations;
}

/// For each gap between neighbouring stations, how many focal units would cross it if all took their nearest free
/// candidate below (`from` 0, step 1) or above (from the other end). A pair (f, c) of a monotone optimal solution with
/// c below f has only used candidates between its two, taken by focal units further up; so some focal unit above
/// any gap between c and f crosses it when all go down.
class Crossings {
  public:
    Crossings(const std::vector<Station>& stations, std::size_t ratio) : covered_(stations.size() + 1, 0) {
        const std::size_t count = stations.size();
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < count; ++i) {
            if (stations[i].focal) {
                cover(take(free, ratio, 0), i);
            } else {
                free.push_back(i);
            }
        }
        free.clear();
        for (std::size_t i = count; i-- > 0;) {
            if (stations[i].focal) {
                cover(i, take(free, ratio, count - 1));
            } else {
                free.push_back(i);
            }
        }
        for (std::size_t i = 1; i < covered_.size(); ++i) covered_[i] += covered_[i - 1];
    }
    /// The gap behind station i.
    [[nodiscard]] bool crossed(std::size_t i) const { return covered_[i] > 0; }

  private:
    /// The last of `ratio` stations taken; `end` if they do not suffice.
    static std::size_t take(std::vector<std::size_t>& free, std::size_t ratio, std::size_t end) {
        std::size_t last = end;
        for (std::size_t k = 0; k < ratio; ++k) {
            if (free.empty()) return end;
            last = free.back();
            free.pop_back();
        }
        return last;
    }
    void cover(std::size_t low, std::size_t high) {
        ++covered_[low];
        --covered_[high];
    }

    std::vector<std::int64_t> covered_;
};

std::vector<Segment> segments_of(const StratumTask& task) {
    const std::vector<Station> stations = stations_of(task);
    const Crossings crossings(stations, task.ratio);
    std::vector<Segment> segments;
    Segment current;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        ++(stations[i].focal ? current.focal_end : current.pool_end);
        const bool last = i + 1 == stations.size();
        if (!last && crossings.crossed(i) && !(stations[i + 1].score - stations[i].score > task.caliper)) continue;
        if (current.focal_end > current.focal_begin && current.pool_end > current.pool_begin) {
            segments.push_back(current);
        }
        current.focal_begin = current.focal_end;
        current.pool_begin = current.pool_end;
    }
    return segments;
}

/// Places (from 1) of the candidates that a row may be joined with; both ends rise with the row.
struct Window {
    std::size_t low = 1;
    std::size_t high = 0;

    [[nodiscard]] std::size_t width() const { return high >= low ? high - low + 1 : 0; }
};

/// Dynamic programme over (row, candidate) of one segment: best[j] is the largest number of pairs, and the smallest
/// total distance with that number, of the rows so far and the first j candidates. A row is a focal unit, `ratio` rows
/// each.
class MonotoneMatching {
  public:
    MonotoneMatching(const StratumTask& task, const Segment& segment)
        : task_(task),
          focal_(task.focal.subspan(segment.focal_begin, segment.focal_end - segment.focal_begin)),
          pool_(task.pool.subspan(segment.pool_begin, segment.pool_end - segment.pool_begin)),
          pairs_(pool_.size() + 1, 0),
          total_(pool_.size() + 1, 0) {
        find_windows();
    }

    void solve(std::vector<Choice>& made) {
        const std::vector<std::size_t> blocks = block_starts();
        std::vector<Checkpoint> checkpoints;
        for (std::size_t b = 0; b + 1 < blocks.size(); ++b) {
            checkpoints.push_back({pairs_, total_, reached_});
            const bool last = b + 2 == blocks.size();
            run(blocks[b], blocks[b + 1], last);
        }
        std::size_t candidate = reached_;
        for (std::size_t b = checkpoints.size(); b-- > 0;) {
            if (b + 1 < checkpoints.size()) {
                pairs_ = std::move(checkpoints[b].pairs);
                total_ = std::move(checkpoints[b].total);
                reached_ = checkpoints[b].reached;
                run(blocks[b], blocks[b + 1], true);
            }
            candidate = trace(blocks[b], blocks[b + 1], candidate, made);
        }
    }

  private:
    enum Decision : std::uint64_t { leave_candidate = 0, leave_row = 1, join = 2 };
    struct Checkpoint {
        std::vector<std::int32_t> pairs;
        std::vector<double> total;
        std::size_t reached = 0;
    };

    [[nodiscard]] std::size_t rows() const { return focal_.size() * task_.ratio; }
    [[nodiscard]] double score_of(std::size_t row) const { return focal_[row / task_.ratio].score; }

    void find_windows() {
        windows_.resize(rows());
        std::size_t low = 1;
        std::size_t high = 0;
        for (std::size_t row = 0; row < rows(); ++row) {
            const double score = score_of(row);
            while (low <= pool_.size() && pool_[low - 1].score < score &&
                   std::abs(score - pool_[low - 1].score) > task_.caliper) {
                ++low;
            }
            while (high < pool_.size() &&
                   (pool_[high].score <= score || std::abs(score - pool_[high].score) <= task_.caliper)) {
                ++high;
            }
            windows_[row] = {low, high};
        }
        if (!windows_.empty() && windows_.front().high == pool_.size() && windows_.back().low == 1) narrow_windows();
    }

    /// Where everybody may be joined with everybody, as many pairs are made as the smaller side allows: in a monotone
    /// solution a row is then never further than the surplus of the larger side from its own place.
    void narrow_windows() {
        const std::size_t candidates = pool_.size();
        const std::size_t surplus_rows = rows() > candidates ? rows() - candidates : 0;
        const std::size_t surplus_candidates = candidates > rows() ? candidates - rows() : 0;
        for (std::size_t row = 0; row < rows(); ++row) {
            windows_[row] = {row + 1 > surplus_rows ? row + 1 - surplus_rows : 1,
                             std::min(candidates, row + 1 + surplus_candidates)};
        }
    }

    /// First rows of the blocks, and the end.
    [[nodiscard]] std::vector<std::size_t> block_starts() const {
        std::vector<std::size_t> starts{0};
        std::size_t cells = 0;
        for (std::size_t row = 0; row < rows(); ++row) {
            if (cells > 0 && cells + windows_[row].width() > cells_at_once) {
                starts.push_back(row);
                cells = 0;
            }
            cells += windows_[row].width();
        }
        starts.push_back(rows());
        return starts;
    }

    void run(std::size_t begin, std::size_t end, bool keep_decisions) {
        decisions_.clear();
        row_words_.clear();
        for (std::size_t row = begin; row < end; ++row) {
            if (keep_decisions) row_words_.push_back(decisions_.size());
            const Window& window = windows_[row];
            if (window.width() == 0) continue;
            for (std::size_t j = reached_ + 1; j <= window.high; ++j) {
                pairs_[j] = pairs_[reached_];
                total_[j] = total_[reached_];
            }
            reached_ = std::max(reached_, window.high);
            if (keep_decisions) {
                fill_row<true>(row, window);
            } else {
                fill_row<false>(row, window);
            }
        }
    }

    template <bool keep>
    void fill_row(std::size_t row, const Window& window) {
        const double score = score_of(row);
        std::int32_t pairs_before = pairs_[window.low - 1];  // of the rows before, one candidate fewer
        double total_before = total_[window.low - 1];
        std::int32_t best_pairs = pairs_before;  // of this row, one candidate fewer
        double best_total = total_before;
        std::uint64_t word = 0;
        unsigned shift = 0;
        for (std::size_t j = window.low; j <= window.high; ++j) {
            const std::int32_t pairs_above = pairs_[j];
            const double total_above = total_[j];
            std::uint64_t decision = leave_candidate;
            if (pairs_above > best_pairs || (pairs_above == best_pairs && total_above < best_total)) {
                best_pairs = pairs_above;
                best_total = total_above;
                decision = leave_row;
            }
            const std::int32_t pairs_joined = pairs_before + 1;
            const double total_joined = total_before + std::abs(score - pool_[j - 1].score);
            if (pairs_joined > best_pairs || (pairs_joined == best_pairs && total_joined < best_total)) {
                best_pairs = pairs_joined;
                best_total = total_joined;
                decision = join;
            }
            pairs_before = pairs_above;
            total_before = total_above;
            pairs_[j] = best_pairs;
            total_[j] = best_total;
            if constexpr (keep) {
                word |= decision << shift;
                shift += 2;
                if (shift == 64) {
                    decisions_.push_back(word);
                    word = 0;
                    shift = 0;
                }
            }
        }
        if (keep && shift > 0) decisions_.push_back(word);
    }

    [[nodiscard]] std::uint64_t decision(std::size_t row_of_block, std::size_t place) const {
        return decisions_[row_words_[row_of_block] + place / 32] >> (place % 32 * 2) & 3U;
    }

    /// From the last row of a block to its first; returns the number of candidates left to the rows before.
    std::size_t trace(std::size_t begin, std::size_t end, std::size_t candidate, std::vector<Choice>& made) const {
        for (std::size_t row = end; row-- > begin;) {
            const Window& window = windows_[row];
            if (window.width() == 0) continue;
            candidate = std::min(candidate, window.high);
            while (candidate >= window.low && decision(row - begin, candidate - window.low) == leave_candidate) {
                --candidate;
            }
            if (candidate < window.low || decision(row - begin, candidate - window.low) == leave_row) continue;
            const ScoredUnit& focal = focal_[row / task_.ratio];
            const ScoredUnit& match = pool_[candidate - 1];
            made.push_back({focal.row, match.row, std::abs(focal.score - match.score)});
            --candidate;
        }
        return candidate;
    }

    const StratumTask& task_;
    std::span<const ScoredUnit> focal_;
    std::span<const ScoredUnit> pool_;
    std::vector<Window> windows_;
    std::vector<std::int32_t> pairs_;
    std::vector<double> total_;
    std::size_t reached_ = 0;
    std::vector<std::uint64_t> decisions_;
    std::vector<std::size_t> row_words_;
};

}  // namespace

void choose_optimal(const StratumTask& task, Choices& choices) {
    for (const Segment& segment : segments_of(task)) {
        std::vector<Choice> made;
        MonotoneMatching(task, segment).solve(made);
        choices.made.insert(choices.made.end(), made.rbegin(), made.rend());
    }
}

}  // namespace twinfirm::matching
