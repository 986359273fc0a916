// SPDX-License-Identifier: GPL-3.0-or-later
// The made-up register has a known effect: is it found, year by year, as often as the intervals say?
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <vector>

#include "twinfirm/base/parallel.h"
#include "twinfirm/demo/demo_panel.h"
#include "twinfirm/evaluation/evaluate.h"

namespace twinfirm::app {
namespace {

constexpr int leads = 3;
constexpr int lags = 3;
constexpr std::array<double, 5> band_edges{0, 10, 50, 100, 300};

design::Specification sales_study(bool staggered) {
    design::Specification specification;
    specification.title = {"모의실험", "Simulation"};
    // The register chooses adopters within bands of size, by these values and R&D.
    specification.covariates = {"log(sales)", "log(emp)",       "sales_growth", "firm_age",     "exporter",
                                "rnd",        "industry_level", "size",         "size:log(emp)"};
    design::Breakdown size;
    size.key = "size";
    size.label = {"규모", "Size"};
    size.variable = "emp";
    size.edges = {band_edges.begin(), band_edges.end()};
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
    specification.minimum_cell = 1;
    specification.disclosure.enabled = false;
    specification.disclosure.reason = "made-up firms";
    specification.leads = leads;
    specification.lags = lags;
    specification.over_time.tests = true;
    specification.staggered.enabled = staggered;
    specification.staggered.score_covariates = true;
    specification.staggered.draws = 199;
    return specification;
}

/// What firms of an industry usually sell per head, in logs. Of two firms with equal sales that of the richer industry
/// had the worse year: where adoption differs by industry, a comparison without this expects it to recover.
std::vector<double> industry_levels(const stats::Panel& panel) {
    const stats::Column& industry = *panel.attributes().find("ksic");
    std::vector<double> sum(industry.levels().size(), 0);
    std::vector<double> count(industry.levels().size(), 0);
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        const auto of = static_cast<std::size_t>(industry.codes()[firm]);
        for (int year = panel.first_year(); year <= panel.last_year(); ++year) {
            const double level = std::log(panel.value("sales", firm, year) / panel.value("emp", firm, year));
            if (std::isnan(level)) continue;
            sum[of] += level;
            ++count[of];
        }
    }
    std::vector<double> levels(panel.firms(), 0);
    for (std::size_t firm = 0; firm < levels.size(); ++firm) {
        const auto of = static_cast<std::size_t>(industry.codes()[firm]);
        if (count[of] > 0) levels[firm] = sum[of] / count[of];
    }
    return levels;
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

/// True effects by band of size of the adopters seen in the base year and `event_time` years after adoption. What
/// adoption does differs by band, and by chance within one.
struct Truth {
    std::array<double, 5> sum{};
    std::array<double, 5> count{};

    [[nodiscard]] double of_all() const {
        return std::accumulate(sum.begin(), sum.end(), 0.0) / std::accumulate(count.begin(), count.end(), 0.0);
    }
    /// Of a sample that holds so many adopters of each band.
    [[nodiscard]] double of(const std::array<double, 5>& sample) const {
        double total = 0;
        double effect = 0;
        for (std::size_t band = 0; band < sample.size(); ++band) {
            if (sample[band] == 0) continue;
            total += sample[band];
            effect += sample[band] * sum[band] / count[band];
        }
        return effect / total;
    }
};

Truth truth_of(const demo::DemoPanel& demo, int event_time) {
    Truth truth;
    const stats::Panel& panel = demo.panel;
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        const int adopted = panel.adoption_year[firm];
        const int year = adopted + event_time;
        if (adopted == 0 || year > panel.last_year() || std::isnan(panel.value("sales", firm, adopted - 1))) continue;
        const double effect = demo.effect[firm * panel.years() + static_cast<std::size_t>(year - panel.first_year())];
        if (std::isnan(effect)) continue;
        const double employees = panel.value("emp", firm, adopted - 1);
        const auto band = static_cast<std::size_t>(std::upper_bound(band_edges.begin(), band_edges.end(), employees) -
                                                   band_edges.begin() - 1);
        truth.sum[band] += effect;
        ++truth.count[band];
    }
    return truth;
}

/// How many adopters of each band the plain matched effect of that year stands on.
std::array<double, 5> matched_bands(const evaluation::Evaluation& result, int event_time) {
    std::array<double, 5> bands{};
    for (const evaluation::EffectRow& row : result.effects) {
        if (row.group.breakdown != "size" || row.event_time != event_time) continue;
        bands[std::stoul(row.group.key)] = static_cast<double>(row.effect.n_treated);
    }
    return bands;
}

template <class Effect>
void add(Draws& draws, const std::string& design, int event_time, const Effect& effect, double truth) {
    const bool covered = effect.ci_low <= truth && truth <= effect.ci_high;
    draws[{design, event_time}] = {effect.estimate, effect.std_error, truth, covered};
}

Draws draws_of(std::uint64_t seed) {
    demo::DemoOptions options;
    options.firms = 2000;
    options.seed = seed;
    const auto demo = demo::demo_panel(options);
    Draws draws;
    if (!demo) return draws;
    evaluation::StudyData data{demo->panel, {}, {}, {}};
    data.panel.attributes().add(stats::Column::numbers("industry_level", industry_levels(demo->panel)));
    const auto result = evaluation::evaluate(sales_study(true), data, 1);
    if (!result) return draws;
    const auto truth_of_matched = [&](int event_time) {
        return event_time < 0 ? 0 : truth_of(*demo, event_time).of(matched_bands(*result, event_time));
    };
    for (const evaluation::MatchedOutcomePath& path : result->over_time.matched) {
        for (const evaluation::TimedEffect& effect : path.by) {
            add(draws, "matched", *effect.at, effect, truth_of_matched(*effect.at));
        }
    }
    for (const evaluation::EffectRow& row : result->effects) {
        if (row.estimator != "did_adjusted" || !row.event_time) continue;
        add(draws, "adjusted", *row.event_time, row.effect, truth_of_matched(*row.event_time));
    }
    for (const evaluation::StaggeredOutcome& outcome : result->over_time.staggered) {
        for (const evaluation::TimedAggregate& aggregate : outcome.aggregates) {
            if (aggregate.kind != "dynamic") continue;
            for (const evaluation::TimedEffect& effect : aggregate.by) {
                const int at = *effect.at;
                // The change to g-1 itself is no placebo here: firms were chosen by it.
                if (at < -2 || at > lags || at == -1) continue;
                add(draws, "staggered", at, effect, at < 0 ? 0 : truth_of(*demo, at).of_all());
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
        EXPECT_LT(std::abs(bias), 3 * error) << place;
        EXPECT_GE(covered, 0.92) << place;
        // Growth from g-2 to g-1 is matched on, so that the intervals of that lead are too wide.
        if (place != "matched -2") {
            EXPECT_LE(covered, 0.98) << place;
        }
    }
}

}  // namespace
}  // namespace twinfirm::app
