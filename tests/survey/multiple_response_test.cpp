// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/multiple_response.h"

#include <gtest/gtest.h>

#include <cmath>

#include "twinfirm/survey/answer_coding.h"

namespace twinfirm::survey {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

stats::Column words(const std::vector<std::string>& texts) {
    return stats::Column::from_texts("q1", texts);
}

stats::Column numbers(std::vector<double> values) {
    return stats::Column::numbers("q1", std::move(values));
}

std::vector<double> answers(const stats::Column& column, AnswerCoding coding = AnswerCoding::automatic) {
    return yes_no_answers(column, coding).value();
}

TEST(AnswerCoding, WordsAndNumbers) {
    EXPECT_EQ(answers(words({"예", "아니오", "아니요", "Yes", "n", "해당 없음", "○", "x"})),
              (std::vector<double>{1, 0, 0, 1, 0, 0, 1, 0}));
    EXPECT_EQ(answers(numbers({1, 0, 0})), (std::vector<double>{1, 0, 0}));
    EXPECT_EQ(answers(numbers({1, 2, 2}), AnswerCoding::one_two), (std::vector<double>{1, 0, 0}));
    EXPECT_EQ(answers(words({"3", "", "가"}), AnswerCoding::marked), (std::vector<double>{1, 0, 1}));
    EXPECT_TRUE(std::isnan(answers(words({"예", ""}))[1]));
    EXPECT_TRUE(std::isnan(answers(numbers({1, missing}))[1]));
}

TEST(AnswerCoding, OneAndTwoAreNotGuessed) {
    const auto unclear = yes_no_answers(numbers({1, 2, missing}), AnswerCoding::automatic);
    ASSERT_FALSE(unclear);
    EXPECT_EQ(unclear.error().code, "survey_coding_unclear");
    const auto wrong = yes_no_answers(numbers({1, 0, 9}), AnswerCoding::one_zero);
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, "survey_answer_unknown");
    EXPECT_EQ(wrong.error().arguments.at("row"), "3");
    EXPECT_EQ(yes_no_answers(words({"아마"}), AnswerCoding::automatic).error().code, "survey_answer_unknown");
    EXPECT_FALSE(parse_answer_coding("2/1"));
    EXPECT_EQ(parse_answer_coding("1/2"), AnswerCoding::one_two);
}

class MultipleResponseTest : public testing::Test {
  protected:
    SampleDesign design = SampleDesign::make({{2, 2, 1, 1, 1, 1}, {}, {}, {}}).value();
    // The last firm was led past the question and answered all the same; the fourth left it blank.
    std::vector<ResponseItem> items{{"생산효율", {1, 1, 0, 0, 1, 1}}, {"품질", {1, 0, 1, missing, 0, 0}}};
    std::vector<char> adopters{1, 1, 1, 1, 1, 0};
};

TEST_F(MultipleResponseTest, SharesOfRespondentsAndOfAnswers) {
    const MultipleResponse result = multiple_response(design, items, adopters);
    EXPECT_EQ(result.base, 4);
    EXPECT_EQ(result.without_answer, 1);
    EXPECT_EQ(result.outside_answers, 1);
    EXPECT_NEAR(result.shares[0].of_respondents.value, 5.0 / 6, 1e-15);
    EXPECT_NEAR(result.shares[1].of_respondents.value, 3.0 / 6, 1e-15);
    EXPECT_NEAR(result.shares[0].of_answers.value, 5.0 / 8, 1e-15);
    EXPECT_NEAR(result.shares[1].of_answers.value, 3.0 / 8, 1e-15);
    EXPECT_NEAR(result.answers_each, 8.0 / 6, 1e-15);
    EXPECT_EQ(result.shares[0].of_respondents.n, 4);
    // Two parts of one whole have the same error.
    EXPECT_NEAR(result.shares[0].of_answers.std_error, result.shares[1].of_answers.std_error, 1e-15);
    EXPECT_GT(result.shares[0].of_answers.std_error, 0);
}

TEST_F(MultipleResponseTest, BlanksMayBelongToTheBase) {
    const MultipleResponse result = multiple_response(design, items, adopters, true);
    EXPECT_EQ(result.base, 5);
    EXPECT_NEAR(result.shares[0].of_respondents.value, 5.0 / 7, 1e-15);
    EXPECT_NEAR(result.shares[0].of_answers.value, 5.0 / 8, 1e-15);
}

}  // namespace
}  // namespace twinfirm::survey
