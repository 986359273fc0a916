// SPDX-License-Identifier: GPL-3.0-or-later
// Exact matching, coarsened exact matching and subclassification have one answer. Optimal and full matching have many
// of the same total distance, generalised full matching many within its bound: there the units matched and the
// distances are compared.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "matchit_steps.h"
#include "run.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/matching/covariate_metric.h"

namespace twinfirm::validation {

namespace {

using design::MatchMethod;

const char* const not_unique = "validation_not_unique";

/// Matched by us on the reference's scores.
evaluation::CrossSection matched(const MatchItFiles& files, const MatchItCase& item) {
    stats::Frame frame = files.data.frame(variables(files.formula));
    design::MatchingSettings settings = item.settings;
    if (settings.score == design::ScoreKind::logit && !files.score.empty()) {
        frame.add(stats::Column::numbers("reference_score", files.score));
        settings.score = design::ScoreKind::column;
        settings.score_column = "reference_score";
    }
    auto section = value_of(evaluation::fit_score(frame, files.treated, files.formula.terms, settings, 0));
    const Status status = evaluation::match_on_score(section, frame, files.treated, settings);
    if (!status) throw ReferenceError(status.error().code);
    return section;
}

std::array<double, 2> matched_units(const std::vector<std::uint8_t>& treated, const std::vector<double>& weight) {
    std::array<double, 2> count{};
    for (std::size_t i = 0; i < weight.size(); ++i) count[treated[i] != 0 ? 1 : 0] += weight[i] > 0 ? 1 : 0;
    return count;
}

void compare_sets(CaseReport& report, const MatchItFiles& files, const matching::MatchedSample& sample) {
    const auto& subclass = files.units.texts("subclass");
    std::map<std::int32_t, std::string> label;
    std::set<std::string> labels;
    double elsewhere = 0;
    for (std::size_t i = 0; i < sample.weight.size(); ++i) {
        if (sample.subclass[i] < 0) continue;
        elsewhere += label.emplace(sample.subclass[i], subclass[i]).first->second != subclass[i] ? 1 : 0;
        labels.insert(subclass[i]);
    }
    report.equal("units_in_another_set", elsewhere, 0);
    report.equal("sets", static_cast<double>(label.size()), static_cast<double>(labels.size()));
    compare_lists(report, "weights", sample.weight, files.weight, 12);
}

/// The links of each of the reference's sets: between its single unit and the others.
double reference_total(const MatchItFiles& files, const std::vector<double>& score,
                       const matching::CovariatePoints* points) {
    const auto& subclass = files.units.texts("subclass");
    std::map<std::string, std::array<std::vector<std::size_t>, 2>> sets;
    for (std::size_t i = 0; i < files.treated.size(); ++i) {
        if (files.weight[i] > 0) sets[subclass[i]][files.treated[i] != 0 ? 1 : 0].push_back(i);
    }
    double total = 0;
    for (const auto& [name, arms] : sets) {
        if (arms[0].size() != 1 && arms[1].size() != 1) throw ReferenceError("set " + name);
        for (const std::size_t one : arms[1]) {
            for (const std::size_t other : arms[0]) {
                total += points == nullptr ? std::abs(score[one] - score[other])
                                           : std::sqrt(points->squared_distance(one, other));
            }
        }
    }
    return total;
}

void compare_total(CaseReport& report, const MatchItFiles& files, const MatchItCase& item,
                   const evaluation::CrossSection& section) {
    std::optional<matching::CovariatePoints> points;
    if (item.settings.score == design::ScoreKind::mahalanobis) {
        points = matching::covariate_points(section.design, files.treated.size(), files.treated, item.settings.score,
                                            item.settings.metric_covariance);
    }
    double ours = 0;
    for (const matching::Pair& pair : section.sample.pairs) ours += pair.distance;
    report.at_most("total_distance", ours, reference_total(files, section.score, points ? &*points : nullptr),
                   not_unique);
}

/// Of all pairs of an adopter and another within a set: the widest, and all together.
template <class SetOf>
std::array<double, 2> within_sets(const MatchItFiles& files, const std::vector<double>& score, SetOf set_of) {
    std::array<double, 2> result{};
    for (std::size_t i = 0; i < score.size(); ++i) {
        for (std::size_t j = 0; j < score.size(); ++j) {
            if (files.treated[i] == 0 || files.treated[j] != 0 || set_of(i) != set_of(j)) continue;
            const double distance = std::abs(score[i] - score[j]);
            result[0] = std::max(result[0], distance);
            result[1] += distance;
        }
    }
    return result;
}

void compare_generalised(CaseReport& report, const MatchItFiles& files, const evaluation::CrossSection& section) {
    const auto& subclass = files.units.texts("subclass");
    const auto ours = within_sets(files, section.score, [&](std::size_t i) { return section.sample.subclass[i]; });
    const auto theirs = within_sets(files, section.score, [&](std::size_t i) { return subclass[i]; });
    report.at_most("widest_pair", ours[0], theirs[0], not_unique);
    report.at_most("total_distance", ours[1], theirs[1], not_unique);
}

}  // namespace

void compare_matched_sets(CaseReport& report, const MatchItFiles& files, const MatchItCase& item) {
    const evaluation::CrossSection section = matched(files, item);
    const matching::MatchedSample& sample = section.sample;
    const MatchMethod method = item.settings.method;
    const auto ours = matched_units(files.treated, sample.weight);
    const auto theirs = matched_units(files.treated, files.weight);
    // Within the strata the reference pairs in an order of its own, so that pairs differ; their number does not.
    const char* const exception = item.settings.k2k ? not_unique : "";
    report.equal("matched_controls", ours[0], theirs[0], exception);
    report.equal("matched_adopters", ours[1], theirs[1], exception);
    report.equal("violations", static_cast<double>(sample.verification.violations()), 0);
    if (item.settings.k2k) {
        report.equal("pairs", static_cast<double>(sample.pairs.size()), theirs[1]);
    } else if (method == MatchMethod::quick) {
        compare_generalised(report, files, section);
    } else if (method == MatchMethod::optimal || method == MatchMethod::full) {
        compare_total(report, files, item, section);
    } else {
        compare_sets(report, files, sample);
    }
}

}  // namespace twinfirm::validation
