// SPDX-License-Identifier: GPL-3.0-or-later
// Difference in differences: ATT(g,t) and their aggregates against R's did and DRDID, changes between two years against
// lm and sandwich.
#include <cmath>
#include <map>

#include "matched_outcomes.h"
#include "matchit_data.h"
#include "run.h"
#include "twinfirm/effects/did_aggregation.h"
#include "twinfirm/effects/event_study_tests.h"
#include "twinfirm/effects/staggered_did.h"
#include "twinfirm/effects/two_period_did.h"

namespace twinfirm::validation {

namespace {

using nlohmann::json;

constexpr double estimate_digits = 8;
constexpr double error_digits = 7;

struct Panel {
    stats::Frame frame;
    effects::LongRows rows;
    std::vector<double> outcome;
    stats::Column firm = stats::Column::numbers("firm", {});
};

std::vector<int> years(const std::vector<double>& values) {
    std::vector<int> result;
    for (const double value : values) result.push_back(std::isnan(value) ? 0 : static_cast<int>(value));
    return result;
}

Panel mpdta(const ReferenceFolder& folder) {
    const ReferenceTable& data = folder.table("data/mpdta.csv");
    Panel panel;
    panel.firm = stats::Column::numbers("countyreal", data.numbers("countyreal"));
    panel.frame.add(stats::Column::numbers("lpop", data.numbers("lpop")));
    panel.rows.time = years(data.numbers("year"));
    panel.rows.first_treated = years(data.numbers("first.treat"));
    panel.outcome = data.numbers("lemp");
    return panel;
}

Panel firms(const ReferenceFolder& folder) {
    const ReferenceTable& register_table = folder.table("data/firms_a.csv");
    const ReferenceTable& data = folder.table("data/firms_a_panel.csv");
    std::map<std::string, int> adoption;
    const auto& ids = register_table.texts("firm_id");
    const auto first = years(register_table.numbers("first_year"));
    for (std::size_t i = 0; i < ids.size(); ++i) adoption[ids[i]] = first[i];
    Panel panel;
    panel.firm = stats::Column::from_texts("firm_id", data.texts("firm_id"));
    panel.rows.time = years(data.numbers("year"));
    for (const std::string& id : data.texts("firm_id")) panel.rows.first_treated.push_back(adoption.at(id));
    for (const double y : data.numbers("productivity")) panel.outcome.push_back(std::log(y));
    return panel;
}

void compare_pair(CaseReport& report, const std::string& quantity, double estimate, double error, double their_estimate,
                  double their_error) {
    report.near(quantity + "_att", estimate, their_estimate, size_of(their_estimate), estimate_digits);
    report.near(quantity + "_std_error", error, their_error, size_of(their_error), error_digits);
}

void compare_aggregate(CaseReport& report, const std::string& kind, const effects::AggregatedDid& ours,
                       const json& theirs) {
    compare_pair(report, kind, ours.overall.att, ours.overall.std_error, theirs.at("overall_att"),
                 theirs.at("overall_se"));
    if (theirs.at("egt").is_null()) return;
    report.equal(kind + "_effects", static_cast<double>(ours.by.size()), static_cast<double>(theirs.at("egt").size()));
    for (std::size_t i = 0; i < ours.by.size(); ++i) {
        report.equal(kind + "_at", *ours.by[i].at, theirs.at("egt").at(i));
        compare_pair(report, kind, ours.by[i].att, ours.by[i].std_error, theirs.at("att").at(i), theirs.at("se").at(i));
    }
}

void compare_staggered(CaseReport& report, const ReferenceFolder& folder) {
    using effects::DidAggregation;
    const json item = folder.json("did/" + report.name() + ".json");
    Panel panel = report.name().starts_with("mpdta") ? mpdta(folder) : firms(folder);
    panel.rows.firm = &panel.firm;
    panel.rows.outcome = panel.outcome;
    panel.rows.frame = &panel.frame;
    const std::string formula = item.at("xformla");
    if (formula != "~1") panel.rows.terms = value_of(stats::parse_formula(formula)).terms;
    const auto built = value_of(effects::build_staggered_panel(panel.rows));
    effects::StaggeredOptions options;
    options.control =
        item.at("control_group") == "nevertreated" ? effects::DidControl::never : effects::DidControl::not_yet;
    const auto did = value_of(effects::estimate_staggered_did(built, options));
    report.equal("firms", static_cast<double>(did.firms), item.at("n"));
    const ReferenceTable& cells = folder.table("did/" + report.name() + ".attgt.csv");
    report.equal("cells", static_cast<double>(did.effects.size()), static_cast<double>(cells.rows()));
    const auto group = cells.numbers("group");
    const auto time = cells.numbers("time");
    const auto att = cells.numbers("att");
    const auto error = cells.numbers("se");
    for (std::size_t i = 0; i < did.effects.size(); ++i) {
        report.equal("cell_group", did.effects[i].group, group.at(i));
        report.equal("cell_time", did.effects[i].time, time[i]);
        compare_pair(report, "cell", did.effects[i].att, did.effects[i].std_error, att[i], error[i]);
    }
    const json& aggregates = item.at("aggregates");
    for (const DidAggregation kind :
         {DidAggregation::simple, DidAggregation::dynamic, DidAggregation::group, DidAggregation::calendar}) {
        const std::string code(effects::aggregation_code(kind));
        compare_aggregate(report, code, value_of(effects::aggregate_did(did, kind)), aggregates.at(code));
    }
    compare_aggregate(report, "dynamic_balanced", value_of(effects::aggregate_did(did, DidAggregation::dynamic, 1)),
                      aggregates.at("dynamic_balance_e1"));
    const auto pretrend = effects::pretrend_test(did);
    const double wald = item.at("wald_pretest").at(0).at(0);
    report.near("pretrend_wald", pretrend.statistic, wald, wald, error_digits);
    report.near("pretrend_p", pretrend.p_value, item.at("wald_pretest_p").at(0).at(0), 1, 5);
}

std::vector<double> change(const std::vector<double>& before, const std::vector<double>& after, bool logarithm) {
    std::vector<double> result;
    for (std::size_t i = 0; i < before.size(); ++i) {
        result.push_back(logarithm ? std::log(after[i]) - std::log(before[i]) : after[i] - before[i]);
    }
    return result;
}

/// Changes between two years on matched samples of the folder matchit, or without matching.
effects::MatchedOutcomes two_by_two(const ReferenceFolder& folder, const std::string& name) {
    const auto matched = [&](const std::string& set, const std::string& title, const std::vector<double>& outcome) {
        return reference_sample(folder.table("matchit/" + set + "/" + title + ".units.csv"), outcome).outcomes;
    };
    const std::string prefix = "did_matched_";
    if (name == "lalonde_did_7578_unmatched" || name.starts_with(prefix)) {
        const ReferenceTable& data = folder.table("data/lalonde_matchit.csv");
        const auto values = change(data.numbers("re75"), data.numbers("re78"), false);
        if (!name.starts_with(prefix)) return unmatched_outcomes(data.flags("treat"), values);
        return matched("lalonde", name.substr(prefix.size()), values);
    }
    if (name == "firms_a_did_matched_log") {
        const ReferenceTable& data = folder.table("data/firms_a.csv");
        return matched("firms_a", "firms_a_nn_caliper02", change(data.numbers("y2014"), data.numbers("y2017"), true));
    }
    if (name == "jtrain_dlscrap_8788") {
        const ReferenceTable& data = folder.table("data/jtrain88.csv");
        return unmatched_outcomes(data.flags("grant"), data.numbers("dlscrap"));
    }
    if (name != "jtrain_wooldridge_ex13") throw ReferenceError(name);
    const ReferenceTable& panel = folder.table("data/jtrain.csv");
    const auto year = panel.numbers("year");
    const auto grant = panel.flags("grant");
    const auto scrap = panel.numbers("lscrap");
    std::vector<std::uint8_t> treated;
    std::vector<double> values;
    for (std::size_t i = 1; i < panel.rows(); ++i) {
        if (year[i] != 1988) continue;
        treated.push_back(grant[i]);
        values.push_back(scrap[i] - scrap[i - 1]);  // the row before is the firm's 1987
    }
    return unmatched_outcomes(treated, values);
}

void compare_two_by_two(CaseReport& report, const ReferenceFolder& folder, const json& entry) {
    const effects::MatchedOutcomes outcomes = two_by_two(folder, report.name());
    const auto estimate = [&](effects::SeKind kind) { return reference_difference(outcomes, kind); };
    compare_entry(report, "effect", estimate(effects::SeKind::hc1).estimate, entry, "estimate", effect_scale(entry));
    compare_entry(report, "std_error_hc1", estimate(effects::SeKind::hc1).std_error, entry, "se_hc1",
                  entry.at("se_hc1"));
    if (entry.contains("se_cluster")) {
        compare_entry(report, "std_error_cr1", estimate(effects::SeKind::cr1).std_error, entry, "se_cluster",
                      entry.at("se_cluster"));
    }
    if (report.name() != "lalonde_did_7578_unmatched") return;
    // Two groups and two years are a regression of the change on adoption: its White error without a factor.
    const auto did =
        value_of(effects::TwoPeriodDid::prepare({}, outcomes.treated, {}, effects::DidEstimator::doubly_robust));
    const auto effect = value_of(did.effect(outcomes.value));
    double variance = 0;
    for (const double psi : effect.influence) variance += psi * psi;
    compare_pair(report, "doubly_robust", effect.att, std::sqrt(variance), entry.at("estimate"), entry.at("se_hc0"));
}

}  // namespace

void compare_did(Run& run) {
    for (const std::string& path : run.folder().files("did", ".json")) {
        const std::size_t slash = path.rfind('/') + 1;
        const std::string name = path.substr(slash, path.size() - slash - std::string(".json").size());
        if (name != "did_2x2") {
            run.compare("did", name, [&](CaseReport& report) { compare_staggered(report, run.folder()); });
        }
    }
    if (!run.folder().has("did/did_2x2.json")) return;
    for (const json& entry : run.folder().json("did/did_2x2.json")) {
        const std::string name = entry.value("case", "");
        if (name.find("event") != std::string::npos) {
            run.leave_out("did", name, "validation_not_offered");
            continue;
        }
        run.compare("did", name, [&](CaseReport& report) { compare_two_by_two(report, run.folder(), entry); });
    }
}

}  // namespace twinfirm::validation
