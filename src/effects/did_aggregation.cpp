// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/did_aggregation.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

/// Variances that rounding alone can make are none.
constexpr double smallest_variance = 1e-24;

class Aggregator {
  public:
    explicit Aggregator(const StaggeredDid& did) : did_(did) {}

    [[nodiscard]] std::size_t group_place(int group) const {
        const auto place = std::lower_bound(did_.groups.begin(), did_.groups.end(), group);
        return static_cast<std::size_t>(place - did_.groups.begin());
    }

    [[nodiscard]] double share(const GroupTimeEffect& effect) const {
        return did_.group_share[group_place(effect.group)];
    }

    /// Mean of these effects, weighted by the shares of their groups.
    [[nodiscard]] DidEstimate weighted_by_share(std::optional<int> at, const std::vector<std::size_t>& cells) const {
        DidEstimate estimate = empty(at);
        double total = 0;
        double sum = 0;
        for (const std::size_t c : cells) {
            total += share(did_.effects[c]);
            sum += share(did_.effects[c]) * did_.effects[c].att;
        }
        estimate.att = sum / total;
        for (const std::size_t c : cells) {
            const GroupTimeEffect& effect = did_.effects[c];
            estimate.combination[c] += share(effect) / total;
            // How the mean moves with the share of this group.
            estimate.combination[did_.effects.size() + group_place(effect.group)] +=
                (effect.att - estimate.att) / total;
        }
        count(estimate, cells);
        return estimate;
    }

    [[nodiscard]] DidEstimate plain_mean(std::optional<int> at, const std::vector<std::size_t>& cells) const {
        DidEstimate estimate = empty(at);
        const double share = 1 / static_cast<double>(cells.size());
        estimate.att = 0;
        for (const std::size_t c : cells) {
            estimate.att += share * did_.effects[c].att;
            estimate.combination[c] += share;
        }
        count(estimate, cells);
        return estimate;
    }

    [[nodiscard]] DidEstimate mean_of(const std::vector<DidEstimate>& parts) const {
        DidEstimate estimate = empty({});
        estimate.att = 0;
        const double share = 1 / static_cast<double>(parts.size());
        for (const DidEstimate& part : parts) {
            estimate.att += share * part.att;
            for (std::size_t k = 0; k < part.combination.size(); ++k)
                estimate.combination[k] += share * part.combination[k];
            merge_groups(estimate, part);
        }
        return estimate;
    }

    /// Group means, weighted by the groups' shares.
    [[nodiscard]] DidEstimate share_mean_of(const std::vector<DidEstimate>& parts) const {
        DidEstimate estimate = empty({});
        double total = 0;
        double sum = 0;
        for (const DidEstimate& part : parts) {
            const double share = did_.group_share[group_place(*part.at)];
            total += share;
            sum += share * part.att;
        }
        estimate.att = sum / total;
        for (const DidEstimate& part : parts) {
            const std::size_t place = group_place(*part.at);
            for (std::size_t k = 0; k < part.combination.size(); ++k)
                estimate.combination[k] += did_.group_share[place] / total * part.combination[k];
            estimate.combination[did_.effects.size() + place] += (part.att - estimate.att) / total;
            merge_groups(estimate, part);
        }
        return estimate;
    }

    void finish(DidEstimate& estimate) const {
        const double variance = combined_covariance(did_, estimate.combination, estimate.combination);
        if (!(variance > smallest_variance * std::max(1.0, estimate.att * estimate.att))) return;
        estimate.std_error = std::sqrt(variance);
        const double z = stats::normal_quantile((1 + did_.confidence) / 2);
        estimate.ci_low = estimate.att - z * estimate.std_error;
        estimate.ci_high = estimate.att + z * estimate.std_error;
        estimate.p_value = stats::normal_two_sided_p(estimate.att / estimate.std_error);
    }

  private:
    [[nodiscard]] DidEstimate empty(std::optional<int> at) const {
        DidEstimate estimate;
        estimate.at = at;
        estimate.combination.assign(did_.parameters(), 0);
        return estimate;
    }

    void count(DidEstimate& estimate, const std::vector<std::size_t>& cells) const {
        std::map<int, std::int64_t> firms;
        for (const std::size_t c : cells)
            firms[did_.effects[c].group] = std::max(firms[did_.effects[c].group], did_.effects[c].n_treated);
        for (const auto& [group, number] : firms) {
            estimate.groups.push_back(group);
            estimate.n_treated += number;
        }
    }

    /// Adopters of a group count once.
    void merge_groups(DidEstimate& into, const DidEstimate& part) const {
        for (const int group : part.groups) {
            const auto place = std::lower_bound(into.groups.begin(), into.groups.end(), group);
            if (place != into.groups.end() && *place == group) continue;
            into.groups.insert(place, group);
            std::int64_t firms = 0;
            for (const GroupTimeEffect& effect : did_.effects)
                if (effect.group == group) firms = std::max(firms, effect.n_treated);
            into.n_treated += firms;
        }
    }

    const StaggeredDid& did_;
};

using Cells = std::map<int, std::vector<std::size_t>>;

}  // namespace

std::string_view aggregation_code(DidAggregation kind) {
    switch (kind) {
        case DidAggregation::simple:
            return "simple";
        case DidAggregation::dynamic:
            return "dynamic";
        case DidAggregation::group:
            return "group";
        case DidAggregation::calendar:
            break;
    }
    return "calendar";
}

double combined_covariance(const StaggeredDid& did, const std::vector<double>& c, const std::vector<double>& d) {
    const std::size_t columns = did.parameters();
    double sum = 0;
    for (std::size_t i = 0; i < columns; ++i) {
        if (c[i] == 0) continue;
        double row = 0;
        for (std::size_t j = 0; j < columns; ++j) row += did.covariance[i * columns + j] * d[j];
        sum += c[i] * row;
    }
    return sum;
}

Result<AggregatedDid> aggregate_did(const StaggeredDid& did, DidAggregation kind, std::optional<int> balance) {
    AggregatedDid result;
    result.kind = kind;
    const int first = did.times.front();
    const int last = did.times.back();
    Cells cells;
    for (std::size_t c = 0; c < did.effects.size(); ++c) {
        const GroupTimeEffect& effect = did.effects[c];
        const int since = effect.time - effect.group;
        if (kind != DidAggregation::dynamic && since < 0) continue;
        if (kind == DidAggregation::dynamic && balance) {
            if (last - effect.group < *balance || since > *balance || since < *balance - last + first) continue;
        }
        if (std::isnan(effect.att)) {
            ++result.left_out;
            continue;
        }
        const int key = kind == DidAggregation::dynamic    ? since
                        : kind == DidAggregation::group    ? effect.group
                        : kind == DidAggregation::calendar ? effect.time
                                                           : 0;
        cells[key].push_back(c);
    }
    const Aggregator aggregator(did);
    std::vector<DidEstimate> after;  // what the overall is made of
    for (const auto& [key, list] : cells) {
        DidEstimate estimate =
            kind == DidAggregation::group ? aggregator.plain_mean(key, list) : aggregator.weighted_by_share(key, list);
        if (kind != DidAggregation::dynamic || key >= 0) after.push_back(estimate);
        aggregator.finish(estimate);
        if (kind != DidAggregation::simple) result.by.push_back(std::move(estimate));
    }
    if (after.empty()) return fail(ErrorKind::statistics, "did_nothing_to_aggregate");
    if (kind == DidAggregation::simple) {
        result.overall = after.front();
        result.overall.at.reset();
    } else {
        result.overall = kind == DidAggregation::group ? aggregator.share_mean_of(after) : aggregator.mean_of(after);
    }
    aggregator.finish(result.overall);
    return result;
}

}  // namespace twinfirm::effects
