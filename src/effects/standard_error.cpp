// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/standard_error.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

constexpr double few_clusters_below = 20;

struct Clustered {
    double sum_of_squares = 0;
    std::int64_t clusters = 0;

    /// Times G/(G-1); NaN with one cluster.
    [[nodiscard]] double adjusted() const {
        if (clusters < 2) return not_available;
        const auto count = static_cast<double>(clusters);
        return sum_of_squares * count / (count - 1);
    }
};

/// Ids so close that a slot for each is cheaper than sorting.
template <class Id>
bool dense(const std::vector<Id>& ids) {
    if (ids.empty()) return false;
    const auto [low, high] = std::minmax_element(ids.begin(), ids.end());
    return *low >= 0 && static_cast<std::size_t>(*high) < 64 * ids.size();
}

/// Sum over clusters of (sum of the influences)^2, by cluster and within it by place: the bits do not depend on how
/// clusters are numbered in memory.
Clustered cluster(std::span<const double> influence, const std::vector<std::int64_t>& key) {
    Clustered result;
    const auto close = [&result](double sum) {
        result.sum_of_squares += sum * sum;
        ++result.clusters;
    };
    if (std::is_sorted(key.begin(), key.end())) {
        for (std::size_t i = 0; i < key.size();) {
            double sum = 0;
            const std::int64_t id = key[i];
            for (; i < key.size() && key[i] == id; ++i) sum += influence[i];
            close(sum);
        }
        return result;
    }
    if (dense(key)) {
        const auto slots = static_cast<std::size_t>(*std::max_element(key.begin(), key.end())) + 1;
        std::vector<double> sums(slots, 0);
        std::vector<std::uint8_t> used(slots, 0);
        for (std::size_t i = 0; i < key.size(); ++i) {
            sums[static_cast<std::size_t>(key[i])] += influence[i];
            used[static_cast<std::size_t>(key[i])] = 1;
        }
        for (std::size_t id = 0; id < slots; ++id) {
            if (used[id] != 0) close(sums[id]);
        }
        return result;
    }
    std::vector<std::pair<std::int64_t, std::size_t>> order(key.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = {key[i], i};
    // Pairs of a set and a firm come set by set.
    const auto of_set = [](const auto& entry) { return entry.first >> 32U; };
    const bool by_set =
        std::is_sorted(order.begin(), order.end(), [&](const auto& a, const auto& b) { return of_set(a) < of_set(b); });
    for (auto begin = order.begin(); begin != order.end();) {
        auto end = order.end();
        if (by_set) end = std::find_if(begin, end, [&](const auto& entry) { return of_set(entry) != of_set(*begin); });
        std::sort(begin, end);
        begin = end;
    }
    for (std::size_t i = 0; i < order.size();) {
        double sum = 0;
        const std::int64_t id = order[i].first;
        for (; i < order.size() && order[i].first == id; ++i) sum += influence[order[i].second];
        close(sum);
    }
    return result;
}

/// An id below 0 means none: such an observation gets a key of its own.
std::vector<std::int64_t> keys(const std::vector<std::int32_t>& ids) {
    std::vector<std::int64_t> key(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) key[i] = ids[i] < 0 ? -1 - static_cast<std::int64_t>(i) : ids[i];
    return key;
}

std::vector<std::int64_t> intersection_keys(const MatchedOutcomes& outcomes) {
    std::vector<std::int64_t> key(outcomes.set.size());
    for (std::size_t i = 0; i < key.size(); ++i) {
        const bool both = outcomes.set[i] >= 0 && outcomes.firm[i] >= 0;
        key[i] = both ? (static_cast<std::int64_t>(outcomes.set[i]) << 32) + outcomes.firm[i]
                      : -1 - static_cast<std::int64_t>(i);
    }
    return key;
}

/// Pairs of a matched set and a cluster; a set of -1 is one of its own.
std::vector<std::int64_t> set_and_cluster_keys(const MatchedOutcomes& outcomes) {
    std::vector<std::int64_t> key(outcomes.set.size());
    for (std::size_t i = 0; i < key.size(); ++i) {
        key[i] = outcomes.set[i] < 0 ? -1 - static_cast<std::int64_t>(i)
                                     : (static_cast<std::int64_t>(outcomes.set[i]) << 32) + outcomes.cluster[i];
    }
    return key;
}

/// Whether some matched set has firms of several clusters.
bool sets_cross_clusters(const MatchedOutcomes& outcomes) {
    std::vector<std::pair<std::int32_t, std::int32_t>> of_set;
    for (std::size_t i = 0; i < outcomes.set.size(); ++i) {
        if (outcomes.set[i] >= 0) of_set.emplace_back(outcomes.set[i], outcomes.cluster[i]);
    }
    std::sort(of_set.begin(), of_set.end());
    for (std::size_t i = 1; i < of_set.size(); ++i) {
        if (of_set[i].first == of_set[i - 1].first && of_set[i].second != of_set[i - 1].second) return true;
    }
    return false;
}

/// Two ways: if subtracting the intersection leaves nothing, the larger way is the safe side.
double two_way_sum(double first, double second, double both) {
    const double sum = first + second - both;
    return sum > 0 || std::isnan(sum) ? sum : std::max(first, second);
}

/// By the clusters asked for; two ways where matched sets reach over them.
ClusteredVariance variance_by_cluster(std::span<const double> influence, const MatchedOutcomes& outcomes, bool adjusted,
                                      double n, double k) {
    ClusteredVariance result;
    const bool two_ways = sets_cross_clusters(outcomes);
    result.kind =
        adjusted ? (two_ways ? "cluster-two-way" : "cluster-cr1") : (two_ways ? "cluster-two-way-cr0" : "cluster-cr0");
    const Clustered by_cluster = cluster(influence, keys(outcomes.cluster));
    const auto sum_of = [&](const Clustered& sums) { return adjusted ? sums.adjusted() : sums.sum_of_squares; };
    double variance = sum_of(by_cluster);
    std::int64_t clusters = by_cluster.clusters;
    if (two_ways) {
        const Clustered set = cluster(influence, keys(outcomes.set));
        const Clustered both = cluster(influence, set_and_cluster_keys(outcomes));
        variance = two_way_sum(variance, sum_of(set), sum_of(both));
        clusters = std::min(clusters, set.clusters);
    }
    if (clusters < 2) return result;
    result.variance = adjusted ? variance * (n - 1) / (n - k) : variance;
    result.df = static_cast<double>(clusters - 1);
    return result;
}

/// The total weight of each distinct firm of one arm, by firm.
std::vector<double> firm_weights(const MatchedOutcomes& outcomes, bool adopters) {
    std::vector<double> weights;
    if (dense(outcomes.firm)) {
        const auto slots = static_cast<std::size_t>(*std::max_element(outcomes.firm.begin(), outcomes.firm.end())) + 1;
        std::vector<double> sums(slots, 0);
        std::vector<std::uint8_t> used(slots, 0);
        for (std::size_t i = 0; i < outcomes.firm.size(); ++i) {
            if ((outcomes.treated[i] != 0) != adopters) continue;
            sums[static_cast<std::size_t>(outcomes.firm[i])] += outcomes.weight[i];
            used[static_cast<std::size_t>(outcomes.firm[i])] = 1;
        }
        for (std::size_t firm = 0; firm < slots; ++firm) {
            if (used[firm] != 0) weights.push_back(sums[firm]);
        }
        return weights;
    }
    std::vector<std::pair<std::int32_t, double>> entries;
    for (std::size_t i = 0; i < outcomes.firm.size(); ++i)
        if ((outcomes.treated[i] != 0) == adopters) entries.emplace_back(outcomes.firm[i], outcomes.weight[i]);
    if (!std::is_sorted(entries.begin(), entries.end())) std::sort(entries.begin(), entries.end());
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (i == 0 || entries[i].first != entries[i - 1].first) weights.push_back(0);
        weights.back() += entries[i].second;
    }
    return weights;
}

bool by_observation(SeKind kind) {
    return kind == SeKind::hc0 || kind == SeKind::hc1 || kind == SeKind::hc3;
}

/// The diagonal of the hat matrix of the weighted regression on the treatment alone.
std::vector<double> arm_leverages(const MatchedOutcomes& outcomes) {
    double sum[2] = {0, 0};
    for (std::size_t i = 0; i < outcomes.weight.size(); ++i) sum[outcomes.treated[i] != 0] += outcomes.weight[i];
    std::vector<double> leverage(outcomes.weight.size());
    for (std::size_t i = 0; i < leverage.size(); ++i) {
        leverage[i] = outcomes.weight[i] / sum[outcomes.treated[i] != 0];
    }
    return leverage;
}

}  // namespace

std::string_view se_kind_code(SeKind kind) {
    switch (kind) {
        case SeKind::cr0:
            return "cr0";
        case SeKind::cr1:
            return "cr1";
        case SeKind::paired:
            return "paired";
        case SeKind::two_way:
            return "two-way";
        case SeKind::firm:
            return "firm";
        case SeKind::cluster_cr0:
            return "cluster-cr0";
        case SeKind::cluster_cr1:
            return "cluster-cr1";
        case SeKind::hc0:
            return "hc0";
        case SeKind::hc1:
            return "hc1";
        case SeKind::hc3:
            return "hc3";
    }
    return {};
}

ClusteredVariance clustered_variance(std::span<const double> influence, const MatchedOutcomes& outcomes, SeKind kind,
                                     std::int64_t coefficients, std::span<const double> leverage) {
    const bool has_sets = std::any_of(outcomes.set.begin(), outcomes.set.end(), [](auto set) { return set >= 0; });
    const bool of_clusters = kind == SeKind::cluster_cr0 || kind == SeKind::cluster_cr1;
    const bool of_firms = kind == SeKind::two_way || kind == SeKind::firm;
    if (!has_sets && !of_firms && !of_clusters && !by_observation(kind)) kind = SeKind::hc1;

    ClusteredVariance result;
    result.kind = se_kind_code(kind);
    const auto n = static_cast<double>(influence.size());
    const auto k = static_cast<double>(coefficients);
    if (n <= k) return result;
    if (of_clusters) return variance_by_cluster(influence, outcomes, kind == SeKind::cluster_cr1, n, k);

    if (by_observation(kind)) {
        std::vector<double> squares(influence.begin(), influence.end());
        if (kind == SeKind::hc3) {
            const std::vector<double> means = leverage.empty() ? arm_leverages(outcomes) : std::vector<double>();
            if (leverage.empty()) leverage = means;
            for (std::size_t i = 0; i < squares.size(); ++i) squares[i] /= 1 - leverage[i];
        }
        for (double& value : squares) value *= value;
        double sum = 0;
        for (const double value : squares) sum += value;
        if (!std::isfinite(sum)) return result;
        result.variance = kind == SeKind::hc1 ? sum * n / (n - k) : sum;
        result.df = n - k;
        return result;
    }
    const Clustered set = cluster(influence, keys(kind == SeKind::firm ? outcomes.firm : outcomes.set));
    std::int64_t clusters = set.clusters;
    double variance = 0;
    switch (kind) {
        case SeKind::cr0:
            variance = set.sum_of_squares;
            break;
        case SeKind::paired:
            variance = set.adjusted();
            break;
        case SeKind::cr1:
        case SeKind::firm:
            variance = set.adjusted() * (n - 1) / (n - k);
            break;
        case SeKind::two_way: {
            const Clustered firm = cluster(influence, keys(outcomes.firm));
            const Clustered both = cluster(influence, intersection_keys(outcomes));
            clusters = std::min(set.clusters, firm.clusters);
            variance = two_way_sum(set.adjusted(), firm.adjusted(), both.adjusted()) * (n - 1) / (n - k);
            break;
        }
        case SeKind::cluster_cr0:
        case SeKind::cluster_cr1:
        case SeKind::hc0:
        case SeKind::hc1:
        case SeKind::hc3:
            break;
    }
    if (clusters < 2) return result;
    result.variance = variance;
    result.df = static_cast<double>(clusters - 1);
    return result;
}

ClusteredVariance stacked_variance_by_cluster(std::span<const double> influence,
                                              std::span<const std::int32_t> cluster_of) {
    std::vector<double> used;
    std::vector<std::int64_t> key;
    for (std::size_t i = 0; i < influence.size(); ++i) {
        if (influence[i] == 0) continue;
        used.push_back(influence[i]);
        key.push_back(cluster_of[i]);
    }
    ClusteredVariance result;
    result.kind = "cluster-m-estimation";
    const Clustered sums = cluster(used, key);
    if (sums.clusters < 2) return result;
    result.variance = sums.adjusted();
    result.df = static_cast<double>(sums.clusters - 1);
    return result;
}

void set_uncertainty(Estimate& estimate, const ClusteredVariance& variance, double confidence) {
    estimate.se_kind = variance.kind;
    set_uncertainty(estimate, std::sqrt(variance.variance), variance.df, confidence);
}

void set_uncertainty(Estimate& estimate, double std_error, double df, double confidence) {
    if (std::isnan(std_error) || std::isnan(df) || std::isnan(estimate.estimate)) return;
    estimate.std_error = std_error;
    estimate.df = df;
    const double half_width = std_error * stats::student_t_quantile(0.5 + confidence / 2, df);
    estimate.ci_low = estimate.estimate - half_width;
    estimate.ci_high = estimate.estimate + half_width;
    if (std_error > 0) estimate.p_value = stats::student_t_two_sided_p(estimate.estimate / std_error, df);
}

void count_firms(Estimate& estimate, const MatchedOutcomes& outcomes) {
    const std::vector<double> controls = firm_weights(outcomes, false);
    estimate.n_treated = static_cast<std::int64_t>(firm_weights(outcomes, true).size());
    estimate.n_control = static_cast<std::int64_t>(controls.size());
    estimate.ess_control = stats::effective_sample_size(controls);
}

bool has_few_clusters(const Estimate& estimate) {
    const bool clustered =
        estimate.se_kind == se_kind_code(SeKind::cr0) || estimate.se_kind == se_kind_code(SeKind::cr1) ||
        estimate.se_kind == se_kind_code(SeKind::paired) || estimate.se_kind == se_kind_code(SeKind::two_way) ||
        estimate.se_kind.starts_with("cluster-");
    return clustered && estimate.df + 1 < few_clusters_below;
}

Messages estimate_warnings(const Estimate& estimate) {
    if (!has_few_clusters(estimate)) return {};
    const bool by_column = estimate.se_kind.starts_with("cluster-");
    return {{by_column ? "few_clusters_by_column" : "few_clusters",
             Severity::warning,
             {},
             static_cast<std::int64_t>(estimate.df) + 1}};
}

}  // namespace twinfirm::effects
