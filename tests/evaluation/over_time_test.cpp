// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/over_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "evaluation/synthetic_study.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/staggered_did.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::evaluation {
namespace {

design::Specification everything() {
    design::Specification specification = synthetic_specification();
    specification.staggered.enabled = true;
    specification.staggered.covariates = {"log(emp)"};
    specification.staggered.draws = 300;
    specification.over_time.tests = true;
    specification.over_time.alternatives = true;
    specification.over_time.attrition = true;
    specification.over_time.placebo_years = 1;
    specification.over_time.placebo_outcome = "emp";
    return specification;
}

/// Two firms in ten adopt again a year later.
StudyData study_data(std::size_t firms, double effect, std::uint64_t seed) {
    StudyData data = synthetic_study(firms, effect, seed);
    for (std::size_t firm = 0; firm < firms; ++firm) {
        const int year = data.panel.adoption_year[firm];
        if (year == 0) continue;
        AdoptionEvent event;
        event.firm = firm;
        event.year = year;
        data.adoptions.push_back(event);
        if (firm % 5 != 0) continue;
        event.sequence = 2;
        event.year = year + 1;
        data.adoptions.push_back(event);
    }
    return data;
}

const StaggeredOutcome& staggered(const Evaluation& result, const std::string& outcome) {
    const auto found = std::find_if(result.over_time.staggered.begin(), result.over_time.staggered.end(),
                                    [&](const auto& entry) { return entry.outcome == outcome; });
    return *found;
}

std::vector<DesignRow> designs(const Evaluation& result, const std::string& design) {
    std::vector<DesignRow> rows;
    for (const DesignRow& row : result.over_time.designs) {
        if (row.design == design) rows.push_back(row);
    }
    return rows;
}

class OverTimeStudy : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        data_ = new StudyData(study_data(2500, 0.2, 11));
        result_ = new Evaluation(evaluate(everything(), *data_).value());
    }
    static void TearDownTestSuite() {
        delete result_;
        delete data_;
        result_ = nullptr;
        data_ = nullptr;
    }
    static StudyData* data_;
    static Evaluation* result_;
};
StudyData* OverTimeStudy::data_ = nullptr;
Evaluation* OverTimeStudy::result_ = nullptr;

TEST_F(OverTimeStudy, StaggeredEffectsAreThoseOfTheEstimatorOnTheSamePanel) {
    const StaggeredOutcome& entry = staggered(*result_, "sales");
    // The same panel by hand.
    const stats::Panel& panel = data_->panel;
    std::vector<std::string> ids;
    std::vector<double> log_emp;
    std::vector<double> log_sales;
    effects::LongRows rows;
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        for (int year = panel.first_year(); year <= panel.last_year(); ++year) {
            ids.push_back(panel.ids()[firm]);
            rows.time.push_back(year);
            rows.first_treated.push_back(panel.adoption_year[firm]);
            log_emp.push_back(std::log(panel.value("emp", firm, year)));
            log_sales.push_back(std::log(panel.value("sales", firm, year)));
        }
    }
    const stats::Column firm = stats::Column::from_texts("id", ids);
    stats::Frame frame;
    frame.add(stats::Column::numbers("x", log_emp));
    rows.firm = &firm;
    rows.outcome = log_sales;
    rows.frame = &frame;
    rows.terms = stats::parse_formula("~ x").value().terms;
    effects::StaggeredOptions options;
    options.use = effects::PanelUse::pairs;
    const auto did = effects::estimate_staggered_did(effects::build_staggered_panel(rows).value(), options).value();
    ASSERT_EQ(entry.effects.size(), did.effects.size());
    for (std::size_t i = 0; i < did.effects.size(); ++i) {
        EXPECT_NEAR(entry.effects[i].effect.estimate, did.effects[i].att, 1e-10);
        EXPECT_NEAR(entry.effects[i].effect.std_error, did.effects[i].std_error, 1e-10);
        EXPECT_EQ(entry.effects[i].effect.n_control, did.effects[i].n_control);
    }
    ASSERT_EQ(entry.aggregates.size(), 4U);
    const auto simple = effects::aggregate_did(did, effects::DidAggregation::simple);
    EXPECT_NEAR(entry.aggregates[0].overall.estimate, simple->overall.att, 1e-10);
    EXPECT_NEAR(entry.aggregates[0].overall.estimate, 0.2, 4 * entry.aggregates[0].overall.std_error);
}

TEST_F(OverTimeStudy, BandsAreWiderThanPointwiseIntervals) {
    for (const TimedAggregate& aggregate : staggered(*result_, "sales").aggregates) {
        if (aggregate.by.empty()) continue;
        EXPECT_GT(aggregate.critical, 1.95) << aggregate.kind;
    }
    for (const MatchedOutcomePath& path : result_->over_time.matched) {
        EXPECT_GT(path.critical, 2.1) << path.outcome;
        for (const TimedEffect& effect : path.by) {
            EXPECT_LT(effect.band_low, effect.ci_low);
            EXPECT_GT(effect.band_high, effect.ci_high);
        }
    }
}

TEST_F(OverTimeStudy, APooledRateSaysWhyItHasNoStaggeredEstimate) {
    const StaggeredOutcome& entry = staggered(*result_, "accidents");
    EXPECT_TRUE(entry.aggregates.empty());
    ASSERT_EQ(entry.messages.size(), 1U);
    EXPECT_EQ(entry.messages.front().code, "staggered_rate_left_out");
}

TEST_F(OverTimeStudy, TheMatchedPathHasTheNumbersOfTheEffects) {
    for (const MatchedOutcomePath& path : result_->over_time.matched) {
        ASSERT_TRUE(path.tests);
        EXPECT_GE(path.tests->pretrend.df, 1);
        for (const TimedEffect& point : path.by) {
            const auto same = [&](const EffectRow& row) {
                return row.outcome == path.outcome && row.group.breakdown.empty() && row.estimator == "did" &&
                       row.event_time == point.at;
            };
            const auto found = std::find_if(result_->effects.begin(), result_->effects.end(), same);
            ASSERT_NE(found, result_->effects.end());
            EXPECT_NEAR(found->effect.estimate, point.estimate, 1e-14);
            EXPECT_NEAR(found->effect.std_error, point.std_error, 1e-14);
        }
    }
}

TEST_F(OverTimeStudy, ASteadyEffectDoesNotWiden) {
    for (const MatchedOutcomePath& path : result_->over_time.matched) {
        if (path.outcome != "sales") continue;
        const effects::EffectTrend& trend = path.tests->trend;
        EXPECT_NEAR(trend.slope.att, 0, 4 * trend.slope.std_error);
        EXPECT_GT(path.tests->magnitudes.back().breakdown, 0) << "an effect of 20 % is apart from 0";
    }
}

TEST_F(OverTimeStudy, PlacebosFindNothingWhereNothingIs) {
    std::vector<std::string> kinds;
    for (const PlaceboRow& row : result_->over_time.placebos) {
        kinds.push_back(row.kind + "/" + row.design + "/" + row.outcome);
        if (row.kind == "outcome" || row.outcome == "accidents") continue;
        EXPECT_NEAR(row.effect.estimate, 0, 4 * row.effect.std_error) << kinds.back();
    }
    for (const char* wanted :
         {"pseudo_adoption/matched/sales", "pseudo_adoption/staggered/sales", "outcome/matched/emp"}) {
        EXPECT_NE(std::find(kinds.begin(), kinds.end(), wanted), kinds.end()) << wanted;
    }
}

TEST_F(OverTimeStudy, EveryDesignHasARowOfItsOwn) {
    for (const char* design : {"study", "study_did_adjusted", "pool_not_by_horizon", "single_projects",
                               "without_pre_outcomes", "with_growth", "fixed_composition", "staggered_simple"}) {
        const std::vector<DesignRow> rows = designs(*result_, design);
        ASSERT_FALSE(rows.empty()) << design;
        const auto sales =
            std::find_if(rows.begin(), rows.end(), [](const auto& row) { return row.outcome == "sales"; });
        ASSERT_NE(sales, rows.end()) << design;
        EXPECT_NEAR(sales->effect.estimate, 0.2, 0.08) << design;
        EXPECT_GT(sales->effect.std_error, 0) << design;
        EXPECT_NEAR(sales->percent, std::expm1(sales->effect.estimate), 1e-12) << design;
    }
}

TEST_F(OverTimeStudy, FirmsWithAFurtherProjectAreCountedAndCanBeLeftOut) {
    std::int64_t again = 0;
    for (std::size_t firm = 0; firm < data_->panel.firms(); ++firm) {
        again += data_->panel.adoption_year[firm] != 0 && firm % 5 == 0 ? 1 : 0;
    }
    EXPECT_EQ(result_->over_time.pool.repeated, again);
    EXPECT_EQ(result_->over_time.pool.repeated_in_window, again) << "a year later is within the window";
    const auto study = designs(*result_, "study");
    const auto single = designs(*result_, "single_projects");
    EXPECT_LT(single.front().effect.n_treated, study.front().effect.n_treated);
    EXPECT_GE(single.front().effect.n_treated, study.front().effect.n_treated - again);
}

TEST_F(OverTimeStudy, NobodyLeftSoWeightsAndBoundsChangeNothing) {
    for (const AttritionRow& row : result_->over_time.attrition) {
        EXPECT_EQ(row.treated, row.observed_treated);
        EXPECT_EQ(row.control, row.observed_control);
        EXPECT_NEAR(row.weighted.estimate, row.plain.estimate, 1e-12);
        if (row.outcome != "sales") continue;
        ASSERT_TRUE(row.bounds);
        EXPECT_NEAR(row.bounds->lower, row.plain.estimate, 1e-12);
        EXPECT_NEAR(row.bounds->upper, row.plain.estimate, 1e-12);
    }
}

TEST_F(OverTimeStudy, EverybodyAnsweredSoThereIsNoRange) {
    ASSERT_EQ(result_->over_time.responses.size(), 1U);
    const ResponseRow& row = result_->over_time.responses.front();
    EXPECT_EQ(row.answered, row.adopters);
    EXPECT_NEAR(row.plain.estimate, 0.3, 1e-12);
    EXPECT_NEAR(row.bound_low, row.bound_high, 1e-12);
}

TEST_F(OverTimeStudy, TheResultIsTheSameForAnyNumberOfThreads) {
    EXPECT_EQ(evaluation_to_json(evaluate(everything(), *data_, 1).value()), evaluation_to_json(*result_));
}

TEST(OverTime, NothingIsComputedThatWasNotAskedFor) {
    const auto result = evaluate(synthetic_specification(), synthetic_study(800, 0.2, 3)).value();
    EXPECT_TRUE(result.over_time.staggered.empty());
    EXPECT_TRUE(result.over_time.matched.empty());
    EXPECT_TRUE(result.over_time.placebos.empty());
    EXPECT_TRUE(result.over_time.designs.empty());
    EXPECT_TRUE(result.over_time.attrition.empty());
    EXPECT_EQ(result.over_time.pool.rule, "never");
    EXPECT_GT(result.over_time.pool.never, 0);
}

TEST(OverTime, AdoptersOfLaterYearsServeEarlierOnesUnderTheRuleOfTheHorizon) {
    StudyData data = synthetic_study(2500, 0.2, 5);
    design::Specification specification = synthetic_specification();
    specification.lags = 0;
    const auto never = evaluate(specification, data).value();
    specification.over_time.control_pool = design::ControlPool::not_by_horizon;
    const auto later = evaluate(specification, data).value();
    const auto adopters_of_2016 = std::count(data.panel.adoption_year.begin(), data.panel.adoption_year.end(), 2016);
    ASSERT_EQ(never.cohorts.size(), 2U);
    EXPECT_EQ(later.cohorts[0].flow[0].firms.control, never.cohorts[0].flow[0].firms.control + adopters_of_2016);
    EXPECT_EQ(later.cohorts[1].flow[0].firms.control, never.cohorts[1].flow[0].firms.control);
    EXPECT_EQ(later.over_time.pool.rule, "not-by-horizon");
    EXPECT_EQ(later.over_time.pool.later, adopters_of_2016);
}

TEST(OverTime, FirmsThatVanishAreWeightedAndBounded) {
    StudyData data = synthetic_study(4000, 0.2, 9);
    design::Specification specification = synthetic_specification();
    specification.over_time.attrition = true;
    // Non-adopters whose sales fell vanish in 2017 and 2018: the plain effect is too small.
    stats::Panel& panel = data.panel;
    const std::span<const double> values = panel.values("sales");
    std::vector<double> sales(values.begin(), values.end());
    const std::size_t years = panel.years();
    for (std::size_t firm = 0; firm < panel.firms(); ++firm) {
        if (panel.adoption_year[firm] != 0) continue;
        const double change = sales[firm * years + 6] / sales[firm * years + 3];
        if (change > 0.95) continue;
        sales[firm * years + 5] = sales[firm * years + 6] = effects::not_available;
    }
    panel.add_variable("sales", std::move(sales));
    const auto result = evaluate(specification, data).value();
    const AttritionRow& row = result.over_time.attrition.front();
    ASSERT_EQ(row.outcome, "sales");
    EXPECT_EQ(row.event_time, 2);
    EXPECT_LT(row.observed_control, row.control);
    EXPECT_EQ(row.observed_treated, row.treated);
    ASSERT_TRUE(row.bounds);
    EXPECT_TRUE(row.bounds->trims_treated);
    EXPECT_LT(row.bounds->lower, row.plain.estimate);
    EXPECT_GT(row.bounds->upper, row.plain.estimate);
    EXPECT_LT(row.bounds->ci_low, 0.2);
    EXPECT_GT(row.bounds->ci_high, 0.2);
}

TEST(OverTime, NonResponseThatDependsOnSizeIsWeightedAway) {
    StudyData data = synthetic_study(6000, 0.2, 13);
    design::Specification specification = synthetic_specification();
    specification.over_time.attrition = true;
    // The change is larger in larger firms, and small ones answer less.
    Random random(4);
    std::vector<double>& before = data.survey.at("prod_before");
    std::vector<double>& after = data.survey.at("prod_after");
    double truth = 0;
    double adopters = 0;
    for (std::size_t firm = 0; firm < data.panel.firms(); ++firm) {
        if (data.panel.adoption_year[firm] == 0) continue;
        const double size = std::log(data.panel.value("emp", firm, data.panel.adoption_year[firm] - 1));
        const double change = 0.1 * size;
        after[firm] = before[firm] * (1 + change);
        truth += change;
        ++adopters;
        const double chance = 1 / (1 + std::exp(-(size - 2.5)));
        if (random.uniform() > chance) before[firm] = after[firm] = effects::not_available;
    }
    truth /= adopters;
    const auto result = evaluate(specification, data).value();
    const ResponseRow& row = result.over_time.responses.front();
    EXPECT_LT(row.answered, row.adopters);
    EXPECT_GT(std::abs(row.plain.estimate - truth), 5 * row.plain.std_error);
    EXPECT_NEAR(row.weighted.estimate, truth, 3 * row.weighted.std_error);
    EXPECT_LT(row.bound_low, truth);
    EXPECT_GT(row.bound_high, truth);
}

TEST(OverTime, AMethodWithoutPairsSaysWhatItLacks) {
    design::Specification specification = everything();
    specification.matching = {};
    specification.matching.method = design::MatchMethod::weighting;
    const auto result = evaluate(specification, study_data(1500, 0.2, 6));
    ASSERT_TRUE(result) << result.error().code;
    std::vector<std::string> codes;
    for (const Message& message : result->over_time.messages) codes.push_back(message.code);
    EXPECT_NE(std::find(codes.begin(), codes.end(), "over_time_path_needs_pairs"), codes.end());
    EXPECT_NE(std::find(codes.begin(), codes.end(), "attrition_needs_pairs"), codes.end());
    EXPECT_FALSE(designs(*result, "pool_not_by_horizon").empty());
}

TEST(OverTime, FewFirmsAreNotShown) {
    design::Specification specification = everything();
    specification.minimum_cell = 1000000;
    const auto result = evaluate(specification, study_data(1500, 0.2, 6)).value();
    for (const StaggeredOutcome& entry : result.over_time.staggered) {
        for (const GroupTime& cell : entry.effects) {
            if (cell.reference) continue;
            EXPECT_TRUE(cell.effect.suppressed);
            EXPECT_TRUE(std::isnan(cell.effect.estimate));
            EXPECT_EQ(cell.effect.n_treated, 0);
        }
    }
    for (const DesignRow& row : result.over_time.designs) EXPECT_TRUE(std::isnan(row.effect.estimate));
}

TEST(OverTime, GrowthBeforeAdoptionBecomesACovariate) {
    StudyData data = synthetic_study(1500, 0.2, 8);
    design::Specification specification = synthetic_specification();
    specification.over_time.pre_growth = true;
    const auto result = evaluate(specification, data).value();
    const auto& terms = result.cohorts.front().coefficients;
    EXPECT_TRUE(std::any_of(terms.begin(), terms.end(), [](const auto& c) { return c.term == "sales_growth"; }));
    EXPECT_EQ(result.specification.covariates, specification.covariates) << "the specification stays as it was written";
}

TEST(OverTime, AVariableThatIsNotThereIsNamed) {
    design::Specification specification = everything();
    specification.over_time.placebo_outcome = "age";
    EXPECT_EQ(evaluate(specification, study_data(800, 0.2, 6)).error().code, "variable_unknown");
    specification = everything();
    specification.staggered.clusters = "supplier";
    EXPECT_EQ(evaluate(specification, study_data(800, 0.2, 6)).error().code, "variable_unknown");
}

}  // namespace
}  // namespace twinfirm::evaluation
