// SPDX-License-Identifier: GPL-3.0-or-later
// The methods beside nearest neighbour against R's MatchIt 4.7.2. Exact matching, coarsened exact matching and
// subclassification have one answer: the same sets and weights. Optimal and full matching have many of the same total
// distance, generalised full matching many within its bound: there the units matched and the total are compared. Scores
// are the reference's own, so that R's glm, which stops early, does not come between.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "matching/reference_cases.h"
#include "matching/reference_data.h"
#include "matching/reference_table.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/matching/covariate_metric.h"

namespace twinfirm::evaluation {
namespace {

using design::MatchMethod;
using reference::Case;
using reference::Table;

/// A case matched by us on the reference's scores.
struct Matched {
    Table units;
    std::vector<std::uint8_t> treated;
    CrossSection section;
    std::vector<double> weight;
    std::vector<std::string> subclass;

    explicit Matched(const Case& item)
        : units(reference::folder() / "matchit" / item.set / (item.title() + ".units.csv")),
          weight(units.numbers("weight")),
          subclass(units.texts("subclass")) {
        const auto path = reference::data_path(item.set);
        const stats::Formula formula = reference::case_formula(item.set, item.title());
        stats::Frame frame = reference::frame(path, reference::variables(formula));
        for (const double value : units.numbers("treat")) treated.push_back(value == 1);
        design::MatchingSettings settings = item.settings;
        if (settings.score == design::ScoreKind::logit && units.has("distance") &&
            std::isfinite(units.numbers("distance").front())) {
            frame.add(stats::Column::numbers("reference_score", units.numbers("distance")));
            settings.score = design::ScoreKind::column;
            settings.score_column = "reference_score";
        }
        auto fitted = fit_score(frame, treated, formula.terms, settings, 0);
        if (!fitted) throw std::runtime_error(item.title() + ": " + fitted.error().code);
        section = std::move(*fitted);
        if (const Status status = match_on_score(section, frame, treated, settings); !status) {
            throw std::runtime_error(item.title() + ": " + status.error().code);
        }
    }

    [[nodiscard]] const matching::MatchedSample& sample() const { return section.sample; }

    /// The links of each set of the reference: between its single unit and the others.
    [[nodiscard]] double reference_total(const matching::CovariatePoints* points) const {
        std::map<std::string, std::pair<std::vector<std::size_t>, std::vector<std::size_t>>> sets;
        for (std::size_t i = 0; i < treated.size(); ++i) {
            if (weight[i] > 0) (treated[i] != 0 ? sets[subclass[i]].first : sets[subclass[i]].second).push_back(i);
        }
        const std::vector<double>& score = section.score;
        double total = 0;
        for (const auto& [name, arms] : sets) {
            EXPECT_TRUE(arms.first.size() == 1 || arms.second.size() == 1) << name;
            for (const std::size_t one : arms.first) {
                for (const std::size_t other : arms.second) {
                    total += points == nullptr ? std::abs(score[one] - score[other])
                                               : std::sqrt(points->squared_distance(one, other));
                }
            }
        }
        return total;
    }
};

std::vector<Case> cases_of(std::initializer_list<MatchMethod> methods) {
    std::vector<Case> chosen;
    for (const Case& item : reference::set_cases()) {
        if (std::find(methods.begin(), methods.end(), item.settings.method) != methods.end()) chosen.push_back(item);
    }
    return chosen;
}

/// Units matched in each arm; [1] = adopters.
std::pair<int, int> matched_units(const std::vector<std::uint8_t>& treated, const std::vector<double>& weight) {
    std::pair<int, int> count{0, 0};
    for (std::size_t i = 0; i < weight.size(); ++i) {
        if (weight[i] > 0) ++(treated[i] != 0 ? count.second : count.first);
    }
    return count;
}

TEST(MatchedSetsReference, ExactCoarsenedAndSubclassesAreTheSame) {
    int compared = 0;
    for (const Case& item : cases_of({MatchMethod::exact, MatchMethod::cem, MatchMethod::subclass})) {
        if (item.settings.k2k) continue;
        const Matched matched(item);
        const matching::MatchedSample& sample = matched.sample();
        std::map<std::int32_t, std::string> label;
        std::set<std::string> labels;
        double largest = 0;
        int elsewhere = 0;
        for (std::size_t i = 0; i < sample.weight.size(); ++i) {
            const double difference = std::abs(sample.weight[i] - matched.weight[i]);
            if (!(difference <= largest)) largest = difference;
            if (sample.subclass[i] < 0) continue;
            const auto known = label.emplace(sample.subclass[i], matched.subclass[i]).first;
            elsewhere += known->second != matched.subclass[i];
            labels.insert(matched.subclass[i]);
        }
        std::printf("%-36s sets %3zu, units in another set %d, largest difference of weights %.1e\n",
                    item.title().c_str(), label.size(), elsewhere, largest);
        EXPECT_EQ(elsewhere, 0) << item.title();
        EXPECT_EQ(label.size(), labels.size()) << item.title();
        EXPECT_NEAR(largest, 0, 1e-12) << item.title();
        EXPECT_EQ(sample.verification.violations(), 0) << item.title();
        ++compared;
    }
    EXPECT_EQ(compared, 25);
}

TEST(MatchedSetsReference, OptimalAndFullMatchingAreNoLonger) {
    int compared = 0;
    for (const Case& item : cases_of({MatchMethod::optimal, MatchMethod::full})) {
        const Matched matched(item);
        const matching::MatchedSample& sample = matched.sample();
        EXPECT_EQ(matched_units(matched.treated, sample.weight), matched_units(matched.treated, matched.weight))
            << item.title();
        std::optional<matching::CovariatePoints> points;
        if (item.settings.score == design::ScoreKind::mahalanobis) {
            points = matching::covariate_points(matched.section.design, matched.treated.size(), matched.treated,
                                                item.settings.score, item.settings.metric_covariance);
        }
        double ours = 0;
        for (const matching::Pair& pair : sample.pairs) ours += pair.distance;
        const double theirs = matched.reference_total(points ? &*points : nullptr);
        std::printf("%-36s total %.12f, reference %.12f, links %zu\n", item.title().c_str(), ours, theirs,
                    sample.pairs.size());
        EXPECT_LE(ours, theirs + 1e-9) << item.title();
        EXPECT_EQ(sample.verification.violations(), 0) << item.title();
        ++compared;
    }
    EXPECT_EQ(compared, 18);
}

TEST(MatchedSetsReference, GeneralisedFullMatchingLeavesNobodyOut) {
    const Matched matched(cases_of({MatchMethod::quick}).front());
    const matching::MatchedSample& sample = matched.sample();
    EXPECT_EQ(matched_units(matched.treated, sample.weight), matched_units(matched.treated, matched.weight));
    EXPECT_EQ(sample.verification.violations(), 0);
    // No pair of an adopter and another within a set is wider than the reference's widest, nor are all of them
    // together.
    const auto widest_and_total = [&](auto set_of) {
        std::pair<double, double> result{0, 0};
        for (std::size_t i = 0; i < matched.treated.size(); ++i) {
            for (std::size_t j = 0; j < matched.treated.size(); ++j) {
                if (matched.treated[i] == 0 || matched.treated[j] != 0 || set_of(i) != set_of(j)) continue;
                const double distance = std::abs(matched.section.score[i] - matched.section.score[j]);
                result.first = std::max(result.first, distance);
                result.second += distance;
            }
        }
        return result;
    };
    const auto ours = widest_and_total([&](std::size_t i) { return sample.subclass[i]; });
    const auto theirs = widest_and_total([&](std::size_t i) { return matched.subclass[i]; });
    std::printf("widest pair %.6f, reference %.6f; total %.6f, reference %.6f\n", ours.first, theirs.first, ours.second,
                theirs.second);
    EXPECT_LE(ours.first, theirs.first + 1e-9);
    EXPECT_LE(ours.second, theirs.second + 1e-9);
}

/// Within the strata the reference pairs in an order of its own, so that the pairs differ; their number does not.
TEST(MatchedSetsReference, PairsWithinCoarsenedStrata) {
    for (const Case& item : cases_of({MatchMethod::cem})) {
        if (!item.settings.k2k) continue;
        const Matched matched(item);
        EXPECT_EQ(matched_units(matched.treated, matched.sample().weight),
                  matched_units(matched.treated, matched.weight));
        EXPECT_EQ(matched.sample().pairs.size(), 50);
    }
}

/// The score fitted again on the units that the discard rule leaves, to the digits at which R's glm stops.
TEST(MatchedSetsReference, ScoreFittedAgainAfterDiscarding) {
    Case item{"lalonde", "nn_discard_both_reest", reference::matchit_defaults()};
    item.settings.discard = design::Discard::both;
    item.settings.reestimate = true;
    const Table units(reference::folder() / "matchit/lalonde/lalonde_nn_discard_both_reest.units.csv");
    const stats::Formula formula = reference::case_formula(item.set, item.title());
    const stats::Frame frame = reference::frame(reference::data_path(item.set), reference::variables(formula));
    std::vector<std::uint8_t> treated;
    for (const double value : units.numbers("treat")) treated.push_back(value == 1);
    auto section = fit_score(frame, treated, formula.terms, item.settings, 0);
    ASSERT_TRUE(section);
    ASSERT_TRUE(match_on_score(*section, frame, treated, item.settings));
    for (std::size_t i = 0; i < treated.size(); ++i) {
        const bool outside = section->sample.reason[i] == matching::Reason::outside_support;
        EXPECT_EQ(outside, units.numbers("discarded")[i] == 1) << i;
        if (!outside) {
            EXPECT_NEAR(section->score[i], units.numbers("distance")[i], 1e-6) << i;
        }
    }
    EXPECT_EQ(matched_units(treated, section->sample.weight), matched_units(treated, units.numbers("weight")));
}

/// Every case of the reference is compared by some test, by its name.
TEST(MatchedSetsReference, EveryCaseIsCompared) {
    std::set<std::string> compared;
    for (const Case& item : reference::matchit_cases()) compared.insert(item.title());
    for (const Case& item : reference::set_cases()) compared.insert(item.title());
    // tests/matching/covariate_metric_reference_test.cpp
    for (const char* title :
         {"jtrain88_nn_mahalanobis", "birthwt_nn_mahalanobis", "lalonde_nn_mahalanobis", "firms_a_nn_mahalanobis",
          "firms_a_nn_mahvars_caliper02", "jtrain88_nn_mahvars_caliper02", "birthwt_nn_mahvars_caliper02",
          "lalonde_nn_mahvars_caliper02", "lalonde_nn_robust_mahalanobis", "lalonde_nn_scaled_euclidean"}) {
        compared.insert(title);
    }
    compared.insert("lalonde_nn_discard_both_reest");
    int files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(reference::folder() / "matchit")) {
        if (entry.path().extension() != ".json") continue;
        ++files;
        const std::string title = entry.path().stem().string();
        EXPECT_TRUE(compared.count(title) > 0) << title;
    }
    EXPECT_EQ(files, static_cast<int>(compared.size()));
}

}  // namespace
}  // namespace twinfirm::evaluation
