// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/multiplier_bootstrap.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {

namespace {

constexpr std::size_t draws_a_word = 64;  // one random word has a sign for each of them
constexpr std::size_t clusters_a_turn = 256;

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
    using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    Eigen::Map<RowMajor> values(result.values.data(), static_cast<Eigen::Index>(draws), influence.cols());
    parallel_chunks(draws, draws_a_word, threads, [&](std::size_t begin, std::size_t end) {
        // A stream for each piece of draws, which are the same for every number of threads.
        Random random(seed, begin / draws_a_word);
        Eigen::MatrixXd signs(draws_a_word, clusters_a_turn);
        Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(draws_a_word, influence.cols());
        for (std::size_t cluster = 0; cluster < did.clusters; cluster += clusters_a_turn) {
            if (!token.check()) return;
            const std::size_t count = std::min(clusters_a_turn, did.clusters - cluster);
            for (std::size_t i = 0; i < count; ++i) {
                const std::uint64_t word = random.next();
                double* column = signs.data() + i * draws_a_word;
                for (std::size_t d = 0; d < draws_a_word; ++d) column[d] = (word >> d & 1U) != 0 ? 1.0 : -1.0;
            }
            const auto rows = static_cast<Eigen::Index>(count);
            sums.noalias() += signs.leftCols(rows) * influence.middleRows(static_cast<Eigen::Index>(cluster), rows);
        }
        const auto wanted = static_cast<Eigen::Index>(end - begin);
        values.middleRows(static_cast<Eigen::Index>(begin), wanted) = sums.topRows(wanted);
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
