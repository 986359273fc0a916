// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "twinfirm/matching/exact_matching.h"
#include "twinfirm/matching/full_matching.h"
#include "twinfirm/matching/generalized_full_matching.h"
#include "twinfirm/matching/kernel_matching.h"
#include "twinfirm/matching/subclassification.h"

namespace twinfirm::matching {
namespace {

using design::MatchingSettings;
using design::MatchMethod;

/// Four adopters and eight others in two strata, with everything that a setting can ask for.
struct Units {
    std::vector<double> score{0, 1, 2, 3, 0.1, 0.2, 0.9, 1.1, 1.9, 2.1, 2.9, 3.1};
    std::vector<std::uint8_t> treated{1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
    std::vector<std::int32_t> stratum{0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1};
    std::vector<std::int32_t> other{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    CovariatePoints points{score, 1};
    std::vector<CovariateLimit> limits{{score, 5}};
    std::vector<std::vector<std::int32_t>> anti_exact{other};

    [[nodiscard]] MatchProblem problem() const { return {score, treated, {}, {}, {}}; }
};

/// Each setting that some method has no use for, by the name that the error gives it.
const std::map<std::string, std::function<void(const Units&, MatchingSettings&, MatchProblem&)>> foreign{
    {"caliper", [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.caliper = 1; }},
    {"smallest_caliper",
     [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.smallest_caliper = true; }},
    {"ratio", [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.ratio = 2; }},
    {"replace", [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.replace = true; }},
    {"max_controls", [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.max_controls = 2; }},
    {"min_controls", [](const Units&, MatchingSettings& settings, MatchProblem&) { settings.min_controls = 1; }},
    {"exact", [](const Units& units, MatchingSettings&, MatchProblem& problem) { problem.stratum = units.stratum; }},
    {"mahalanobis",
     [](const Units& units, MatchingSettings&, MatchProblem& problem) { problem.points = &units.points; }},
    {"covariate_calipers",
     [](const Units& units, MatchingSettings&, MatchProblem& problem) { problem.limits = units.limits; }},
    {"anti_exact",
     [](const Units& units, MatchingSettings&, MatchProblem& problem) { problem.anti_exact = units.anti_exact; }},
};

void expect_refused(const MatchingSettings& plain,
                    const std::function<Result<MatchedSample>(const MatchProblem&, const MatchingSettings&)>& match,
                    const std::string& method, const std::vector<std::string>& names) {
    const Units units;
    ASSERT_TRUE(match(units.problem(), plain)) << method;
    for (const auto& [name, ask] : foreign) {
        MatchingSettings settings = plain;
        MatchProblem problem = units.problem();
        ask(units, settings, problem);
        const auto sample = match(problem, settings);
        const bool refused = std::find(names.begin(), names.end(), name) != names.end();
        if (!refused) {
            const std::string code = sample ? "" : sample.error().code;
            EXPECT_NE(code, "setting_not_for_method") << method << ", " << name;
            continue;
        }
        ASSERT_FALSE(sample) << method << ", " << name;
        EXPECT_EQ(sample.error().code, "setting_not_for_method") << method << ", " << name;
        EXPECT_EQ(sample.error().arguments.at("method"), method);
        EXPECT_EQ(sample.error().arguments.at("setting"), name == "min_controls" ? "max_controls" : name) << method;
    }
}

MatchingSettings settings_of(MatchMethod method) {
    MatchingSettings settings;
    settings.method = method;
    settings.subclasses = 2;
    settings.bandwidth = 1;
    return settings;
}

TEST(RefusedSettings, OfSubclasses) {
    expect_refused(settings_of(MatchMethod::subclass), subclassification, "subclass",
                   {"caliper", "smallest_caliper", "ratio", "replace", "max_controls", "min_controls", "exact",
                    "mahalanobis", "covariate_calipers", "anti_exact"});
}

TEST(RefusedSettings, OfExactMatching) {
    for (const MatchMethod method : {MatchMethod::exact, MatchMethod::cem}) {
        expect_refused(settings_of(method), exact_matching, method == MatchMethod::cem ? "cem" : "exact",
                       {"caliper", "smallest_caliper", "ratio", "replace", "max_controls", "min_controls",
                        "mahalanobis", "covariate_calipers", "anti_exact"});
    }
}

TEST(RefusedSettings, OfKernelMatching) {
    expect_refused(settings_of(MatchMethod::kernel),
                   [](const MatchProblem& problem, const MatchingSettings& settings) {
                       return kernel_matching(problem, settings);
                   },
                   "kernel",
                   {"caliper", "smallest_caliper", "ratio", "replace", "max_controls", "min_controls", "mahalanobis",
                    "covariate_calipers", "anti_exact"});
}

TEST(RefusedSettings, OfFullMatching) {
    expect_refused(
        settings_of(MatchMethod::full),
        [](const MatchProblem& problem, const MatchingSettings& settings) { return full_matching(problem, settings); },
        "full", {"ratio", "replace", "smallest_caliper"});
    expect_refused(
        settings_of(MatchMethod::quick),
        [](const MatchProblem& problem, const MatchingSettings& settings) {
            return generalized_full_matching(problem, settings);
        },
        "quick",
        {"ratio", "replace", "smallest_caliper", "max_controls", "min_controls", "covariate_calipers", "anti_exact"});
}

}  // namespace
}  // namespace twinfirm::matching
