// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/message_search.h"
#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::evaluation {

namespace {

const EffectRow* find_effect(const Evaluation& result, const std::string& outcome, std::optional<int> event_time,
                             const std::string& breakdown = "", const std::string& estimator = "did") {
    for (const EffectRow& row : result.effects) {
        if (row.outcome == outcome && row.event_time == event_time && row.group.breakdown == breakdown &&
            row.estimator == estimator) {
            return &row;
        }
    }
    return nullptr;
}

class Evaluated : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        data_ = new StudyData(synthetic_study(4000, 0.2, 11));
        result_ = new Evaluation(evaluate(synthetic_specification(), *data_).value());
    }
    static void TearDownTestSuite() {
        delete result_;
        delete data_;
    }
    static StudyData* data_;
    static Evaluation* result_;
};
StudyData* Evaluated::data_ = nullptr;
Evaluation* Evaluated::result_ = nullptr;

TEST_F(Evaluated, MatchedEffectFindsTheTruthAndTheNaiveNumberDoesNot) {
    for (const int k : {0, 1, 2}) {
        const EffectRow* row = find_effect(*result_, "sales", k);
        ASSERT_NE(row, nullptr);
        EXPECT_NEAR(row->effect.estimate, 0.2, 3.5 * row->effect.std_error) << k;
        EXPECT_GT(row->effect.std_error, 0);
        EXPECT_NEAR(row->percent, std::exp(row->effect.estimate) - 1, 1e-12);
    }
    const auto naive =
        std::find_if(result_->before_after.begin(), result_->before_after.end(), [](const BeforeAfterRow& row) {
            return row.outcome == "sales" && row.event_time == 2 && row.group.breakdown.empty();
        });
    ASSERT_NE(naive, result_->before_after.end());
    EXPECT_GT(naive->change.ratio_of_sums.ci_low, std::exp(0.2) - 1);
}

TEST_F(Evaluated, ChangesOfSingleAdoptersMakeUpTheEffect) {
    const WarningList* list = find_list(result_->lists, "matched_changes");
    ASSERT_NE(list, nullptr);
    const auto column = std::find(list->columns.begin(), list->columns.end(), "sales") - list->columns.begin();
    ASSERT_LT(static_cast<std::size_t>(column), list->columns.size());
    double sum = 0;
    std::int64_t count = 0;
    for (const std::vector<std::string>& row : list->rows) {
        ASSERT_EQ(row.size(), list->columns.size());
        const std::string& cell = row[static_cast<std::size_t>(column)];
        if (cell.empty()) continue;
        sum += std::stod(cell);
        ++count;
    }
    const EffectRow* all = find_effect(*result_, "sales", std::nullopt);
    EXPECT_EQ(count, all->effect.n_treated);
    EXPECT_NEAR(sum / static_cast<double>(count), 100 * all->effect.estimate, 1e-9);
}

TEST_F(Evaluated, BalanceAloneIsThatOfTheWholeEvaluation) {
    using Json = nlohmann::json;
    const Evaluation alone = evaluate_balance(synthetic_specification(), *data_).value();
    const Json part = Json::parse(evaluation_to_json(alone));
    const Json whole = Json::parse(evaluation_to_json(*result_));
    for (const char* key : {"data", "flow", "size", "reasons", "cohorts", "overlap", "balance"}) {
        EXPECT_EQ(part.at(key), whole.at(key)) << key;
    }
    EXPECT_TRUE(alone.before_after.empty());
    EXPECT_TRUE(alone.effects.empty());
    EXPECT_TRUE(alone.sensitivity.empty());
    EXPECT_EQ(find_list(alone.lists, "matched_changes"), nullptr);
}

TEST_F(Evaluated, BalanceAloneDoesNotDependOnOutcomesAfterAdoption) {
    StudyData other = *data_;
    stats::Panel& panel = other.panel;
    const auto sales = panel.values("sales");
    std::vector<double> changed(sales.begin(), sales.end());
    const auto years = panel.years();
    for (std::size_t i = 0; i < changed.size(); ++i) {
        // The last base year of any cohort is 2015.
        if (panel.first_year() + static_cast<int>(i % years) > 2015) changed[i] *= 3;
    }
    panel.add_variable("sales", std::move(changed));
    EXPECT_EQ(evaluation_to_json(evaluate_balance(synthetic_specification(), other).value()),
              evaluation_to_json(evaluate_balance(synthetic_specification(), *data_).value()));
    EXPECT_NE(evaluation_to_json(evaluate(synthetic_specification(), other).value()), evaluation_to_json(*result_));
}

TEST_F(Evaluated, LeadsAreFlat) {
    const EffectRow* row = find_effect(*result_, "sales", -2);
    ASSERT_NE(row, nullptr);
    EXPECT_NEAR(row->effect.estimate, 0, 3.5 * row->effect.std_error);
    EXPECT_EQ(find_effect(*result_, "sales", -1), nullptr) << "the base year has no change of its own";
}

TEST_F(Evaluated, AdjustedStandsBesideThePlainEstimate) {
    const EffectRow* plain = find_effect(*result_, "sales", std::nullopt);
    const EffectRow* adjusted = find_effect(*result_, "sales", std::nullopt, "", "did_adjusted");
    ASSERT_NE(plain, nullptr);
    ASSERT_NE(adjusted, nullptr);
    EXPECT_NEAR(adjusted->effect.estimate, plain->effect.estimate, 2 * plain->effect.std_error);
    EXPECT_EQ(find_effect(*result_, "accidents", 0, "", "did_adjusted"), nullptr);
}

TEST_F(Evaluated, FlowAndReasonsAddUp) {
    design::Specification open = synthetic_specification();
    open.disclosure.enabled = false;
    open.disclosure.reason = "test";
    const Evaluation all = evaluate(open, *data_).value();
    for (const Cohort& cohort : all.cohorts) {
        ArmCount eligible;
        ArmCount matched;
        for (const FlowStep& step : cohort.flow) {
            if (step.step == "eligible") eligible = step.firms;
            if (step.step == "matched") matched = step.firms;
        }
        ArmCount sum;
        for (const ReasonCount& reason : cohort.reasons) {
            sum.treated += reason.firms.treated;
            sum.control += reason.firms.control;
            if (reason.reason == matching::Reason::matched) {
                EXPECT_EQ(reason.firms.treated, matched.treated);
            }
        }
        EXPECT_EQ(sum.treated, eligible.treated);
        EXPECT_EQ(sum.control, eligible.control);
        EXPECT_EQ(cohort.check.violations, 0);
        EXPECT_GT(cohort.check.pairs_checked, 0);
    }
    std::int64_t overlap = 0;
    for (const OverlapBin& bin : all.overlap) overlap += bin.treated_matched;
    EXPECT_EQ(overlap, all.flow.back().firms.treated);
    EXPECT_EQ(overlap, all.overlap_total.treated_matched);
}

TEST_F(Evaluated, GroupsHoldAllMatchedAdoptersOnce) {
    for (const std::string breakdown : {"size", "industry"}) {
        std::int64_t sum = 0;
        for (const EffectRow& row : result_->effects) {
            if (row.outcome == "sales" && row.group.breakdown == breakdown && row.event_time == 0) {
                sum += row.effect.n_treated;
            }
        }
        EXPECT_EQ(sum, find_effect(*result_, "sales", 0)->effect.n_treated) << breakdown;
    }
}

TEST_F(Evaluated, MatchingBalancesTheCovariates) {
    ASSERT_FALSE(result_->balance.empty());
    EXPECT_EQ(result_->balance.front().covariate, "distance");
    EXPECT_GT(result_->balance.front().before.smd, 0.5);
    for (const balance::BalanceRow& row : result_->balance) EXPECT_LT(std::abs(row.after.smd), 0.12) << row.covariate;
}

TEST_F(Evaluated, SurveyIndicatorsAreTheAdoptersOwn) {
    const auto row = std::find_if(result_->before_after.begin(), result_->before_after.end(),
                                  [](const BeforeAfterRow& r) { return r.outcome == "productivity"; });
    ASSERT_NE(row, result_->before_after.end());
    EXPECT_NEAR(row->change.ratio_of_sums.estimate, 0.3, 1e-12);
    EXPECT_EQ(row->change.n, result_->data.adopters);
}

TEST_F(Evaluated, SameBytesForAnyNumberOfThreads) {
    for (const unsigned threads : {1U, 2U, 4U}) {
        const auto again = evaluate(synthetic_specification(), *data_, threads);
        ASSERT_TRUE(again);
        EXPECT_EQ(evaluation_to_json(*again), evaluation_to_json(*result_)) << threads;
    }
}

TEST(Evaluate, AnIndustryThatOneCohortLacksKeepsItsMeaningInTheOther) {
    // Every tenth firm is of industry 08, the first level; none of those was seen in 2014, the base year of cohort
    // 2015.
    StudyData data = synthetic_study(4000, 0.2, 7);
    stats::Panel& panel = data.panel;
    const stats::Column& before = *panel.attributes().find("ksic");
    std::vector<std::string> ksic;
    for (std::size_t i = 0; i < panel.firms(); ++i) {
        ksic.push_back(i % 10 == 0 ? "08101" : before.levels()[static_cast<std::size_t>(before.codes()[i])]);
    }
    panel.attributes().add(stats::Column::from_texts("ksic", ksic));
    for (const char* name : {"sales", "emp", "injured"}) {
        std::vector<double> values(panel.values(name).begin(), panel.values(name).end());
        for (std::size_t i = 0; i < panel.firms(); i += 10) values[i * panel.years() + 2] = std::nan("");
        panel.add_variable(name, std::move(values));
    }
    const auto result = evaluate(synthetic_specification(), data);
    ASSERT_TRUE(result) << result.error().code;
    for (const balance::BalanceRow& row : result->balance) {
        if (row.covariate != "industry" || row.level != "08") continue;
        // A tenth of the second cohort's firms, none of the first's.
        EXPECT_NEAR(row.before.mean_control, 0.1 / 1.9, 0.005);
        EXPECT_NEAR(row.after.smd, 0, 1e-12) << "matched exactly on industry";
    }
    const EffectRow* adjusted = find_effect(*result, "sales", std::nullopt, "", "did_adjusted");
    ASSERT_NE(adjusted, nullptr);
    EXPECT_NEAR(adjusted->effect.estimate, 0.2, 3.5 * adjusted->effect.std_error);
}

TEST(Evaluate, SmallGroupsAreSuppressed) {
    const StudyData data = synthetic_study(600, 0.2, 5);
    design::Specification specification = synthetic_specification();
    specification.breakdowns[0].edges = {0, 300};
    specification.breakdowns[0].labels = {{"작은", "small"}, {"매우 큰", "very large"}};
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result);
    bool suppressed = false;
    for (const EffectRow& row : result->effects) {
        if (!row.group.suppressed) continue;
        suppressed = true;
        EXPECT_TRUE(std::isnan(row.effect.estimate));
        EXPECT_EQ(row.effect.n_treated, 0);
        EXPECT_TRUE(std::isnan(row.treated_base));
    }
    EXPECT_TRUE(suppressed);
}

TEST(Evaluate, ASingleHiddenGroupTakesTheSmallestOfTheOthersWithIt) {
    const StudyData data = synthetic_study(1500, 0.2, 5);
    // Base-year employees of the adopters: the last band holds the two largest of them.
    std::vector<double> employees;
    for (std::size_t i = 0; i < data.panel.firms(); ++i) {
        const int year = data.panel.adoption_year[i];
        if (year != 0) employees.push_back(data.panel.value("emp", i, year - 1));
    }
    std::sort(employees.begin(), employees.end());
    ASSERT_LT(employees.end()[-3], employees.end()[-2]);
    design::Specification specification = synthetic_specification();
    specification.breakdowns[0].edges = {0, 20, 60, employees.end()[-2]};
    specification.breakdowns[0].labels = {{"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}};
    const auto result = evaluate(specification, data);
    ASSERT_TRUE(result);
    std::vector<std::string> hidden;
    std::int64_t smallest_shown = INT64_MAX;
    for (const BeforeAfterRow& row : result->before_after) {
        if (row.outcome != "sales" || row.group.breakdown != "size" || row.event_time != 0) continue;
        if (row.group.suppressed) hidden.push_back(row.group.key);
        if (!row.group.suppressed) smallest_shown = std::min(smallest_shown, row.change.n);
    }
    ASSERT_EQ(hidden.size(), 2U) << "the last band alone would be the total minus the others";
    EXPECT_GE(smallest_shown, specification.minimum_cell);
}

TEST(Evaluate, ARateOverSeveralYearsIsPooledOverTheYearsInWhichBothWereSeen) {
    StudyData data = synthetic_study(1500, 0.2, 5);
    stats::Panel& panel = data.panel;
    std::vector<double> injured(panel.values("injured").begin(), panel.values("injured").end());
    for (std::size_t i = 0; i < panel.firms(); i += 3) {
        const auto year = static_cast<std::size_t>(std::max(panel.adoption_year[i] - panel.first_year(), 0));
        if (panel.adoption_year[i] != 0) injured[i * panel.years() + year] = std::nan("");
    }
    panel.add_variable("injured", injured);
    const auto result = evaluate(synthetic_specification(), data);
    ASSERT_TRUE(result);
    double count = 0;
    double base = 0;
    for (std::size_t i = 0; i < panel.firms(); ++i) {
        const int adopted = panel.adoption_year[i];
        for (int year = adopted; adopted != 0 && year <= adopted + 2; ++year) {
            const double seen = panel.value("injured", i, year);
            if (std::isnan(seen)) continue;
            count += seen;
            base += panel.value("emp", i, year);
        }
    }
    const auto row = std::find_if(result->before_after.begin(), result->before_after.end(), [](const auto& one) {
        return one.outcome == "accidents" && !one.event_time && one.group.breakdown.empty();
    });
    ASSERT_NE(row, result->before_after.end());
    EXPECT_NEAR(row->change.mean_after, 100 * count / base, 1e-12);
}

TEST(Evaluate, ACohortLeftOutIsCountedInTheFlow) {
    StudyData data = synthetic_study(1500, 0.2, 5);
    std::vector<int>& years = data.panel.adoption_year;
    *std::find(years.begin(), years.end(), 0) = 2014;  // one adopter alone has no standard deviation of the score
    const auto result = evaluate(synthetic_specification(), data);
    ASSERT_TRUE(result) << result.error().code;
    const Message* warning = find_message(result->messages, "cohort_left_out");
    ASSERT_NE(warning, nullptr);
    EXPECT_EQ(warning->count, hidden_count) << "one firm alone";
    EXPECT_EQ(warning->arguments.at("year"), "2014");
    std::int64_t adopters = 0;
    for (const int year : years) adopters += year != 0;
    EXPECT_EQ(result->flow.front().firms.treated, adopters);
}

TEST(Evaluate, NoAdoptersNoNonAdoptersNoBaseYear) {
    StudyData data = synthetic_study(50, 0, 1);
    const auto adoption = data.panel.adoption_year;
    std::fill(data.panel.adoption_year.begin(), data.panel.adoption_year.end(), 0);
    EXPECT_EQ(evaluate(synthetic_specification(), data).error().code, "no_adopters");
    std::fill(data.panel.adoption_year.begin(), data.panel.adoption_year.end(), 2015);
    EXPECT_EQ(evaluate(synthetic_specification(), data).error().code, "no_non_adopters");
    for (std::size_t i = 0; i < adoption.size(); ++i) data.panel.adoption_year[i] = adoption[i] == 0 ? 0 : 2012;
    EXPECT_EQ(evaluate(synthetic_specification(), data).error().code, "no_cohort_with_base_year");
}

TEST(Evaluate, UnknownVariableIsNamed) {
    const StudyData data = synthetic_study(200, 0, 1);
    design::Specification specification = synthetic_specification();
    specification.covariates.push_back("no_such_thing");
    const auto result = evaluate(specification, data);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "variable_unknown");
    EXPECT_EQ(result.error().arguments.at("name"), "no_such_thing");
}

TEST(Evaluate, CancelledLeavesAtOnce) {
    const CancellationToken token;
    token.cancel();
    EXPECT_EQ(evaluate(synthetic_specification(), synthetic_study(200, 0, 1), 0, token).error().code, "cancelled");
}

}  // namespace

}  // namespace twinfirm::evaluation
