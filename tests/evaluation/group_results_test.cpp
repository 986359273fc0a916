// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/group_results.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/derived_variables.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::evaluation {
namespace {

/// The synthetic panel with exports (0 for two firms of three), an amount of support for adopters and operating profit.
StudyData richer_study(std::size_t firms, double effect, std::uint64_t seed) {
    StudyData data = synthetic_study(firms, effect, seed);
    stats::Panel& panel = data.panel;
    Random random(seed + 1);
    const std::span<const double> sales = panel.values("sales");
    std::vector<double> exports(sales.size(), 0);
    std::vector<double> profit(sales.size(), 0);
    std::vector<double> grant(firms, std::nan(""));
    for (std::size_t firm = 0; firm < firms; ++firm) {
        const bool exporter = random.uniform() < 1.0 / 3;
        if (panel.adoption_year[firm] != 0) grant[firm] = std::round(1e8 * (0.5 + random.uniform()));
        for (std::size_t y = 0; y < panel.years(); ++y) {
            const std::size_t cell = firm * panel.years() + y;
            if (exporter && random.uniform() < 0.9) exports[cell] = std::round(0.3 * sales[cell]);
            profit[cell] = std::round(sales[cell] * (0.02 + 0.05 * random.normal()));
        }
    }
    panel.add_variable("export", std::move(exports));
    panel.add_variable("op_profit", std::move(profit));
    panel.attributes().add(stats::Column::numbers("grant", std::move(grant)));
    return data;
}

design::Outcome level_outcome(const std::string& variable) {
    design::Outcome outcome;
    outcome.key = variable;
    outcome.label = {variable, variable};
    outcome.variable = variable;
    outcome.unit = "억원";
    outcome.unit_scale = 1e8;
    outcome.metric = design::ChangeMetric::level;
    return outcome;
}

design::Breakdown breakdown(const std::string& key, const std::string& variable, std::vector<double> edges = {}) {
    design::Breakdown result;
    result.key = key;
    result.label = {key, key};
    result.variable = variable;
    for (std::size_t i = 0; i < edges.size(); ++i) result.labels.push_back({std::to_string(i), std::to_string(i)});
    result.edges = std::move(edges);
    return result;
}

design::Specification richer_specification() {
    design::Specification specification = synthetic_specification();
    specification.outcomes.push_back(level_outcome("export"));
    specification.outcomes.push_back(level_outcome("op_profit"));
    specification.groups.support = "grant";
    specification.groups.draws = 400;
    specification.breakdowns.push_back(breakdown("sales_band", "sales", {0, 1e9, 3e9}));
    specification.breakdowns.push_back(breakdown("cohort", "cohort"));
    specification.breakdowns.push_back(breakdown("level", "level", {1, 3}));
    design::Breakdown crossed = breakdown("size_level", "");
    crossed.cross = {"size", "level"};
    specification.breakdowns.push_back(crossed);
    return specification;
}

class GroupNumbers : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        auto* data = new StudyData(richer_study(4000, 0.2, 21));
        ASSERT_TRUE(derive_variables(richer_specification(), *data));
        data_ = data;
        auto result = evaluate(richer_specification(), *data_);
        ASSERT_TRUE(result) << result.error().code;
        result_ = new Evaluation(std::move(*result));
    }
    static void TearDownTestSuite() {
        delete result_;
        delete data_;
    }
    static std::vector<const EffectRow*> rows(const std::string& outcome, const std::string& of) {
        std::vector<const EffectRow*> found;
        for (const EffectRow& row : result_->effects) {
            if (row.outcome == outcome && row.group.breakdown == of && !row.event_time && row.estimator == "did") {
                found.push_back(&row);
            }
        }
        return found;
    }
    static StudyData* data_;
    static Evaluation* result_;
};
StudyData* GroupNumbers::data_ = nullptr;
Evaluation* GroupNumbers::result_ = nullptr;

TEST_F(GroupNumbers, AdjustedPValuesAreOrdered) {
    for (const EffectRow* row : rows("sales", "size")) {
        if (std::isnan(row->p_holm)) continue;
        EXPECT_LE(row->effect.p_value, row->p_bh);
        EXPECT_LE(row->p_bh, row->p_holm);
    }
}

TEST_F(GroupNumbers, TheSmallestEffectToBeFoundIsSomeThreeStandardErrors) {
    for (const EffectRow* row : rows("sales", "size")) {
        if (std::isnan(row->effect.std_error)) continue;
        EXPECT_GT(row->minimum_detectable, 2.8 * row->effect.std_error);
        EXPECT_LT(row->minimum_detectable, 3.5 * row->effect.std_error);
    }
}

TEST_F(GroupNumbers, TestsKnowOfSharedNonAdopters) {
    ASSERT_FALSE(result_->heterogeneity.empty());
    for (const Heterogeneity& test : result_->heterogeneity) {
        if (!std::isfinite(test.q)) continue;
        EXPECT_EQ(test.covariance, "shared_firms") << test.breakdown;
    }
}

TEST_F(GroupNumbers, SharesOfTheFirstPlacesAddUp) {
    double sum = 0;
    std::size_t groups = 0;
    for (const RankRow& row : result_->groups.ranking) {
        if (row.outcome != "sales" || row.group.breakdown != "industry") continue;
        ++groups;
        sum += row.top_share;
        EXPECT_LE(row.rank_low, row.rank);
        EXPECT_GE(row.rank_high, row.rank);
        EXPECT_LE(row.shrunken_low, row.shrunken);
    }
    ASSERT_EQ(groups, 2U);
    EXPECT_NEAR(sum, 2, 1e-9) << "five places for two groups";
}

TEST_F(GroupNumbers, CohortsAndCrossedGroupsDivideTheAdopters) {
    std::map<std::string, std::int64_t> adopters;
    for (const BeforeAfterRow& row : result_->before_after) {
        if (row.outcome != "sales" || row.event_time != std::optional<int>(0)) continue;
        adopters[row.group.breakdown] += row.change.n;
        if (row.group.breakdown == "cohort") {
            EXPECT_TRUE(row.group.key == "2015" || row.group.key == "2016");
        }
        if (row.group.breakdown == "size_level") {
            EXPECT_NE(row.group.label.ko.find(" × "), std::string::npos);
        }
    }
    EXPECT_EQ(adopters["cohort"], adopters[""]);
    EXPECT_EQ(adopters["size_level"], adopters["level"]);
}

TEST_F(GroupNumbers, ExportsAreShownByLevelByShareAndByPoisson) {
    ASSERT_EQ(result_->groups.margins.size(), 3U) << "profit can be negative and has no margin at 0";
    const MarginRow& level = result_->groups.margins[0];
    const MarginRow& share = result_->groups.margins[1];
    const MarginRow& poisson = result_->groups.margins[2];
    EXPECT_EQ(share.measure, "extensive");
    EXPECT_GT(level.zero_bases, 0);
    EXPECT_GT(share.treated_base, 0.2);
    EXPECT_LT(share.treated_base, 0.4);
    EXPECT_NEAR(share.effect.effect.estimate, 0, 4 * share.effect.effect.std_error);
    EXPECT_NEAR(poisson.effect.effect.estimate, 0.2, 4 * poisson.effect.effect.std_error);
    EXPECT_NEAR(level.effect.effect.estimate,
                (level.treated_after - level.treated_base) - (level.control_after - level.control_base),
                1e-6 * std::abs(level.treated_base));
}

TEST_F(GroupNumbers, EffectPerUnitOfSupport) {
    const auto& rows = result_->groups.support;
    const auto of_sales = std::find_if(rows.begin(), rows.end(), [](const SupportRow& row) {
        return row.outcome == "sales" && row.measure == "mean";
    });
    ASSERT_NE(of_sales, rows.end());
    EXPECT_NEAR(of_sales->mean_support, 1, 0.05);
    EXPECT_NEAR(of_sales->effect.effect.estimate, 0.2, 4 * of_sales->effect.effect.std_error);
    EXPECT_NEAR(of_sales->effect.percent, std::exp(of_sales->effect.effect.estimate) - 1, 1e-12);
    const auto slope = std::next(of_sales);
    EXPECT_EQ(slope->measure, "slope");
    EXPECT_NEAR(slope->effect.effect.estimate, 0, 4 * slope->effect.effect.std_error) << "the amount was drawn by lot";
}

TEST_F(GroupNumbers, ProfitsThatTurnAreCounted) {
    const auto row = std::find_if(result_->before_after.begin(), result_->before_after.end(), [](const auto& found) {
        return found.outcome == "op_profit" && found.group.breakdown.empty() && !found.event_time;
    });
    ASSERT_NE(row, result_->before_after.end());
    const effects::SignChanges& signs = row->change.signs;
    EXPECT_GT(signs.turned_to_profit, 0);
    EXPECT_GT(signs.turned_to_loss, 0);
    EXPECT_EQ(signs.with_loss() + signs.stayed_in_profit, row->change.n);
}

TEST_F(GroupNumbers, WinsorisedStandsBesideRawInLevels) {
    const auto row = std::find_if(result_->effects.begin(), result_->effects.end(), [](const EffectRow& found) {
        return found.outcome == "export" && found.estimator == "did_winsorised";
    });
    ASSERT_NE(row, result_->effects.end());
    EXPECT_GT(row->effect.std_error, 0);
    EXPECT_LT(row->effect.std_error, rows("export", "").front()->effect.std_error);
}

TEST_F(GroupNumbers, StandInTheResultFile) {
    const std::string json = evaluation_to_json(*result_);
    for (const char* key : {"\"ranking\"", "\"band_shifts\"", "\"margins\"", "\"support\"", "\"representation\"",
                            "\"p_bh\"", "\"minimum_detectable\"", "\"trimmed_mean_of_ratios\"", "\"signs\""}) {
        EXPECT_NE(json.find(key), std::string::npos) << key;
    }
}

bool warns(const Evaluation& result, const std::string& code) {
    return std::any_of(result.messages.begin(), result.messages.end(),
                       [&](const Message& message) { return message.code == code; });
}

TEST(GroupsWithin, AreThoseOfAMatchingThatIsExactOnThem) {
    const StudyData data = synthetic_study(2000, 0.1, 31);
    design::Specification within = synthetic_specification();
    within.breakdowns = {breakdown("sales_band", "sales", {0, 1e9, 3e9})};
    within.breakdowns[0].within = true;
    design::Specification exact = within;
    exact.matching.exact.push_back("sales_band");
    const auto by_strata = evaluate(within, data);
    const auto by_design = evaluate(exact, data);
    ASSERT_TRUE(by_strata && by_design);
    std::size_t compared = 0;
    for (std::size_t i = 0; i < by_strata->effects.size(); ++i) {
        const EffectRow& row = by_strata->effects[i];
        if (row.group.breakdown != "sales_band" || row.group.suppressed) continue;
        const auto same =
            std::find_if(by_design->effects.begin(), by_design->effects.end(), [&](const EffectRow& other) {
                return other.outcome == row.outcome && other.group.key == row.group.key &&
                       other.group.breakdown == "sales_band" && other.event_time == row.event_time;
            });
        ASSERT_NE(same, by_design->effects.end());
        EXPECT_EQ(same->effect.estimate, row.effect.estimate);
        EXPECT_EQ(same->effect.n_treated, row.effect.n_treated);
        ++compared;
    }
    EXPECT_GT(compared, 5U);
}

TEST(GroupsWithin, LevelsAreMatchedApartEachAgainstNonAdopters) {
    const StudyData data = synthetic_study(3000, 0.2, 41);
    design::Specification specification = synthetic_specification();
    specification.breakdowns = {breakdown("level", "level", {1, 3})};
    const auto joint = evaluate(specification, data);
    specification.breakdowns[0].within = true;
    const auto apart = evaluate(specification, data);
    ASSERT_TRUE(joint && apart);
    const auto mean = [](const Evaluation& result, const std::string& key) {
        return *std::find_if(result.effects.begin(), result.effects.end(), [&](const EffectRow& row) {
            return row.group.breakdown == "level" && row.group.key == key && !row.event_time && row.outcome == "sales";
        });
    };
    for (const char* key : {"0", "1"}) {
        const EffectRow row = mean(*apart, key);
        EXPECT_NEAR(row.effect.estimate, 0.2, 4 * row.effect.std_error);
        EXPECT_GE(row.effect.n_treated, mean(*joint, key).effect.n_treated) << "no competition with other levels";
    }
}

/// Sales are a firm's own level times a shock of the year; nobody has an effect.
StudyData noisy_study(std::size_t firms, std::uint64_t seed) {
    Random random(seed);
    StudyData data = synthetic_study(firms, 0, seed);
    std::vector<double> sales(firms * data.panel.years());
    for (std::size_t firm = 0; firm < firms; ++firm) {
        const double size = std::log(data.panel.value("emp", firm, 2012)) + 0.5 * random.normal();
        for (std::size_t y = 0; y < data.panel.years(); ++y) {
            sales[firm * data.panel.years() + y] = std::round(1e8 * std::exp(size + 0.6 * random.normal()));
        }
    }
    data.panel.add_variable("sales", std::move(sales));
    return data;
}

TEST(RegressionToTheMean, TheLowestBandGrowsWithoutAnyEffectAndTheWarningSaysSo) {
    const StudyData data = noisy_study(4000, 51);
    design::Specification specification = synthetic_specification();
    specification.covariates = {"log(emp)", "log(sales)", "firm_age"};
    specification.breakdowns = {breakdown("sales_band", "sales", {0, 1e9, 4e9})};
    specification.breakdowns[0].within = true;  // a partner from another band would not be drawn to the mean alike
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_TRUE(warns(*result, "study_regression_to_mean"));
    std::map<std::string, BandShiftRow> lowest;
    for (const BandShiftRow& row : result->groups.band_shifts) {
        if (row.outcome == "sales" && row.group.key == "0") lowest[row.band_year] = row;
    }
    ASSERT_EQ(lowest.size(), 3U);
    EXPECT_GT(lowest["base"].mean_of_ratios.ci_low, 0.3) << "growth of a third and more, of nothing";
    EXPECT_LT(lowest["averaged"].mean_of_ratios.estimate, lowest["base"].mean_of_ratios.estimate);
    EXPECT_LT(lowest["lagged"].ratio_of_sums.estimate, 0.5 * lowest["base"].ratio_of_sums.estimate);
    EXPECT_LT(lowest["base"].matched.effect.ci_low, 0);
    EXPECT_GT(lowest["base"].matched.effect.ci_high, 0);
    const auto naive = std::find_if(result->before_after.begin(), result->before_after.end(), [](const auto& row) {
        return row.outcome == "sales" && row.group.breakdown == "sales_band" && row.group.key == "0";
    });
    ASSERT_NE(naive, result->before_after.end());
    EXPECT_EQ(std::count(naive->traps.begin(), naive->traps.end(), "trap_regression_to_mean"), 1);
}

TEST(RegressionToTheMean, IsSilentWithoutSuchABand) {
    const StudyData data = noisy_study(2000, 52);
    design::Specification specification = synthetic_specification();
    specification.covariates = {"log(emp)", "log(sales)", "firm_age"};
    specification.breakdowns = {breakdown("size", "emp", {0, 10, 50}),
                                breakdown("lagged_sales", "sales", {0, 1e9, 4e9})};
    specification.breakdowns[1].band_year = design::BandYear::lagged;
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_FALSE(warns(*result, "study_regression_to_mean"));
    EXPECT_TRUE(result->groups.band_shifts.empty());
    for (const BeforeAfterRow& row : result->before_after) {
        EXPECT_EQ(std::count(row.traps.begin(), row.traps.end(), "trap_regression_to_mean"), 0);
    }
}

TEST(Representation, ANarrowCaliperLeavesOutWhoIsUnlikeAndSaysSo) {
    const StudyData data = synthetic_study(600, 0, 61);
    design::Specification specification = synthetic_specification();
    specification.matching.exact.clear();
    specification.matching.caliper = 0.01;
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result) << result.error().code;
    EXPECT_TRUE(warns(*result, "study_matched_not_representative"));
    EXPECT_GT(result->groups.adopters_unmatched, 0);
    const auto& rows = result->groups.representation;
    const auto size =
        std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.covariate == "log(emp)"; });
    ASSERT_NE(size, rows.end());
    EXPECT_LT(size->smd, -0.1) << "the largest adopters have nobody like them";
    const auto whole = evaluate(synthetic_specification(), synthetic_study(4000, 0, 61));
    ASSERT_TRUE(whole);
    EXPECT_FALSE(warns(*whole, "study_matched_not_representative"));
}

TEST(ControlPool, FirmsThatLookTreatedAreCounted) {
    StudyData data = synthetic_study(1500, 0, 71);
    const auto clean = evaluate(synthetic_specification(), data);
    ASSERT_TRUE(clean);
    EXPECT_FALSE(warns(*clean, "study_controls_look_treated"));
    const auto control = std::find(data.panel.adoption_year.begin(), data.panel.adoption_year.end(), 0);
    data.panel.level[static_cast<std::size_t>(control - data.panel.adoption_year.begin())] = 2;
    const auto result = evaluate(synthetic_specification(), data);
    ASSERT_TRUE(result);
    EXPECT_TRUE(warns(*result, "study_controls_look_treated"));
}

}  // namespace
}  // namespace twinfirm::evaluation
