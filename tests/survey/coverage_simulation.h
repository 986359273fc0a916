// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "twinfirm/base/parallel.h"
#include "twinfirm/base/random.h"
#include "twinfirm/survey/allocation.h"
#include "twinfirm/survey/proportion_interval.h"
#include "twinfirm/survey/skew_interval.h"

namespace twinfirm::survey {

/// A made-up population of the size and strata of the first status survey (163,273 factories in four size classes), of
/// which samples of 5,000 are drawn again and again by root allocation, without replacement.
class CoveragePopulation {
  public:
    static constexpr std::array<double, 6> shares{0.02,  0.05, 0.10,
                                                  0.205, 0.43, 0.64};  ///< as if nothing differed by size
    /// Parts of the population that are domains, as regions are.
    static constexpr std::array<double, 4> domains{0.01, 0.02, 0.05, 0.2};
    static constexpr std::size_t items = shares.size();

    struct Factory {
        std::array<char, items> answers{};
        std::int8_t domain = -1;
        double sales = 0;  ///< skewed
        double score = 0;  ///< not skewed
    };

    explicit CoveragePopulation(std::uint64_t seed) {
        constexpr std::array<std::int64_t, 4> sizes{100903, 44410, 15837, 2123};
        // Within strata: shares in proportion to this, so that small and large factories differ.
        constexpr std::array<double, 4> tilt{0.6, 1.3, 2.2, 2.8};
        constexpr std::array<double, 4> log_sales{5.5, 7.2, 9.0, 11.3};
        double mean_tilt = 0;
        for (std::size_t h = 0; h < 4; ++h) mean_tilt += tilt[h] * static_cast<double>(sizes[h]) / 163273;
        Random random(seed);
        for (std::size_t h = 0; h < 4; ++h) {
            strata_.push_back({std::to_string(h), sizes[h]});
            factories_.emplace_back();
            for (std::int64_t i = 0; i < sizes[h]; ++i) {
                Factory factory;
                for (std::size_t item = 0; item < items; ++item) {
                    // On the logit scale where the tilt would leave 0..1.
                    const double odds = shares[item] / (1 - shares[item]) * tilt[h] / mean_tilt;
                    factory.answers[item] = random.uniform() < odds / (1 + odds) ? 1 : 0;
                }
                double place = random.uniform();
                for (std::size_t d = 0; d < domains.size() && factory.domain < 0; ++d) {
                    if (place < domains[d]) factory.domain = static_cast<std::int8_t>(d);
                    place -= domains[d];
                }
                factory.sales = std::exp(log_sales[h] + 0.8 * random.normal());
                factory.score = 40 + 8 * static_cast<double>(h) + 15 * random.normal();
                factories_.back().push_back(factory);
            }
        }
        const auto allocation = allocate(strata_, 5000, {AllocationRule::power, 0.5, 2, 0.95}).value();
        for (const AllocatedStratum& stratum : allocation.strata) sizes_.push_back(stratum.n);
    }

    /// The item's value: an answer, sales (item = items) or the score (items + 1).
    [[nodiscard]] static double value(const Factory& factory, std::size_t item) {
        if (item < items) return factory.answers[item];
        return item == items ? factory.sales : factory.score;
    }

    /// The true share or mean of an item in a domain (-1 = all).
    [[nodiscard]] double truth(std::size_t item, int domain) const {
        double sum = 0;
        double count = 0;
        for (const auto& stratum : factories_) {
            for (const Factory& factory : stratum) {
                if (domain >= 0 && factory.domain != domain) continue;
                sum += value(factory, item);
                ++count;
            }
        }
        return sum / count;
    }

    struct Sample {
        SampleDesign design;
        std::vector<const Factory*> factories;
    };
    [[nodiscard]] Sample draw(std::uint64_t seed, std::uint64_t number) const {
        Random random(seed, number);
        DesignColumns columns;
        std::vector<const Factory*> drawn;
        for (std::size_t h = 0; h < factories_.size(); ++h) {
            columns.strata.labels.push_back(strata_[h].label);
            std::vector<std::uint32_t> order(factories_[h].size());
            for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
            for (std::int64_t i = 0; i < sizes_[h]; ++i) {
                const auto place = static_cast<std::size_t>(i);
                std::swap(order[place], order[place + random.below(order.size() - place)]);
                drawn.push_back(&factories_[h][order[place]]);
                columns.strata.codes.push_back(static_cast<std::int32_t>(h));
                columns.population.push_back(static_cast<double>(factories_[h].size()));
            }
        }
        return {SampleDesign::make(std::move(columns)).value(), std::move(drawn)};
    }

  private:
    std::vector<AllocationStratum> strata_;
    std::vector<std::vector<Factory>> factories_;
    std::vector<std::int64_t> sizes_;
};

/// How often the 95 % intervals of one method held the truth.
struct Coverage {
    std::string what;    ///< "share", "mean of sales", "mean of a score"
    std::string method;  ///< of the interval
    double truth = 0;
    int domain = -1;
    double mean_n = 0;
    std::int64_t samples = 0;  ///< those with n >= 30
    std::int64_t held = 0;
    double mean_width = 0;

    [[nodiscard]] double rate() const { return static_cast<double>(held) / static_cast<double>(samples); }
};

struct CoverageTarget {
    std::size_t item = 0;
    int domain = -1;

    [[nodiscard]] bool share() const { return item < CoveragePopulation::items; }
};

inline std::vector<CoverageTarget> coverage_targets() {
    constexpr int domains = static_cast<int>(CoveragePopulation::domains.size());
    std::vector<CoverageTarget> targets;
    for (std::size_t item = 0; item < CoveragePopulation::items; ++item) targets.push_back({item, -1});
    for (int domain = 0; domain < domains; ++domain)
        for (const std::size_t item : {2, 3, 4, 5}) targets.push_back({item, domain});
    for (int domain = -1; domain < domains; ++domain)
        for (const std::size_t item : {CoveragePopulation::items, CoveragePopulation::items + 1})
            targets.push_back({item, domain});
    return targets;
}

inline std::vector<std::string> coverage_methods(const CoverageTarget& target) {
    if (target.share()) return {"logit", "wilson", "linear", "beta"};
    return {"linear", "skew"};
}

/// The intervals of one target from one sample, in the order of coverage_methods.
inline std::vector<Interval> coverage_intervals(const CoveragePopulation::Sample& sample, const CoverageTarget& target,
                                                std::int64_t& n) {
    std::vector<double> values;
    std::vector<char> inside;
    for (const auto* factory : sample.factories) {
        values.push_back(CoveragePopulation::value(*factory, target.item));
        inside.push_back(target.domain < 0 || factory->domain == target.domain ? 1 : 0);
    }
    const Linearised mean = mean_of(sample.design, values, inside);
    const SurveyEstimate estimate = estimate_of(sample.design, mean);
    n = estimate.n;
    std::vector<Interval> intervals;
    if (n < 30) return intervals;
    for (const std::string& method : coverage_methods(target)) {
        if (target.share()) {
            intervals.push_back(proportion_interval(estimate, *parse_proportion_interval(method), 0.95));
        } else if (method == "linear") {
            intervals.push_back(linear_interval(estimate, 0.95));
        } else {
            intervals.push_back(skew_interval(sample.design, mean, estimate, 0.95).interval);
        }
    }
    return intervals;
}

inline std::vector<Coverage> simulate_coverage(const CoveragePopulation& population, std::size_t samples,
                                               std::uint64_t seed, unsigned threads) {
    const std::vector<CoverageTarget> targets = coverage_targets();
    std::vector<Coverage> result;
    std::vector<std::size_t> begin;
    for (const CoverageTarget& target : targets) {
        begin.push_back(result.size());
        const char* what = target.share()                             ? "share"
                           : target.item == CoveragePopulation::items ? "mean of sales"
                                                                      : "mean of a score";
        for (const std::string& method : coverage_methods(target))
            result.push_back({what, method, population.truth(target.item, target.domain), target.domain, 0, 0, 0, 0});
    }
    // One partial result a sample: the same sums for any number of threads.
    std::vector<std::vector<Coverage>> parts(samples, result);
    parallel_chunks(samples, 1, threads, [&](std::size_t number, std::size_t) {
        const auto sample = population.draw(seed, number);
        for (std::size_t t = 0; t < targets.size(); ++t) {
            std::int64_t n = 0;
            const std::vector<Interval> intervals = coverage_intervals(sample, targets[t], n);
            for (std::size_t i = 0; i < intervals.size(); ++i) {
                Coverage& part = parts[number][begin[t] + i];
                part.samples = 1;
                part.held = intervals[i].low <= part.truth && part.truth <= intervals[i].high ? 1 : 0;
                part.mean_n = static_cast<double>(n);
                part.mean_width = intervals[i].high - intervals[i].low;
            }
        }
    });
    for (const std::vector<Coverage>& part : parts) {
        for (std::size_t place = 0; place < result.size(); ++place) {
            result[place].samples += part[place].samples;
            result[place].held += part[place].held;
            result[place].mean_n += part[place].mean_n;
            result[place].mean_width += part[place].mean_width;
        }
    }
    for (Coverage& coverage : result) {
        coverage.mean_n /= static_cast<double>(coverage.samples);
        coverage.mean_width /= static_cast<double>(coverage.samples);
    }
    return result;
}

}  // namespace twinfirm::survey
