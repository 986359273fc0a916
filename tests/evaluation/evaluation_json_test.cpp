// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/evaluation_json.h"

#include <gtest/gtest.h>

#include <limits>

namespace twinfirm::evaluation {

namespace {

Evaluation small() {
    Evaluation evaluation;
    evaluation.data.firms = 12;
    EffectRow row;
    row.outcome = "sales";
    row.effect.estimate = 0.1;
    row.effect.df = std::numeric_limits<double>::infinity();
    evaluation.effects.push_back(row);
    return evaluation;
}

TEST(EvaluationJson, AbsentNumbersAreNullAndNormalIntervalsSayInf) {
    const std::string json = evaluation_to_json(small());
    EXPECT_NE(json.find("\"estimate\": 0.1"), std::string::npos);
    EXPECT_NE(json.find("\"std_error\": null"), std::string::npos);
    EXPECT_NE(json.find("\"df\": \"inf\""), std::string::npos);
    EXPECT_EQ(json.find(": nan"), std::string::npos);
    EXPECT_EQ(json.find("-nan"), std::string::npos);
}

TEST(EvaluationJson, EqualResultsHaveNoDifferences) {
    const std::string json = evaluation_to_json(small());
    EXPECT_TRUE(compare_results(json, json).value().empty());
}

TEST(EvaluationJson, ADifferenceIsNamedByItsPlace) {
    Evaluation other = small();
    other.effects[0].effect.estimate = 0.1 + 1e-15;
    other.data.firms = 13;
    const auto differences = compare_results(evaluation_to_json(small()), evaluation_to_json(other)).value();
    ASSERT_EQ(differences.size(), 2U);
    EXPECT_EQ(differences[0].pointer, "/data/firms");
    EXPECT_EQ(differences[1].pointer, "/effects/0/effect/estimate");
    EXPECT_EQ(differences[1].expected, "0.1");
}

TEST(EvaluationJson, MissingAndAdditionalRowsAreDifferences) {
    Evaluation longer = small();
    longer.effects.push_back(longer.effects[0]);
    const auto more = compare_results(evaluation_to_json(small()), evaluation_to_json(longer)).value();
    ASSERT_EQ(more.size(), 1U);
    EXPECT_EQ(more[0].pointer, "/effects/1");
    EXPECT_EQ(more[0].expected, "");
}

TEST(EvaluationJson, WhatIsNoJsonIsRefused) {
    EXPECT_EQ(compare_results("{", "{}").error().code, "result_not_json");
}

}  // namespace

}  // namespace twinfirm::evaluation
