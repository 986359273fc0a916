// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/kernel_matching.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "kernel.h"
#include "match_setup.h"
#include "matched_sets.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;

Result<double> bandwidth_of(const std::vector<StratumTask>& tasks, const design::MatchingSettings& settings) {
    if (settings.bandwidth) {
        if (std::isfinite(*settings.bandwidth) && *settings.bandwidth > 0) return *settings.bandwidth;
        return fail(ErrorKind::usage, "bandwidth_value", {{"value", shortest_text(*settings.bandwidth)}});
    }
    std::vector<double> distances;
    const auto add = [&](std::span<const ScoredUnit> from, std::span<const ScoredUnit> to) {
        for (const double distance : nearest_distances(from, to)) {
            if (distance > 0 && std::isfinite(distance)) distances.push_back(distance);
        }
    };
    for (const StratumTask& task : tasks) {
        add(task.focal, task.pool);
        if (settings.estimand == Estimand::ate) add(task.pool, task.focal);
    }
    if (distances.empty()) return fail(ErrorKind::statistics, "bandwidth_undefined");
    return 1.5 * stats::quantile(std::move(distances), 0.9);
}

/// Gives the other arm the shares of each unit of `from`, which itself counts 1. Returns how many found anybody.
std::size_t spread(std::span<const ScoredUnit> from, std::span<const ScoredUnit> to, design::Kernel kernel,
                   double bandwidth, std::vector<double>& weight) {
    const double reach = bandwidth * kernel_reach(kernel) * (1 + 1e-12);  // the kernel itself draws the line
    std::size_t first = 0;
    std::size_t served = 0;
    std::vector<double> shares;
    for (const ScoredUnit& unit : from) {
        while (first < to.size() && to[first].score < unit.score && unit.score - to[first].score >= reach) ++first;
        shares.clear();
        double sum = 0;
        for (std::size_t j = first; j < to.size() && to[j].score - unit.score < reach; ++j) {
            shares.push_back(kernel_value(kernel, (unit.score - to[j].score) / bandwidth));
            sum += shares.back();
        }
        if (!(sum > 0)) continue;
        ++served;
        weight[unit.row] += 1;
        for (std::size_t k = 0; k < shares.size(); ++k) weight[to[first + k].row] += shares[k] / sum;
    }
    return served;
}

/// The weights of each arm add up to the units that it stands for: scaled to mean 1.
void scale(const std::array<double, 2>& target, const std::vector<std::uint8_t>& treated, std::vector<double>& weight) {
    std::array<double, 2> units{};
    for (std::size_t i = 0; i < weight.size(); ++i) units[treated[i]] += weight[i] > 0 ? 1 : 0;
    for (std::size_t i = 0; i < weight.size(); ++i) weight[i] *= units[treated[i]] / target[treated[i]];
}

}  // namespace

Result<MatchedSample> kernel_matching(const MatchProblem& problem, const design::MatchingSettings& settings,
                                      const CancellationToken& cancellation) {
    TWINFIRM_TRY(refuse("kernel", {{settings.caliper.has_value(), "caliper"},
                                   {settings.smallest_caliper, "smallest_caliper"},
                                   {settings.ratio > 1, "ratio"},
                                   {settings.replace, "replace"},
                                   {settings.max_controls > 0 || settings.min_controls > 0, "max_controls"},
                                   {problem.points != nullptr, "mahalanobis"},
                                   {!problem.limits.empty(), "covariate_calipers"},
                                   {!problem.anti_exact.empty(), "anti_exact"}}));
    UnitSetup setup;
    TWINFIRM_TRY(prepare_units(problem, settings, setup));
    const std::uint8_t focal_arm = settings.estimand == Estimand::atc ? 0 : 1;
    const std::vector<ScoredUnit> focal = sorted_arm(problem, setup, focal_arm);
    const std::vector<ScoredUnit> pool = sorted_arm(problem, setup, focal_arm == 1 ? 0 : 1);
    const std::vector<StratumTask> tasks = stratum_tasks(focal, pool, {}, {});
    TWINFIRM_TRY(require_candidates(tasks, setup.caliper));
    const auto bandwidth = bandwidth_of(tasks, settings);
    if (!bandwidth) return tl::unexpected(bandwidth.error());

    MatchedSample& sample = setup.sample;
    sample.form = SampleForm::weights;
    sample.bandwidth = *bandwidth;
    sample.subclass.assign(sample.treated.size(), -1);
    sample.weight.assign(sample.treated.size(), 0);
    std::vector<std::array<std::size_t, 2>> served(tasks.size(), {0, 0});
    parallel_chunks(tasks.size(), 1, problem.threads, [&](std::size_t stratum, std::size_t) {
        const StratumTask& task = tasks[stratum];
        if (cancellation.cancelled()) return;
        served[stratum][0] = spread(task.focal, task.pool, settings.kernel, *bandwidth, sample.weight);
        if (settings.estimand == Estimand::ate) {
            served[stratum][1] = spread(task.pool, task.focal, settings.kernel, *bandwidth, sample.weight);
        }
    });
    TWINFIRM_TRY(cancellation.check());
    double all_served = 0;
    for (const auto& stratum : served) all_served += static_cast<double>(stratum[0] + stratum[1]);
    if (all_served == 0) TWINFIRM_TRY(require_candidates(tasks, *bandwidth * kernel_reach(settings.kernel)));
    if (all_served == 0) return fail(ErrorKind::statistics, "pair_limits_drop_all");
    scale({all_served, all_served}, sample.treated, sample.weight);
    for (const StratumTask& task : tasks) {
        const bool alone = task.focal.empty() || task.pool.empty();
        for (const std::span<const ScoredUnit> arm : {task.focal, task.pool}) {
            for (const ScoredUnit& unit : arm) {
                if (sample.weight[unit.row] > 0) continue;
                sample.reason[unit.row] = alone ? Reason::no_candidate_in_stratum : Reason::outside_caliper;
            }
        }
    }
    warn_of_lost_units(settings, setup, sample);
    return checked_sample(problem, settings, std::move(sample));
}

}  // namespace twinfirm::matching
