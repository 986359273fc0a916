// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/matching/verify_match.h"

#include <gtest/gtest.h>

#include <vector>

#include "twinfirm/matching/match.h"

namespace twinfirm::matching {
namespace {

/// Two adopters, three non-adopters, two strata; every test spoils the right result in one way.
class VerifyMatch : public testing::Test {
  protected:
    void SetUp() override {
        settings.caliper = 0.3;
        settings.caliper_unit = design::CaliperUnit::raw;
        auto result = nearest_neighbor(problem, settings);
        ASSERT_TRUE(result);
        sample = *std::move(result);
        ASSERT_EQ(sample.pairs, (std::vector<Pair>{{0, 2, 0.125}, {1, 3, 0.25}}));
    }

    const std::vector<double> score = {0.5, 1.0, 0.625, 0.75, 0.75};
    const std::vector<std::uint8_t> treated = {1, 1, 0, 0, 0};
    const std::vector<std::int32_t> stratum = {0, 1, 0, 1, 0};
    const MatchProblem problem{score, treated, stratum, {}, {}};
    design::MatchingSettings settings;
    MatchedSample sample;
};

TEST_F(VerifyMatch, RightResultPasses) {
    const MatchVerification seen = verify_match(problem, settings, sample);
    EXPECT_EQ(seen.violations(), 0);
    EXPECT_EQ(seen.pairs_checked, 2);
    EXPECT_EQ(seen.units_checked, 5);
    EXPECT_EQ(seen.nearest_checked, 2);
    EXPECT_EQ(sample.verification, seen);
}

TEST_F(VerifyMatch, PairBeyondTheCaliper) {
    sample.caliper_raw = 0.2;
    EXPECT_EQ(verify_match(problem, settings, sample).caliper_violations, 1);
}

TEST_F(VerifyMatch, DistanceThatIsNotTheScores) {
    sample.pairs[0].distance = 0.01;
    EXPECT_EQ(verify_match(problem, settings, sample).caliper_violations, 1);
}

TEST_F(VerifyMatch, PairOfTwoStrata) {
    sample.pairs[1] = {1, 4, 0.25};
    EXPECT_EQ(verify_match(problem, settings, sample).stratum_violations, 1);
}

TEST_F(VerifyMatch, UnitInTwoSets) {
    sample.pairs[1] = {1, 2, 0.375};
    EXPECT_EQ(verify_match(problem, settings, sample).reuse_violations, 1);
}

TEST_F(VerifyMatch, WeightWithoutASet) {
    sample.weight[4] = 1;
    EXPECT_EQ(verify_match(problem, settings, sample).unit_violations, 1);
}

TEST_F(VerifyMatch, WeightsAloneAddUpToTheUnitsOfEachArm) {
    settings.method = design::MatchMethod::weighting;
    MatchedSample weighted;
    weighted.form = SampleForm::weights;
    weighted.treated = {1, 1, 0, 0, 0};
    weighted.weight = {1, 1, 0.5, 1.5, 0};
    weighted.reason = {Reason::matched, Reason::matched, Reason::matched, Reason::matched, Reason::outside_support};
    weighted.subclass = {-1, -1, -1, -1, -1};
    EXPECT_EQ(verify_match(problem, settings, weighted).unit_violations, 0);
    for (const std::size_t unit : {0U, 2U}) {
        for (const double more : {0.25, -0.25}) {
            MatchedSample spoilt = weighted;
            spoilt.weight[unit] += more;
            EXPECT_EQ(verify_match(problem, settings, spoilt).unit_violations, 1) << unit;
        }
    }
}

TEST_F(VerifyMatch, NearerCandidateLeftStanding) {
    sample.pairs[0] = {0, 4, 0.25};
    EXPECT_EQ(verify_match(problem, settings, sample).nearest_violations, 1);
}

TEST(VerifySets, ASetOfSeveralOnBothSidesIsNoSmallestCover) {
    const std::vector<double> score{0, 0.125, 0.25, 0.375};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::full;
    MatchedSample sample;
    sample.form = SampleForm::sets;
    sample.treated = treated;
    sample.weight = {1, 1, 1, 1};
    sample.reason.assign(4, Reason::matched);
    sample.subclass = {0, 0, 0, 0};
    EXPECT_EQ(verify_match({score, treated, {}, {}, {}}, settings, sample).set_violations, 1);
}

TEST(VerifySets, WeightsThatDoNotAddUpToTheUnits) {
    const std::vector<double> score{0, 0.125, 1, 1.25};
    const std::vector<std::uint8_t> treated{1, 0, 1, 0};
    const MatchProblem problem{score, treated, {}, {}, {}};
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::full;
    const auto sample = match(problem, settings);
    ASSERT_TRUE(sample);
    for (const double factor : {0.5, 2.0}) {
        MatchedSample scaled = *sample;
        for (double& weight : scaled.weight) weight *= factor;
        EXPECT_EQ(verify_match(problem, settings, scaled).unit_violations, 2) << "both arms, " << factor;
    }
}

TEST(VerifyKernel, WeightsOfOneArmAloneAreViolationsAndNoCrash) {
    const std::vector<double> score{0, 0.125, 0.25, 0.375};
    const std::vector<std::uint8_t> treated{1, 1, 0, 0};
    design::MatchingSettings settings;
    settings.method = design::MatchMethod::kernel;
    MatchedSample sample;
    sample.form = SampleForm::weights;
    sample.bandwidth = 1;
    sample.treated = treated;
    sample.weight = {0, 0, 1, 1};
    sample.reason.assign(4, Reason::matched);
    sample.subclass = {-1, -1, -1, -1};
    EXPECT_GE(verify_match({score, treated, {}, {}, {}}, settings, sample).unit_violations, 2);
}

}  // namespace
}  // namespace twinfirm::matching
