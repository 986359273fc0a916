// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/report/sensitivity_tables.h"

#include <gtest/gtest.h>

#include <cmath>

#include "report/evaluation_fixture.h"
#include "twinfirm/design/specification.h"
#include "twinfirm/report/narrative.h"
#include "twinfirm/report/sample_tables.h"

namespace twinfirm::report {

namespace {

evaluation::Evaluation evaluated() {
    evaluation::Evaluation result;
    result.specification = design::preset("recommended").value();
    evaluation::SensitivityRow row;
    row.outcome = "sales";
    row.estimate = 0.1;
    row.std_error = 0.02;
    row.test = "signed_rank";
    row.sets = 812;
    row.largest_gamma = 1.62;
    row.gammas = {{1, 0.0001, 0.1, 0.1}, {2, 0.2, 0.02, 0.19}};
    row.e_value = 1.9;
    row.e_value_interval = 1.5;
    row.regression.robustness_value = 0.123;
    row.regression.robustness_value_alpha = 0.081;
    effects::BenchmarkBound bound;
    bound.covariate = "log(emp)";
    bound.multiple = 2;
    bound.estimate = std::log(1.05);
    bound.ci_low = std::log(1.01);
    bound.ci_high = std::log(1.09);
    row.regression.bounds = {bound};
    result.sensitivity = {row};
    evaluation::SensitivityRow weak;
    weak.outcome = "employment";
    weak.e_value = 1.2;
    weak.e_value_interval = 1;
    result.sensitivity.push_back(weak);
    return result;
}

TEST(SensitivityTables, SayWhatAHiddenFactorWouldHaveToBe) {
    const evaluation::Evaluation evaluation = evaluated();
    const Table table = sensitivity_table(evaluation, Language::korean);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0][1].text, "1.62");
    EXPECT_EQ(table.rows[0][5].text, "12.3");
    EXPECT_EQ(table.rows[1][1].text, "-") << "no bounds without pairs";
    EXPECT_EQ(sensitivity_bounds_table(evaluation, Language::english).rows.size(), 2U);
    const Table benchmarks = sensitivity_benchmarks_table(evaluation, Language::english);
    ASSERT_EQ(benchmarks.rows.size(), 1U);
    EXPECT_NE(benchmarks.rows[0][4].text.find("5.0"), std::string::npos) << benchmarks.rows[0][4].text;
    const auto lines = sensitivity_lines(evaluation, Language::english);
    ASSERT_EQ(lines.size(), 4U) << "three of sales, one of employment";
    for (const std::string& line : lines) EXPECT_EQ(line.find('{'), std::string::npos) << line;
}

TEST(SensitivityTables, AreEmptyWithoutThem) {
    const evaluation::Evaluation nothing;
    EXPECT_TRUE(sensitivity_table(nothing, Language::korean).rows.empty());
    EXPECT_TRUE(sensitivity_lines(nothing, Language::korean).empty());
}

TEST(DesignsWithoutSets, AreNotCalledMatched) {
    evaluation::Evaluation evaluation;
    evaluation.specification = design::preset("basic").value();
    evaluation.specification.matching.method = design::MatchMethod::weighting;
    evaluation.estimand = "ATT";
    evaluation.flow = {{"matched", {10, 20}}};
    evaluation::Cohort cohort;
    cohort.year = 2019;
    cohort.size.ess_control = 12.34;
    cohort.auc = 0.7;
    evaluation.cohorts = {cohort};
    const Table flow = flow_table(evaluation, Language::english);
    EXPECT_EQ(flow.rows[0][0].text, "Compared");
    const Table cohorts = cohort_table(evaluation, Language::english);
    EXPECT_EQ(cohorts.columns.size(), 7U) << "no caliper, no distances";
    evaluation.specification.matching.weighting = design::Weighting::overlap;
    evaluation.estimand = "ATO";
    EXPECT_NE(estimand_sentence(evaluation, Language::english).find("ATO"), std::string::npos);
}

}  // namespace

}  // namespace twinfirm::report
