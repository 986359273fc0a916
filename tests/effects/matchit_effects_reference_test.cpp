// SPDX-License-Identifier: GPL-3.0-or-later
// Effects from the reference's own matched sets against the reference's numbers (R: lm, sandwich::vcovCL).
#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <map>
#include <set>

#include "effects/reference_case.h"
#include "twinfirm/effects/difference_in_means.h"
#include "twinfirm/effects/regression_adjusted.h"

namespace twinfirm::effects {
namespace {

namespace fs = std::filesystem;
using reference::CsvTable;

const fs::path root = fs::path(TWINFIRM_REFERENCE_DIR) / "reference";

struct Case {
    nlohmann::json json;
    MatchedOutcomes outcomes;
    std::vector<std::size_t> rows;  // data row of each observation
    Eigen::MatrixXd covariates;
    Target target = Target::adopters;
};

bool is_factor(const std::string& data, const std::string& column) {
    static const std::set<std::pair<std::string, std::string>> factors{
        {"lalonde_matchit.csv", "race"}, {"birthwt.csv", "race"}, {"firms_a.csv", "size"}, {"firms_a.csv", "industry"}};
    return factors.contains({data, column});
}

std::string data_file(const nlohmann::json& json) {
    const std::string name = json.at("dataset");
    return name.ends_with(".csv") ? name : name + ".csv";
}

Case read_case(const fs::path& path) {
    Case result;
    result.json = reference::read_json(path);
    const std::string file = data_file(result.json);
    const CsvTable data(root / "data" / file);
    fs::path units_path = path;
    units_path.replace_extension("units.csv");
    const CsvTable units(units_path);

    const std::vector<double> outcome = data.numbers(result.json.at("outcome"));
    const std::vector<double> weight = units.numbers("weight");
    const std::vector<double> treated = units.numbers("treat");
    const std::vector<double> row = units.numbers("row");
    const std::vector<std::string> subclass =
        units.has("subclass") ? units.texts("subclass") : std::vector<std::string>(units.rows());
    std::map<std::string, std::int32_t> set_number;
    for (std::size_t i = 0; i < units.rows(); ++i) {
        if (!(weight[i] > 0)) continue;
        const auto place = static_cast<std::size_t>(row[i]) - 1;
        result.rows.push_back(place);
        const auto number = set_number.emplace(subclass[i], static_cast<std::int32_t>(set_number.size())).first->second;
        result.outcomes.set.push_back(subclass[i].empty() ? -1 : number);
        result.outcomes.firm.push_back(static_cast<std::int32_t>(place));
        result.outcomes.treated.push_back(treated[i] == 1 ? 1 : 0);
        result.outcomes.weight.push_back(weight[i]);
        result.outcomes.value.push_back(outcome[place]);
    }
    std::vector<std::vector<double>> columns;
    for (const std::string name : result.json.at("covariates_for_adjustment"))
        for (auto& column : reference::columns_of(data, name, is_factor(file, name)))
            columns.push_back(std::move(column));
    result.covariates.resize(static_cast<Eigen::Index>(result.rows.size()), static_cast<Eigen::Index>(columns.size()));
    for (std::size_t i = 0; i < result.rows.size(); ++i)
        for (std::size_t j = 0; j < columns.size(); ++j)
            result.covariates(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = columns[j][result.rows[i]];
    const std::string estimand = result.json.at("estimand");
    result.target = estimand == "ATT" ? Target::adopters : estimand == "ATC" ? Target::non_adopters : Target::all;
    return result;
}

std::vector<fs::path> case_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(root / "matchit"))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

/// The worst relative difference seen, for the record.
struct Record {
    std::string name;
    int cases = 0;
    int numbers = 0;
    double worst = 0;
    std::string worst_at;

    explicit Record(std::string what) : name(std::move(what)) {}
    void compare(double ours, const nlohmann::json& entry, const char* key, double scale) {
        if (!entry.contains(key) || entry.at(key).is_null()) return;
        const double theirs = entry.at(key);
        const double difference = std::abs(ours - theirs) / scale;
        EXPECT_LE(difference, 1e-9) << name << ' ' << key << ": " << ours << " against " << theirs;
        ++numbers;
        if (!(difference <= worst)) {
            worst = difference;
            worst_at = key;
        }
    }
    void print() const {
        std::cout << name << ": " << cases << " cases, " << numbers << " numbers, largest relative difference " << worst
                  << " (" << worst_at << ")\n";
    }
};

/// Estimates are compared relative to the larger of the estimate and its standard error: an effect near 0 has the
/// rounding of the means it is the difference of.
double scale_of(const nlohmann::json& entry) {
    const double estimate = entry.at("estimate");
    const double error = entry.contains("se_hc1") ? entry.at("se_hc1").get<double>() : 0.0;
    return std::max(std::abs(estimate), error);
}

constexpr double confidence = 0.95;

TEST(MatchItEffects, DifferenceInMeansFromTheReferencesSets) {
    Record record{"difference in means"};
    for (const fs::path& path : case_files()) {
        const Case c = read_case(path);
        const nlohmann::json& effects = c.json.at("effects");
        if (!effects.contains("dim")) continue;
        SCOPED_TRACE(path.stem().string());
        const nlohmann::json& dim = effects.at("dim");
        const auto estimate = [&](SeKind kind) {
            return difference_in_means(c.outcomes, kind, confidence, MissingOutcome::unit).value();
        };
        record.compare(estimate(SeKind::hc1).estimate, dim, "estimate", scale_of(dim));
        record.compare(estimate(SeKind::hc1).std_error, dim, "se_hc1", dim.at("se_hc1"));
        record.compare(estimate(SeKind::hc3).std_error, dim, "se_hc3", dim.at("se_hc1"));
        if (dim.contains("se_cluster_subclass")) {
            record.compare(estimate(SeKind::cr1).std_error, dim, "se_cluster_subclass", dim.at("se_cluster_subclass"));
            record.compare(estimate(SeKind::cr0).std_error, dim, "se_cluster_CR0", dim.at("se_cluster_CR0"));
            record.compare(estimate(SeKind::cr1).df + 1, dim, "n_clusters", dim.at("n_clusters"));
        }
        ++record.cases;
    }
    EXPECT_EQ(record.cases, 134);
    record.print();
}

TEST(MatchItEffects, EffectiveSampleSizeOfTheControls) {
    Record record{"effective sample size"};
    for (const fs::path& path : case_files()) {
        Case c = read_case(path);
        SCOPED_TRACE(path.stem().string());
        std::fill(c.outcomes.value.begin(), c.outcomes.value.end(), 0.0);  // of all matched, with or without outcome
        const Estimate effect = difference_in_means(c.outcomes, SeKind::hc1, confidence).value();
        const nlohmann::json& sizes = c.json.at("nn");
        record.compare(effect.ess_control, sizes.at("Matched (ESS)"), "Control",
                       sizes.at("Matched (ESS)").at("Control"));
        EXPECT_EQ(effect.n_control, sizes.at("Matched").at("Control").get<std::int64_t>());
        EXPECT_EQ(effect.n_treated, sizes.at("Matched").at("Treated").get<std::int64_t>());
        ++record.cases;
    }
    EXPECT_EQ(record.cases, 136);
    record.print();
}

TEST(MatchItEffects, RegressionAdjustedFromTheReferencesSets) {
    Record record{"regression adjusted"};
    for (const fs::path& path : case_files()) {
        const Case c = read_case(path);
        const nlohmann::json& effects = c.json.at("effects");
        SCOPED_TRACE(path.stem().string());
        for (const auto& [key, adjustment] : {std::pair{"adj_additive", Adjustment::additive},
                                              std::pair{"adj_interaction_gcomp", Adjustment::interacted}}) {
            if (!effects.contains(key)) continue;
            const nlohmann::json& theirs = effects.at(key);
            const auto estimate = [&, how = adjustment](SeKind kind) {
                return regression_adjusted(c.outcomes, c.covariates, how, kind, confidence, MissingOutcome::unit,
                                           c.target)
                    .value();
            };
            record.name = key;
            record.compare(estimate(SeKind::hc1).estimate, theirs, "estimate", scale_of(theirs));
            record.compare(estimate(SeKind::hc1).std_error, theirs, "se_hc1", theirs.at("se_hc1"));
            if (theirs.contains("se_cluster_subclass"))
                record.compare(estimate(SeKind::cr1).std_error, theirs, "se_cluster_subclass",
                               theirs.at("se_cluster_subclass"));
            ++record.cases;
        }
    }
    EXPECT_EQ(record.cases, 266);
    record.name = "regression adjusted";
    record.print();
}

/// Matching with replacement in long form: each pair's focal unit once, its k matches with weight 1/k; clustered by
/// focal unit and by unit.
TEST(MatchItEffects, TwoWayErrorsOfMatchingWithReplacement) {
    Record record{"two-way"};
    int without_missing = 0;
    for (const fs::path& path : case_files()) {
        const nlohmann::json json = reference::read_json(path);
        if (!json.at("effects").contains("get_matches")) continue;
        SCOPED_TRACE(path.stem().string());
        const CsvTable data(root / "data" / data_file(json));
        const std::vector<double> outcome = data.numbers(json.at("outcome"));
        const bool focal_is_control = json.at("estimand") == "ATC";
        fs::path pairs_path = path;
        pairs_path.replace_extension("pairs.csv");
        const CsvTable pairs(pairs_path);
        const std::vector<double> focal = pairs.numbers("focal_row");
        const std::vector<double> match = pairs.numbers("match_row");
        std::map<int, std::vector<int>> sets;
        for (std::size_t i = 0; i < pairs.rows(); ++i)
            if (!std::isnan(match[i])) sets[static_cast<int>(focal[i])].push_back(static_cast<int>(match[i]));
        MatchedOutcomes outcomes;
        std::int32_t number = 0;
        const auto add = [&](int row, bool is_focal, double weight) {
            outcomes.set.push_back(number);
            outcomes.firm.push_back(row);
            outcomes.treated.push_back(is_focal != focal_is_control ? 1 : 0);
            outcomes.weight.push_back(weight);
            outcomes.value.push_back(outcome[static_cast<std::size_t>(row) - 1]);
        };
        for (const auto& [row, matches] : sets) {
            add(row, true, 1);
            for (const int other : matches) add(other, false, 1 / static_cast<double>(matches.size()));
            ++number;
        }
        const nlohmann::json& theirs = json.at("effects").at("get_matches");
        const Estimate effect =
            difference_in_means(outcomes, SeKind::two_way, confidence, MissingOutcome::unit).value();
        const double error = theirs.at("se_cluster_subclass_id");
        record.compare(effect.estimate, theirs, "estimate",
                       std::max(std::abs(theirs.at("estimate").get<double>()), error));
        // With missing outcomes the reference counts the sets that have become empty (unused levels of a factor).
        const bool complete = theirs.at("n_rows").get<std::size_t>() == outcomes.value.size();
        if (complete) record.compare(effect.std_error, theirs, "se_cluster_subclass_id", error);
        without_missing += complete ? 1 : 0;
        ++record.cases;
    }
    EXPECT_EQ(record.cases, 14);
    EXPECT_EQ(without_missing, 11);
    record.print();
}

/// Changes between two periods on matched sets of other cases.
TEST(DidReference, MatchedTwoByTwo) {
    const nlohmann::json cases = reference::read_json(root / "did" / "did_2x2.json");
    Record record{"matched 2x2"};
    const auto compare = [&](const std::string& name, const MatchedOutcomes& outcomes) {
        SCOPED_TRACE(name);
        for (const nlohmann::json& entry : cases) {
            if (entry.at("case") != name) continue;
            const auto estimate = [&](SeKind kind) {
                return difference_in_means(outcomes, kind, confidence, MissingOutcome::unit).value();
            };
            record.compare(estimate(SeKind::hc1).estimate, entry, "estimate", scale_of(entry));
            record.compare(estimate(SeKind::hc1).std_error, entry, "se_hc1", entry.at("se_hc1"));
            if (entry.contains("se_cluster"))
                record.compare(estimate(SeKind::cr1).std_error, entry, "se_cluster", entry.at("se_cluster"));
            ++record.cases;
        }
    };
    const auto change = [](const CsvTable& data, const std::string& before, const std::string& after) {
        std::vector<double> result = data.numbers(after);
        const std::vector<double> base = data.numbers(before);
        for (std::size_t i = 0; i < result.size(); ++i) result[i] -= base[i];
        return result;
    };
    const CsvTable lalonde(root / "data" / "lalonde_matchit.csv");
    for (const std::string name : {"lalonde_nn_caliper02", "lalonde_nn_ratio2"}) {
        Case c = read_case(root / "matchit" / "lalonde" / (name + ".json"));
        const std::vector<double> values = change(lalonde, "re75", "re78");
        for (std::size_t i = 0; i < c.rows.size(); ++i) c.outcomes.value[i] = values[c.rows[i]];
        compare("did_matched_" + name, c.outcomes);
    }
    const CsvTable firms(root / "data" / "firms_a.csv");
    Case c = read_case(root / "matchit" / "firms_a" / "firms_a_nn_caliper02.json");
    const std::vector<double> after = firms.numbers("y2017");
    const std::vector<double> before = firms.numbers("y2014");
    for (std::size_t i = 0; i < c.rows.size(); ++i)
        c.outcomes.value[i] = std::log(after[c.rows[i]]) - std::log(before[c.rows[i]]);
    compare("firms_a_did_matched_log", c.outcomes);

    // Without matching: every unit weighs 1 and is in no set.
    const auto unmatched = [](const std::vector<double>& treated, const std::vector<double>& values) {
        MatchedOutcomes outcomes;
        for (std::size_t i = 0; i < values.size(); ++i) {
            outcomes.set.push_back(-1);
            outcomes.firm.push_back(static_cast<std::int32_t>(i));
            outcomes.treated.push_back(treated[i] == 1 ? 1 : 0);
            outcomes.weight.push_back(1);
            outcomes.value.push_back(values[i]);
        }
        return outcomes;
    };
    const CsvTable jtrain(root / "data" / "jtrain88.csv");
    compare("lalonde_did_7578_unmatched", unmatched(lalonde.numbers("treat"), change(lalonde, "re75", "re78")));
    compare("jtrain_dlscrap_8788", unmatched(jtrain.numbers("grant"), jtrain.numbers("dlscrap")));
    const CsvTable panel(root / "data" / "jtrain.csv");
    const std::vector<double> year = panel.numbers("year");
    const std::vector<double> grant = panel.numbers("grant");
    const std::vector<double> log_scrap = panel.numbers("lscrap");
    std::vector<double> treated_1988;
    std::vector<double> change_1988;
    for (std::size_t i = 0; i < panel.rows(); ++i) {
        if (year[i] != 1988) continue;
        treated_1988.push_back(grant[i]);
        change_1988.push_back(log_scrap[i] - log_scrap[i - 1]);  // the row before is the firm's 1987
    }
    compare("jtrain_wooldridge_ex13", unmatched(treated_1988, change_1988));
    EXPECT_EQ(record.cases, 6);
    record.print();
}

}  // namespace
}  // namespace twinfirm::effects
