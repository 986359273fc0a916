// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/rosenbaum_bounds.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <stdexcept>

#include "twinfirm/base/number_text.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/moments.h"
#include "twinfirm/stats/ranks.h"

namespace twinfirm::effects {

namespace {

Status check_gammas(std::span<const double> gammas) {
    for (const double gamma : gammas) {
        if (gamma >= 1 && std::isfinite(gamma)) continue;
        return fail(ErrorKind::usage, "sensitivity_gamma", {{"gamma", shortest_text(gamma)}});
    }
    return {};
}

tl::unexpected<Error> no_difference() {
    return fail(ErrorKind::statistics, "sensitivity_no_difference");
}

/// Doubles in the order of these integers, so that a bisection over them ends at a double and not near one.
std::int64_t place_of(double value) {
    const auto bits = std::bit_cast<std::int64_t>(value);
    return bits >= 0 ? bits : std::numeric_limits<std::int64_t>::min() - bits;
}

double double_at(std::int64_t place) {
    return std::bit_cast<double>(place >= 0 ? place : std::numeric_limits<std::int64_t>::min() - place);
}

/// The averages (d_i + d_j) / 2 of rising values with i <= j; n (n + 1) / 2 of them, never formed.
class WalshAverages {
  public:
    explicit WalshAverages(std::vector<double> values) : values_(std::move(values)) {
        std::sort(values_.begin(), values_.end());
    }

    [[nodiscard]] std::int64_t count() const {
        const auto n = static_cast<std::int64_t>(values_.size());
        return n * (n + 1) / 2;
    }

    /// The smallest but `rank` (from 1).
    [[nodiscard]] double at(std::int64_t rank) const {
        std::int64_t low = place_of(values_.front());
        std::int64_t high = place_of(values_.back());
        while (low < high) {
            const std::int64_t middle =
                low +
                static_cast<std::int64_t>((static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low)) / 2);
            if (at_most(double_at(middle)) >= rank) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return double_at(low);
    }

    /// Where the number of larger averages passes `target`; in the middle where it equals it on a whole stretch.
    [[nodiscard]] double shift_with_larger(double target) const {
        const double below = static_cast<double>(count()) - target;
        const double whole = std::round(below);
        // A count is whole: 1 / 3 of 9 must not miss 3 by a rounding.
        if (std::abs(below - whole) < 1e-9 * static_cast<double>(count()) && whole >= 1 &&
            whole < static_cast<double>(count())) {
            const auto rank = static_cast<std::int64_t>(whole);
            return (at(rank) + at(rank + 1)) / 2;
        }
        return at(std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(below)), 1, count()));
    }

  private:
    [[nodiscard]] std::int64_t at_most(double limit) const {
        std::int64_t total = 0;
        std::size_t end = values_.size();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            while (end > i && values_[i] / 2 + values_[end - 1] / 2 > limit) --end;
            if (end <= i) break;
            total += static_cast<std::int64_t>(end - i);
        }
        return total;
    }

    std::vector<double> values_;
};

struct RankSums {
    double statistic = 0;
    double sum = 0;
    double squares = 0;
};

double tail(const RankSums& ranks, double probability) {
    const double variance = probability * (1 - probability) * ranks.squares;
    return stats::normal_upper_tail((ranks.statistic - probability * ranks.sum) / std::sqrt(variance));
}

/// The Gamma at which (T - p S1)^2 = z^2 p (1 - p) S2, a quadratic in p whose smaller root is wanted.
double largest_gamma(const RankSums& ranks, double alpha) {
    const double z = stats::normal_quantile(1 - alpha);
    if (!(tail(ranks, 0.5) <= alpha)) return not_available;
    const double a = ranks.sum * ranks.sum + z * z * ranks.squares;
    const double b = 2 * ranks.statistic * ranks.sum + z * z * ranks.squares;
    const double c = ranks.statistic * ranks.statistic;
    const double p = 2 * c / (b + std::sqrt(std::max(0.0, b * b - 4 * a * c)));
    return p / (1 - p);
}

/// The largest Gamma with p(Gamma) <= alpha of a p that rises with Gamma.
template <class PValue>
double search_largest_gamma(const PValue& p_value, double alpha) {
    if (!(p_value(1.0) <= alpha)) return not_available;
    double low = 1;
    double high = 2;
    while (p_value(high) <= alpha && high < 1e12) {
        low = high;
        high *= 2;
    }
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (p_value(middle) <= alpha ? low : high) = middle;
    }
    return low;
}

/// A set's scores, rising, with the sums that every Gamma needs.
class ScoredSets {
  public:
    void add(std::vector<double> scores) {
        statistic_ += scores.front();
        std::sort(scores.begin(), scores.end());
        scores_.insert(scores_.end(), scores.begin(), scores.end());
        begin_.push_back(scores_.size());
    }

    [[nodiscard]] double p_high(double gamma) const {
        double mean = 0;
        double variance = 0;
        for (std::size_t set = 0; set + 1 < begin_.size(); ++set) {
            const auto [set_mean, set_variance] = worst_moments(set, gamma);
            mean += set_mean;
            variance += set_variance;
        }
        return stats::normal_upper_tail((statistic_ - mean) / std::sqrt(variance));
    }

  private:
    /// The largest expectation that a bias of Gamma can give the set's score, with the largest variance that goes with
    /// it: the firms above some place are Gamma times as likely to be the adopter as those below.
    [[nodiscard]] std::pair<double, double> worst_moments(std::size_t set, double gamma) const {
        double below = 0, below_squares = 0, above = 0, above_squares = 0;
        for (std::size_t i = begin_[set]; i < begin_[set + 1]; ++i) {
            above += scores_[i];
            above_squares += scores_[i] * scores_[i];
        }
        double best_mean = -std::numeric_limits<double>::infinity();
        double best_variance = 0;
        const std::size_t size = begin_[set + 1] - begin_[set];
        for (std::size_t split = 1; split < size; ++split) {
            const double score = scores_[begin_[set] + split - 1];
            below += score;
            below_squares += score * score;
            above -= score;
            above_squares -= score * score;
            const double total = static_cast<double>(split) + gamma * static_cast<double>(size - split);
            const double mean = (below + gamma * above) / total;
            const double variance = (below_squares + gamma * above_squares) / total - mean * mean;
            if (mean > best_mean) {
                best_mean = mean;
                best_variance = variance;
            } else if (mean == best_mean) {
                best_variance = std::max(best_variance, variance);
            }
        }
        return {best_mean, best_variance};
    }

    double statistic_ = 0;
    std::vector<double> scores_;
    std::vector<std::size_t> begin_{0};
};

double score_of(double difference, double scale, const MScore& score) {
    if (std::isinf(score.trim) && score.inner == 0) return difference;
    const double size = std::abs(difference) / scale;
    const double beyond = std::max(0.0, size - score.inner);
    double value = beyond;
    if (std::isfinite(score.trim)) {
        value = score.inner < score.trim ? std::min(1.0, beyond / (score.trim - score.inner)) : (size > score.inner);
    }
    return difference > 0 ? value : difference < 0 ? -value : 0.0;
}

}  // namespace

Result<SignedRankBounds> signed_rank_bounds(std::span<const double> differences, std::span<const double> gammas,
                                            double alpha) {
    TWINFIRM_TRY(check_gammas(gammas));
    SignedRankBounds result;
    std::vector<double> size;
    std::vector<double> signs;
    for (const double d : differences) {
        if (!std::isfinite(d)) throw std::invalid_argument("signed_rank_bounds: a difference is not finite");
        if (d == 0) continue;
        size.push_back(std::abs(d));
        signs.push_back(d);
    }
    result.pairs = static_cast<std::int64_t>(differences.size());
    result.zero_differences = result.pairs - static_cast<std::int64_t>(size.size());
    if (size.empty()) return no_difference();
    const std::vector<double> midranks = stats::midranks(size);
    RankSums ranks;
    for (std::size_t i = 0; i < midranks.size(); ++i) {
        if (signs[i] > 0) ranks.statistic += midranks[i];
        ranks.sum += midranks[i];
        ranks.squares += midranks[i] * midranks[i];
    }
    result.mean_difference = stats::mean(differences);
    result.statistic = ranks.statistic;
    result.largest_gamma = largest_gamma(ranks, alpha);
    const WalshAverages walsh(std::vector<double>(differences.begin(), differences.end()));
    const auto averages = static_cast<double>(walsh.count());
    result.hodges_lehmann = walsh.shift_with_larger(averages / 2);
    for (const double gamma : gammas) {
        const double most = gamma / (1 + gamma);
        const double least = 1 / (1 + gamma);
        result.bounds.push_back({gamma, tail(ranks, least), tail(ranks, most), walsh.shift_with_larger(most * averages),
                                 walsh.shift_with_larger(least * averages)});
    }
    return result;
}

Result<MStatisticBounds> m_statistic_bounds(const MatchedSetValues& sets, std::span<const double> gammas,
                                            const MScore& score, double alpha) {
    TWINFIRM_TRY(check_gammas(gammas));
    std::vector<double> sizes;
    for (std::size_t set = 0; set + 1 < sets.begin.size(); ++set) {
        if (sets.begin[set + 1] < sets.begin[set] + 2) throw std::invalid_argument("m_statistic_bounds: a set of one");
        for (std::size_t i = sets.begin[set]; i < sets.begin[set + 1]; ++i) {
            if (!std::isfinite(sets.values[i])) throw std::invalid_argument("m_statistic_bounds: value not finite");
            for (std::size_t j = sets.begin[set]; j < sets.begin[set + 1]; ++j) {
                if (i != j) sizes.push_back(std::abs(sets.values[i] - sets.values[j]));
            }
        }
    }
    const bool differs = std::any_of(sizes.begin(), sizes.end(), [](double size) { return size > 0; });
    if (!differs) return no_difference();
    const double scale = stats::quantile(std::move(sizes), score.scale_quantile);
    if (!(scale > 0) && (std::isfinite(score.trim) || score.inner > 0)) return no_difference();
    ScoredSets scored;
    for (std::size_t set = 0; set + 1 < sets.begin.size(); ++set) {
        const auto values = std::span(sets.values).subspan(sets.begin[set], sets.begin[set + 1] - sets.begin[set]);
        std::vector<double> scores(values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            for (std::size_t j = 0; j < values.size(); ++j) {
                if (i != j) scores[i] += score_of(values[i] - values[j], scale, score);
            }
            scores[i] /= static_cast<double>(values.size());
        }
        scored.add(std::move(scores));
    }
    MStatisticBounds result;
    result.sets = static_cast<std::int64_t>(sets.begin.size()) - 1;
    result.largest_gamma = search_largest_gamma([&](double gamma) { return scored.p_high(gamma); }, alpha);
    for (const double gamma : gammas) result.bounds.push_back({gamma, not_available, scored.p_high(gamma)});
    return result;
}

Result<McNemarBounds> mcnemar_bounds(std::int64_t adopter_only, std::int64_t partner_only,
                                     std::span<const double> gammas, double alpha) {
    TWINFIRM_TRY(check_gammas(gammas));
    const std::int64_t pairs = adopter_only + partner_only;
    if (adopter_only < 0 || partner_only < 0) throw std::invalid_argument("mcnemar_bounds: a negative count");
    if (pairs == 0) return no_difference();
    const auto upper = [&](double probability) { return stats::binomial_upper_tail(adopter_only, pairs, probability); };
    McNemarBounds result{adopter_only, partner_only, not_available, {}};
    result.largest_gamma = search_largest_gamma([&](double gamma) { return upper(gamma / (1 + gamma)); }, alpha);
    for (const double gamma : gammas)
        result.bounds.push_back({gamma, upper(1 / (1 + gamma)), upper(gamma / (1 + gamma))});
    return result;
}

}  // namespace twinfirm::effects
