// SPDX-License-Identifier: GPL-3.0-or-later
#include "verify_sets.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <vector>

#include "verify_pair.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::MatchMethod;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double rounding = 1e-9;

class SetVerifier {
  public:
    SetVerifier(const MatchProblem& problem, const design::MatchingSettings& settings, const MatchedSample& sample)
        : problem_(problem), settings_(settings), sample_(sample), rules_(problem, sample) {
        if (settings.caliper) caliper_ = sample.caliper_raw;
        for (std::size_t i = 0; i < sample.treated.size(); ++i) {
            if (sample.subclass[i] < 0) continue;
            const auto own = static_cast<std::size_t>(sample.subclass[i]);
            if (own >= members_.size()) members_.resize(own + 1);
            members_[own][sample.treated[i]].push_back(i);
        }
    }

    MatchVerification run() {
        check_units();
        check_sets();
        check_links();
        if (settings_.method == MatchMethod::exact || settings_.method == MatchMethod::cem) check_strata_are_sets();
        if (settings_.method == MatchMethod::subclass) check_bands();
        if (settings_.method == MatchMethod::full && settings_.max_controls == 0) check_stars();
        if (settings_.method == MatchMethod::quick) check_bottleneck();
        return result_;
    }

  private:
    [[nodiscard]] std::int32_t stratum(std::size_t unit) const {
        return problem_.stratum.empty() ? 0 : problem_.stratum[unit];
    }
    /// False for a NaN.
    [[nodiscard]] bool allowed(std::size_t a, std::size_t b) const {
        return rules_.same_stratum(a, b) && rules_.score_distance(a, b) <= caliper_ && rules_.within_limits(a, b);
    }
    [[nodiscard]] bool took_part(std::size_t unit) const {
        return sample_.reason[unit] != Reason::missing_covariate && sample_.reason[unit] != Reason::outside_support &&
               (problem_.preset.empty() || problem_.preset[unit] == Reason::matched);
    }

    void check_units() {
        std::array<double, 2> weights{};
        std::array<double, 2> units{};
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            ++result_.units_checked;
            const bool in_set = sample_.subclass[i] >= 0;
            result_.unit_violations +=
                in_set != (sample_.reason[i] == Reason::matched) || in_set != (sample_.weight[i] > 0);
            weights[sample_.treated[i]] += sample_.weight[i];
            units[sample_.treated[i]] += in_set ? 1 : 0;
        }
        for (std::size_t arm = 0; arm < 2; ++arm) {
            result_.unit_violations += !(std::abs(weights[arm] - units[arm]) <= rounding * units[arm]);
        }
    }

    /// Within a set and arm all weigh the same, and the weights of its arms are to each other as the numbers that each
    /// stands for.
    [[nodiscard]] bool weights_agree(const std::array<std::vector<std::size_t>, 2>& set) const {
        for (const std::vector<std::size_t>& arm : set) {
            for (const std::size_t unit : arm) {
                if (!(sample_.weight[unit] == sample_.weight[arm.front()])) return false;
            }
        }
        const auto others = static_cast<double>(set[0].size());
        const auto adopters = static_cast<double>(set[1].size());
        const double target = settings_.estimand == Estimand::att   ? adopters
                              : settings_.estimand == Estimand::atc ? others
                                                                    : adopters + others;
        const double one = sample_.weight[set[1].front()] * adopters / target;
        const double zero = sample_.weight[set[0].front()] * others / target;
        return std::abs(one - scale_of(1)) <= rounding * one && std::abs(zero - scale_of(0)) <= rounding * zero;
    }
    /// What the first set makes of a unit of the target.
    [[nodiscard]] double scale_of(std::size_t arm) const {
        const auto& first = members_.front();
        const auto own = static_cast<double>(first[arm].size());
        const auto both = static_cast<double>(first[0].size() + first[1].size());
        const double target = settings_.estimand == Estimand::ate
                                  ? both
                                  : static_cast<double>(first[settings_.estimand == Estimand::att ? 1 : 0].size());
        return sample_.weight[first[arm].front()] * own / target;
    }

    void check_sets() {
        for (const auto& set : members_) {
            ++result_.sets_checked;
            if (set[0].empty() || set[1].empty()) {
                ++result_.set_violations;
                continue;
            }
            result_.set_violations += !weights_agree(set);
            for (const std::vector<std::size_t>& arm : set) {
                for (const std::size_t unit : arm) {
                    if (settings_.method == MatchMethod::subclass) continue;
                    result_.stratum_violations += stratum(unit) != stratum(set[0].front());
                }
            }
            if (settings_.caliper) check_caliper(set);
        }
    }

    void check_caliper(const std::array<std::vector<std::size_t>, 2>& set) {
        for (std::size_t arm = 0; arm < 2; ++arm) {
            std::vector<double> others;
            for (const std::size_t unit : set[1 - arm]) others.push_back(problem_.score[unit]);
            std::sort(others.begin(), others.end());
            for (const std::size_t unit : set[arm]) {
                const double score = problem_.score[unit];
                const auto above = std::lower_bound(others.begin(), others.end(), score);
                double nearest = infinity;
                if (above != others.end()) nearest = std::abs(*above - score);
                if (above != others.begin()) nearest = std::min(nearest, std::abs(score - *(above - 1)));
                result_.caliper_violations += !(nearest <= caliper_);
            }
        }
    }

    void check_links() {
        for (const Pair& pair : sample_.pairs) {
            ++result_.pairs_checked;
            result_.set_violations += sample_.subclass[pair.focal] < 0 ||
                                      sample_.subclass[pair.focal] != sample_.subclass[pair.match] ||
                                      sample_.treated[pair.focal] == sample_.treated[pair.match];
            result_.caliper_violations += !(rules_.distance(pair.focal, pair.match) == pair.distance);
            result_.limit_violations += !allowed(pair.focal, pair.match);
        }
    }

    void check_strata_are_sets() {
        std::map<std::int32_t, std::int32_t> set_of;
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            if (!took_part(i)) continue;
            ++result_.nearest_checked;
            const auto known = set_of.emplace(stratum(i), sample_.subclass[i]).first;
            result_.nearest_violations += known->second != sample_.subclass[i];
        }
    }

    void check_bands() {
        std::array<std::vector<std::pair<double, double>>, 2> bands;
        for (const auto& set : members_) {
            for (std::size_t arm = 0; arm < 2; ++arm) {
                result_.set_violations += set[arm].size() < static_cast<std::size_t>(settings_.min_n);
                if (set[arm].empty()) continue;
                std::pair<double, double> range{infinity, -infinity};
                for (const std::size_t unit : set[arm]) {
                    range.first = std::min(range.first, problem_.score[unit]);
                    range.second = std::max(range.second, problem_.score[unit]);
                }
                bands[arm].push_back(range);
            }
        }
        for (std::vector<std::pair<double, double>>& arm : bands) {
            std::sort(arm.begin(), arm.end());
            for (std::size_t i = 1; i < arm.size(); ++i) {
                ++result_.nearest_checked;
                result_.nearest_violations += !(arm[i - 1].second <= arm[i].first);
            }
        }
    }

    /// A unit of a set of one and many could leave the many for a set of its own arm's other centre, or for half of a
    /// pair: in a set of smallest total distance none of them is nearer.
    void check_stars() {
        std::vector<std::size_t> sampled;
        for (const auto& set : members_) {
            result_.set_violations += set[0].size() > 1 && set[1].size() > 1;
            for (const std::vector<std::size_t>& arm : set) {
                if (arm.size() > 1) sampled.push_back(arm.front());
            }
        }
        const std::size_t wanted =
            std::clamp<std::size_t>(1'000'000 / std::max<std::size_t>(1, problem_.score.size()), 8, 32);
        const std::size_t step = std::max<std::size_t>(1, sampled.size() / wanted);
        for (std::size_t k = 0; k < sampled.size(); k += step) {
            const std::size_t leaf = sampled[k];
            const auto& own = members_[static_cast<std::size_t>(sample_.subclass[leaf])];
            const double now = rules_.distance(leaf, own[1 - sample_.treated[leaf]].front());
            ++result_.nearest_checked;
            for (const auto& set : members_) {
                // Only the single unit of the other arm can take one more.
                const std::vector<std::size_t>& other = set[1 - sample_.treated[leaf]];
                if (other.size() != 1 || !allowed(leaf, other.front())) continue;
                const double there = rules_.distance(leaf, other.front());
                if (there < now - rounding * (now + there)) {
                    ++result_.nearest_violations;
                    break;
                }
            }
        }
    }

    /// Scores only: the longest way from a unit to its nearest of the other arm bounds every unit's way within its set.
    void check_bottleneck() {
        if (problem_.points != nullptr) return;
        std::map<std::int32_t, std::array<std::vector<double>, 2>> scores;
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            if (sample_.subclass[i] >= 0) scores[stratum(i)][sample_.treated[i]].push_back(problem_.score[i]);
        }
        double widest = 0;
        for (auto& [own, arms] : scores) {
            for (std::vector<double>& arm : arms) std::sort(arm.begin(), arm.end());
            for (std::size_t arm = 0; arm < 2; ++arm) {
                for (const double score : arms[arm]) widest = std::max(widest, nearest_in(arms[1 - arm], score));
            }
        }
        for (const Pair& pair : sample_.pairs) {
            ++result_.nearest_checked;
            result_.nearest_violations += !(pair.distance <= widest);
        }
    }
    static double nearest_in(const std::vector<double>& sorted, double score) {
        const auto above = std::lower_bound(sorted.begin(), sorted.end(), score);
        double nearest = infinity;
        if (above != sorted.end()) nearest = std::abs(*above - score);
        if (above != sorted.begin()) nearest = std::min(nearest, std::abs(score - *(above - 1)));
        return nearest;
    }

    const MatchProblem& problem_;
    const design::MatchingSettings& settings_;
    const MatchedSample& sample_;
    PairRules rules_;
    std::vector<std::array<std::vector<std::size_t>, 2>> members_;  // of each set, by arm
    double caliper_ = infinity;
    MatchVerification result_;
};

}  // namespace

MatchVerification verify_sets(const MatchProblem& problem, const design::MatchingSettings& settings,
                              const MatchedSample& sample) {
    return SetVerifier(problem, settings, sample).run();
}

}  // namespace twinfirm::matching
