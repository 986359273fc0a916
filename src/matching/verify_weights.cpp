// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "kernel.h"
#include "verify_sets.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;

constexpr double rounding = 1e-9;

/// Adds the kernel weights of sampled units up anew, looking at all units of the other arm one by one.
class WeightVerifier {
  public:
    WeightVerifier(const MatchProblem& problem, const design::MatchingSettings& settings, const MatchedSample& sample)
        : problem_(problem), settings_(settings), sample_(sample) {}

    MatchVerification run() {
        std::array<double, 2> weights{};
        std::array<double, 2> units{};
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            ++result_.units_checked;
            const bool counts = sample_.weight[i] > 0;
            result_.unit_violations += counts != (sample_.reason[i] == Reason::matched) || sample_.subclass[i] >= 0;
            weights[sample_.treated[i]] += sample_.weight[i];
            units[sample_.treated[i]] += counts ? 1 : 0;
        }
        for (std::size_t arm = 0; arm < 2; ++arm) {
            result_.unit_violations += !(std::abs(weights[arm] - units[arm]) <= rounding * units[arm]);
        }
        if (settings_.method == design::MatchMethod::kernel) check_kernel();
        return result_;
    }

  private:
    [[nodiscard]] bool took_part(std::size_t unit) const {
        return sample_.reason[unit] != Reason::missing_covariate && sample_.reason[unit] != Reason::outside_support &&
               (problem_.preset.empty() || problem_.preset[unit] == Reason::matched);
    }
    [[nodiscard]] double kernel(std::size_t a, std::size_t b) const {
        if (!problem_.stratum.empty() && problem_.stratum[a] != problem_.stratum[b]) return 0;
        if (!took_part(a) || !took_part(b)) return 0;
        return kernel_value(settings_.kernel, (problem_.score[a] - problem_.score[b]) / sample_.bandwidth);
    }
    [[nodiscard]] bool is_focal(std::size_t unit) const {
        return settings_.estimand == Estimand::ate ||
               (sample_.treated[unit] != 0) == (settings_.estimand == Estimand::att);
    }
    [[nodiscard]] double kernel_sum(std::size_t unit) const {
        double sum = 0;
        for (std::size_t j = 0; j < sample_.treated.size(); ++j) {
            if (sample_.treated[j] != sample_.treated[unit]) sum += kernel(unit, j);
        }
        return sum;
    }
    [[nodiscard]] double unscaled_weight(std::size_t unit) const {
        double sum = is_focal(unit) && kernel_sum(unit) > 0 ? 1 : 0;
        for (std::size_t i = 0; i < sample_.treated.size(); ++i) {
            if (sample_.treated[i] == sample_.treated[unit] || !is_focal(i)) continue;
            const double own = kernel(i, unit);
            if (own > 0) sum += own / kernel_sum(i);
        }
        return sum;
    }

    /// The weights of an arm are the same multiple of what they are before scaling.
    void check_kernel() {
        const std::size_t units = sample_.treated.size();
        const std::size_t wanted = std::clamp<std::size_t>(3'000'000 / std::max<std::size_t>(1, units * 10), 2, 32);
        for (std::uint8_t arm = 0; arm < 2; ++arm) {
            std::vector<std::size_t> weighted;
            for (std::size_t i = 0; i < units; ++i) {
                if (sample_.treated[i] == arm && sample_.weight[i] > 0) weighted.push_back(i);
            }
            if (weighted.empty()) continue;
            const std::size_t step = std::max<std::size_t>(1, weighted.size() / wanted);
            const double scale = sample_.weight[weighted[0]] / unscaled_weight(weighted[0]);
            for (std::size_t k = 0; k < weighted.size(); k += step) {
                ++result_.nearest_checked;
                const double expected = scale * unscaled_weight(weighted[k]);
                result_.nearest_violations +=
                    !(std::abs(sample_.weight[weighted[k]] - expected) <= rounding * expected);
            }
        }
    }

    const MatchProblem& problem_;
    const design::MatchingSettings& settings_;
    const MatchedSample& sample_;
    MatchVerification result_;
};

}  // namespace

MatchVerification verify_weights(const MatchProblem& problem, const design::MatchingSettings& settings,
                                 const MatchedSample& sample) {
    return WeightVerifier(problem, settings, sample).run();
}

}  // namespace twinfirm::matching
