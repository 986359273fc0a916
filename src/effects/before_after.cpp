// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/before_after.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "confidence_check.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

/// An estimate from the firms' influences z (mean 0 up to rounding): variance sum (z - mean)^2 / (n (n-1)).
Estimate linearised(double estimate, const std::vector<double>& influence, double confidence, const char* kind) {
    Estimate result;
    result.estimate = estimate;
    result.se_kind = kind;
    result.n_treated = static_cast<std::int64_t>(influence.size());
    if (influence.size() < 2) return result;
    const auto n = static_cast<double>(influence.size());
    set_uncertainty(result, std::sqrt(stats::variance(influence) / n), n - 1, confidence);
    return result;
}

Estimate mean_estimate(const std::vector<double>& values, double confidence, const char* kind) {
    return linearised(stats::mean(values), values, confidence, kind);
}

/// P(B <= k) of B ~ Binomial(n, 1/2).
double fair_coin_cdf(std::size_t n, std::size_t k) {
    double log_probability = -static_cast<double>(n) * std::log(2.0);
    double sum = 0;
    for (std::size_t heads = 0; heads <= k; ++heads) {
        sum += std::exp(log_probability);
        log_probability += std::log(static_cast<double>(n - heads) / static_cast<double>(heads + 1));
    }
    return std::min(sum, 1.0);
}

/// The largest rank r with P(B < r) <= tail: [x_(r), x_(n+1-r)] covers the median with probability 1 - 2 tail or more.
std::optional<std::size_t> median_interval_rank(std::size_t n, double tail) {
    double log_probability = -static_cast<double>(n) * std::log(2.0);
    double below = 0;
    std::size_t rank = 0;
    for (; rank < n; ++rank) {
        below += std::exp(log_probability);
        if (below > tail) break;
        log_probability += std::log(static_cast<double>(n - rank) / static_cast<double>(rank + 1));
    }
    return rank == 0 ? std::nullopt : std::optional(rank);
}

double sign_test(const std::vector<double>& values) {
    std::size_t positive = 0;
    std::size_t negative = 0;
    for (const double value : values) {
        positive += value > 0 ? 1 : 0;
        negative += value < 0 ? 1 : 0;
    }
    if (positive + negative == 0) return not_available;
    return std::min(1.0, 2 * fair_coin_cdf(positive + negative, std::min(positive, negative)));
}

Estimate median_estimate(std::vector<double> values, double confidence) {
    Estimate result;
    result.se_kind = "order-statistic";
    result.n_treated = static_cast<std::int64_t>(values.size());
    if (values.empty()) return result;
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    result.estimate = stats::median(values);
    if (const auto rank = median_interval_rank(n, (1 - confidence) / 2)) {
        result.ci_low = values[*rank - 1];
        result.ci_high = values[n - *rank];
        result.p_value = sign_test(values);
    }
    return result;
}

/// Draws the `cut` lowest and highest of the rising values in to the nearest that stays.
std::vector<double> drawn_in(std::vector<double> rising, std::size_t cut) {
    for (std::size_t i = 0; i < cut; ++i) {
        rising[i] = rising[cut];
        rising[rising.size() - 1 - i] = rising[rising.size() - 1 - cut];
    }
    return rising;
}

std::size_t cut_at_each_end(std::size_t n, double share) {
    const auto cut = static_cast<std::size_t>(std::floor(static_cast<double>(n) * share));
    return n == 0 ? 0 : std::min(cut, (n - 1) / 2);
}

Estimate trimmed_mean(std::vector<double> values, double share, double confidence) {
    Estimate result;
    result.se_kind = "trimmed";
    result.n_treated = static_cast<std::int64_t>(values.size());
    if (values.empty()) return result;
    std::sort(values.begin(), values.end());
    const std::size_t cut = cut_at_each_end(values.size(), share);
    const auto kept = static_cast<double>(values.size() - 2 * cut);
    const auto begin = static_cast<std::ptrdiff_t>(cut);
    result.estimate = stats::mean(std::vector<double>(values.begin() + begin, values.end() - begin));
    if (kept < 2) return result;
    const auto n = static_cast<double>(values.size());
    const double squares = stats::variance(drawn_in(std::move(values), cut)) * (n - 1);
    set_uncertainty(result, std::sqrt(squares / (kept * (kept - 1))), kept - 1, confidence);
    return result;
}

Estimate winsorised_mean(std::vector<double> values, double share, double confidence) {
    Estimate result;
    result.se_kind = "winsorised";
    result.n_treated = static_cast<std::int64_t>(values.size());
    if (values.empty()) return result;
    std::sort(values.begin(), values.end());
    const std::size_t cut = cut_at_each_end(values.size(), share);
    const auto n = static_cast<double>(values.size());
    const double kept = n - 2 * static_cast<double>(cut);
    values = drawn_in(std::move(values), cut);
    result.estimate = stats::mean(values);
    if (kept < 2) return result;
    const double error = (n - 1) / (kept - 1) * std::sqrt(stats::variance(values) / n);
    set_uncertainty(result, error, kept - 1, confidence);
    return result;
}

void count_sign(SignChanges& signs, double before, double after) {
    if (before < 0) {
        ++(after < 0 ? signs.stayed_in_loss : signs.turned_to_profit);
    } else {
        ++(after < 0 ? signs.turned_to_loss : signs.stayed_in_profit);
    }
}

Status check_lengths(std::size_t expected, std::initializer_list<std::size_t> lengths) {
    for (const std::size_t length : lengths) {
        if (length != expected)
            return fail(ErrorKind::usage, "effects_unequal_lengths",
                        {{"expected", integer_text(static_cast<std::int64_t>(expected))},
                         {"found", integer_text(static_cast<std::int64_t>(length))}});
    }
    return {};
}

struct PooledRate {
    double rate = not_available;    ///< per 100
    std::vector<double> influence;  ///< u_i: the rate's error is their mean
};

PooledRate pooled_rate(const std::vector<double>& count, const std::vector<double>& base) {
    PooledRate pooled;
    const double mean_base = stats::mean(base);
    if (!(mean_base > 0)) return pooled;
    const double share = stats::mean(count) / mean_base;
    pooled.rate = 100 * share;
    pooled.influence.reserve(count.size());
    for (std::size_t i = 0; i < count.size(); ++i)
        pooled.influence.push_back(100 * (count[i] - share * base[i]) / mean_base);
    return pooled;
}

}  // namespace

Result<BeforeAfter> before_after(std::span<const double> before, std::span<const double> after, double confidence,
                                 OutlierRule outliers) {
    TWINFIRM_TRY(check_confidence(confidence));
    TWINFIRM_TRY(check_lengths(before.size(), {after.size()}));

    std::vector<double> base;
    std::vector<double> later;
    std::vector<double> difference;
    std::vector<double> ratio;
    BeforeAfter result;
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (std::isnan(before[i]) || std::isnan(after[i])) continue;
        count_sign(result.signs, before[i], after[i]);
        base.push_back(before[i]);
        later.push_back(after[i]);
        difference.push_back(after[i] - before[i]);
        if (before[i] > 0) ratio.push_back(after[i] / before[i] - 1);
    }
    result.n = static_cast<std::int64_t>(base.size());
    result.n_zero_base = static_cast<std::int64_t>(base.size() - ratio.size());
    result.mean_before = stats::mean(base);
    result.mean_after = stats::mean(later);
    result.difference = mean_estimate(difference, confidence, "paired");
    if (result.mean_before > 0) {
        const double growth = result.mean_after / result.mean_before;
        std::vector<double> influence(base.size());
        for (std::size_t i = 0; i < base.size(); ++i) influence[i] = (later[i] - growth * base[i]) / result.mean_before;
        result.ratio_of_sums = linearised(growth - 1, influence, confidence, "linearised");
    }
    result.mean_of_ratios = mean_estimate(ratio, confidence, "paired");
    result.winsorised_difference = winsorised_mean(std::move(difference), outliers.winsorise, confidence);
    result.winsorised_mean_of_ratios = winsorised_mean(ratio, outliers.winsorise, confidence);
    result.trimmed_mean_of_ratios = trimmed_mean(ratio, outliers.trim, confidence);
    result.median_of_ratios = median_estimate(std::move(ratio), confidence);
    return result;
}

Result<BeforeAfter> before_after_rate(std::span<const double> count_before, std::span<const double> base_before,
                                      std::span<const double> count_after, std::span<const double> base_after,
                                      double confidence) {
    TWINFIRM_TRY(check_confidence(confidence));
    TWINFIRM_TRY(check_lengths(count_before.size(), {base_before.size(), count_after.size(), base_after.size()}));

    BeforeAfter result;
    std::vector<double> counts[2];
    std::vector<double> bases[2];
    for (std::size_t i = 0; i < count_before.size(); ++i) {
        if (std::isnan(count_before[i]) || std::isnan(base_before[i]) || std::isnan(count_after[i]) ||
            std::isnan(base_after[i]))
            continue;
        counts[0].push_back(count_before[i]);
        counts[1].push_back(count_after[i]);
        bases[0].push_back(base_before[i]);
        bases[1].push_back(base_after[i]);
        result.n_zero_base += base_before[i] <= 0 || base_after[i] <= 0 ? 1 : 0;
    }
    result.n = static_cast<std::int64_t>(counts[0].size());
    const PooledRate before = pooled_rate(counts[0], bases[0]);
    const PooledRate after = pooled_rate(counts[1], bases[1]);
    result.mean_before = before.rate;
    result.mean_after = after.rate;
    if (std::isnan(before.rate) || std::isnan(after.rate)) return result;

    std::vector<double> influence(counts[0].size());
    for (std::size_t i = 0; i < influence.size(); ++i) influence[i] = after.influence[i] - before.influence[i];
    result.difference = linearised(after.rate - before.rate, influence, confidence, "linearised");
    if (before.rate > 0) {
        const double growth = after.rate / before.rate;
        for (std::size_t i = 0; i < influence.size(); ++i)
            influence[i] = (after.influence[i] - growth * before.influence[i]) / before.rate;
        result.ratio_of_sums = linearised(growth - 1, influence, confidence, "linearised");
    }
    return result;
}

}  // namespace twinfirm::effects
