// SPDX-License-Identifier: GPL-3.0-or-later
// Kernel matching against its definition, written out unit by unit, for every estimand, kernel and strata.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/matching/kernel_matching.h"

namespace twinfirm::matching {
namespace {

using design::Estimand;
using design::Kernel;

struct Data {
    std::vector<double> score;
    std::vector<std::uint8_t> treated;
    std::vector<std::int32_t> stratum;
};

Data draw(Random& random) {
    Data data;
    const std::size_t units = 6 + random.below(40);
    const std::uint64_t strata = 1 + random.below(3);
    for (std::size_t i = 0; i < units; ++i) {
        data.treated.push_back(random.below(3) == 0 ? 1 : 0);
        data.score.push_back(random.normal() + 0.5 * data.treated[i]);
        data.stratum.push_back(static_cast<std::int32_t>(random.below(strata)));
        if (random.below(25) == 0) data.score.back() = std::nan("");
    }
    data.treated[0] = 1;
    data.treated[1] = 0;
    return data;
}

double height(Kernel kernel, double u) {
    if (kernel == Kernel::gaussian) return std::abs(u) <= 8 ? std::exp(-u * u / 2) : 0;
    if (!(std::abs(u) < 1)) return 0;
    return kernel == Kernel::uniform ? 1 : 1 - u * u;
}

/// Weights before they are scaled; a unit of the target counts 1 where it has somebody.
std::vector<double> by_definition(const Data& data, Kernel kernel, double bandwidth, Estimand estimand) {
    std::vector<double> weight(data.score.size(), 0);
    for (std::size_t i = 0; i < weight.size(); ++i) {
        const bool focal = estimand == Estimand::ate || (data.treated[i] == 1) == (estimand == Estimand::att);
        if (!focal || std::isnan(data.score[i])) continue;
        std::vector<double> share(weight.size(), 0);
        double all = 0;
        for (std::size_t j = 0; j < weight.size(); ++j) {
            const bool other = data.treated[j] != data.treated[i] && data.stratum[j] == data.stratum[i];
            if (!other || std::isnan(data.score[j])) continue;
            share[j] = height(kernel, (data.score[i] - data.score[j]) / bandwidth);
            all += share[j];
        }
        if (!(all > 0)) continue;
        weight[i] += 1;
        for (std::size_t j = 0; j < weight.size(); ++j) weight[j] += share[j] / all;
    }
    return weight;
}

void scale(std::vector<double>& weight, const std::vector<std::uint8_t>& treated) {
    double sum[2] = {0, 0};
    double units[2] = {0, 0};
    for (std::size_t i = 0; i < weight.size(); ++i) {
        if (!(weight[i] > 0)) continue;
        sum[treated[i]] += weight[i];
        ++units[treated[i]];
    }
    for (std::size_t i = 0; i < weight.size(); ++i)
        weight[i] *= sum[treated[i]] > 0 ? units[treated[i]] / sum[treated[i]] : 0;
}

TEST(KernelMatching, EqualsItsDefinitionForEveryEstimand) {
    Random random(1997);
    int compared = 0;
    int unmatched = 0;
    for (int i = 0; i < 3000; ++i) {
        const Data data = draw(random);
        design::MatchingSettings settings;
        settings.method = design::MatchMethod::kernel;
        settings.kernel = static_cast<Kernel>(random.below(3));
        settings.estimand = static_cast<Estimand>(random.below(3));
        settings.bandwidth = 0.05 + random.uniform();
        const auto sample = kernel_matching({data.score, data.treated, data.stratum, {}, {}}, settings);
        std::vector<double> expected = by_definition(data, settings.kernel, *settings.bandwidth, settings.estimand);
        const bool nobody = std::none_of(expected.begin(), expected.end(), [](double w) { return w > 0; });
        ASSERT_EQ(sample.has_value(), !nobody) << i << (sample ? "" : " " + sample.error().code);
        if (!sample) continue;
        scale(expected, data.treated);
        for (std::size_t k = 0; k < expected.size(); ++k) {
            ASSERT_NEAR(sample->weight[k], expected[k], 1e-10 * std::max(1.0, expected[k])) << i << " unit " << k;
            const bool focal =
                settings.estimand == Estimand::ate || (data.treated[k] == 1) == (settings.estimand == Estimand::att);
            if (focal && expected[k] == 0 && !std::isnan(data.score[k])) {
                ++unmatched;
                ASSERT_NE(sample->reason[k], Reason::matched);
            }
        }
        ASSERT_EQ(sample->verification.violations(), 0);
        ++compared;
    }
    EXPECT_GT(compared, 2500);
    EXPECT_GT(unmatched, 500);
}

// The ATC is the ATT with the arms exchanged.
TEST(KernelMatching, ExchangedArmsGiveTheOtherEstimand) {
    Random random(1998);
    for (int i = 0; i < 300; ++i) {
        const Data data = draw(random);
        Data exchanged = data;
        for (std::uint8_t& treated : exchanged.treated) treated = 1 - treated;
        design::MatchingSettings settings;
        settings.method = design::MatchMethod::kernel;
        settings.estimand = Estimand::att;
        const auto att = kernel_matching({data.score, data.treated, data.stratum, {}, {}}, settings);
        settings.estimand = Estimand::atc;
        const auto atc = kernel_matching({exchanged.score, exchanged.treated, exchanged.stratum, {}, {}}, settings);
        ASSERT_EQ(att.has_value(), atc.has_value());
        if (!att) continue;
        EXPECT_EQ(att->bandwidth, atc->bandwidth);
        EXPECT_EQ(att->weight, atc->weight);
    }
}

}  // namespace
}  // namespace twinfirm::matching
