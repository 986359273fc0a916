// SPDX-License-Identifier: GPL-3.0-or-later
// Repeated samples of firms with a known effect: how far estimates are off, whether standard errors are as large as the
// estimates' spread, and how often intervals hold the truth (Morris, White & Crowther 2019, Stat. Med. 38:2074).
#pragma once

#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/effects/abadie_imbens.h"
#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/estimated_score.h"
#include "twinfirm/effects/pair_bootstrap.h"
#include "twinfirm/effects/weighted_effect.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::effects {

/// A firm's log employment, age, industry and log sales decide whether it adopts and how it grows.
struct Firm {
    double log_employees = 0;
    double age = 0;
    std::uint64_t industry = 0;
    double log_sales = 0;

    [[nodiscard]] double adoption_probability() const {
        const double by_industry[] = {0.2, -0.2, 0.3, 0};
        return 1 / (1 + std::exp(1.2 - 0.4 * log_employees - 0.2 * log_sales + 0.02 * age - by_industry[industry]));
    }
    [[nodiscard]] double growth_without() const {
        const double by_industry[] = {0.02, 0, -0.02, 0.04};
        return 0.1 + 0.08 * log_employees + 0.05 * log_sales - 0.005 * age + by_industry[industry];
    }
    [[nodiscard]] double effect() const { return 0.1 + 0.1 * log_employees - 0.005 * age; }
};

inline Firm draw_firm(Random& random) {
    Firm firm;
    firm.log_employees = random.normal();
    firm.age = 25 * random.uniform() - 12.5;
    firm.industry = random.below(4);
    firm.log_sales = 0.8 * firm.log_employees + 0.01 * firm.age + 0.6 * random.normal();
    return firm;
}

struct Population {
    bool heterogeneous = false;  ///< effects by size and age; otherwise no effect on anybody
    double att = 0;
    double ate = 0;
};

/// Means of the firms' effects over a population too large for its sampling error to matter.
inline Population heterogeneous_population() {
    Random random(1);
    double adopters = 0;
    double all = 0;
    Population population{true, 0, 0};
    for (int i = 0; i < 4000000; ++i) {
        const Firm firm = draw_firm(random);
        const double p = firm.adoption_probability();
        population.att += p * firm.effect();
        population.ate += firm.effect();
        adopters += p;
        all += 1;
    }
    population.att /= adopters;
    population.ate /= all;
    return population;
}

struct SampleOfFirms {
    stats::DesignMatrix design;
    std::vector<std::uint8_t> treated;
    std::vector<std::uint8_t> control;
    std::vector<std::uint8_t> everybody;
    std::vector<double> growth;
    stats::BinaryFit fit;
    std::vector<double> score;        // linear predictor, as estimated
    std::vector<double> known_score;  // as it is
};

inline SampleOfFirms draw_sample(std::size_t firms, bool heterogeneous, std::uint64_t replication) {
    Random random(20190901, replication);
    SampleOfFirms sample;
    sample.design.terms = {"(Intercept)", "log_employees", "age", "industry1", "industry2", "industry3", "log_sales"};
    sample.design.columns.resize(sample.design.terms.size());
    for (std::size_t k = 0; k < sample.design.terms.size(); ++k) sample.design.columns[k].term = sample.design.terms[k];
    sample.design.x.resize(static_cast<Eigen::Index>(firms), 7);
    for (std::size_t i = 0; i < firms; ++i) {
        const Firm firm = draw_firm(random);
        const double p = firm.adoption_probability();
        const bool adopter = random.uniform() < p;
        sample.known_score.push_back(std::log(p / (1 - p)));
        sample.design.x.row(static_cast<Eigen::Index>(i)) << 1, firm.log_employees, firm.age, firm.industry == 1,
            firm.industry == 2, firm.industry == 3, firm.log_sales;
        sample.design.rows.push_back(i);
        sample.treated.push_back(adopter);
        sample.control.push_back(!adopter);
        sample.everybody.push_back(1);
        const double noise = 0.3 * (1 + 0.2 * std::abs(firm.log_employees)) * random.normal();
        sample.growth.push_back(firm.growth_without() + noise + (adopter && heterogeneous ? firm.effect() : 0));
    }
    stats::BinaryOptions options;
    options.threads = 1;
    sample.fit = stats::fit_binary(sample.design, sample.treated, {}, options).value();
    sample.score.assign(sample.fit.linear_predictor.begin(), sample.fit.linear_predictor.end());
    return sample;
}

/// Matching with replacement on the score or on the covariates; `everybody` for the ATE.
struct WithReplacement {
    ReplacementMatching matching;
    std::vector<double> local;

    /// By the points' distance, or, without points, by the score's.
    WithReplacement(const SampleOfFirms& sample, const matching::CovariatePoints* points,
                    const std::vector<double>& score, bool everybody, std::size_t matches, std::size_t own) {
        const std::vector<std::uint8_t> nobody(sample.treated.size(), 0);
        const auto sets = [&](const NeighborSearch& search) {
            return points != nullptr ? point_neighbors(*points, search) : score_neighbors(score, search);
        };
        matching.treated = sample.treated;
        matching.matches = joined(sets({sample.treated, sample.control, {}, {matches, 0}}),
                                  sets({everybody ? sample.control : nobody, sample.treated, {}, {matches, 0}}));
        local = local_variances(joined(sets({sample.treated, sample.treated, {}, {own, 0}}),
                                       sets({sample.control, sample.control, {}, {own, 0}})),
                                {}, sample.growth);
    }

    [[nodiscard]] Estimate estimate(const SampleOfFirms& sample, const Eigen::MatrixXd* covariates = nullptr) const {
        AbadieImbensOptions options;
        options.local_variance = local;
        options.covariates = covariates;
        return abadie_imbens(matching, sample.growth, options).value();
    }
};

inline Estimate with_error(Estimate estimate, double variance) {
    set_uncertainty(estimate, std::sqrt(variance), std::numeric_limits<double>::infinity(), 0.95);
    return estimate;
}

/// Every estimator of one sample, by name; its truth is the ATE for names that end so, else the ATT.
inline std::map<std::string, Estimate> estimates(const SampleOfFirms& sample, bool resampling,
                                                 std::uint64_t replication) {
    std::map<std::string, Estimate> result;
    const matching::CovariatePoints points =
        matching::covariate_points(sample.design, sample.treated.size(), sample.treated, design::ScoreKind::mahalanobis,
                                   design::MetricCovariance::total);

    design::MatchingSettings settings;
    settings.caliper = 0.2;
    const auto pairs = matching::nearest_neighbor({sample.score, sample.treated, {}, {}, {}}, settings).value().pairs;
    MatchedOutcomes outcomes;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        for (const std::size_t row : {pairs[i].focal, pairs[i].match}) {
            outcomes.set.push_back(static_cast<std::int32_t>(i));
            outcomes.firm.push_back(static_cast<std::int32_t>(row));
            outcomes.treated.push_back(sample.treated[row]);
            outcomes.weight.push_back(1);
            outcomes.value.push_back(sample.growth[row]);
        }
    }
    result["pairs, clustered"] = difference_in_means(outcomes, SeKind::cr1, 0.95).value();
    if (resampling) result["pairs, bootstrap"] = bootstrap_difference(outcomes, {400, replication, 1}, 0.95).value();

    const WithReplacement att(sample, nullptr, sample.score, false, 1, 3);
    const WithReplacement ate(sample, nullptr, sample.score, true, 1, 3);
    result["replacement, AI, score as if known"] = att.estimate(sample);
    result["replacement, AI, score as if known, ATE"] = ate.estimate(sample);
    result["known score, AI"] = WithReplacement(sample, nullptr, sample.known_score, false, 1, 3).estimate(sample);
    result["known score, AI, ATE"] = WithReplacement(sample, nullptr, sample.known_score, true, 1, 3).estimate(sample);
    // The difference of each adopter to its match as if no match stood in twice.
    Estimate simple = result["replacement, AI, score as if known"];
    double sum = 0;
    double n = 0;
    for (std::size_t i = 0; i < sample.treated.size(); ++i) {
        if (sample.treated[i] == 0) continue;
        const auto place = att.matching.matches.of(i).front().begin;
        const double difference = sample.growth[i] - sample.growth[att.matching.matches.order[place]] - simple.estimate;
        sum += difference * difference;
        ++n;
    }
    result["replacement, simple (wrong)"] = with_error(simple, sum / (n * (n - 1)));

    const EstimatedScore score{
        sample.design.x, {sample.fit.probability.data(), sample.treated.size()}, sample.fit.covariance, &points};
    const auto adjusted = [&](const WithReplacement& matching, ScoreTarget target) {
        const Estimate estimate = matching.estimate(sample);
        return with_error(
            estimate, estimate.std_error * estimate.std_error +
                          estimated_score_variance(score, sample.treated, sample.growth, estimate.estimate, target));
    };
    result["replacement, AI estimated score"] =
        adjusted(WithReplacement(sample, nullptr, sample.score, false, 1, 2), ScoreTarget::adopters);
    result["replacement, AI estimated score, ATE"] =
        adjusted(WithReplacement(sample, nullptr, sample.score, true, 1, 2), ScoreTarget::all);

    const Eigen::MatrixXd covariates = sample.design.x.rightCols(6);
    result["covariates, bias-corrected"] =
        WithReplacement(sample, &points, sample.score, false, 4, 3).estimate(sample, &covariates);
    result["covariates, bias-corrected, ATE"] =
        WithReplacement(sample, &points, sample.score, true, 4, 3).estimate(sample, &covariates);

    const auto weighted = [&](design::Estimand estimand, bool entropy, WeightedEstimator estimator) {
        const matching::WeightingProblem problem{sample.design, sample.treated, sample.everybody, estimand};
        const auto weights =
            entropy ? matching::entropy_balancing(problem) : matching::inverse_probability_weights(problem, sample.fit);
        return weights ? weighted_effect(*weights, sample.treated, sample.growth, estimator, 0.95).value().effect
                       : Estimate{};
    };
    result["IPW"] = weighted(design::Estimand::att, false, WeightedEstimator::difference);
    result["IPW, ATE"] = weighted(design::Estimand::ate, false, WeightedEstimator::difference);
    result["AIPW"] = weighted(design::Estimand::att, false, WeightedEstimator::aipw);
    result["AIPW, ATE"] = weighted(design::Estimand::ate, false, WeightedEstimator::aipw);
    result["IPWRA"] = weighted(design::Estimand::att, false, WeightedEstimator::ipwra);
    result["IPWRA, ATE"] = weighted(design::Estimand::ate, false, WeightedEstimator::ipwra);
    result["entropy balancing"] = weighted(design::Estimand::att, true, WeightedEstimator::difference);
    result["entropy balancing, ATE"] = weighted(design::Estimand::ate, true, WeightedEstimator::difference);
    return result;
}

struct Performance {
    double bias = 0;
    double bias_error = 0;     ///< Monte-Carlo error of the bias
    double deviation = 0;      ///< SD of the estimates
    double error_ratio = 0;    ///< mean standard error over that SD
    double coverage = 0;       ///< of 95 % intervals
    std::size_t failures = 0;  ///< samples without a standard error
};

/// An error that takes the estimated score for known is too large more often than too small.
inline bool is_conservative(const std::string& name) {
    return name.find("as if known") != std::string::npos;
}

/// All estimators over `replications` samples; the same numbers for any number of threads.
inline std::map<std::string, Performance> simulate(std::size_t firms, const Population& population,
                                                   std::size_t replications, bool resampling, unsigned threads) {
    std::vector<std::map<std::string, Estimate>> drawn(replications);
    parallel_chunks(replications, 10, threads, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            drawn[i] = estimates(draw_sample(firms, population.heterogeneous, i), resampling, i);
    });
    std::map<std::string, Performance> table;
    for (const auto& [name, first] : drawn.front()) {
        const double truth = name.ends_with("ATE") ? population.ate : population.att;
        Performance performance;
        double sum = 0;
        double squares = 0;
        double errors = 0;
        double n = 0;
        for (const auto& sample : drawn) {
            const Estimate& estimate = sample.at(name);
            if (!std::isfinite(estimate.std_error)) {
                ++performance.failures;
                continue;
            }
            const double off = estimate.estimate - truth;
            sum += off;
            squares += off * off;
            errors += estimate.std_error;
            performance.coverage += estimate.ci_low <= truth && truth <= estimate.ci_high ? 1 : 0;
            ++n;
        }
        performance.bias = sum / n;
        performance.deviation = std::sqrt((squares - sum * sum / n) / (n - 1));
        performance.bias_error = performance.deviation / std::sqrt(n);
        performance.error_ratio = errors / n / performance.deviation;
        performance.coverage /= n;
        table.emplace(name, performance);
    }
    return table;
}

}  // namespace twinfirm::effects
