// SPDX-License-Identifier: GPL-3.0-or-later
#include "disclosure_json.h"
#include "group_settings_json.h"
#include "json_reader.h"
#include "over_time_json.h"
#include "report_json.h"
#include "twinfirm/base/sha256.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::design {

namespace {

constexpr Choice<Estimand> estimands[] = {{Estimand::att, "ATT"}, {Estimand::ate, "ATE"}, {Estimand::atc, "ATC"}};
constexpr Choice<MatchMethod> methods[] = {{MatchMethod::nearest, "nearest"},     {MatchMethod::optimal, "optimal"},
                                           {MatchMethod::full, "full"},           {MatchMethod::quick, "quick"},
                                           {MatchMethod::subclass, "subclass"},   {MatchMethod::cem, "cem"},
                                           {MatchMethod::exact, "exact"},         {MatchMethod::kernel, "kernel"},
                                           {MatchMethod::weighting, "weighting"}, {MatchMethod::none, "none"}};
constexpr Choice<Kernel> kernels[] = {
    {Kernel::epanechnikov, "epanechnikov"}, {Kernel::gaussian, "gaussian"}, {Kernel::uniform, "uniform"}};
constexpr Choice<Weighting> weightings[] = {{Weighting::ipw, "ipw"},
                                            {Weighting::overlap, "overlap"},
                                            {Weighting::entropy, "entropy"},
                                            {Weighting::cbps, "cbps"}};
constexpr Choice<OutcomeAdjustment> adjustments[] = {{OutcomeAdjustment::automatic, "auto"},
                                                     {OutcomeAdjustment::none, "none"},
                                                     {OutcomeAdjustment::regression, "regression"},
                                                     {OutcomeAdjustment::bias, "bias"},
                                                     {OutcomeAdjustment::aipw, "aipw"},
                                                     {OutcomeAdjustment::ipwra, "ipwra"}};
constexpr Choice<StandardError> standard_errors[] = {{StandardError::automatic, "auto"},
                                                     {StandardError::cr0, "cr0"},
                                                     {StandardError::cr1, "cr1"},
                                                     {StandardError::two_way, "two-way"},
                                                     {StandardError::firm, "firm"},
                                                     {StandardError::ai, "ai"},
                                                     {StandardError::ai_homoscedastic, "ai-homoscedastic"},
                                                     {StandardError::ai_estimated, "ai-estimated"},
                                                     {StandardError::m_estimation, "m-estimation"},
                                                     {StandardError::bootstrap, "bootstrap"},
                                                     {StandardError::permutation, "permutation"}};
constexpr Choice<Coarsening::Rule> coarsening_rules[] = {{Coarsening::Rule::sturges, "sturges"},
                                                         {Coarsening::Rule::bins, "bins"},
                                                         {Coarsening::Rule::quantiles, "quantiles"},
                                                         {Coarsening::Rule::cutpoints, "cutpoints"}};
constexpr Choice<ScoreKind> scores[] = {{ScoreKind::logit, "logit"},
                                        {ScoreKind::linear_logit, "linear-logit"},
                                        {ScoreKind::probit, "probit"},
                                        {ScoreKind::linear_probit, "linear-probit"},
                                        {ScoreKind::cloglog, "cloglog"},
                                        {ScoreKind::linear_cloglog, "linear-cloglog"},
                                        {ScoreKind::firth, "firth"},
                                        {ScoreKind::linear_firth, "linear-firth"},
                                        {ScoreKind::column, "column"},
                                        {ScoreKind::mahalanobis, "mahalanobis"},
                                        {ScoreKind::robust_mahalanobis, "robust-mahalanobis"},
                                        {ScoreKind::scaled_euclidean, "scaled-euclidean"}};
constexpr Choice<MetricCovariance> covariances[] = {{MetricCovariance::pooled, "pooled"},
                                                    {MetricCovariance::total, "total"}};
constexpr Choice<Separation> separations[] = {{Separation::stop, "stop"}, {Separation::firth, "firth"}};
constexpr Choice<MissingCovariates> missing_rules[] = {{MissingCovariates::drop, "drop"},
                                                       {MissingCovariates::indicator, "indicator"}};
constexpr Choice<CaliperUnit> caliper_units[] = {{CaliperUnit::sd, "sd"}, {CaliperUnit::raw, "raw"}};
constexpr Choice<CaliperSd> caliper_sds[] = {{CaliperSd::pooled, "pooled"}, {CaliperSd::all, "all"}};
constexpr Choice<MatchOrder> orders[] = {{MatchOrder::largest, "largest"}, {MatchOrder::smallest, "smallest"},
                                         {MatchOrder::closest, "closest"}, {MatchOrder::data, "data"},
                                         {MatchOrder::random, "random"},   {MatchOrder::farthest, "farthest"}};
constexpr Choice<Discard> discards[] = {
    {Discard::none, "none"}, {Discard::treated, "treated"}, {Discard::control, "control"}, {Discard::both, "both"}};
constexpr Choice<Direction> directions[] = {{Direction::higher_is_better, "higher"},
                                            {Direction::lower_is_better, "lower"}};
constexpr Choice<ChangeMetric> metrics[] = {{ChangeMetric::percent, "percent"},
                                            {ChangeMetric::level, "level"},
                                            {ChangeMetric::points, "points"},
                                            {ChangeMetric::per_hundred, "per_hundred"}};

Json text_json(const LocalizedText& text) {
    return Json{{"ko", text.ko}, {"en", text.en}};
}

template <class Item, class ToJson>
Json list_json(const std::vector<Item>& items, ToJson to_json) {
    Json array = Json::array();
    for (const Item& item : items) array.push_back(to_json(item));
    return array;
}

Json matching_json(const MatchingSettings& matching) {
    Json json;
    json["estimand"] = name_of(matching.estimand, estimands);
    json["method"] = name_of(matching.method, methods);
    json["score"] = name_of(matching.score, scores);
    json["score_column"] = matching.score_column;
    json["separation"] = name_of(matching.separation, separations);
    json["missing_covariates"] = name_of(matching.missing_covariates, missing_rules);
    json["sample_weights"] = matching.sample_weights;
    json["ratio"] = matching.ratio;
    json["min_controls"] = number_json(matching.min_controls);
    json["max_controls"] = number_json(matching.max_controls);
    json["replace"] = matching.replace;
    json["max_reuse"] = matching.max_reuse;
    json["caliper"] = matching.caliper ? number_json(*matching.caliper) : Json(nullptr);
    json["caliper_unit"] = name_of(matching.caliper_unit, caliper_units);
    json["caliper_sd"] = name_of(matching.caliper_sd, caliper_sds);
    json["covariate_calipers"] = list_json(matching.covariate_calipers, [](const CovariateCaliper& caliper) {
        return Json{{"column", caliper.column},
                    {"width", number_json(caliper.width)},
                    {"unit", name_of(caliper.unit, caliper_units)}};
    });
    json["order"] = name_of(matching.order, orders);
    json["discard"] = name_of(matching.discard, discards);
    json["reestimate"] = matching.reestimate;
    json["exact"] = matching.exact;
    json["anti_exact"] = matching.anti_exact;
    json["mahalanobis"] = matching.mahalanobis;
    json["metric_covariance"] = name_of(matching.metric_covariance, covariances);
    json["smallest_caliper"] = matching.smallest_caliper;
    json["subclasses"] = matching.subclasses;
    json["min_n"] = matching.min_n;
    json["coarsenings"] = list_json(matching.coarsenings, [](const Coarsening& coarsening) {
        return Json{{"column", coarsening.column},
                    {"rule", name_of(coarsening.rule, coarsening_rules)},
                    {"count", coarsening.count},
                    {"points", list_json(coarsening.points, number_json)}};
    });
    json["level_groups"] = list_json(matching.level_groups, [](const LevelGroup& group) {
        return Json{{"column", group.column}, {"levels", group.levels}};
    });
    json["k2k"] = matching.k2k;
    json["kernel"] = name_of(matching.kernel, kernels);
    json["bandwidth"] = matching.bandwidth ? number_json(*matching.bandwidth) : Json(nullptr);
    json["weighting"] = name_of(matching.weighting, weightings);
    json["seed"] = matching.seed;
    return json;
}

Json effects_json(const EffectSettings& effects) {
    return Json{{"adjustment", name_of(effects.adjustment, adjustments)},
                {"standard_error", name_of(effects.standard_error, standard_errors)},
                {"replications", effects.replications},
                {"cluster", effects.cluster}};
}

Json sensitivity_json(const SensitivitySettings& sensitivity) {
    return Json{{"enabled", sensitivity.enabled},
                {"outcomes", sensitivity.outcomes},
                {"gammas", list_json(sensitivity.gammas, number_json)},
                {"benchmarks", sensitivity.benchmarks},
                {"multiples", list_json(sensitivity.multiples, number_json)}};
}

Json roles_json(const Roles& roles) {
    return Json{{"firms_table", roles.firms_table},
                {"panel_table", roles.panel_table},
                {"survey_table", roles.survey_table},
                {"firm_id", roles.firm_id},
                {"year", roles.year},
                {"adoption_year", roles.adoption_year},
                {"level", roles.level},
                {"crosswalk_table", roles.crosswalk_table},
                {"panel_key", roles.panel_key},
                {"survey_key", roles.survey_key},
                {"adoption_table", roles.adoption_table},
                {"adoption_key", roles.adoption_key}};
}

Json outcome_json(const Outcome& outcome) {
    return Json{{"key", outcome.key},
                {"label", text_json(outcome.label)},
                {"variable", outcome.variable},
                {"denominator", outcome.denominator},
                {"unit", outcome.unit},
                {"unit_scale", number_json(outcome.unit_scale)},
                {"better", name_of(outcome.direction, directions)},
                {"metric", name_of(outcome.metric, metrics)}};
}

Json kpi_json(const ProcessKpi& kpi) {
    return Json{{"key", kpi.key},       {"label", text_json(kpi.label)},
                {"before", kpi.before}, {"after", kpi.after},
                {"unit", kpi.unit},     {"better", name_of(kpi.direction, directions)}};
}

Json breakdown_json(const Breakdown& breakdown) {
    Json edges = Json::array();
    for (const double edge : breakdown.edges) edges.push_back(number_json(edge));
    Json labels = Json::array();
    for (const LocalizedText& label : breakdown.labels) labels.push_back(text_json(label));
    return Json{{"key", breakdown.key},           {"label", text_json(breakdown.label)},
                {"variable", breakdown.variable}, {"edges", edges},
                {"values", breakdown.values},     {"labels", labels},
                {"top", breakdown.top},           {"band_year", band_year_code(breakdown.band_year)},
                {"within", breakdown.within},     {"cross", breakdown.cross}};
}

Json to_json(const Specification& specification) {
    Json json;
    json["title"] = text_json(specification.title);
    json["preset"] = specification.preset;
    json["roles"] = roles_json(specification.roles);
    json["covariates"] = specification.covariates;
    json["matching"] = matching_json(specification.matching);
    json["effects"] = effects_json(specification.effects);
    json["sensitivity"] = sensitivity_json(specification.sensitivity);
    json["staggered"] = staggered_json(specification.staggered);
    json["over_time"] = over_time_json(specification.over_time);
    json["outcomes"] = list_json(specification.outcomes, outcome_json);
    json["process_kpis"] = list_json(specification.process_kpis, kpi_json);
    json["breakdowns"] = list_json(specification.breakdowns, breakdown_json);
    write_group_settings(specification, json);
    json["leads"] = specification.leads;
    json["lags"] = specification.lags;
    json["balance_interactions"] = specification.balance_interactions;
    json["confidence_level"] = number_json(specification.confidence_level);
    json["minimum_cell"] = specification.minimum_cell;
    json["disclosure"] = disclosure_json(specification.disclosure);
    json["seed"] = specification.seed;
    return json;
}

// Text of the program's own values; a name from elsewhere that is not UTF-8 becomes replacement characters.
std::string canonical_text(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

void read_matching(JsonReader& reader, MatchingSettings& matching) {
    reader.read("estimand", matching.estimand, estimands);
    reader.read("method", matching.method, methods);
    reader.read("score", matching.score, scores);
    reader.read("score_column", matching.score_column);
    reader.read("separation", matching.separation, separations);
    reader.read("missing_covariates", matching.missing_covariates, missing_rules);
    reader.read("sample_weights", matching.sample_weights);
    reader.read("ratio", matching.ratio);
    reader.read("min_controls", matching.min_controls);
    reader.read("max_controls", matching.max_controls);
    reader.read("replace", matching.replace);
    reader.read("max_reuse", matching.max_reuse);
    reader.read("caliper", matching.caliper);
    reader.read("caliper_unit", matching.caliper_unit, caliper_units);
    reader.read("caliper_sd", matching.caliper_sd, caliper_sds);
    reader.read("order", matching.order, orders);
    reader.read("discard", matching.discard, discards);
    reader.read("reestimate", matching.reestimate);
    reader.read("exact", matching.exact);
    reader.read("anti_exact", matching.anti_exact);
    reader.read("mahalanobis", matching.mahalanobis);
    reader.read("metric_covariance", matching.metric_covariance, covariances);
    reader.list("covariate_calipers", matching.covariate_calipers, [](JsonReader& item, CovariateCaliper& caliper) {
        item.require("column");
        item.require("width");
        item.read("column", caliper.column);
        item.read("width", caliper.width);
        item.read("unit", caliper.unit, caliper_units);
    });
    reader.read("smallest_caliper", matching.smallest_caliper);
    reader.read("subclasses", matching.subclasses);
    reader.read("min_n", matching.min_n);
    reader.list("coarsenings", matching.coarsenings, [](JsonReader& item, Coarsening& coarsening) {
        item.require("column");
        item.read("column", coarsening.column);
        item.read("rule", coarsening.rule, coarsening_rules);
        item.read("count", coarsening.count);
        item.read("points", coarsening.points);
    });
    reader.list("level_groups", matching.level_groups, [](JsonReader& item, LevelGroup& group) {
        item.require("column");
        item.require("levels");
        item.read("column", group.column);
        item.read("levels", group.levels);
    });
    reader.read("k2k", matching.k2k);
    reader.read("kernel", matching.kernel, kernels);
    reader.read("bandwidth", matching.bandwidth);
    reader.read("weighting", matching.weighting, weightings);
    reader.read("seed", matching.seed);
}

void read_effects(JsonReader& reader, EffectSettings& effects) {
    reader.read("adjustment", effects.adjustment, adjustments);
    reader.read("standard_error", effects.standard_error, standard_errors);
    reader.read("replications", effects.replications);
    reader.read("cluster", effects.cluster);
}

void read_sensitivity(JsonReader& reader, SensitivitySettings& sensitivity) {
    reader.read("enabled", sensitivity.enabled);
    reader.read("outcomes", sensitivity.outcomes);
    reader.read("gammas", sensitivity.gammas);
    reader.read("benchmarks", sensitivity.benchmarks);
    reader.read("multiples", sensitivity.multiples);
}

void read_roles(JsonReader& reader, Roles& roles) {
    reader.read("firms_table", roles.firms_table);
    reader.read("panel_table", roles.panel_table);
    reader.read("survey_table", roles.survey_table);
    reader.read("firm_id", roles.firm_id);
    reader.read("year", roles.year);
    reader.read("adoption_year", roles.adoption_year);
    reader.read("level", roles.level);
    reader.read("crosswalk_table", roles.crosswalk_table);
    reader.read("panel_key", roles.panel_key);
    reader.read("survey_key", roles.survey_key);
    reader.read("adoption_table", roles.adoption_table);
    reader.read("adoption_key", roles.adoption_key);
}

void read_outcome(JsonReader& reader, Outcome& outcome) {
    for (const char* key : {"key", "label", "variable"}) reader.require(key);
    reader.read("key", outcome.key);
    reader.read("label", outcome.label);
    reader.read("variable", outcome.variable);
    reader.read("denominator", outcome.denominator);
    reader.read("unit", outcome.unit);
    reader.read("unit_scale", outcome.unit_scale);
    reader.read("better", outcome.direction, directions);
    reader.read("metric", outcome.metric, metrics);
}

void read_kpi(JsonReader& reader, ProcessKpi& kpi) {
    for (const char* key : {"key", "label", "before", "after"}) reader.require(key);
    reader.read("key", kpi.key);
    reader.read("label", kpi.label);
    reader.read("before", kpi.before);
    reader.read("after", kpi.after);
    reader.read("unit", kpi.unit);
    reader.read("better", kpi.direction, directions);
}

void read_breakdown(JsonReader& reader, Breakdown& breakdown) {
    for (const char* key : {"key", "label"}) reader.require(key);
    reader.read("key", breakdown.key);
    reader.read("label", breakdown.label);
    reader.read("variable", breakdown.variable);
    reader.read("edges", breakdown.edges);
    reader.read("values", breakdown.values);
    reader.read("labels", breakdown.labels);
    reader.read("top", breakdown.top);
    read_band_rules(reader, breakdown);
}

// A named preset is the starting point: keys that are absent keep its values.
void read_specification(JsonReader& reader, Specification& specification, std::optional<Error>& error) {
    std::string name;
    reader.read("preset", name);
    if (!name.empty()) {
        Result<Specification> start = preset(name);
        if (!start) {
            if (!error) error = std::move(start.error());
            return;
        }
        specification = std::move(*start);
    }
    reader.read("title", specification.title);
    reader.object("roles", [&](JsonReader& roles) { read_roles(roles, specification.roles); });
    reader.read("covariates", specification.covariates);
    reader.object("matching", [&](JsonReader& matching) { read_matching(matching, specification.matching); });
    reader.object("effects", [&](JsonReader& effects) { read_effects(effects, specification.effects); });
    reader.object("sensitivity",
                  [&](JsonReader& sensitivity) { read_sensitivity(sensitivity, specification.sensitivity); });
    reader.object("staggered", [&](JsonReader& staggered) { read_staggered(staggered, specification.staggered); });
    reader.object("over_time", [&](JsonReader& over_time) { read_over_time(over_time, specification.over_time); });
    reader.list("outcomes", specification.outcomes, read_outcome);
    reader.list("process_kpis", specification.process_kpis, read_kpi);
    reader.list("breakdowns", specification.breakdowns, read_breakdown);
    read_group_settings(reader, specification);
    reader.read("leads", specification.leads);
    reader.read("lags", specification.lags);
    reader.read("confidence_level", specification.confidence_level);
    reader.read("balance_interactions", specification.balance_interactions);
    reader.read("minimum_cell", specification.minimum_cell);
    reader.object("disclosure", [&](JsonReader& disclosure) { read_disclosure(disclosure, specification.disclosure); });
    reader.read("seed", specification.seed);
}

}  // namespace

std::string specification_to_json(const Specification& specification) {
    return canonical_text(to_json(specification));
}

Result<Specification> specification_from_json(std::string_view json) {
    const Result<Json> document = parse_json_document(json);
    if (!document) return tl::unexpected<Error>(document.error());
    std::optional<Error> error;
    Specification specification;
    JsonReader reader(*document, "", error);
    read_specification(reader, specification, error);
    reader.finish();
    if (error) return tl::unexpected<Error>(std::move(*error));
    return specification;
}

std::string study_to_json(const Study& study) {
    Json json;
    json["files"] = list_json(study.files, [](const StudyFile& file) {
        return Json{{"path", file.path}, {"table", file.table}, {"plan", file.plan}};
    });
    json["specification"] = to_json(study.specification);
    return canonical_text(json);
}

Result<Study> study_from_json(std::string_view json) {
    const Result<Json> document = parse_json_document(json);
    if (!document) return tl::unexpected<Error>(document.error());
    std::optional<Error> error;
    Study study;
    JsonReader reader(*document, "", error);
    reader.require("specification");
    reader.list("files", study.files, [](JsonReader& file, StudyFile& entry) {
        file.require("path");
        file.require("table");
        file.read("path", entry.path);
        file.read("table", entry.table);
        file.read("plan", entry.plan);
    });
    reader.object("specification", [&](JsonReader& inner) { read_specification(inner, study.specification, error); });
    ReportSettings report;  // of the report, not of the analysis: report_settings_of_study()
    reader.object("report", [&](JsonReader& inner) { read_report(inner, report); });
    reader.object("report_choice", [](JsonReader& inner) {  // nor is which report is taken out
        std::string text;
        for (const char* key : {"kind", "language", "earlier"}) inner.read(key, text);
    });
    reader.finish();
    if (error) return tl::unexpected<Error>(std::move(*error));
    return study;
}

std::string specification_hash(const Specification& specification) {
    Json json = to_json(specification);
    json.erase("disclosure");
    return sha256_hex(canonical_text(json));
}

std::int64_t minimum_shown(const Specification& specification) {
    return specification.disclosure.enabled ? specification.minimum_cell : 0;
}

}  // namespace twinfirm::design
