// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/breakdowns/ranking.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <cstddef>

#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/moments.h"
#include "usable_groups.h"

namespace twinfirm::breakdowns {
namespace {

struct Shrunken {
    Eigen::VectorXd effect;
    Eigen::VectorXd error;
};

Shrunken shrink(const Eigen::VectorXd& effects, const Eigen::VectorXd& variances) {
    const auto groups = static_cast<double>(effects.size());
    const Eigen::ArrayXd precision = variances.array().inverse();
    const double sum = precision.sum();
    const double fixed = (precision * effects.array()).sum() / sum;
    const double q = (precision * (effects.array() - fixed).square()).sum();
    const double between = std::max(0.0, (q - (groups - 1)) / (sum - precision.square().sum() / sum));
    const Eigen::ArrayXd weight = (variances.array() + between).inverse();
    const double mean = (weight * effects.array()).sum() / weight.sum();
    const Eigen::ArrayXd kept = between * weight;
    Shrunken result;
    result.effect = mean + kept * (effects.array() - mean);
    result.error = (kept * variances.array() + (1 - kept).square() / weight.sum()).sqrt();
    return result;
}

/// The block of places that a value shares with its equals.
struct Places {
    double first = 1;
    double last = 1;

    [[nodiscard]] double mean() const { return (first + last) / 2; }
    /// Share of the block that lies among the first `top` places.
    [[nodiscard]] double share_among(int top) const {
        return std::clamp(top - first + 1, 0.0, last - first + 1) / (last - first + 1);
    }
};

std::vector<Places> places_of(const Eigen::VectorXd& values, bool higher_is_better) {
    std::vector<Places> places(static_cast<std::size_t>(values.size()));
    for (Eigen::Index i = 0; i < values.size(); ++i) {
        double better = 0;
        double equal = 0;
        for (Eigen::Index k = 0; k < values.size(); ++k) {
            better += (higher_is_better ? values[k] > values[i] : values[k] < values[i]) ? 1 : 0;
            equal += values[k] == values[i] ? 1 : 0;
        }
        places[static_cast<std::size_t>(i)] = {better + 1, better + equal};
    }
    return places;
}

/// A square root of the covariance; of its diagonal alone where the whole has none.
Eigen::MatrixXd root(const Eigen::MatrixXd& covariance) {
    const Eigen::LLT<Eigen::MatrixXd> decomposition(covariance);
    if (decomposition.info() == Eigen::Success) return decomposition.matrixL();
    return covariance.diagonal().array().sqrt().matrix().asDiagonal();
}

}  // namespace

std::vector<RankedGroup> rank_groups(std::span<const double> effects, std::span<const double> covariance,
                                     const RankingOptions& options) {
    std::vector<RankedGroup> ranked(effects.size());
    const auto [used, values, matrix] = usable_groups(effects, covariance);
    const Eigen::Index groups = values.size();
    if (groups < 2) return ranked;
    const Eigen::VectorXd variances = matrix.diagonal();
    const Shrunken shrunken = shrink(values, variances);
    const std::vector<Places> own = places_of(shrunken.effect, options.higher_is_better);
    const double z = stats::normal_quantile((1 + options.confidence) / 2);

    const Eigen::MatrixXd factor = root(matrix);
    std::vector<std::vector<double>> ranks(used.size());
    std::vector<double> in_top(used.size(), 0);
    Random random(options.seed);
    Eigen::VectorXd normal(groups);
    for (int draw = 0; draw < options.draws; ++draw) {
        for (Eigen::Index g = 0; g < groups; ++g) normal[g] = random.normal();
        const Shrunken resampled = shrink(values + factor * normal, variances);
        const std::vector<Places> places = places_of(resampled.effect, options.higher_is_better);
        for (std::size_t g = 0; g < used.size(); ++g) {
            ranks[g].push_back(places[g].mean());
            in_top[g] += places[g].share_among(options.top);
        }
    }
    for (std::size_t g = 0; g < used.size(); ++g) {
        const auto at = static_cast<Eigen::Index>(g);
        RankedGroup& group = ranked[used[g]];
        group.shrunken = shrunken.effect[at];
        group.shrunken_low = shrunken.effect[at] - z * shrunken.error[at];
        group.shrunken_high = shrunken.effect[at] + z * shrunken.error[at];
        group.rank = own[g].mean();
        if (options.draws == 0) continue;
        group.rank_low = stats::quantile(ranks[g], (1 - options.confidence) / 2);
        group.rank_high = stats::quantile(ranks[g], (1 + options.confidence) / 2);
        group.top_share = in_top[g] / options.draws;
    }
    return ranked;
}

}  // namespace twinfirm::breakdowns
