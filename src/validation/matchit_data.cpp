// SPDX-License-Identifier: GPL-3.0-or-later
#include "matchit_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "run.h"

namespace twinfirm::validation {

namespace {

/// The formula within the `call` of a case.
stats::Formula formula_of(const std::string& call) {
    const std::string opening = "matchit(";
    const std::size_t begin = call.find(opening);
    const std::size_t end = call.find(", method");
    if (begin == std::string::npos || end == std::string::npos) throw ReferenceError("call");
    const std::size_t from = begin + opening.size();
    return value_of(stats::parse_formula(call.substr(from, end - from)));
}

std::vector<matching::Pair> read_pairs(const ReferenceTable& table) {
    std::vector<matching::Pair> pairs;
    const auto focal = table.numbers("focal_row");
    const auto match = table.numbers("match_row");
    // Pairs by covariates are written without their distances.
    const std::vector<double> distance =
        table.has("abs_dist") ? table.numbers("abs_dist") : std::vector<double>(table.rows(), 0);
    for (std::size_t i = 0; i < table.rows(); ++i) {
        if (std::isnan(match[i])) continue;
        pairs.push_back({static_cast<std::size_t>(focal[i]) - 1, static_cast<std::size_t>(match[i]) - 1, distance[i]});
    }
    std::stable_sort(pairs.begin(), pairs.end(),
                     [](const matching::Pair& a, const matching::Pair& b) { return a.focal < b.focal; });
    return pairs;
}

/// Whether ties let the pairs of a case move. The file counts tied controls only; on Lalonde's data the order `closest`
/// meets tied adopters besides.
bool pairs_move(const ReferenceFolder& folder, const MatchItCase& item) {
    bool move = item.set == "lalonde" || item.set == "birthwt";
    const ReferenceTable& ties = folder.table("matchit/ties.csv");
    const auto counts = ties.numbers("picks_with_tied_alternatives");
    for (std::size_t i = 0; i < ties.rows(); ++i) {
        if (ties.texts("case")[i] != item.title()) continue;
        move = counts[i] > 0 || (item.set == "lalonde" && item.settings.order == design::MatchOrder::closest);
    }
    return move;
}

}  // namespace

PairConditions::PairConditions(const ReferenceTable& data, const design::MatchingSettings& settings)
    : stratum(strata(data, settings.exact)) {
    for (const design::CovariateCaliper& caliper : settings.covariate_calipers) {
        values.push_back(data.numbers(caliper.column));
        limits.push_back({{}, caliper.width, caliper.unit == design::CaliperUnit::sd});
    }
    for (std::size_t i = 0; i < limits.size(); ++i) limits[i].value = values[i];
    for (const std::string& column : settings.anti_exact) codes.push_back(strata(data, {column}));
}

MatchItFiles::MatchItFiles(const ReferenceFolder& folder, const MatchItCase& item)
    : data(folder.table(data_file(item.set))),
      units(folder.table("matchit/" + item.set + "/" + item.title() + ".units.csv")),
      json(folder.json("matchit/" + item.set + "/" + item.title() + ".json")),
      formula(formula_of(json.at("call"))),
      treated(units.flags("treat")),
      weight(units.numbers("weight")),
      ties(pairs_move(folder, item)) {
    if (units.rows() != data.rows()) throw ReferenceError("units");
    if (units.has("distance")) score = units.numbers("distance");
    if (!score.empty() && std::isnan(score.front())) score.clear();
    const std::string file = "matchit/" + item.set + "/" + item.title() + ".pairs.csv";
    if (folder.has(file)) pairs = read_pairs(folder.table(file));
}

std::string data_file(const std::string& set) {
    return "data/" + (set == "lalonde" ? "lalonde_matchit" : set) + ".csv";
}

std::vector<std::string> variables(const stats::Formula& formula) {
    std::vector<std::string> names;
    for (const stats::Term& term : formula.terms) {
        for (const stats::Factor& factor : term.factors) names.push_back(factor.column);
    }
    return names;
}

stats::DesignMatrix design_of(const ReferenceTable& data, const stats::Formula& formula) {
    auto design = value_of(stats::build_design_matrix(data.frame(variables(formula)), formula.terms));
    if (!design.incomplete.empty()) throw ReferenceError("missing covariates");
    return design;
}

std::vector<std::int32_t> strata(const ReferenceTable& data, const std::vector<std::string>& columns) {
    std::map<std::string, std::int32_t> codes;
    std::vector<std::int32_t> stratum;
    for (std::size_t i = 0; i < data.rows() && !columns.empty(); ++i) {
        std::string key;
        for (const std::string& column : columns) key += data.texts(column)[i] + "\n";
        stratum.push_back(codes.try_emplace(key, static_cast<std::int32_t>(codes.size())).first->second);
    }
    return stratum;
}

void compare_lists(CaseReport& report, const char* quantity, std::vector<double> ours, std::vector<double> theirs,
                   double required, const char* exception, bool as_multisets) {
    if (ours.size() != theirs.size() || ours.empty()) {
        report.near(quantity, std::numeric_limits<double>::quiet_NaN(), static_cast<double>(theirs.size()), 1, required,
                    exception);
        return;
    }
    if (as_multisets) {
        std::sort(ours.begin(), ours.end());
        std::sort(theirs.begin(), theirs.end());
    }
    for (std::size_t i = 0; i < ours.size(); ++i) {
        report.near(quantity, ours[i], theirs[i], at_least_one(theirs[i]), required, exception);
    }
}

std::size_t shared_pairs(const std::vector<matching::Pair>& ours, const std::vector<matching::Pair>& theirs) {
    std::set<std::pair<std::size_t, std::size_t>> known;
    for (const matching::Pair& pair : theirs) known.emplace(pair.focal, pair.match);
    std::size_t count = 0;
    for (const matching::Pair& pair : ours) count += known.count({pair.focal, pair.match});
    return count;
}

std::vector<double> sorted_distances(const std::vector<matching::Pair>& pairs) {
    std::vector<double> values;
    for (const matching::Pair& pair : pairs) values.push_back(pair.distance);
    std::sort(values.begin(), values.end());
    return values;
}

}  // namespace twinfirm::validation
