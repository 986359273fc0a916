// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <tuple>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching::test {

/// A small matching problem that owns its data; scores are multiples of 1/8, so that distances are exact and many tie.
struct Instance {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> stratum;
    std::vector<std::uint32_t> rank;
    std::vector<double> covariate;                 ///< multiples of 1/8
    std::vector<std::vector<std::int32_t>> group;  ///< one coding
    double width = 0;                              ///< widest difference of the covariate; 0 = not asked
    bool must_differ = false;                      ///< in `group`
    mutable std::vector<CovariateLimit> limits;

    [[nodiscard]] MatchProblem problem() const {
        limits = {{covariate, width, false}};
        MatchProblem problem{score, treated, stratum, rank, {}};
        if (width > 0) problem.limits = limits;
        if (must_differ) problem.anti_exact = group;
        return problem;
    }
    [[nodiscard]] bool allows(std::size_t a, std::size_t b) const {
        return (width == 0 || std::abs(covariate[a] - covariate[b]) <= width) &&
               (!must_differ || group[0][a] != group[0][b]);
    }
    [[nodiscard]] std::size_t size() const { return score.size(); }
};

inline Instance random_instance(Random& random, std::size_t units, std::uint64_t scores, std::uint64_t strata) {
    Instance instance;
    instance.rank.resize(units);
    std::iota(instance.rank.begin(), instance.rank.end(), 0U);
    random.shuffle(instance.rank);
    std::vector<double> covariates;
    std::vector<std::int32_t> groups;
    for (std::size_t i = 0; i < units; ++i) {
        instance.score.push_back((static_cast<double>(random.below(scores)) - 4) / 8);
        instance.treated.push_back(random.below(5) < 2);
        instance.stratum.push_back(static_cast<std::int32_t>(random.below(strata)));
        covariates.push_back(static_cast<double>(random.below(16)) / 8);
        groups.push_back(static_cast<std::int32_t>(random.below(3)));
    }
    instance.treated.front() = 1;
    instance.treated.back() = 0;
    instance.covariate = covariates;
    instance.group = {groups};
    return instance;
}

/// The definition of the matching, by looking at every candidate each time.
class BruteForce {
  public:
    BruteForce(const Instance& instance, const design::MatchingSettings& settings, double caliper)
        : data_(instance), settings_(settings), caliper_(caliper), taken_(instance.size()), sets_(instance.size()) {
        for (std::size_t i = 0; i < data_.size(); ++i) {
            const bool focal = (data_.treated[i] == 1) == (settings.estimand == design::Estimand::att);
            (focal ? focal_ : pool_).push_back(i);
        }
        std::sort(focal_.begin(), focal_.end(), [&](std::size_t a, std::size_t b) { return before(a, b); });
        uses_allowed_ = !settings.replace ? 1 : settings.max_reuse == 0 ? 1000 : settings.max_reuse;
        deal_out_matches();
    }

    std::vector<Pair> pairs() {
        for (int round = 0; round < *std::max_element(wanted_.begin(), wanted_.end()); ++round) {
            const bool free_for_all = settings_.replace && settings_.max_reuse == 0;
            if (settings_.order == design::MatchOrder::closest && !free_for_all) {
                closest_round(round);
                continue;
            }
            if (settings_.order == design::MatchOrder::farthest && !free_for_all) {
                farthest_round(round);
                continue;
            }
            for (const std::size_t focal : focal_) {
                if (!waits(focal, round)) continue;
                const auto match = nearest(focal);
                if (match) join(focal, *match);
            }
        }
        std::stable_sort(made_.begin(), made_.end(), [](const Pair& a, const Pair& b) { return a.focal < b.focal; });
        return made_;
    }

    [[nodiscard]] std::size_t tied() const { return tied_; }

  private:
    /// As many units as possible get the most, from the end of the order by score that is nearer to the other arm.
    void deal_out_matches() {
        wanted_.assign(data_.size(), settings_.ratio);
        if (static_cast<int>(settings_.max_controls) == 0) return;
        const auto mean = [&](const std::vector<std::size_t>& arm) {
            double sum = 0;
            for (const std::size_t unit : arm) sum += data_.score[unit];
            return sum / static_cast<double>(arm.size());
        };
        const double sign = mean(focal_) > mean(pool_) ? -1 : 1;
        std::vector<std::size_t> by_score = focal_;
        std::sort(by_score.begin(), by_score.end(), [&](std::size_t a, std::size_t b) {
            return std::tuple(sign * data_.score[a], data_.rank[a]) < std::tuple(sign * data_.score[b], data_.rank[b]);
        });
        int spare = static_cast<int>(focal_.size()) * (settings_.ratio - static_cast<int>(settings_.min_controls));
        for (std::size_t i = by_score.size(); i-- > 0;) {
            const int extra =
                std::min(spare, static_cast<int>(settings_.max_controls) - static_cast<int>(settings_.min_controls));
            wanted_[by_score[i]] = static_cast<int>(settings_.min_controls) + extra;
            spare -= extra;
        }
    }
    [[nodiscard]] bool waits(std::size_t focal, int round) const {
        return wanted_[focal] > round && sets_[focal].size() == static_cast<std::size_t>(round);
    }
    [[nodiscard]] bool before(std::size_t a, std::size_t b) const {
        switch (settings_.order) {
            case design::MatchOrder::largest:
                return std::tuple(-data_.score[a], data_.rank[a]) < std::tuple(-data_.score[b], data_.rank[b]);
            case design::MatchOrder::smallest:
                return std::tuple(data_.score[a], data_.rank[a]) < std::tuple(data_.score[b], data_.rank[b]);
            default:
                return data_.rank[a] < data_.rank[b];
        }
    }
    [[nodiscard]] double distance(std::size_t a, std::size_t b) const {
        return std::abs(data_.score[a] - data_.score[b]);
    }
    [[nodiscard]] bool admissible(std::size_t focal, std::size_t match) const {
        const auto& set = sets_[focal];
        return data_.stratum[focal] == data_.stratum[match] && distance(focal, match) <= caliper_ &&
               data_.allows(focal, match) && taken_[match] < uses_allowed_ &&
               std::find(set.begin(), set.end(), match) == set.end();
    }
    [[nodiscard]] std::optional<std::size_t> nearest(std::size_t focal) const {
        std::optional<std::size_t> best;
        const auto key = [&](std::size_t unit) {
            return std::tuple(distance(focal, unit), data_.score[unit] > data_.score[focal], data_.rank[unit]);
        };
        for (const std::size_t unit : pool_) {
            if (admissible(focal, unit) && (!best || key(unit) < key(*best))) best = unit;
        }
        return best;
    }
    void farthest_round(int round) {
        std::vector<std::pair<std::size_t, std::size_t>> proposals;
        for (const std::size_t focal : focal_) {
            const auto match = waits(focal, round) ? nearest(focal) : std::nullopt;
            if (match) proposals.emplace_back(focal, *match);
        }
        const auto key = [&](std::pair<std::size_t, std::size_t> pair) {
            return std::tuple(-distance(pair.first, pair.second), data_.rank[pair.first]);
        };
        std::sort(proposals.begin(), proposals.end(), [&](auto a, auto b) { return key(a) < key(b); });
        for (const auto& proposal : proposals) {
            if (const auto match = nearest(proposal.first)) join(proposal.first, *match);
        }
    }
    void closest_round(int round) {
        while (true) {
            std::optional<std::pair<std::size_t, std::size_t>> best;
            const auto key = [&](std::pair<std::size_t, std::size_t> pair) {
                return std::tuple(distance(pair.first, pair.second), data_.score[pair.first], data_.score[pair.second],
                                  data_.rank[pair.first], data_.rank[pair.second]);
            };
            for (const std::size_t focal : focal_) {
                if (!waits(focal, round)) continue;
                for (const std::size_t match : pool_) {
                    const std::pair pair(focal, match);
                    if (admissible(focal, match) && (!best || key(pair) < key(*best))) best = pair;
                }
            }
            if (!best) return;
            join(best->first, best->second);
        }
    }
    void join(std::size_t focal, std::size_t match) {
        const auto alike = std::count_if(pool_.begin(), pool_.end(), [&](std::size_t unit) {
            return admissible(focal, unit) && distance(focal, unit) == distance(focal, match);
        });
        tied_ += alike > 1;
        made_.push_back({focal, match, distance(focal, match)});
        ++taken_[match];
        sets_[focal].push_back(match);
    }

    const Instance& data_;
    const design::MatchingSettings& settings_;
    double caliper_;
    std::vector<std::size_t> focal_;
    std::vector<std::size_t> pool_;
    std::vector<int> taken_;
    std::vector<int> wanted_;
    int uses_allowed_ = 1;
    std::vector<std::vector<std::size_t>> sets_;
    std::vector<Pair> made_;
    std::size_t tied_ = 0;
};

}  // namespace twinfirm::matching::test
