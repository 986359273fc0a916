// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>

#include "matchit_steps.h"
#include "run.h"
#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::validation {

namespace {

std::vector<double> sorted_scores(const std::vector<matching::Pair>& pairs, const std::vector<double>& score) {
    std::vector<double> values;
    for (const matching::Pair& pair : pairs) {
        values.push_back(score[pair.focal]);
        values.push_back(score[pair.match]);
    }
    std::sort(values.begin(), values.end());
    return values;
}

/// The pairs with their distances by covariates.
std::vector<matching::Pair> measured(std::vector<matching::Pair> pairs, const matching::CovariatePoints& points) {
    for (matching::Pair& pair : pairs) pair.distance = std::sqrt(points.squared_distance(pair.focal, pair.match));
    return pairs;
}

matching::CovariatePoints points_of(const MatchItFiles& files, const stats::Formula& formula, design::ScoreKind kind) {
    return matching::covariate_points(design_of(files.data, formula), files.treated.size(), files.treated, kind,
                                      design::MetricCovariance::pooled);
}

}  // namespace

matching::MatchedSample compare_pairs(CaseReport& report, const design::MatchingSettings& settings,
                                      const std::vector<double>& score, const std::vector<std::uint8_t>& treated,
                                      const ReferenceTable& data, const std::vector<matching::Pair>& pairs,
                                      const std::vector<double>& weight, bool ties) {
    const PairConditions conditions(data, settings);
    auto ours = value_of(matching::nearest_neighbor(
        {score, treated, conditions.stratum, {}, {}, conditions.limits, conditions.codes}, settings));
    const char* const exception = ties ? "validation_ties" : "";
    report.equal("pairs", static_cast<double>(ours.pairs.size()), static_cast<double>(pairs.size()));
    if (!ties) {
        report.equal("pairs_the_same", static_cast<double>(shared_pairs(ours.pairs, pairs)),
                     static_cast<double>(pairs.size()));
        bool in_order = ours.pairs.size() == pairs.size();
        for (std::size_t i = 0; in_order && i < pairs.size(); ++i) {
            in_order = ours.pairs[i].focal == pairs[i].focal && ours.pairs[i].match == pairs[i].match;
        }
        report.equal("pairs_in_order", in_order ? 1 : 0, 1);
    }
    compare_lists(report, "distances", sorted_distances(ours.pairs), sorted_distances(pairs), 15, exception);
    compare_lists(report, "matched_scores", sorted_scores(ours.pairs, score), sorted_scores(pairs, score), 15,
                  exception);
    // With replacement a tie decides which control serves twice, so that weights need not agree.
    if (!ties || !settings.replace) compare_lists(report, "weights", ours.weight, weight, 12, exception, ties);
    report.equal("violations", static_cast<double>(ours.verification.violations()), 0);
    return ours;
}

void compare_nearest_neighbors(CaseReport& report, const MatchItFiles& files, const MatchItCase& item) {
    const matching::MatchedSample ours = compare_pairs(report, item.settings, files.score, files.treated, files.data,
                                                       files.pairs, files.weight, files.ties);
    if (!item.settings.caliper || !files.json.at("caliper").is_number()) return;
    const double caliper = files.json.at("caliper");
    report.near("caliper", ours.caliper_raw, caliper, caliper, 13);
}

void compare_covariate_pairs(CaseReport& report, const MatchItFiles& files, const MetricCase& item) {
    const design::MatchingSettings& settings = item.item.settings;
    const stats::Formula formula =
        item.covariates.empty() ? files.formula : value_of(stats::parse_formula("~ " + item.covariates));
    const matching::CovariatePoints points = points_of(files, formula, settings.score);
    design::MatchingSettings on_points = settings;
    on_points.score = design::ScoreKind::logit;
    const std::vector<double> score = settings.caliper ? files.score : std::vector<double>(files.treated.size(), 0);
    matching::MatchProblem problem{score, files.treated, {}, {}, {}};
    problem.points = &points;
    const auto ours = value_of(matching::nearest_neighbor(problem, on_points));
    report.equal("pairs", static_cast<double>(ours.pairs.size()), static_cast<double>(files.pairs.size()));
    if (!item.ties) {
        report.equal("pairs_the_same", static_cast<double>(shared_pairs(ours.pairs, files.pairs)),
                     static_cast<double>(files.pairs.size()));
    }
    compare_lists(report, "distances", sorted_distances(measured(ours.pairs, points)),
                  sorted_distances(measured(files.pairs, points)), 9, item.ties ? "validation_ties" : "");
    report.equal("violations", static_cast<double>(ours.verification.violations()), 0);
}

void compare_picks(CaseReport& report, const MatchItFiles& files) {
    const matching::CovariatePoints points = points_of(files, files.formula, design::ScoreKind::mahalanobis);
    std::vector<std::uint8_t> taken(files.treated.size(), 0);
    int nearest = 0;
    for (const matching::Pair& pair : files.pairs) {
        double least = std::numeric_limits<double>::infinity();
        for (std::size_t j = 0; j < files.treated.size(); ++j) {
            if (files.treated[j] == 0 && taken[j] == 0) least = std::min(least, points.squared_distance(pair.focal, j));
        }
        nearest += points.squared_distance(pair.focal, pair.match) == least ? 1 : 0;
        taken[pair.match] = 1;
    }
    constexpr int reference_picks_the_nearest = 160;
    report.equal("pairs", static_cast<double>(files.pairs.size()), 180);
    report.equal("nearest_picks", nearest, reference_picks_the_nearest, "validation_not_nearest");
}

}  // namespace twinfirm::validation
