// SPDX-License-Identifier: GPL-3.0-or-later
#include "matchit_cases.h"

#include <map>

namespace twinfirm::validation {

namespace {

/// The nearest-neighbour cases on the score alone that every set has.
std::vector<MatchItCase> common_cases(const std::string& set) {
    using namespace design;
    std::vector<MatchItCase> cases;
    const auto add = [&](const std::string& name, auto change) {
        MatchItCase item{set, "nn_" + name, matchit_defaults()};
        change(item.settings);
        cases.push_back(item);
    };
    const auto caliper = [](double width) { return [width](MatchingSettings& s) { s.caliper = width; }; };
    add("default", [](MatchingSettings&) {});
    add("caliper02", caliper(0.2));
    add("order_closest", [](MatchingSettings& s) { s.order = MatchOrder::closest; });
    add("order_data", [](MatchingSettings& s) { s.order = MatchOrder::data; });
    add("order_smallest", [](MatchingSettings& s) { s.order = MatchOrder::smallest; });
    add("ratio2", [](MatchingSettings& s) { s.ratio = 2; });
    add("ratio3_caliper02", [](MatchingSettings& s) { s.ratio = 3, s.caliper = 0.2; });
    add("replace", [](MatchingSettings& s) { s.replace = true; });
    add("discard_both", [](MatchingSettings& s) { s.discard = Discard::both; });
    add("ATC_replace",
        [](MatchingSettings& s) { s.estimand = Estimand::atc, s.order = MatchOrder::smallest, s.replace = true; });
    return cases;
}

}  // namespace

design::MatchingSettings matchit_defaults() {
    design::MatchingSettings settings;
    settings.score = design::ScoreKind::logit;
    settings.caliper_sd = design::CaliperSd::all;
    return settings;
}

std::vector<MatchItCase> nearest_neighbor_cases() {
    using namespace design;
    std::vector<MatchItCase> cases;
    const auto add = [&](const std::string& set, const std::string& name, auto change) {
        MatchItCase item{set, "nn_" + name, matchit_defaults()};
        change(item.settings);
        cases.push_back(item);
    };
    const std::map<std::string, std::vector<std::vector<std::string>>> exact = {
        {"birthwt", {{"race"}, {"race", "ht"}}},
        {"firms_a", {{"industry"}, {"industry", "size"}}},
        {"jtrain88", {{"union"}, {"union"}}}};
    for (const auto& entry : exact) {
        const std::string& set = entry.first;
        const std::vector<std::vector<std::string>>& columns = entry.second;
        const std::vector<MatchItCase> common = common_cases(set);
        cases.insert(cases.end(), common.begin(), common.end());
        add(set, "caliper01_data", [](MatchingSettings& s) { s.caliper = 0.1, s.order = MatchOrder::data; });
        add(set, "caliper_raw001", [](MatchingSettings& s) { s.caliper = 0.01, s.caliper_unit = CaliperUnit::raw; });
        add(set, "exact", [&](MatchingSettings& s) { s.exact = columns[0]; });
        add(set, "exact2_caliper02", [&](MatchingSettings& s) { s.exact = columns[1], s.caliper = 0.2; });
        add(set, "linearlogit_caliper02",
            [](MatchingSettings& s) { s.score = ScoreKind::linear_logit, s.caliper = 0.2; });
        add(set, "replace_ratio2_caliper02",
            [](MatchingSettings& s) { s.replace = true, s.ratio = 2, s.caliper = 0.2; });
    }
    for (const char* set : {"birthwt", "firms_a", "jtrain88", "lalonde"}) {
        add(set, "probit", [](MatchingSettings& s) { s.score = ScoreKind::probit; });
    }
    add("lalonde", "cloglog", [](MatchingSettings& s) { s.score = ScoreKind::cloglog; });
    const std::vector<MatchItCase> common = common_cases("lalonde");
    cases.insert(cases.end(), common.begin(), common.end());
    const std::string lalonde = "lalonde";
    add(lalonde, "order_largest", [](MatchingSettings&) {});
    add(lalonde, "caliper005_raw", [](MatchingSettings& s) { s.caliper = 0.05, s.caliper_unit = CaliperUnit::raw; });
    add(lalonde, "caliper02_closest", [](MatchingSettings& s) { s.caliper = 0.2, s.order = MatchOrder::closest; });
    add(lalonde, "caliper02_smallest", [](MatchingSettings& s) { s.caliper = 0.2, s.order = MatchOrder::smallest; });
    add(lalonde, "discard_control", [](MatchingSettings& s) { s.discard = Discard::control; });
    add(lalonde, "discard_treated", [](MatchingSettings& s) { s.discard = Discard::treated; });
    add(lalonde, "exact_race", [](MatchingSettings& s) { s.exact = {"race"}; });
    add(lalonde, "exact_race_married_caliper02", [](MatchingSettings& s) {
        s.exact = {"race", "married"}, s.caliper = 0.2;
    });
    add(lalonde, "linearlogit", [](MatchingSettings& s) { s.score = ScoreKind::linear_logit, s.caliper = 0.2; });
    add(lalonde, "order_farthest", [](MatchingSettings& s) { s.order = MatchOrder::farthest; });
    add(lalonde, "antiexact_married", [](MatchingSettings& s) { s.anti_exact = {"married"}; });
    add(lalonde, "caliper_age2_raw", [](MatchingSettings& s) { s.covariate_calipers = {{"age", 2}}; });
    add(lalonde, "caliper_ps02_age5", [](MatchingSettings& s) {
        s.caliper = 0.2, s.covariate_calipers = {{"age", 5}};
    });
    add(lalonde, "reusemax3", [](MatchingSettings& s) { s.replace = true, s.max_reuse = 3; });
    add(lalonde, "varratio_min1max4", [](MatchingSettings& s) { s.ratio = 2, s.min_controls = 1, s.max_controls = 4; });
    add(lalonde, "replace_caliper01", [](MatchingSettings& s) { s.replace = true, s.caliper = 0.1; });
    add(lalonde, "replace_ratio3", [](MatchingSettings& s) { s.replace = true, s.ratio = 3; });
    return cases;
}

std::vector<MatchItCase> set_cases() {
    using namespace design;
    using Rule = Coarsening::Rule;
    std::vector<MatchItCase> cases;
    const auto add = [&](const std::string& set, const std::string& name, MatchMethod method, auto change) {
        MatchItCase item{set, name, matchit_defaults()};
        item.settings.method = method;
        change(item.settings);
        cases.push_back(item);
    };
    const auto as_is = [](MatchingSettings&) {};
    const auto ate = [](MatchingSettings& s) { s.estimand = Estimand::ate; };
    const auto caliper = [](MatchingSettings& s) { s.caliper = 0.2; };
    for (const char* set : {"birthwt", "firms_a", "jtrain88"}) {
        add(set, "cem_default", MatchMethod::cem, as_is);
        add(set, "cem_mah", MatchMethod::cem, as_is);
        add(set, "exact", MatchMethod::exact, as_is);
        add(set, "full", MatchMethod::full, as_is);
        add(set, "full_caliper02", MatchMethod::full, caliper);
        add(set, "optimal", MatchMethod::optimal, as_is);
        add(set, "subclass5", MatchMethod::subclass, [](MatchingSettings& s) { s.subclasses = 5; });
        add(set, "subclass5_ATE", MatchMethod::subclass,
            [](MatchingSettings& s) { s.subclasses = 5, s.estimand = Estimand::ate; });
    }
    const std::string lalonde = "lalonde";
    add(lalonde, "cem_ATE", MatchMethod::cem, ate);
    add(lalonde, "cem_cut", MatchMethod::cem, [](MatchingSettings& s) {
        s.coarsenings = {{"age", Rule::quantiles, 4, {}},
                         {"educ", Rule::cutpoints, 0, {8.5, 11.5, 12.5}},
                         {"re74", Rule::bins, 4, {}},
                         {"re75", Rule::bins, 4, {}}};
    });
    add(lalonde, "cem_default", MatchMethod::cem, as_is);
    add(lalonde, "cem_k2k", MatchMethod::cem, [](MatchingSettings& s) { s.k2k = true, s.order = MatchOrder::data; });
    add(lalonde, "cem_sturges_race_grouped", MatchMethod::cem, [](MatchingSettings& s) {
        s.level_groups = {{"race", {"white", "hispan"}}};
    });
    add(lalonde, "exact_ATE", MatchMethod::exact, ate);
    add(lalonde, "exact_race_married_nodegree", MatchMethod::exact, as_is);
    add(lalonde, "full", MatchMethod::full, as_is);
    add(lalonde, "full_ATE", MatchMethod::full, ate);
    add(lalonde, "full_caliper02", MatchMethod::full, caliper);
    add(lalonde, "full_exact_married", MatchMethod::full, [](MatchingSettings& s) { s.exact = {"married"}; });
    add(lalonde, "full_min_max", MatchMethod::full,
        [](MatchingSettings& s) { s.min_controls = 0.5, s.max_controls = 4; });
    add(lalonde, "optimal", MatchMethod::optimal, as_is);
    add(lalonde, "optimal_exact_race", MatchMethod::optimal, [](MatchingSettings& s) { s.exact = {"race"}; });
    add(lalonde, "optimal_mahal", MatchMethod::optimal, [](MatchingSettings& s) { s.score = ScoreKind::mahalanobis; });
    add(lalonde, "optimal_ratio2", MatchMethod::optimal, [](MatchingSettings& s) { s.ratio = 2; });
    add(lalonde, "quick", MatchMethod::quick, as_is);
    add(lalonde, "subclass10_min2", MatchMethod::subclass, [](MatchingSettings& s) { s.subclasses = 10, s.min_n = 2; });
    add(lalonde, "subclass5", MatchMethod::subclass, [](MatchingSettings& s) { s.subclasses = 5; });
    add(lalonde, "subclass5_ATE", MatchMethod::subclass,
        [](MatchingSettings& s) { s.subclasses = 5, s.estimand = Estimand::ate; });
    add(lalonde, "subclass6", MatchMethod::subclass, as_is);
    return cases;
}

std::vector<MatchItCase> tiefree_cases(const std::string& set) {
    using namespace design;
    std::vector<MatchItCase> cases;
    const auto add = [&](const std::string& name, auto change) {
        MatchItCase item{set, name, matchit_defaults()};
        change(item.settings);
        cases.push_back(item);
    };
    add("default", [](MatchingSettings&) {});
    add("smallest", [](MatchingSettings& s) { s.order = MatchOrder::smallest; });
    add("data", [](MatchingSettings& s) { s.order = MatchOrder::data; });
    add("closest", [](MatchingSettings& s) { s.order = MatchOrder::closest; });
    add("replace", [](MatchingSettings& s) { s.replace = true; });
    add("ratio2", [](MatchingSettings& s) { s.ratio = 2; });
    add("replace_ratio2", [](MatchingSettings& s) { s.replace = true, s.ratio = 2; });
    add("exact_race", [](MatchingSettings& s) { s.exact = {"race"}; });
    add("exact_race_ratio2", [](MatchingSettings& s) { s.exact = {"race"}, s.ratio = 2; });
    add("caliper02", [](MatchingSettings& s) { s.caliper = 0.2; });
    add("caliper005", [](MatchingSettings& s) { s.caliper = 0.05; });
    add("caliper02_replace", [](MatchingSettings& s) { s.caliper = 0.2, s.replace = true; });
    add("caliper02_ratio3", [](MatchingSettings& s) { s.caliper = 0.2, s.ratio = 3; });
    add("atc", [](MatchingSettings& s) { s.estimand = Estimand::atc, s.order = MatchOrder::smallest; });
    add("linlogit", [](MatchingSettings& s) { s.score = ScoreKind::linear_logit; });
    add("linlogit_caliper02", [](MatchingSettings& s) { s.score = ScoreKind::linear_logit, s.caliper = 0.2; });
    add("discard_both", [](MatchingSettings& s) { s.discard = Discard::both; });
    add("reuse2", [](MatchingSettings& s) { s.replace = true, s.max_reuse = 2; });
    add("subclass5", [](MatchingSettings& s) { s.method = MatchMethod::subclass, s.subclasses = 5; });
    add("caliper_age05", [](MatchingSettings& s) { s.covariate_calipers = {{"age", 0.5, CaliperUnit::sd}}; });
    return cases;
}

std::vector<MetricCase> metric_cases() {
    using design::ScoreKind;
    std::vector<MetricCase> cases{
        {{"jtrain88", "nn_mahalanobis", matchit_defaults()}},
        {{"birthwt", "nn_mahalanobis", matchit_defaults()}, "", true},
        {{"lalonde", "nn_mahalanobis", matchit_defaults()}, "", true},
        {{"firms_a", "nn_mahvars_caliper02", matchit_defaults()}, "employees + sales + firm_age"},
        {{"jtrain88", "nn_mahvars_caliper02", matchit_defaults()}, "lsales + lemploy"},
        {{"birthwt", "nn_mahvars_caliper02", matchit_defaults()}, "age + lwt", true},
        {{"lalonde", "nn_mahvars_caliper02", matchit_defaults()}, "age + educ + re74 + re75", true},
        {{"lalonde", "nn_robust_mahalanobis", matchit_defaults()}, "", true},
        {{"lalonde", "nn_scaled_euclidean", matchit_defaults()}, "", true}};
    for (MetricCase& item : cases) {
        design::MatchingSettings& settings = item.item.settings;
        settings.score = item.item.name == "nn_robust_mahalanobis" ? ScoreKind::robust_mahalanobis
                         : item.item.name == "nn_scaled_euclidean" ? ScoreKind::scaled_euclidean
                                                                   : ScoreKind::mahalanobis;
        settings.order = design::MatchOrder::data;
        if (item.covariates.empty()) continue;
        settings.order = design::MatchOrder::largest;
        settings.caliper = 0.2;
    }
    return cases;
}

}  // namespace twinfirm::validation
