// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/narrative.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "report/evaluation_fixture.h"
#include "twinfirm/report/caveats.h"

namespace twinfirm::report {
namespace {

using ::testing::Contains;
using testing::effect_row;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::small_evaluation;

const double nan = effects::not_available;

std::string sales(double effect, double low, double high, Language language = Language::korean) {
    return effect_sentence(small_evaluation(), effect_row("sales", {}, 2, effect, low, high), language);
}

TEST(Narrative, ClaimsAChangeOnlyWhenTheIntervalExcludesZero) {
    EXPECT_EQ(verdict(0.1, 0.2), Verdict::increase);
    EXPECT_EQ(verdict(-0.2, -0.1), Verdict::decrease);
    EXPECT_EQ(verdict(-0.1, 0.1), Verdict::not_significant);
    EXPECT_EQ(verdict(0, 0.1), Verdict::not_significant);
    EXPECT_EQ(verdict(-0.1, 0), Verdict::not_significant);
    EXPECT_EQ(verdict(nan, 0.1), Verdict::not_available);
}

TEST(Narrative, StatesSizeDirectionIntervalAndCount) {
    EXPECT_EQ(
        sales(0.0535, 0.031, 0.0765),
        "매출액: 도입 2년 후 기준, 매칭된 미도입기업 대비 5.4% 증가, 95% 신뢰구간 [3.1, 7.7], 도입기업 1,234개사");
    EXPECT_EQ(
        sales(-0.0535, -0.0765, -0.031),
        "매출액: 도입 2년 후 기준, 매칭된 미도입기업 대비 5.4% 감소, 95% 신뢰구간 [△7.7, △3.1], 도입기업 1,234개사");
    EXPECT_EQ(sales(0.0535, 0.031, 0.0765, Language::english),
              "Sales: 5.4% increase relative to matched non-adopters, year 2 after adoption (95% confidence interval "
              "[3.1, 7.7]; 1,234 adopters)");
}

TEST(Narrative, CallsAnIntervalWithZeroNotSignificant) {
    const std::string korean = sales(0.02, -0.01, 0.05);
    EXPECT_THAT(korean, HasSubstr("통계적으로 유의하지 않음"));
    EXPECT_THAT(korean, Not(HasSubstr("증가")));
    const std::string english = sales(0.02, -0.01, 0.05, Language::english);
    EXPECT_THAT(english, HasSubstr("not statistically significant"));
    EXPECT_THAT(english, Not(HasSubstr("increase")));
}

TEST(Narrative, WithholdsJudgementWithoutAnInterval) {
    EXPECT_THAT(sales(0.5, nan, nan), HasSubstr("판단을 보류"));
    EXPECT_THAT(sales(nan, nan, nan), HasSubstr("계산할 수 없음"));
    auto hidden = effect_row("sales", {"size", "0", {}, true}, 2, 0.5, 0.4, 0.6);
    const std::string sentence = effect_sentence(small_evaluation(), hidden, Language::korean);
    EXPECT_THAT(sentence, HasSubstr("비공개"));
    EXPECT_THAT(sentence, Not(HasSubstr("50")));
}

TEST(Narrative, CallsAFallOfAccidentsAnImprovement) {
    const auto fall = effect_row("accidents", {}, 0, -0.12, -0.2, -0.04);
    EXPECT_THAT(effect_sentence(small_evaluation(), fall, Language::korean), HasSubstr("0.12%p 감소(개선)"));
    EXPECT_THAT(effect_sentence(small_evaluation(), fall, Language::english),
                HasSubstr("0.12 pp decrease (improvement)"));
    const auto rise = effect_row("accidents", {}, 0, 0.12, 0.04, 0.2);
    EXPECT_THAT(effect_sentence(small_evaluation(), rise, Language::korean), HasSubstr("0.12%p 증가(악화)"));
    const auto quality = testing::before_after_row("quality", {}, -0.435);
    EXPECT_THAT(before_after_sentence(small_evaluation(), quality, Language::korean), HasSubstr("43.5% 감소(개선)"));
}

TEST(Narrative, NamesWhoseEffectItIs) {
    auto evaluation = small_evaluation();
    EXPECT_THAT(estimand_sentence(evaluation, Language::korean), HasSubstr("4,991개사 중 11개사가 매칭에서 제외"));
    evaluation.flow[2].firms.treated = 4991;
    EXPECT_THAT(estimand_sentence(evaluation, Language::korean), HasSubstr("평균처치효과(ATT), 즉"));
    evaluation.specification.matching.estimand = design::Estimand::ate;
    EXPECT_THAT(estimand_sentence(evaluation, Language::english), HasSubstr("(ATE)"));
}

TEST(Narrative, CountsUnbalancedCovariatesAndNamesThem) {
    auto evaluation = small_evaluation();
    EXPECT_THAT(balance_sentence(evaluation, Language::korean), HasSubstr("2개 중 매칭 전 2개"));
    EXPECT_THAT(balance_sentence(evaluation, Language::korean), HasSubstr("모두 기준 이하"));
    evaluation.balance[1].after.smd = -0.15;
    EXPECT_THAT(balance_sentence(evaluation, Language::korean), HasSubstr("매칭 후 1개임(남은 불균형: 매출액(로그))"));
    evaluation.balance[1].after.smd = nan;
    EXPECT_THAT(balance_sentence(evaluation, Language::korean), HasSubstr("매칭 후 1개임"));
}

TEST(Narrative, DoesNotTakeAMissingPreTrendForParallelTrends) {
    auto evaluation = small_evaluation();
    EXPECT_THAT(pre_trend_sentence(evaluation, "sales", Language::korean), HasSubstr("입증하는 것은 아님"));
    EXPECT_THAT(pre_trend_sentence(evaluation, "accidents", Language::korean),
                HasSubstr("이미 통계적으로 유의한 차이가 있어(도입 2년 전)"));
    std::erase_if(evaluation.effects, [](const auto& row) { return row.event_time == -2; });
    EXPECT_THAT(pre_trend_sentence(evaluation, "sales", Language::korean), HasSubstr("확인할 자료가 없음"));
}

TEST(Narrative, RanksGroupsOnlyWhenTheyDiffer) {
    const auto evaluation = small_evaluation();
    EXPECT_THAT(heterogeneity_sentence(evaluation, evaluation.heterogeneity[0], Language::korean),
                HasSubstr("순위로 해석할 수 없음(Q=0.50, 자유도 1, p값 0.480)"));
    EXPECT_THAT(heterogeneity_sentence(evaluation, evaluation.heterogeneity[1], Language::english),
                HasSubstr("statistically significant degree (Q=9.00, df=1, p-value 0.003)"));
}

TEST(Narrative, SummarizesInThreeSentences) {
    const auto summary = summary_sentences(small_evaluation(), Language::korean);
    ASSERT_EQ(summary.size(), 3u);
    EXPECT_EQ(summary[1].key, "summary.effects");
    EXPECT_THAT(summary[0].text, HasSubstr("4,991개사 중 4,980개사"));
    EXPECT_THAT(summary[1].text, HasSubstr("매출액 5.4% 증가 [3.1, 7.7], 산업재해율 0.12%p 감소(개선) [△0.20, △0.04]"));
    EXPECT_THAT(summary[2].text, HasSubstr("도입 효과로 해석할 수 없음"));
    EXPECT_EQ(summary_sentences({}, Language::english).size(), 3u);
}

TEST(Caveats, ListEachTrapAndWarningOnce) {
    auto evaluation = small_evaluation();
    evaluation.messages = {{"cancelled", Severity::warning, {}, 0}, {"disk_full", Severity::info, {}, 0}};
    evaluation.cohorts.push_back(evaluation.cohorts.front());
    evaluation.cohorts.back().year = 2016;
    for (auto& cohort : evaluation.cohorts)
        cohort.messages = {{"file_not_found", Severity::warning, {{"path", "a"}}, 0}};
    const auto lines = caveats(evaluation, Language::korean);
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_THAT(lines[0], HasSubstr("(해당 수치 1개)"));
    EXPECT_THAT(lines[2], HasSubstr("2015, 2016년 도입기업: "));
    EXPECT_THAT(lines[3], HasSubstr("관측되지 않은"));
    EXPECT_EQ(caveats(evaluation, Language::english).size(), 5u);
}

}  // namespace
}  // namespace twinfirm::report
