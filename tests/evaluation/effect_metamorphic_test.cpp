// SPDX-License-Identifier: GPL-3.0-or-later
// What an effect does when its outcome, its arms or the names in its data change: known beforehand, for every method.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "twinfirm/base/random.h"
#include "twinfirm/evaluation/single_design.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::evaluation {

namespace {

using design::Estimand;
using design::MatchMethod;

constexpr int data_sets = 22;
constexpr std::size_t firms = 160;

struct Data {
    std::vector<std::uint8_t> treated;
    std::vector<double> sales;
    std::vector<double> age;
    std::vector<std::string> size;
    std::vector<double> outcome;
    std::vector<std::int32_t> cluster;

    explicit Data(Random& random) {
        for (std::size_t i = 0; i < firms; ++i) {
            sales.push_back(random.normal());
            age.push_back(random.normal());
            size.push_back(std::vector<std::string>{"micro", "small", "medium"}[random.below(3)]);
            cluster.push_back(static_cast<std::int32_t>(random.below(8)));
            treated.push_back(random.uniform() < 1 / (1 + std::exp(1 - 0.6 * sales[i])));
            outcome.push_back(20 + sales[i] - age[i] + (treated[i] != 0 ? 1 : 0) + random.normal());
        }
    }
};

stats::Frame frame_of(const Data& data, const std::string& sales, const std::string& age, const std::string& size) {
    stats::Frame frame(firms);
    frame.add(stats::Column::numbers(sales, data.sales));
    frame.add(stats::Column::numbers(age, data.age));
    frame.add(stats::Column::from_texts(size, data.size));
    frame.add(stats::Column::numbers("y", data.outcome));
    return frame;
}

struct Way {
    std::string name;
    design::MatchingSettings matching;
    OutcomeAdjustment adjustment = OutcomeAdjustment::none;
    StandardError error = StandardError::automatic;
    bool clustered = false;
};

std::vector<Way> ways() {
    std::vector<Way> all;
    const auto add = [&](const std::string& name, MatchMethod method) -> Way& {
        all.push_back({name, {}});
        all.back().matching.method = method;
        return all.back();
    };
    using enum OutcomeAdjustment;
    add("pairs", MatchMethod::nearest).matching.caliper = 0.5;
    add("pairs, regression", MatchMethod::nearest).adjustment = regression;
    add("bootstrap", MatchMethod::nearest).error = StandardError::bootstrap;
    add("by cluster", MatchMethod::optimal).clustered = true;
    add("replacement", MatchMethod::nearest).matching.replace = true;
    Way& bias_corrected = add("bias corrected", MatchMethod::nearest);
    bias_corrected.matching.replace = true;
    bias_corrected.adjustment = bias;
    add("full", MatchMethod::full);
    add("quick", MatchMethod::quick).adjustment = regression;
    add("subclass", MatchMethod::subclass);
    add("kernel", MatchMethod::kernel);
    add("none", MatchMethod::none).adjustment = regression;
    for (const auto weighting :
         {design::Weighting::ipw, design::Weighting::entropy, design::Weighting::overlap, design::Weighting::cbps}) {
        add("weights", MatchMethod::weighting).matching.weighting = weighting;
        Way& robust = add("doubly robust", MatchMethod::weighting);
        robust.matching.weighting = weighting;
        robust.adjustment = aipw;
    }
    return all;
}

struct Names {
    std::string sales = "sales";
    std::string age = "age";
    std::string size = "size";
};

std::vector<SingleEffect> effects_of(const Data& data, const Way& way, const std::vector<std::string>& by = {},
                                     const Names& names = {}) {
    const stats::Frame frame = frame_of(data, names.sales, names.age, names.size);
    std::string formula = "~ ";
    formula.append(stats::formula_name(names.sales)).append(" + ").append(stats::formula_name(names.age));
    formula.append(" + ").append(stats::formula_name(names.size));
    CrossSection section =
        fit_score(frame, data.treated, stats::parse_formula(formula)->terms, way.matching, 1).value();
    const Status matched = match_on_score(section, frame, data.treated, way.matching);
    EXPECT_TRUE(matched) << way.name;
    EffectSettings settings;
    settings.adjustment = way.adjustment;
    settings.error = standard_error_for(way.matching, way.adjustment, way.error, !by.empty(), way.clustered).value();
    if (way.clustered) settings.cluster = data.cluster;
    settings.resampling.replications = 99;
    settings.target = way.matching.estimand == Estimand::atc   ? effects::Target::non_adopters
                      : way.matching.estimand == Estimand::ate ? effects::Target::all
                                                               : effects::Target::adopters;
    if (way.matching.method == MatchMethod::weighting && way.matching.weighting == design::Weighting::overlap) {
        settings.target = effects::Target::all;
    }
    return cross_section_effects(frame, section, data.treated, {"y"}, by, settings).value();
}

TEST(EffectMetamorphic, AMultipleOfTheOutcomeMultipliesEffectAndError) {
    Random random(20261101);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data other = data;
        const double factor = std::pow(10.0, static_cast<double>(random.below(12)) - 4);
        for (double& value : other.outcome) value *= factor;
        for (const Way& way : ways()) {
            const effects::Estimate one = effects_of(data, way).front().effect;
            const effects::Estimate two = effects_of(other, way).front().effect;
            EXPECT_NEAR(two.estimate / (factor * one.estimate), 1, 1e-10) << way.name;
            EXPECT_NEAR(two.std_error / (factor * one.std_error), 1, 1e-10) << way.name;
            EXPECT_NEAR(two.p_value, one.p_value, 1e-10) << way.name;
            EXPECT_EQ(two.small_sample.kind, one.small_sample.kind);
            if (!one.small_sample.kind.empty()) {
                EXPECT_EQ(two.small_sample.p_value, one.small_sample.p_value) << way.name;
            }
        }
    }
}

TEST(EffectMetamorphic, AConstantAddedToTheOutcomeChangesNothing) {
    Random random(20261102);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data other = data;
        for (double& value : other.outcome) value += 1000;
        for (const Way& way : ways()) {
            const effects::Estimate one = effects_of(data, way).front().effect;
            const effects::Estimate two = effects_of(other, way).front().effect;
            EXPECT_NEAR(two.estimate, one.estimate, 1e-9) << way.name;
            EXPECT_NEAR(two.std_error, one.std_error, 1e-9) << way.name;
        }
    }
}

TEST(EffectMetamorphic, ArmsExchangedWithTheEstimandNegateTheEffect) {
    Random random(20261103);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        Data other = data;
        for (std::uint8_t& treated : other.treated) treated = 1 - treated;
        for (Way way : ways()) {
            // The score turns with the arms: of full matchings with the same total another is found, and a firm on the
            // edge of two bands falls into the other one.
            if (way.matching.method == MatchMethod::full || way.matching.method == MatchMethod::subclass) continue;
            const bool overlap =
                way.matching.method == MatchMethod::weighting && way.matching.weighting == design::Weighting::overlap;
            way.matching.estimand = Estimand::att;
            way.matching.order = design::MatchOrder::closest;
            const effects::Estimate att = effects_of(data, way).front().effect;
            if (!overlap) way.matching.estimand = Estimand::atc;
            const effects::Estimate atc = effects_of(other, way).front().effect;
            EXPECT_NEAR(att.estimate, -atc.estimate, 1e-8) << way.name;
            if (way.error != StandardError::bootstrap) {
                EXPECT_NEAR(att.std_error, atc.std_error, 1e-8) << way.name;
            }
        }
    }
}

TEST(EffectMetamorphic, NamesOfColumnsChangeNoNumber) {
    Random random(20261104);
    const Names unicode{"매출액", "업력_年", "größe"};
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        for (const Way& way : ways()) {
            const effects::Estimate one = effects_of(data, way).front().effect;
            const effects::Estimate two = effects_of(data, way, {}, unicode).front().effect;
            EXPECT_EQ(two.estimate, one.estimate) << way.name;
            EXPECT_EQ(two.std_error, one.std_error) << way.name;
            EXPECT_EQ(two.p_value, one.p_value) << way.name;
        }
    }
}

TEST(EffectMetamorphic, EffectsOfGroupsAverageToThatOfAll) {
    Random random(20261105);
    for (int i = 0; i < data_sets; ++i) {
        const Data data(random);
        for (const Way& way : ways()) {
            const bool of_sets = way.matching.method == MatchMethod::nearest ||
                                 way.matching.method == MatchMethod::optimal ||
                                 way.matching.method == MatchMethod::full;
            if (!of_sets || way.adjustment != OutcomeAdjustment::none) continue;
            const std::vector<SingleEffect> effects = effects_of(data, way, {"size"});
            double sum = 0;
            std::int64_t adopters = 0;
            for (std::size_t k = 1; k < effects.size(); ++k) {
                sum += static_cast<double>(effects[k].effect.n_treated) * effects[k].effect.estimate;
                adopters += effects[k].effect.n_treated;
            }
            EXPECT_EQ(adopters, effects.front().effect.n_treated) << way.name;
            EXPECT_NEAR(sum / static_cast<double>(adopters), effects.front().effect.estimate, 1e-12) << way.name;
        }
    }
}

}  // namespace

}  // namespace twinfirm::evaluation
