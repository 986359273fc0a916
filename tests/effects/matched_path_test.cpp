// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/effects/matched_path.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "twinfirm/base/random.h"
#include "twinfirm/effects/event_study_tests.h"
#include "twinfirm/effects/relative_magnitudes.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::effects {
namespace {

constexpr DidOutcome sales{"sales", "", true};

/// Pairs of two cohorts; some non-adopters serve both, and some values are missing.
struct Example {
    stats::Panel panel;
    std::vector<MatchedSet> sets;
};

Example example(std::size_t pairs, double gap_a_year, double missing, std::uint64_t seed) {
    Random random(seed);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < 2 * pairs; ++i) ids.push_back("F" + std::to_string(100000 + i));
    Example result{stats::Panel(ids, 2010, 2018), {}};
    for (std::size_t i = 0; i < pairs; ++i) {
        const int cohort = i % 2 == 0 ? 2014 : 2015;
        // Every third pair takes the non-adopter of the pair before.
        const std::size_t control = pairs + (i % 3 == 2 ? i - 1 : i);
        result.sets.push_back({i, cohort, {control}, {1.0}});
    }
    std::vector<double> values;
    for (std::size_t firm = 0; firm < 2 * pairs; ++firm) {
        double level = 4 + random.normal();
        for (int year = 2010; year <= 2018; ++year) {
            level += 0.05 * random.normal();
            double value = level;
            if (firm < pairs) {
                const int since = year - result.sets[firm].cohort;
                if (since >= 0) value += 0.1 + gap_a_year * since;
            }
            values.push_back(random.uniform() < missing ? not_available : std::exp(value));
        }
    }
    result.panel.add_variable("sales", std::move(values));
    return result;
}

std::size_t place_of(const MatchedPath& path, int event_time) {
    for (std::size_t i = 0; i < path.points.size(); ++i) {
        if (path.points[i].event_time == event_time) return i;
    }
    ADD_FAILURE() << "no year " << event_time;
    return 0;
}

TEST(MatchedPath, EveryYearIsTheMatchedEffectOfThatYearAlone) {
    const Example data = example(200, 0.02, 0.05, 1);
    for (const SeKind kind : {SeKind::cr1, SeKind::two_way, SeKind::firm}) {
        const auto path = matched_path(data.panel, data.sets, sales, {-3, 3}, kind, 0.95);
        ASSERT_TRUE(path);
        ASSERT_EQ(path->points.size(), 6U) << "without the base year";
        for (std::size_t i = 0; i < 6; ++i) {
            const int e = path->points[i].event_time;
            const auto alone = matched_did(data.panel, data.sets, sales, {e, e}, kind, 0.95);
            EXPECT_NEAR(path->points[i].did.effect.estimate, alone->effect.estimate, 1e-14);
            EXPECT_NEAR(std::sqrt(path->covariance[i * 6 + i]), alone->effect.std_error, 1e-14);
        }
    }
}

/// With all values there, the variance of a sum of two years is that of the sum as an outcome of its own.
TEST(MatchedPath, TheCovarianceIsThatOfTheSumOfTwoYears) {
    const Example data = example(120, 0.02, 0, 2);
    for (const SeKind kind : {SeKind::cr1, SeKind::two_way, SeKind::firm}) {
        const auto path = matched_path(data.panel, data.sets, sales, {0, 2}, kind, 0.95);
        const auto mean = matched_did(data.panel, data.sets, sales, {0, 2}, kind, 0.95);
        double variance = 0;
        for (const double value : path->covariance) variance += value / 9;
        // Two ways have a factor for small samples of their own each; the path has one for the year.
        const double tolerance = kind == SeKind::two_way ? 1e-6 : 1e-12;
        EXPECT_NEAR(std::sqrt(variance), mean->effect.std_error, tolerance) << se_kind_code(kind);
    }
}

TEST(MatchedPath, AFixedCompositionHasTheSameSetsInEveryYear) {
    const Example data = example(200, 0.02, 0.05, 3);
    const auto open = matched_path(data.panel, data.sets, sales, {-2, 3}, SeKind::two_way, 0.95);
    const auto fixed = matched_path(data.panel, data.sets, sales, {-2, 3}, SeKind::two_way, 0.95, true);
    EXPECT_FALSE(open->same_sets);
    EXPECT_EQ(open->left_out, 0);
    EXPECT_TRUE(fixed->same_sets);
    EXPECT_GT(fixed->left_out, 0);
    for (const auto& point : fixed->points) EXPECT_EQ(point.did.sets, 200 - fixed->left_out);
}

TEST(MatchedPath, ReadAsAnEventStudyItGivesTheTrendByHand) {
    const Example data = example(300, 0.03, 0, 4);
    const auto path = matched_path(data.panel, data.sets, sales, {-3, 2}, SeKind::two_way, 0.95);
    const StaggeredDid did = as_event_study(*path, 0.95);
    const auto dynamic = aggregate_did(did, DidAggregation::dynamic);
    ASSERT_TRUE(dynamic);
    const EffectTrend trend = effect_trend(did, *dynamic);
    const std::size_t first = place_of(*path, 0);
    const std::size_t last = place_of(*path, 2);
    const std::size_t n = path->points.size();
    // Over three equally spaced years the slope is half the difference of the ends.
    EXPECT_NEAR(trend.slope.att, (path->points[last].did.effect.estimate - path->points[first].did.effect.estimate) / 2,
                1e-14);
    const double variance = path->covariance[first * n + first] + path->covariance[last * n + last] -
                            2 * path->covariance[first * n + last];
    EXPECT_NEAR(trend.slope.std_error, std::sqrt(variance) / 2, 1e-14);
    EXPECT_NEAR(trend.slope.att, 0.03, 4 * trend.slope.std_error);
    EXPECT_LT(trend.slope.std_error, 0.02);
    const WaldTest pretrend = pretrend_test(did);
    EXPECT_EQ(pretrend.df, 2) << "the base year is no test";
    EXPECT_GT(pretrend.p_value, 0.001);
    const auto magnitudes = relative_magnitudes(did, *dynamic);
    ASSERT_FALSE(magnitudes.empty());
    EXPECT_GT(magnitudes.back().breakdown, 0);
    EXPECT_GT(magnitudes.back().largest_step, 0);
}

TEST(MatchedPath, NoSetGivesNoPoint) {
    const Example data = example(10, 0, 0, 5);
    const auto path = matched_path(data.panel, {}, sales, {-2, 2}, SeKind::two_way, 0.95);
    ASSERT_TRUE(path);
    EXPECT_TRUE(path->points.empty());
    EXPECT_EQ(matched_path(data.panel, data.sets, {"profit", "", false}, {0, 1}, SeKind::cr1, 0.95).error().code,
              "variable_unknown");
}

TEST(NormalDraws, HaveTheCovarianceAskedFor) {
    const std::vector<double> covariance{4, 1.2, 1.2, 1};
    const MultiplierDraws draws = normal_draws(covariance, 40000, 7);
    double sums[4] = {0, 0, 0, 0};
    for (std::size_t d = 0; d < draws.draws; ++d) {
        const double* row = draws.values.data() + 2 * d;
        for (int i = 0; i < 2; ++i) {
            for (int j = 0; j < 2; ++j) sums[2 * i + j] += row[i] * row[j] / 40000;
        }
    }
    for (int k = 0; k < 4; ++k) EXPECT_NEAR(sums[k], covariance[static_cast<std::size_t>(k)], 0.1);
    EXPECT_EQ(normal_draws(covariance, 40000, 7).values, draws.values);
}

TEST(NormalDraws, TheBandOfIndependentYearsIsTheKnownOne) {
    const std::vector<double> covariance{1, 0, 0, 1};
    std::vector<DidEstimate> estimates(2);
    for (std::size_t i = 0; i < 2; ++i) {
        estimates[i].att = 0;
        estimates[i].std_error = 1;
        estimates[i].combination = {i == 0 ? 1.0 : 0.0, i == 1 ? 1.0 : 0.0};
    }
    const UniformBand band = uniform_band(normal_draws(covariance, 100000, 3), estimates, 0.95);
    EXPECT_NEAR(band.critical, stats::normal_quantile((1 + std::sqrt(0.95)) / 2), 0.02);
}

}  // namespace
}  // namespace twinfirm::effects
