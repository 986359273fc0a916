// SPDX-License-Identifier: GPL-3.0-or-later
// Why units stay out, what an analyst is told, and what is refused.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/message_search.h"
#include "matching/brute_force.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::matching {
namespace {

using design::MatchingSettings;
using test::Instance;
using test::random_instance;

const double missing = std::nan("");

MatchingSettings with_raw_caliper(double width) {
    MatchingSettings settings;
    settings.caliper = width;
    settings.caliper_unit = design::CaliperUnit::raw;
    return settings;
}

TEST(MatchReasons, EachUnitHasItsOwn) {
    //                                  0    1    2    3     4        5     6    7    8    9
    const std::vector<double> score = {0.5, 0.5, 5.0, 0.4, missing, 0.45, 0.5, 8.0, 0.1, 0.52};
    const std::vector<std::uint8_t> treated = {1, 1, 1, 1, 1, 0, 0, 0, 0, 0};
    const std::vector<std::int32_t> stratum = {0, 0, 0, 1, 0, 0, -1, 0, 2, 0};
    std::vector<Reason> preset(10, Reason::matched);
    preset[9] = Reason::outside_support;
    const auto sample = nearest_neighbor({score, treated, stratum, {}, preset}, with_raw_caliper(0.2));
    ASSERT_TRUE(sample) << sample.error().code;
    EXPECT_EQ(sample->reason, (std::vector<Reason>{Reason::matched, Reason::candidates_used_up, Reason::outside_caliper,
                                                   Reason::no_candidate_in_stratum, Reason::missing_covariate,
                                                   Reason::matched, Reason::missing_covariate, Reason::outside_caliper,
                                                   Reason::no_candidate_in_stratum, Reason::outside_support}));
}

TEST(MatchReasons, MatchedIfAndOnlyIfWeightedAndExplainedOtherwise) {
    Random random(5);
    for (int repeat = 0; repeat < 200; ++repeat) {
        Instance instance = random_instance(random, 25, 30, 3);
        for (double& score : instance.score) {
            if (random.below(10) == 0) score = missing;
        }
        MatchingSettings settings = with_raw_caliper(0.25);
        settings.discard = static_cast<design::Discard>(random.below(4));
        settings.ratio = 1 + static_cast<int>(random.below(2));
        const auto sample = nearest_neighbor(instance.problem(), settings);
        if (!sample) continue;
        for (std::size_t i = 0; i < instance.size(); ++i) {
            const Reason reason = sample->reason[i];
            ASSERT_EQ(reason == Reason::matched, sample->weight[i] > 0);
            ASSERT_EQ(reason == Reason::missing_covariate, std::isnan(instance.score[i]));
            double nearest = INFINITY;
            double nearest_free = INFINITY;
            std::size_t candidates = 0;
            for (std::size_t j = 0; j < instance.size(); ++j) {
                const bool out =
                    sample->reason[j] == Reason::missing_covariate || sample->reason[j] == Reason::outside_support;
                if (instance.treated[i] == instance.treated[j] || instance.stratum[i] != instance.stratum[j] || out) {
                    continue;
                }
                ++candidates;
                const double distance = std::abs(instance.score[i] - instance.score[j]);
                nearest = std::min(nearest, distance);
                if (sample->weight[j] == 0) nearest_free = std::min(nearest_free, distance);
            }
            ASSERT_TRUE(reason != Reason::no_candidate_in_stratum || candidates == 0);
            ASSERT_TRUE(reason != Reason::outside_caliper || nearest > 0.25);
            if (reason == Reason::candidates_used_up) {
                ASSERT_EQ(instance.treated[i], 1);
                ASSERT_LE(nearest, 0.25);
                ASSERT_GT(nearest_free, 0.25);
            }
            if (reason == Reason::not_selected) {
                ASSERT_EQ(instance.treated[i], 0);
                ASSERT_LE(nearest, 0.25);
            }
        }
    }
}

TEST(MatchReasons, CodesAreDistinct) {
    std::map<std::string_view, int> codes;
    for (int i = 0; i <= static_cast<int>(Reason::not_selected); ++i) ++codes[reason_code(static_cast<Reason>(i))];
    EXPECT_EQ(codes.size(), 8);
    EXPECT_EQ(reason_code(Reason::outside_caliper), "outside_caliper");
}

TEST(MatchWarnings, ManyLostToTheCaliper) {
    std::vector<double> score(20, 0.5);
    std::vector<std::uint8_t> treated(20, 0);
    for (std::size_t i = 0; i < 10; ++i) treated[i] = 1;
    score[0] = 3;
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, with_raw_caliper(0.1));
    ASSERT_TRUE(sample);
    const Message* message = find_message(sample->messages, "caliper_drops_many");
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->count, 1);
    EXPECT_EQ(message->arguments.at("total"), "10");
    EXPECT_EQ(message->arguments.at("percent"), "10.0");
    EXPECT_NE(find_message(sample->messages, "match_ties"), nullptr);
}

TEST(MatchWarnings, OneControlForMany) {
    std::vector<double> score(13, 0.5);
    score[12] = 9;
    std::vector<std::uint8_t> treated(13, 1);
    treated[11] = 0;
    treated[12] = 0;
    MatchingSettings settings;
    settings.replace = true;
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, settings);
    ASSERT_TRUE(sample);
    const Message* message = find_message(sample->messages, "match_used_often");
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->arguments.at("most"), "11");
}

TEST(MatchWarnings, StrataWithMoreAdoptersThanControls) {
    const std::vector<double> score = {1, 2, 3, 4};
    const std::vector<std::uint8_t> treated = {1, 1, 1, 0};
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, MatchingSettings{});
    ASSERT_TRUE(sample);
    const Message* message = find_message(sample->messages, "strata_short_of_candidates");
    ASSERT_NE(message, nullptr);
    EXPECT_EQ(message->arguments.at("lacking"), "2");
    EXPECT_NE(find_message(sample->messages, "match_drops_many"), nullptr);
}

/// The error of a matching that must fail.
Error error_of(const MatchProblem& problem, const MatchingSettings& settings) {
    const auto sample = nearest_neighbor(problem, settings);
    return sample ? Error{} : sample.error();
}

TEST(MatchErrors, CaliperThatDropsEverybodySaysWhatWouldHelp) {
    const std::vector<double> score = {1, 2, 9, 1.5, 4};
    const std::vector<std::uint8_t> treated = {1, 1, 1, 0, 0};
    const Error error = error_of({score, treated, {}, {}, {}}, with_raw_caliper(0.25));
    EXPECT_EQ(error.code, "caliper_drops_all");
    EXPECT_EQ(error.kind, ErrorKind::statistics);
    EXPECT_EQ(error.arguments.at("smallest"), "0.5");
    EXPECT_EQ(error.arguments.at("half"), "0.5");
    EXPECT_EQ(error.arguments.at("caliper"), "0.25");
}

/// Four digits, and a caliper of the width shown keeps the pair that it promises.
TEST(MatchErrors, WidthsInSentencesAreRoundedUp) {
    const std::vector<double> score = {1, 1 + 1.0 / 3};
    const std::vector<std::uint8_t> treated = {1, 0};
    const Error error = error_of({score, treated, {}, {}, {}}, with_raw_caliper(0.25));
    EXPECT_EQ(error.arguments.at("smallest"), "0.3334");
    EXPECT_TRUE(nearest_neighbor({score, treated, {}, {}, {}}, with_raw_caliper(0.3334)));
}

TEST(MatchErrors, WrongSettings) {
    const std::vector<double> score = {1, 2};
    const std::vector<std::uint8_t> treated = {1, 0};
    const MatchProblem problem{score, treated, {}, {}, {}};
    MatchingSettings ate;
    ate.estimand = design::Estimand::ate;
    EXPECT_EQ(error_of(problem, ate).code, "estimand_not_for_nearest");
    EXPECT_EQ(error_of(problem, ate).kind, ErrorKind::usage);
    MatchingSettings no_ratio;
    no_ratio.ratio = 0;
    EXPECT_EQ(error_of(problem, no_ratio).code, "ratio_value");
    EXPECT_EQ(error_of(problem, with_raw_caliper(0)).code, "caliper_value");
    EXPECT_EQ(error_of(problem, with_raw_caliper(missing)).code, "caliper_value");
    MatchingSettings pooled;
    pooled.caliper = 0.2;
    EXPECT_EQ(error_of(problem, pooled).code, "caliper_sd_undefined");
}

TEST(MatchErrors, NobodyToMatch) {
    const std::vector<double> score = {1, 2};
    EXPECT_EQ(error_of({score, std::vector<std::uint8_t>{0, 0}, {}, {}, {}}, {}).code, "no_treated");
    EXPECT_EQ(error_of({score, std::vector<std::uint8_t>{1, 1}, {}, {}, {}}, {}).code, "no_controls");
    const std::vector<std::uint8_t> treated = {1, 0};
    EXPECT_EQ(error_of({score, treated, std::vector<std::int32_t>{0, 1}, {}, {}}, {}).code, "no_shared_strata");
    MatchingSettings common;
    common.discard = design::Discard::both;
    EXPECT_EQ(error_of({score, treated, {}, {}, {}}, common).code, "no_common_support");
    EXPECT_EQ(error_of({std::vector<double>{INFINITY, 1}, treated, {}, {}, {}}, {}).code, "score_not_finite");
}

TEST(MatchWarnings, AFewTiesAreNoWarning) {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    for (int i = 0; i < 300; ++i) {
        score.push_back(i);
        treated.push_back(1);
        score.push_back(i + 0.1);
        treated.push_back(0);
    }
    score.push_back(0.1);  // as near to the first adopter as its own partner
    treated.push_back(0);
    const auto sample = nearest_neighbor({score, treated, {}, {}, {}}, with_raw_caliper(0.2));
    ASSERT_TRUE(sample);
    EXPECT_EQ(sample->tied_choices, 1U);
    EXPECT_EQ(find_message(sample->messages, "match_ties"), nullptr);
}

}  // namespace
}  // namespace twinfirm::matching
