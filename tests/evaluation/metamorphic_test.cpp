// SPDX-License-Identifier: GPL-3.0-or-later
// Ways of writing the same data that must not change who is matched: units of measurement, what is said twice, names of
// categories, copies with smaller weights.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::evaluation {
namespace {

using design::MatchMethod;

constexpr int data_sets = 25;
constexpr std::size_t firms = 120;

struct Data {
    std::vector<std::uint8_t> treated;
    std::vector<double> sales;
    std::vector<double> age;
    std::vector<std::string> size;

    explicit Data(Random& random) {
        for (std::size_t i = 0; i < firms; ++i) {
            sales.push_back(std::exp(2 + random.normal()));
            age.push_back(static_cast<double>(random.below(30)));
            size.push_back(std::vector<std::string>{"micro", "small", "medium"}[random.below(3)]);
            const double lift = 0.4 * std::log(sales[i]) + (size[i] == "small" ? 0.5 : 0) - 1.8;
            treated.push_back(random.uniform() < 1 / (1 + std::exp(-lift)));
        }
    }
    [[nodiscard]] stats::Frame frame() const {
        stats::Frame frame(treated.size());
        frame.add(stats::Column::numbers("sales", sales));
        frame.add(stats::Column::numbers("age", age));
        frame.add(stats::Column::from_texts("size", size));
        return frame;
    }
};

std::vector<design::MatchingSettings> designs() {
    std::vector<design::MatchingSettings> all;
    for (const MatchMethod method : {MatchMethod::nearest, MatchMethod::optimal, MatchMethod::full, MatchMethod::quick,
                                     MatchMethod::subclass, MatchMethod::kernel}) {
        design::MatchingSettings settings;
        settings.method = method;
        if (method == MatchMethod::nearest || method == MatchMethod::optimal) settings.caliper = 0.2;
        all.push_back(settings);
    }
    return all;
}

CrossSection matched(const stats::Frame& frame, const std::vector<std::uint8_t>& treated, const std::string& formula,
                     const design::MatchingSettings& settings) {
    auto section = fit_score(frame, treated, stats::parse_formula(formula)->terms, settings, 1);
    if (!section) throw std::runtime_error(section.error().code);
    if (const Status status = match_on_score(*section, frame, treated, settings); !status) {
        throw std::runtime_error(status.error().code);
    }
    return std::move(*section);
}

double total_distance(const CrossSection& section) {
    double total = 0;
    for (const matching::Pair& pair : section.sample.pairs) total += pair.distance;
    return total;
}

/// On a line pairs on one side of each other can be exchanged without changing the total, so that the last digits of
/// the scores choose between matchings of the same total: there the total is compared.
void expect_same(const CrossSection& first, const CrossSection& second, MatchMethod method, double tolerance) {
    for (std::size_t i = 0; i < first.score.size(); ++i) {
        ASSERT_NEAR(first.probability[i], second.probability[i], tolerance * first.probability[i]);
    }
    if (method == MatchMethod::optimal || method == MatchMethod::full) {
        ASSERT_NEAR(total_distance(first), total_distance(second), 1e-6);
        return;
    }
    for (std::size_t i = 0; i < first.score.size(); ++i) {
        ASSERT_NEAR(first.sample.weight[i], second.sample.weight[i], 1e-6);
        ASSERT_EQ(first.sample.reason[i], second.sample.reason[i]);
    }
    ASSERT_EQ(first.sample.pairs.size(), second.sample.pairs.size());
    for (std::size_t i = 0; i < first.sample.pairs.size(); ++i) {
        ASSERT_EQ(first.sample.pairs[i].focal, second.sample.pairs[i].focal);
        ASSERT_EQ(first.sample.pairs[i].match, second.sample.pairs[i].match);
    }
}

TEST(Metamorphic, OtherUnitsOfMeasurement) {
    Random random(20260501);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data other = data;
        const double factor = std::pow(10.0, static_cast<double>(random.below(16)) - 6);
        for (double& value : other.sales) value *= factor;
        for (double& value : other.age) value += 1e6;
        for (const design::MatchingSettings& settings : designs()) {
            expect_same(matched(data.frame(), data.treated, "t ~ sales + age + size", settings),
                        matched(other.frame(), data.treated, "t ~ sales + age + size", settings), settings.method,
                        1e-9);
        }
    }
}

TEST(Metamorphic, WhatIsSaidTwiceIsSaidOnce) {
    Random random(20260502);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        stats::Frame more = data.frame();
        std::vector<double> combination;
        for (std::size_t k = 0; k < firms; ++k) combination.push_back(3 * data.sales[k] - 2 * data.age[k] + 7);
        more.add(stats::Column::numbers("again", data.sales));
        more.add(stats::Column::numbers("combination", combination));
        more.add(stats::Column::numbers("constant", std::vector<double>(firms, 4)));
        for (const design::MatchingSettings& settings : designs()) {
            const CrossSection longer =
                matched(more, data.treated, "t ~ sales + age + size + again + combination + constant", settings);
            expect_same(matched(data.frame(), data.treated, "t ~ sales + age + size", settings), longer,
                        settings.method, 1e-10);
            EXPECT_FALSE(longer.fit.messages.empty());
        }
    }
}

TEST(Metamorphic, OtherNamesOfCategories) {
    Random random(20260503);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data other = data;  // in another order of code points, so that another level is the reference
        for (std::string& size : other.size) size = size == "micro" ? "중" : size == "small" ? "가" : "나";
        for (const design::MatchingSettings& settings : designs()) {
            expect_same(matched(data.frame(), data.treated, "t ~ sales + age + size", settings),
                        matched(other.frame(), data.treated, "t ~ sales + age + size", settings), settings.method,
                        1e-10);
        }
        for (const MatchMethod method : {MatchMethod::exact, MatchMethod::cem}) {
            design::MatchingSettings settings;
            settings.method = method;
            const auto first = matched(data.frame(), data.treated, "t ~ size", settings);
            const auto second = matched(other.frame(), data.treated, "t ~ size", settings);
            EXPECT_EQ(first.sample.weight, second.sample.weight);
        }
    }
}

TEST(Metamorphic, CopiesWithSmallerWeightsGiveTheSameScoreAndWeights) {
    Random random(20260504);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data copies = data;
        for (int copy = 0; copy < 2; ++copy) {
            copies.sales.insert(copies.sales.end(), data.sales.begin(), data.sales.end());
            copies.age.insert(copies.age.end(), data.age.begin(), data.age.end());
            copies.size.insert(copies.size.end(), data.size.begin(), data.size.end());
            copies.treated.insert(copies.treated.end(), data.treated.begin(), data.treated.end());
        }
        stats::Frame frame = copies.frame();
        frame.add(stats::Column::numbers("w", std::vector<double>(3 * firms, 1.0 / 3)));
        design::MatchingSettings settings;
        settings.method = MatchMethod::kernel;
        settings.bandwidth = 0.4;
        const CrossSection once = matched(data.frame(), data.treated, "t ~ sales + age + size", settings);
        settings.sample_weights = "w";
        const CrossSection thrice = matched(frame, copies.treated, "t ~ sales + age + size", settings);
        for (std::size_t k = 0; k < 3 * firms; ++k) {
            ASSERT_NEAR(thrice.probability[k], once.probability[k % firms], 1e-9);
            ASSERT_NEAR(thrice.sample.weight[k], once.sample.weight[k % firms], 1e-6);
        }
    }
}

}  // namespace
}  // namespace twinfirm::evaluation
