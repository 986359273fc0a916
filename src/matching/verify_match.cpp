// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/verify_match.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include "verify_pair.h"
#include "verify_sets.h"

namespace twinfirm::matching {
namespace {

/// How many focal units are searched by brute force: fewer where each search is long, so that the check stays a small
/// part of the matching.
std::size_t focal_units_searched(std::size_t units) {
    constexpr std::size_t comparisons = 1'000'000;
    return std::clamp<std::size_t>(comparisons / std::max<std::size_t>(units, 1), 8, 32);
}

class Verifier {
  public:
    Verifier(const MatchProblem& problem, const design::MatchingSettings& settings, const MatchedSample& sample)
        : problem_(problem),
          settings_(settings),
          sample_(sample),
          rules_(problem, sample),
          sets_(sample.treated.size()),
          uses_(sample.treated.size()) {
        if (settings.caliper || settings.smallest_caliper) caliper_ = sample.caliper_raw;
        if (settings.replace) uses_allowed_ = settings.max_reuse == 0 ? SIZE_MAX : settings.max_reuse;
        const bool variable = settings.max_controls > 0;
        least_wanted_ =
            static_cast<std::size_t>(variable ? settings.min_controls : static_cast<double>(settings.ratio));
        most_wanted_ = static_cast<std::size_t>(variable ? settings.max_controls : static_cast<double>(settings.ratio));
        if (settings.keep_ties) most_wanted_ = SIZE_MAX;
        focal_arm_ = settings.estimand == design::Estimand::att ? 1 : 0;
    }

    MatchVerification run() {
        check_pairs();
        check_units();
        check_nearest();
        return result_;
    }

  private:
    void check_pairs() {
        std::set<std::size_t> in_set;
        for (std::size_t i = 0; i < sample_.pairs.size(); ++i) {
            const Pair& pair = sample_.pairs[i];
            ++result_.pairs_checked;
            // Written so that a NaN counts as a violation.
            result_.caliper_violations += !(rules_.score_distance(pair.focal, pair.match) <= caliper_) ||
                                          !(rules_.distance(pair.focal, pair.match) == pair.distance);
            result_.limit_violations += !rules_.within_limits(pair.focal, pair.match);
            result_.stratum_violations += !rules_.same_stratum(pair.focal, pair.match) ||
                                          sample_.treated[pair.focal] != focal_arm_ ||
                                          sample_.treated[pair.match] == focal_arm_;
            if (i == 0 || sample_.pairs[i - 1].focal != pair.focal) in_set.clear();
            result_.reuse_violations += !in_set.insert(pair.match).second;
            ++sets_[pair.focal];
            ++uses_[pair.match];
        }
    }

    void check_units() {
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            ++result_.units_checked;
            const bool in_pair = sets_[i] + uses_[i] > 0;
            const bool has_set = settings_.replace ? sets_[i] > 0 : in_pair;
            const bool agrees = in_pair == (sample_.reason[i] == Reason::matched) &&
                                in_pair == (sample_.weight[i] > 0) && has_set == (sample_.subclass[i] >= 0);
            result_.unit_violations += !agrees;
            result_.reuse_violations += sets_[i] > most_wanted_;
            result_.reuse_violations += uses_[i] > uses_allowed_;
        }
    }

    /// Without replacement a candidate that is free in the end was free all the time: none may be nearer than a choice
    /// made. With replacement every candidate is free all the time.
    void check_nearest() {
        const std::vector<std::size_t> focal = usable_focal_units();
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            if (sample_.treated[i] != focal_arm_ && uses_[i] < uses_allowed_ && took_part(i)) free_.push_back(i);
        }
        const std::size_t step = std::max<std::size_t>(1, focal.size() / focal_units_searched(sample_.treated.size()));
        for (std::size_t i = 0; i < focal.size(); i += step) {
            ++result_.nearest_checked;
            result_.nearest_violations += !took_nearest(focal[i]);
        }
    }

    [[nodiscard]] std::vector<std::size_t> usable_focal_units() const {
        std::vector<std::size_t> focal;
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            if (sample_.treated[i] == focal_arm_ && took_part(i)) focal.push_back(i);
        }
        return focal;
    }
    [[nodiscard]] bool took_part(std::size_t unit) const {
        return sample_.reason[unit] != Reason::missing_covariate && sample_.reason[unit] != Reason::outside_support &&
               (problem_.preset.empty() || problem_.preset[unit] == Reason::matched);
    }

    [[nodiscard]] bool took_nearest(std::size_t focal) const {
        std::vector<std::size_t> chosen;
        double furthest = 0;
        const auto first = std::lower_bound(sample_.pairs.begin(), sample_.pairs.end(), focal,
                                            [](const Pair& pair, std::size_t row) { return pair.focal < row; });
        for (auto pair = first; pair != sample_.pairs.end() && pair->focal == focal; ++pair) {
            chosen.push_back(pair->match);
            furthest = std::max(furthest, pair->distance);
        }
        if (chosen.size() < least_wanted_) {
            furthest = std::numeric_limits<double>::infinity();
        }
        for (const std::size_t i : free_) {
            if (!rules_.same_stratum(focal, i)) continue;
            if (rules_.score_distance(focal, i) > caliper_ || rules_.distance(focal, i) >= furthest ||
                !rules_.within_limits(focal, i)) {
                continue;
            }
            if (std::find(chosen.begin(), chosen.end(), i) == chosen.end()) return false;
        }
        return true;
    }

    const MatchProblem& problem_;
    const design::MatchingSettings& settings_;
    const MatchedSample& sample_;
    PairRules rules_;
    std::vector<std::size_t> sets_;
    std::vector<std::size_t> uses_;
    std::vector<std::size_t> free_;  // candidates that could still be taken
    double caliper_ = std::numeric_limits<double>::infinity();
    std::size_t uses_allowed_ = 1;
    std::size_t least_wanted_ = 1;  // matches that every focal unit asks for
    std::size_t most_wanted_ = 1;
    std::uint8_t focal_arm_ = 1;
    MatchVerification result_;
};

}  // namespace

MatchVerification verify_match(const MatchProblem& problem, const design::MatchingSettings& settings,
                               const MatchedSample& sample) {
    if (sample.form == SampleForm::sets) return verify_sets(problem, settings, sample);
    if (sample.form == SampleForm::weights) return verify_weights(problem, settings, sample);
    return Verifier(problem, settings, sample).run();
}

}  // namespace twinfirm::matching
