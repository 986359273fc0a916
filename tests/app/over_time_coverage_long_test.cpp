// SPDX-License-Identifier: GPL-3.0-or-later
// The made-up register has a known effect: is it found, year by year, as often as the intervals say?
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "twinfirm/base/parallel.h"
#include "twinfirm/demo/demo_panel.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::app {
namespace {

constexpr int leads = 3;
constexpr int lags = 3;

design::Specification sales_study(bool staggered) {
    design::Specification specification;
    specification.title = {"모의실험", "Simulation"};
    // The register chooses adopters within bands of size, by these values and R&D.
    specification.covariates = {"log(sales)", "log(emp)", "sales_growth", "firm_age", "exporter", "rnd", "size"};
    design::Breakdown size;
    size.key = "size";
    size.label = {"규모", "Size"};
    size.variable = "emp";
    size.edges = {0, 10, 50, 100, 300};
    size.labels = {{"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {"5", "5"}};
    specification.breakdowns = {size};
    specification.matching.exact = {"size"};
    specification.matching.caliper = 0.1;
    specification.matching.separation = design::Separation::firth;
    design::Outcome sales;
    sales.key = sales.variable = "sales";
    sales.label = {"매출액", "Sales"};
    sales.unit = "원";
    specification.outcomes = {sales};
    specification.leads = leads;
    specification.lags = lags;
    specification.over_time.tests = true;
    specification.staggered.enabled = staggered;
    specification.staggered.score_covariates = true;
    specification.staggered.draws = 199;
    return specification;
}

/// One number of one seed.
struct Draw {
    double estimate = effects::not_available;
    double std_error = effects::not_available;
    double truth = 0;
    bool covered = false;
};

/// By design and years since adoption.
using Draws = std::map<std::pair<std::string, int>, Draw>;

/// The mean true effect over the adopters seen in the base year and `event_time` years after adoption.
double truth_of(const demo::DemoPanel& demo, int event_time) {
    if (event_time < 0) return 0;
    double sum = 0;
    double count = 0;
    const stats::Panel& panel = demo.panel;
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        const int adopted = panel.adoption_year[firm];
        const int year = adopted + event_time;
        if (adopted == 0 || year > panel.last_year() || std::isnan(panel.value("sales", firm, adopted - 1))) continue;
        const double effect = demo.effect[firm * panel.years() + static_cast<std::size_t>(year - panel.first_year())];
        if (std::isnan(effect)) continue;
        sum += effect;
        ++count;
    }
    return sum / count;
}

void add(Draws& draws, const demo::DemoPanel& demo, const std::string& design, const evaluation::TimedEffect& effect) {
    Draw draw;
    draw.estimate = effect.estimate;
    draw.std_error = effect.std_error;
    draw.truth = truth_of(demo, *effect.at);
    draw.covered = effect.ci_low <= draw.truth && draw.truth <= effect.ci_high;
    draws[{design, *effect.at}] = draw;
}

Draws draws_of(std::uint64_t seed) {
    demo::DemoOptions options;
    options.firms = 2000;
    options.seed = seed;
    const auto demo = demo::demo_panel(options);
    Draws draws;
    if (!demo) return draws;
    evaluation::StudyData data{demo->panel, {}, {}, {}};
    const auto result = evaluation::evaluate(sales_study(true), data, 1);
    if (!result) return draws;
    for (const evaluation::MatchedOutcomePath& path : result->over_time.matched) {
        for (const evaluation::TimedEffect& effect : path.by) add(draws, *demo, "matched", effect);
    }
    for (const evaluation::StaggeredOutcome& outcome : result->over_time.staggered) {
        for (const evaluation::TimedAggregate& aggregate : outcome.aggregates) {
            if (aggregate.kind != "dynamic") continue;
            for (const evaluation::TimedEffect& effect : aggregate.by) {
                // The change to g-1 itself is no placebo here: firms were chosen by it.
                if (*effect.at >= -2 && *effect.at <= lags && *effect.at != -1) {
                    add(draws, *demo, "staggered", effect);
                }
            }
        }
    }
    return draws;
}

TEST(OverTimeCoverage, TheTruthOfEveryYearIsCoveredAsOftenAsStated) {
    constexpr std::size_t seeds = 500;
    std::vector<Draws> all(seeds);
    parallel_chunks(seeds, 1, 0, [&](std::size_t i, std::size_t) { all[i] = draws_of(1000 + i); });
    std::map<std::pair<std::string, int>, std::vector<Draw>> by;
    for (const Draws& draws : all) {
        for (const auto& [key, draw] : draws) {
            if (!std::isnan(draw.std_error)) by[key].push_back(draw);
        }
    }
    ASSERT_GE(by.size(), 2U * (lags + 1));
    for (const auto& [key, draws] : by) {
        const auto n = static_cast<double>(draws.size());
        ASSERT_GE(draws.size(), seeds * 95 / 100) << key.first << " " << key.second;
        double bias = 0;
        double covered = 0;
        for (const Draw& draw : draws) {
            bias += (draw.estimate - draw.truth) / n;
            covered += (draw.covered ? 1 : 0) / n;
        }
        double variance = 0;
        for (const Draw& draw : draws) {
            const double deviation = draw.estimate - draw.truth - bias;
            variance += deviation * deviation / (n - 1);
        }
        const double error = std::sqrt(variance / n);
        const std::string place = key.first + " " + std::to_string(key.second);
        RecordProperty(place, std::to_string(bias) + " " + std::to_string(error) + " " + std::to_string(covered));
        // Pairs within a caliper stay a little unlike, and the truth is that of all adopters, matched or not: what is
        // left is less than three tenths (of the lead that is matched on: half) of a standard error.
        EXPECT_LT(std::abs(bias), std::max(3 * error, (key.second == -2 ? 0.5 : 0.3) * std::sqrt(variance))) << place;
        EXPECT_GE(covered, 0.92) << place;
        // Growth from g-2 to g-1 is matched on, so that the intervals of that lead are too wide.
        if (place != "matched -2") {
            EXPECT_LE(covered, 0.98) << place;
        }
    }
}

}  // namespace
}  // namespace twinfirm::app
