// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/differencing.h"

#include <gtest/gtest.h>

#include "evaluation/synthetic_study.h"
#include "twinfirm/evaluation/evaluate.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::app {
namespace {

evaluation::ResultSummary summary_of(const evaluation::Evaluation& result) {
    return evaluation::read_result_summary(evaluation::evaluation_to_json(result), "result.json").value();
}

TEST(Differencing, ResultsThatDifferByAFirmOrTwoAreWarnedOf) {
    evaluation::StudyData data = evaluation::synthetic_study(1200, 0.2, 5);
    const auto specification = evaluation::synthetic_specification();
    const auto all = evaluate(specification, data).value();
    EXPECT_TRUE(differencing_messages(all, summary_of(all)).empty()) << "the same firms tell nothing";
    std::size_t adopter = 0;
    while (data.panel.adoption_year[adopter] == 0) ++adopter;
    data.survey["prod_after"][adopter] = std::nan("");
    const auto without = evaluate(specification, data).value();
    const Messages messages = differencing_messages(without, summary_of(all));
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(messages.front().code, "differencing_firms");
    EXPECT_EQ(messages.front().count, 1);
    EXPECT_EQ(messages.front().arguments.at("outcome"), "productivity");
    // A study of other years differs by many.
    const auto fewer = evaluate(specification, evaluation::synthetic_study(700, 0.2, 5)).value();
    EXPECT_TRUE(differencing_messages(fewer, summary_of(all)).empty());
}

}  // namespace
}  // namespace twinfirm::app
