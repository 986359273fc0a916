// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/multiplier_bootstrap.h"

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <cmath>

#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

constexpr std::size_t draws_a_piece = 256;
// Six clusters have 64 ways of signs: their sums are made once and looked up by every draw of a piece.
constexpr std::size_t clusters_a_turn = 6;
constexpr std::size_t ways = std::size_t{1} << clusters_a_turn;
constexpr std::size_t ways_a_word = 64 / clusters_a_turn;

/// Sums of up to six clusters' rows of the influence for every way of signs; bit i of a column's number is the sign of
/// cluster i.
void sum_every_way(const Eigen::Map<const Eigen::MatrixXd>& influence, std::size_t first, Eigen::MatrixXd& sums) {
    const std::size_t count = std::min(clusters_a_turn, static_cast<std::size_t>(influence.rows()) - first);
    const auto row = [&](std::size_t i) { return influence.row(static_cast<Eigen::Index>(first + i)).transpose(); };
    sums.col(0).setZero();
    for (std::size_t i = 0; i < count; ++i) sums.col(0) -= row(i);
    for (std::size_t way = 1; way < ways; ++way) {
        const auto lowest = static_cast<std::size_t>(std::countr_zero(way));
        const auto without = static_cast<Eigen::Index>(way & (way - 1));
        sums.col(static_cast<Eigen::Index>(way)) = sums.col(without);
        if (lowest < count) sums.col(static_cast<Eigen::Index>(way)) += 2 * row(lowest);
    }
}

double order_statistic(const std::vector<double>& rising, double probability) {
    const auto n = static_cast<double>(rising.size());
    const double place = std::max(1.0, std::ceil(n * probability - 1e-9));
    return rising[static_cast<std::size_t>(place) - 1];
}

}  // namespace

Result<MultiplierDraws> draw_multipliers(const StaggeredDid& did, std::size_t draws, std::uint64_t seed,
                                         unsigned threads, const CancellationToken& token) {
    MultiplierDraws result{draws, did.parameters(), {}};
    result.values.assign(draws * result.parameters, 0);
    const Eigen::Map<const Eigen::MatrixXd> influence(did.influence.data(), static_cast<Eigen::Index>(did.clusters),
                                                      static_cast<Eigen::Index>(result.parameters));
    parallel_chunks(draws, draws_a_piece, threads, [&](std::size_t begin, std::size_t end) {
        // A stream for each piece of draws, which are the same for every number of threads and of draws.
        Random random(seed, begin / draws_a_piece);
        Eigen::MatrixXd every_way(influence.cols(), static_cast<Eigen::Index>(ways));
        Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(influence.cols(), static_cast<Eigen::Index>(draws_a_piece));
        for (std::size_t cluster = 0; cluster < did.clusters; cluster += clusters_a_turn) {
            if (!token.check()) return;
            sum_every_way(influence, cluster, every_way);
            std::uint64_t word = 0;
            for (std::size_t draw = 0; draw < draws_a_piece; ++draw) {
                if (draw % ways_a_word == 0) word = random.next();
                sums.col(static_cast<Eigen::Index>(draw)) += every_way.col(static_cast<Eigen::Index>(word % ways));
                word /= ways;
            }
        }
        std::copy_n(sums.data(), (end - begin) * result.parameters, result.values.data() + begin * result.parameters);
    });
    TWINFIRM_TRY(token.check());
    return result;
}

UniformBand uniform_band(const MultiplierDraws& draws, const std::vector<DidEstimate>& estimates, double confidence) {
    const double quartile_range = stats::normal_quantile(0.75) - stats::normal_quantile(0.25);
    UniformBand band;
    std::vector<double> largest(draws.draws, 0);
    for (const DidEstimate& estimate : estimates) {
        band.std_error.push_back(not_available);
        if (std::isnan(estimate.std_error) || draws.draws == 0) continue;
        std::vector<double> values(draws.draws, 0);
        for (std::size_t d = 0; d < draws.draws; ++d) {
            const double* row = draws.values.data() + d * draws.parameters;
            for (std::size_t k = 0; k < draws.parameters; ++k) values[d] += row[k] * estimate.combination[k];
        }
        std::vector<double> rising = values;
        std::sort(rising.begin(), rising.end());
        const double error = (order_statistic(rising, 0.75) - order_statistic(rising, 0.25)) / quartile_range;
        if (!(error > 0)) continue;
        band.std_error.back() = error;
        for (std::size_t d = 0; d < draws.draws; ++d) largest[d] = std::max(largest[d], std::abs(values[d]) / error);
    }
    if (draws.draws > 0) {
        std::sort(largest.begin(), largest.end());
        band.critical = std::max(order_statistic(largest, confidence), stats::normal_quantile((1 + confidence) / 2));
    }
    for (std::size_t i = 0; i < estimates.size(); ++i) {
        band.low.push_back(estimates[i].att - band.critical * band.std_error[i]);
        band.high.push_back(estimates[i].att + band.critical * band.std_error[i]);
    }
    return band;
}

std::vector<DidEstimate> group_time_estimates(const StaggeredDid& did) {
    std::vector<DidEstimate> estimates;
    for (std::size_t c = 0; c < did.effects.size(); ++c) {
        const GroupTimeEffect& effect = did.effects[c];
        DidEstimate estimate;
        estimate.at = effect.time;
        estimate.att = effect.att;
        estimate.std_error = effect.std_error;
        estimate.ci_low = effect.ci_low;
        estimate.ci_high = effect.ci_high;
        if (effect.std_error > 0) estimate.p_value = stats::normal_two_sided_p(effect.att / effect.std_error);
        estimate.n_treated = effect.n_treated;
        estimate.groups = {effect.group};
        estimate.combination.assign(did.parameters(), 0);
        estimate.combination[c] = 1;
        estimates.push_back(std::move(estimate));
    }
    return estimates;
}

}  // namespace twinfirm::effects
