// SPDX-License-Identifier: GPL-3.0-or-later
// MatchIt on a set without ties, and on Lalonde's data beside it.
#include <algorithm>
#include <cmath>
#include <map>

#include "matchit_steps.h"
#include "run.h"
#include "twinfirm/balance/balance_table.h"
#include "twinfirm/evaluation/cross_section.h"
#include "twinfirm/matching/covariate_metric.h"
#include "twinfirm/matching/match.h"
#include "twinfirm/matching/nearest_neighbor.h"

namespace twinfirm::validation {

namespace {

const char* const covariates = "treat ~ age + educ + race + married + nodegree + re74 + re75";

/// The tables of one set.
struct TieFree {
    TieFree(const ReferenceFolder& folder, const std::string& set)
        : name(set),
          data(folder.table("matchit_tiefree/" + set + ".csv")),
          matches(folder.table("matchit_tiefree/" + set + "_matches.csv")),
          weights(folder.table("matchit_tiefree/" + set + "_weights_ps.csv")),
          balance(folder.table("matchit_tiefree/" + set + "_balance.csv")),
          formula(value_of(stats::parse_formula(covariates))),
          treated(data.flags("treat")) {}

    std::string name;
    const ReferenceTable& data;
    const ReferenceTable& matches;
    const ReferenceTable& weights;
    const ReferenceTable& balance;
    stats::Formula formula;
    std::vector<std::uint8_t> treated;
};

/// The pairs of a setting; in the file the focal unit is called treated.
std::vector<matching::Pair> pairs_of(const TieFree& set, const std::string& setting, const std::vector<double>& score) {
    std::map<std::string, std::size_t> row;
    for (std::size_t i = 0; i < set.data.rows(); ++i) row[set.data.texts("id")[i]] = i;
    const auto& settings = set.matches.texts("setting");
    std::vector<matching::Pair> pairs;
    for (std::size_t i = 0; i < set.matches.rows(); ++i) {
        if (settings[i] != setting || set.matches.texts("control")[i].empty()) continue;
        const std::size_t focal = row.at(set.matches.texts("treated")[i]);
        const std::size_t match = row.at(set.matches.texts("control")[i]);
        pairs.push_back({focal, match, score.empty() ? 0 : std::abs(score[focal] - score[match])});
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const matching::Pair& a, const matching::Pair& b) { return a.focal < b.focal; });
    return pairs;
}

/// The file has 12 significant digits.
void compare_balance(CaseReport& report, const TieFree& set, const MatchItCase& item, const std::vector<double>& score,
                     const std::vector<double>& weight) {
    std::vector<balance::BalanceColumn> columns = balance::balance_columns(design_of(set.data, set.formula));
    if (!score.empty()) columns.insert(columns.begin(), balance::BalanceColumn{"distance", "", score, true});
    const auto denominator = item.settings.estimand == design::Estimand::atc ? balance::SmdDenominator::control
                                                                             : balance::SmdDenominator::treated;
    const auto rows = balance::balance_table(columns, {set.treated, weight, {}, denominator});
    std::map<std::string, std::size_t> place;
    for (std::size_t i = 0; i < set.balance.rows(); ++i) {
        if (set.balance.texts("setting")[i] == item.name) place[set.balance.texts("var")[i]] = i;
    }
    report.equal("balance_rows", static_cast<double>(rows.size()), static_cast<double>(place.size()));
    for (const balance::BalanceRow& row : rows) {
        const std::size_t i = place.at(row.covariate + row.level);
        for (const auto& [ours, column] : {std::pair{row.after.smd, "smd"}, std::pair{row.after.mean_treated, "meanT"},
                                           std::pair{row.after.mean_control, "meanC"}}) {
            const double theirs = ReferenceTable::number(set.balance.texts(column)[i]);
            report.near("balance", ours, theirs, at_least_one(theirs), 11, "validation_twelve_digits");
        }
    }
}

void compare_end_to_end(CaseReport& report, const TieFree& set, const MatchItCase& item,
                        const std::vector<double>& score, const std::vector<matching::Pair>& pairs,
                        const std::vector<double>& weight) {
    const stats::Frame frame = set.data.frame();
    auto section = value_of(evaluation::fit_score(frame, set.treated, set.formula.terms, item.settings, 0));
    const Status status = evaluation::match_on_score(section, frame, set.treated, item.settings);
    if (!status) throw ReferenceError(status.error().code);
    const matching::MatchedSample& sample = section.sample;
    compare_lists(report, "end_to_end_scores", section.score, score, 6, "validation_glm_stop");
    compare_lists(report, "end_to_end_weights", sample.weight, weight, 12);
    if (item.settings.method == design::MatchMethod::subclass) return;
    report.equal("end_to_end_pairs", static_cast<double>(sample.pairs.size()), static_cast<double>(pairs.size()));
    report.equal("end_to_end_pairs_the_same", static_cast<double>(shared_pairs(sample.pairs, pairs)),
                 static_cast<double>(pairs.size()));
}

void compare_setting(CaseReport& report, const TieFree& set, const MatchItCase& item) {
    const bool ties = set.name == "lalonde";
    const std::vector<double> score = set.weights.numbers("ps_" + item.name);
    const std::vector<double> weight = set.weights.numbers(item.name);
    const std::vector<matching::Pair> pairs = pairs_of(set, item.name, score);
    if (item.settings.method == design::MatchMethod::subclass) {
        const auto ours = value_of(matching::match({score, set.treated, {}, {}, {}}, item.settings));
        compare_lists(report, "weights", ours.weight, weight, 12);
        report.equal("violations", static_cast<double>(ours.verification.violations()), 0);
    } else {
        compare_pairs(report, item.settings, score, set.treated, set.data, pairs, weight, ties);
    }
    compare_balance(report, set, item, score, weight);
    if (!ties) compare_end_to_end(report, set, item, score, pairs, weight);
}

void compare_mahalanobis(CaseReport& report, const TieFree& set) {
    const matching::CovariatePoints points =
        matching::covariate_points(design_of(set.data, set.formula), set.treated.size(), set.treated,
                                   design::ScoreKind::mahalanobis, design::MetricCovariance::pooled);
    MatchItCase item{set.name, "maha", matchit_defaults()};
    item.settings.order = design::MatchOrder::data;
    const std::vector<double> score(set.treated.size(), 0);
    matching::MatchProblem problem{score, set.treated, {}, {}, {}};
    problem.points = &points;
    auto ours = value_of(matching::nearest_neighbor(problem, item.settings));
    std::vector<matching::Pair> theirs = pairs_of(set, "maha", {});
    for (auto* pairs : {&ours.pairs, &theirs}) {
        for (matching::Pair& pair : *pairs) pair.distance = std::sqrt(points.squared_distance(pair.focal, pair.match));
    }
    const bool ties = set.name == "lalonde";
    report.equal("pairs", static_cast<double>(ours.pairs.size()), static_cast<double>(theirs.size()));
    if (!ties) {
        report.equal("pairs_the_same", static_cast<double>(shared_pairs(ours.pairs, theirs)),
                     static_cast<double>(theirs.size()));
    }
    compare_lists(report, "distances", sorted_distances(ours.pairs), sorted_distances(theirs), 9,
                  ties ? "validation_ties" : "");
    compare_balance(report, set, item, {}, set.weights.numbers("maha"));
}

}  // namespace

void compare_tiefree(Run& run) {
    for (const std::string set : {"tiefree", "lalonde"}) {
        if (!run.folder().has("matchit_tiefree/" + set + "_matches.csv")) continue;
        for (const MatchItCase& item : tiefree_cases(set)) {
            run.compare("matchit_tiefree", item.title(),
                        [&](CaseReport& report) { compare_setting(report, TieFree(run.folder(), set), item); });
        }
        run.compare("matchit_tiefree", set + "_maha",
                    [&](CaseReport& report) { compare_mahalanobis(report, TieFree(run.folder(), set)); });
    }
}

}  // namespace twinfirm::validation
