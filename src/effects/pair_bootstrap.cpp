// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/pair_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "arm_means.h"
#include "confidence_check.h"
#include "regression_influence.h"
#include "shared_firms.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::effects {
namespace {

/// The estimate from the observations at `rows`, with the weights of `sample`.
using Estimator = std::function<double(const MatchedOutcomes& sample, const std::vector<std::size_t>& rows)>;

/// Numbers from 0 for the sets, in order of their first observation; an observation without a set is one of its own.
std::vector<std::uint32_t> set_numbers(const MatchedOutcomes& outcomes, std::uint32_t& sets) {
    std::map<std::int32_t, std::uint32_t> number;
    std::vector<std::uint32_t> numbers;
    sets = 0;
    for (const std::int32_t set : outcomes.set) {
        const auto known = set < 0 ? number.end() : number.find(set);
        if (known != number.end()) {
            numbers.push_back(known->second);
            continue;
        }
        if (set >= 0) number.emplace(set, sets);
        numbers.push_back(sets++);
    }
    return numbers;
}

/// The observations of sets that were drawn, their weights times how often.
MatchedOutcomes drawn(const MatchedOutcomes& outcomes, const std::vector<std::uint32_t>& set_of,
                      const std::vector<std::uint32_t>& times, std::vector<std::size_t>& rows) {
    MatchedOutcomes sample;
    for (std::size_t i = 0; i < set_of.size(); ++i) {
        if (times[set_of[i]] == 0) continue;
        rows.push_back(i);
        sample.set.push_back(outcomes.set[i]);
        sample.firm.push_back(outcomes.firm[i]);
        sample.treated.push_back(outcomes.treated[i]);
        sample.weight.push_back(outcomes.weight[i] * times[set_of[i]]);
        sample.value.push_back(outcomes.value[i]);
    }
    return sample;
}

double share_p_value(const std::vector<double>& estimates) {
    const auto below = std::count_if(estimates.begin(), estimates.end(), [](double value) { return value <= 0; });
    const auto above = std::count_if(estimates.begin(), estimates.end(), [](double value) { return value >= 0; });
    const double all = static_cast<double>(estimates.size()) + 1;
    return std::min(1.0, 2 * (static_cast<double>(std::min(below, above)) + 1) / all);
}

Result<Estimate> bootstrap(const MatchedOutcomes& outcomes, const ResamplingOptions& options, double confidence,
                           const Estimator& estimator) {
    if (has_shared_firms(outcomes)) return fail(ErrorKind::usage, "bootstrap_with_replacement");
    Estimate effect;
    count_firms(effect, outcomes);
    effect.se_kind = "bootstrap";
    std::uint32_t sets = 0;
    const std::vector<std::uint32_t> set_of = set_numbers(outcomes, sets);
    {
        std::vector<std::size_t> rows;
        const MatchedOutcomes all = drawn(outcomes, set_of, std::vector<std::uint32_t>(sets, 1), rows);
        effect.estimate = estimator(all, rows);
    }
    if (sets < 2 || std::isnan(effect.estimate)) return effect;
    std::vector<double> estimates(options.replications, not_available);
    parallel_chunks(options.replications, 64, options.threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t replication = begin; replication < end; ++replication) {
            Random random(options.seed, replication);
            std::vector<std::uint32_t> times(sets, 0);
            for (std::uint32_t i = 0; i < sets; ++i) ++times[random.below(sets)];
            std::vector<std::size_t> rows;
            const MatchedOutcomes sample = drawn(outcomes, set_of, times, rows);
            estimates[replication] = estimator(sample, rows);
        }
    });
    // A draw without one of the arms has no estimate.
    estimates.erase(std::remove_if(estimates.begin(), estimates.end(), [](double value) { return std::isnan(value); }),
                    estimates.end());
    if (estimates.size() < 2) return effect;
    effect.std_error = stats::standard_deviation(estimates);
    const double ends[] = {(1 - confidence) / 2, (1 + confidence) / 2};
    const std::vector<double> interval = stats::quantiles(estimates, ends);
    effect.ci_low = interval[0];
    effect.ci_high = interval[1];
    effect.p_value = share_p_value(estimates);
    return effect;
}

}  // namespace

Result<Estimate> bootstrap_difference(const MatchedOutcomes& outcomes, const ResamplingOptions& options,
                                      double confidence, MissingOutcome missing) {
    TWINFIRM_TRY(check_confidence(confidence));
    const auto complete = complete_outcomes(outcomes, missing);
    if (!complete) return tl::unexpected(complete.error());
    return bootstrap(complete->outcomes, options, confidence,
                     [](const MatchedOutcomes& sample, const std::vector<std::size_t>&) {
                         return arm_means(sample, sample.value).difference();
                     });
}

Result<Estimate> bootstrap_regression(const MatchedOutcomes& outcomes, const Eigen::MatrixXd& covariates,
                                      Adjustment adjustment, const ResamplingOptions& options, double confidence,
                                      MissingOutcome missing, Target target) {
    TWINFIRM_TRY(check_confidence(confidence));
    const auto marked = mark_missing_covariates(outcomes, covariates);
    if (!marked) return tl::unexpected(marked.error());
    const auto complete = complete_outcomes(*marked, missing);
    if (!complete) return tl::unexpected(complete.error());
    const Eigen::MatrixXd used = rows_of(covariates, complete->rows);
    return bootstrap(complete->outcomes, options, confidence,
                     [&](const MatchedOutcomes& sample, const std::vector<std::size_t>& rows) {
                         return regression_influence(sample, rows_of(used, rows), adjustment, target).estimate;
                     });
}

}  // namespace twinfirm::effects
