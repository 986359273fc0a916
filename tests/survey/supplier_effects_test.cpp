// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/supplier_effects.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "twinfirm/base/random.h"

namespace twinfirm::survey {
namespace {

/// Suppliers with `firms` customers each, whose true effects scatter with `between` around 10.
std::vector<SupplierEvent> made_up(std::size_t suppliers, std::size_t firms, double between, std::uint64_t seed,
                                   std::vector<double>* truth = nullptr) {
    std::vector<SupplierEvent> events;
    Random random(seed);
    for (std::size_t j = 0; j < suppliers; ++j) {
        const double theta = 10 + between * random.normal();
        if (truth != nullptr) truth->push_back(theta);
        for (std::size_t i = 0; i < firms + j % 5; ++i) {
            events.push_back({"S" + std::to_string(100 + j), "F" + std::to_string(j) + "_" + std::to_string(i),
                              1 + static_cast<int>(i % 3), theta + 4 * random.normal()});
        }
    }
    return events;
}

TEST(SupplierEffects, ShrunkenIntervalsHoldTheTruthAndAreNearerToItThanTheMeans) {
    int held = 0;
    int all = 0;
    double error = 0;
    double naive = 0;
    for (std::uint64_t seed = 1; seed <= 120; ++seed) {
        std::vector<double> truth;
        const SupplierFindings findings = supplier_effects(made_up(20, 4, 1.5, seed, &truth));
        for (const SupplierFinding& finding : findings.suppliers) {
            const double theta = truth.at(static_cast<std::size_t>(std::stoi(finding.supplier.substr(1))) - 100);
            held += finding.interval.low <= theta && theta <= finding.interval.high ? 1 : 0;
            ++all;
            error += (finding.shrunken - theta) * (finding.shrunken - theta);
            naive += (finding.mean - theta) * (finding.mean - theta);
        }
    }
    EXPECT_NEAR(static_cast<double>(held) / all, 0.95, 0.02);
    EXPECT_LT(error, 0.75 * naive);
}

TEST(SupplierEffects, SuppliersThatDoNotDifferAreDrawnTogether) {
    int zero = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const SupplierFindings findings = supplier_effects(made_up(15, 5, 0, seed));
        zero += findings.between_sd == 0 ? 1 : 0;
        EXPECT_GT(findings.q_p, 1e-5);
    }
    EXPECT_GE(zero, 15);  // tau is 0 about every second time
}

TEST(SupplierEffects, WhatIsToldDoesNotDependOnTheOrderOfRows) {
    std::vector<SupplierEvent> events = made_up(8, 4, 2, 3);
    const SupplierFindings first = supplier_effects(events);
    std::reverse(events.begin(), events.end());
    const SupplierFindings again = supplier_effects(events);
    ASSERT_EQ(first.suppliers.size(), again.suppliers.size());
    EXPECT_EQ(first.between_sd, again.between_sd);
    for (std::size_t i = 0; i < first.suppliers.size(); ++i) {
        EXPECT_EQ(first.suppliers[i].supplier, again.suppliers[i].supplier);
        EXPECT_EQ(first.suppliers[i].shrunken, again.suppliers[i].shrunken);
    }
}

TEST(SupplierEffects, FewFirmsAreWithheldAndStillEnterTheMean) {
    std::vector<SupplierEvent> events = made_up(6, 4, 1, 9);
    events.push_back({"small", "A", 2, 100});
    events.push_back({"small", "B", 2, 120});
    events.push_back({"", "C", 1, 5});
    const SupplierFindings findings = supplier_effects(events);
    const auto small = std::find_if(findings.suppliers.begin(), findings.suppliers.end(),
                                    [](const SupplierFinding& finding) { return finding.supplier == "small"; });
    ASSERT_NE(small, findings.suppliers.end());
    EXPECT_EQ(small->firms, 2);
    EXPECT_TRUE(small->effect_withheld);
    EXPECT_TRUE(small->levels_withheld);
    EXPECT_TRUE(small->levels.empty());
    EXPECT_TRUE(std::isnan(small->mean));
    EXPECT_TRUE(std::isnan(small->shrunken));
    EXPECT_EQ(findings.without_supplier, 1);
    EXPECT_GT(findings.mean, 12);
    EXPECT_TRUE(std::any_of(findings.messages.begin(), findings.messages.end(),
                            [](const Message& message) { return message.code == "suppliers_withheld"; }));
}

TEST(SupplierEffects, AFirmThatAdoptsTwiceCountsOnce) {
    const SupplierFindings findings = supplier_effects({{"A", "1", 1, 4}, {"A", "1", 2, 6}, {"A", "2", 1, 7}});
    ASSERT_EQ(findings.suppliers.size(), 1u);
    EXPECT_EQ(findings.suppliers[0].firms, 2);
    EXPECT_EQ(findings.suppliers[0].n, 2);
    EXPECT_EQ(findings.n, 2);
    EXPECT_EQ(findings.firms, 2);
}

TEST(SupplierEffects, UnderFourSuppliersNothingIsShrunk) {
    const SupplierFindings findings = supplier_effects(made_up(3, 6, 1, 2));
    EXPECT_TRUE(std::isnan(findings.suppliers[0].shrunken));
    EXPECT_TRUE(std::isfinite(findings.suppliers[0].std_error));
    EXPECT_EQ(findings.messages.front().code, "suppliers_few");
}

}  // namespace
}  // namespace twinfirm::survey
