// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/result_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "twinfirm/evaluation/definition_difference.h"
#include "twinfirm/evaluation/evaluation_json.h"

namespace twinfirm::evaluation {
namespace {

Evaluation small_result() {
    Evaluation result;
    result.specification = design::preset("recommended").value();
    result.specification_hash = design::specification_hash(result.specification);
    result.engine_version = "0.9";
    result.estimand = "ATT";
    result.data = {100, 2012, 2018, 40, 1, 30, {{"panel", 700, "abc"}}};
    for (const char* breakdown : {"", "size"}) {
        for (const std::optional<int> time : {std::optional<int>(), std::optional<int>(1)}) {
            EffectRow effect;
            effect.outcome = "sales";
            effect.group.breakdown = breakdown;
            effect.event_time = time;
            effect.estimator = "did";
            effect.effect.estimate = 0.0125;
            effect.effect.ci_low = -0.5;
            effect.effect.df = HUGE_VAL;
            effect.effect.n_treated = 38;
            effect.percent = 0.0126;
            effect.traps = {"trap_small_cell"};
            result.effects.push_back(effect);
            BeforeAfterRow change;
            change.outcome = "sales";
            change.group.breakdown = breakdown;
            change.event_time = time;
            change.change.n = 39;
            change.change.ratio_of_sums.estimate = 0.25;
            result.before_after.push_back(change);
        }
    }
    return result;
}

TEST(ResultSummary, ReadsWhatWasWrittenOfAllAdopters) {
    const Evaluation written = small_result();
    const auto read = read_result_summary(evaluation_to_json(written), "a/result.json");
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(read->specification, written.specification);
    EXPECT_EQ(read->specification_hash, written.specification_hash);
    EXPECT_EQ(read->data.firms, 100);
    EXPECT_EQ(read->data.tables.at(0).content_hash, "abc");
    ASSERT_EQ(read->effects.size(), 1u) << "no groups and no single years";
    EXPECT_EQ(read->effects[0].effect.estimate, 0.0125);
    EXPECT_EQ(read->effects[0].effect.n_treated, 38);
    EXPECT_TRUE(std::isnan(read->effects[0].effect.ci_high)) << "not available";
    EXPECT_TRUE(std::isinf(read->effects[0].effect.df));
    EXPECT_EQ(read->effects[0].traps, Traps{"trap_small_cell"});
    ASSERT_EQ(read->before_after.size(), 1u);
    EXPECT_EQ(read->before_after[0].change.ratio_of_sums.estimate, 0.25);
}

TEST(ResultSummary, SettingsOfAnEarlierVersionTakeTheirDefaults) {
    std::string json = evaluation_to_json(small_result());
    const std::size_t prices = json.find("  \"prices\": {");
    ASSERT_NE(prices, std::string::npos);
    json.erase(prices, json.find("  \"before_after\"", prices) - prices);
    const auto read = read_result_summary(json, "r");
    ASSERT_TRUE(read) << read.error().code;
    EXPECT_EQ(read->specification, small_result().specification);
}

TEST(ResultSummary, NamesThePlaceOfAFault) {
    const auto faulty = read_result_summary("{\n \"twinfirm_result\": 1,\n }", "x.json");
    ASSERT_FALSE(faulty);
    EXPECT_EQ(faulty.error().code, "result_faulty_json");
    EXPECT_EQ(faulty.error().file, "x.json");
    EXPECT_EQ(faulty.error().line, 3);
    EXPECT_EQ(faulty.error().column, 2);
    for (const char* other : {"[]", "{}", "{\"twinfirm_result\": 2}", "3"}) {
        const auto read = read_result_summary(other, "x.json");
        ASSERT_FALSE(read) << other;
        EXPECT_EQ(read.error().code, "result_version_unknown") << other;
    }
    std::string json = evaluation_to_json(small_result());
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string copy = json;
        const std::size_t place = copy.find(from);
        EXPECT_NE(place, std::string::npos) << from;
        return read_result_summary(copy.replace(place, from.size(), to), "x.json");
    };
    const auto count = changed("\"firms\": 100", "\"firms\": \"many\"");
    ASSERT_FALSE(count);
    EXPECT_EQ(count.error().code, "result_value");
    EXPECT_EQ(count.error().arguments.at("pointer"), "/data/firms");
    EXPECT_EQ(count.error().kind, ErrorKind::input);
    const auto missing = changed("\"percent\": 0.0126,", "");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().arguments.at("pointer"), "/effects/0/percent");
    const auto newer = changed("\"preset\":", "\"set_by_telepathy\": 1, \"preset\":");
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, "result_specification");
    EXPECT_THAT(newer.error().arguments.at("pointer"), ::testing::HasSubstr("set_by_telepathy"));
}

TEST(DefinitionDifferences, NameWhatBearsOnTheHeadlines) {
    const design::Specification first = design::preset("recommended").value();
    EXPECT_TRUE(definition_differences(first, first).empty());

    design::Specification second = first;
    second.title = {"다른", "other"};
    second.seed += 1;
    second.minimum_cell = 5;
    second.sensitivity.enabled = !second.sensitivity.enabled;
    second.outcomes[0].label = {"매출", "Turnover"};
    EXPECT_TRUE(definition_differences(first, second).empty()) << "none of these changes an effect";

    second.matching.caliper = 0.1;
    second.covariates.pop_back();
    second.outcomes[1].metric = design::ChangeMetric::percent;
    second.outcomes.pop_back();
    const auto differences = definition_differences(first, second);
    ASSERT_EQ(differences.size(), 4u);
    EXPECT_EQ(differences[0].setting, "covariates");
    EXPECT_EQ(differences[1], (DefinitionDifference{"", "", "matching/caliper", "0.2", "0.1"}));
    EXPECT_EQ(differences[2],
              (DefinitionDifference{"outcomes", first.outcomes[1].key, "metric", "\"level\"", "\"percent\""}));
    EXPECT_EQ(differences[3].subject, first.outcomes.back().key);
    EXPECT_EQ(differences[3].setting, "");
    EXPECT_EQ(differences[3].second, "");
}

TEST(DefinitionDifferences, BandsCountWhereFirmsAreMatchedWithinThem) {
    const design::Specification first = design::preset("recommended").value();
    design::Specification second = first;
    for (design::Breakdown& breakdown : second.breakdowns) {
        if (!breakdown.edges.empty()) breakdown.edges.back() += 1;
    }
    ASSERT_THAT(first.matching.exact, ::testing::Contains("size"));
    const auto differences = definition_differences(first, second);
    ASSERT_EQ(differences.size(), 1u);
    EXPECT_EQ(differences[0].subject, "size");
    EXPECT_EQ(differences[0].setting, "edges");
}

}  // namespace
}  // namespace twinfirm::evaluation
