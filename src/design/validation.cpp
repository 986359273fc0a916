// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <iterator>
#include <set>

#include "group_validation.h"
#include "over_time_validation.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/specification.h"

namespace twinfirm::design {

namespace {

bool is_name_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || c == '.' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
}

// The columns a formula term names: words that are neither numbers nor functions, and backquoted names.
std::vector<std::string> columns_of_term(std::string_view term) {
    std::vector<std::string> columns;
    std::size_t at = 0;
    while (at < term.size()) {
        if (term[at] == '`') {
            const std::size_t end = std::min(term.find('`', at + 1), term.size());
            columns.emplace_back(term.substr(at + 1, end - at - 1));
            at = end + 1;
        } else if (is_name_byte(term[at])) {
            std::size_t end = at;
            while (end < term.size() && is_name_byte(term[end])) ++end;
            const std::size_t next = term.find_first_not_of(' ', end);
            const bool is_function = next != std::string_view::npos && term[next] == '(';
            const bool is_number = term[at] >= '0' && term[at] <= '9';
            if (!is_function && !is_number) columns.emplace_back(term.substr(at, end - at));
            at = end;
        } else {
            ++at;
        }
    }
    return columns;
}

std::string without_spaces(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char c) { return c != ' '; });
    return result;
}

std::string item(std::string_view list, std::size_t index) {
    return std::string(list) + "/" + integer_text(static_cast<std::int64_t>(index));
}

class Validator {
  public:
    explicit Validator(const Specification& specification) : specification_(specification) {}

    Validation run() {
        check_roles();
        check_covariates();
        check_matching();
        check_effects();
        check_outcomes();
        check_process_kpis();
        check_breakdowns();
        check_groups_settings();
        check_window();
        check_disclosure();
        check_sensitivity();
        check_over_time(specification_, validation_);
        return std::move(validation_);
    }

  private:
    void error(std::string code, MessageArguments arguments) {
        validation_.errors.push_back(Error{ErrorKind::usage, std::move(code), std::move(arguments), {}, 0, 0});
    }

    void warn(std::string code, MessageArguments arguments, Severity severity = Severity::warning) {
        validation_.warnings.push_back(Message{std::move(code), severity, std::move(arguments), 0});
    }

    void require_text(const std::string& text, const std::string& key) {
        if (text.empty()) error("specification_empty", {{"key", key}});
    }

    void require_label(const LocalizedText& label, const std::string& key) {
        require_text(label.ko, key + "/ko");
        require_text(label.en, key + "/en");
    }

    void require_range(std::int64_t value, std::int64_t low, std::int64_t high, const std::string& key) {
        if (value < low || value > high) {
            error("specification_range", {{"key", key},
                                          {"value", integer_text(value)},
                                          {"low", integer_text(low)},
                                          {"high", integer_text(high)}});
        }
    }

    void require_positive(double value, const std::string& key) {
        if (!(value > 0) || !std::isfinite(value)) {
            error("specification_not_positive", {{"key", key}, {"value", shortest_text(value)}});
        }
    }

    // Names the second of two equal entries.
    void require_new(std::set<std::string>& seen, const std::string& name, const std::string& key) {
        if (!name.empty() && !seen.insert(name).second) {
            error("specification_duplicate", {{"key", key}, {"value", name}});
        }
    }

    void check_roles() {
        const Roles& roles = specification_.roles;
        require_text(roles.firms_table, "/roles/firms_table");
        require_text(roles.panel_table, "/roles/panel_table");
        require_text(roles.firm_id, "/roles/firm_id");
        require_text(roles.year, "/roles/year");
        require_text(roles.adoption_year, "/roles/adoption_year");
        if (roles.survey_table.empty() && !specification_.process_kpis.empty()) {
            warn("process_kpis_without_survey", {{"key", "/roles/survey_table"}});
        }
        if (!roles.survey_key.empty()) require_table(roles.survey_table, "/roles/survey_key", "/roles/survey_table");
        if (!roles.adoption_key.empty()) {
            require_table(roles.adoption_table, "/roles/adoption_key", "/roles/adoption_table");
        }
        const auto is_own = [&](const std::string& key) { return key.empty() || key == roles.firm_id; };
        if (!roles.crosswalk_table.empty() && is_own(roles.panel_key) && is_own(roles.survey_key) &&
            is_own(roles.adoption_key)) {
            warn("crosswalk_not_used", {{"key", "/roles/crosswalk_table"}, {"value", roles.crosswalk_table}});
        }
    }

    // A key of a table that is not named would be passed over in silence.
    void require_table(const std::string& table, const std::string& key, const std::string& table_key) {
        if (table.empty()) error("role_key_without_table", {{"key", key}, {"table", table_key}});
    }

    void check_covariates() {
        if (specification_.covariates.empty()) error("specification_empty", {{"key", "/covariates"}});
        std::set<std::string> terms;
        std::set<std::string> columns;
        for (std::size_t i = 0; i < specification_.covariates.size(); ++i) {
            const std::string key = item("/covariates", i);
            const std::string term = without_spaces(specification_.covariates[i]);
            require_text(term, key);
            require_new(terms, term, key);
            for (const std::string& column : columns_of_term(specification_.covariates[i])) {
                columns.insert(column);
                if (known_after_adoption(column)) {
                    error("covariate_after_adoption", {{"key", key}, {"value", column}});
                }
            }
        }
        for (const Outcome& outcome : specification_.outcomes) {
            if (columns.count(outcome.variable) != 0) {
                warn("outcome_in_score", {{"key", "/covariates"}, {"variable", outcome.variable}});
            }
        }
    }

    // Columns that only adopters have, or that the adoption decides.
    [[nodiscard]] bool known_after_adoption(const std::string& column) const {
        return column == specification_.roles.adoption_year || column == specification_.roles.level ||
               is_of_the_project(specification_, column);
    }

    void check_matching() {
        const MatchingSettings& matching = specification_.matching;
        require_range(matching.ratio, 1, 100, "/matching/ratio");
        check_method(matching);
        if (matching.caliper) {
            require_positive(*matching.caliper, "/matching/caliper");
            if (matching.smallest_caliper) error("caliper_twice", {{"key", "/matching/smallest_caliper"}});
        } else if (!matching.smallest_caliper && makes_pairs(matching)) {
            warn("caliper_absent", {{"key", "/matching/caliper"}}, Severity::info);
        }
        std::set<std::string> seen;
        check_columns(matching.exact, "/matching/exact", seen);
        check_columns(matching.anti_exact, "/matching/anti_exact", seen);
        std::set<std::string> measured;
        check_columns(matching.mahalanobis, "/matching/mahalanobis", measured);
        std::vector<std::string> limited;
        for (std::size_t i = 0; i < matching.covariate_calipers.size(); ++i) {
            const CovariateCaliper& caliper = matching.covariate_calipers[i];
            limited.push_back(caliper.column);
            require_positive(caliper.width, item("/matching/covariate_calipers", i) + "/width");
        }
        std::set<std::string> limited_once;
        check_columns(limited, "/matching/covariate_calipers", limited_once);
        require_range(matching.max_reuse, 0, 1000000, "/matching/max_reuse");
        check_variable_ratio(matching);
        if (matching.score == ScoreKind::column) require_text(matching.score_column, "/matching/score_column");
    }

    static bool makes_pairs(const MatchingSettings& matching) {
        const EffectDesign form = effect_design(matching);
        return form == EffectDesign::pairs || form == EffectDesign::replacement;
    }

    // Settings that a method would have to ignore.
    void check_method(const MatchingSettings& matching) {
        const MatchMethod method = matching.method;
        const auto is = [&](std::initializer_list<MatchMethod> methods) {
            return std::find(methods.begin(), methods.end(), method) != methods.end();
        };
        const bool by_pairs = is({MatchMethod::nearest, MatchMethod::optimal});
        const bool by_covariates = is({MatchMethod::cem, MatchMethod::exact});
        const bool without_sets = is({MatchMethod::weighting, MatchMethod::none});
        const bool by_score = is({MatchMethod::subclass, MatchMethod::kernel, MatchMethod::none});
        const bool caliper = matching.caliper || matching.smallest_caliper;
        const struct {
            bool given;
            const char* setting;
        } foreign[] = {
            {caliper && !by_pairs && !is({MatchMethod::full, MatchMethod::quick}), "caliper"},
            {matching.ratio != 1 && !by_pairs, "ratio"},
            {matching.replace && method != MatchMethod::nearest, "replace"},
            {matching.max_reuse != 0 && method != MatchMethod::nearest, "max_reuse"},
            {matching.max_controls != 0 && !by_pairs && method != MatchMethod::full, "max_controls"},
            {!matching.exact.empty() && (without_sets || method == MatchMethod::subclass), "exact"},
            {!matching.anti_exact.empty() && !by_pairs && method != MatchMethod::full, "anti_exact"},
            {!matching.covariate_calipers.empty() && !by_pairs && method != MatchMethod::full, "covariate_calipers"},
            {!matching.mahalanobis.empty() && (by_score || by_covariates || without_sets), "mahalanobis"},
            {is_covariate_distance(matching.score) && by_score, "score"},
            {matching.discard != Discard::none && by_covariates, "discard"},
            {matching.k2k && method != MatchMethod::cem, "k2k"},
        };
        for (const auto& [given, setting] : foreign) {
            if (!given) continue;
            error("study_setting_method", {{"key", std::string("/matching/") + setting},
                                           {"method", std::string(method_code(method))},
                                           {"setting", setting}});
        }
        const bool from_score = matching.weighting == Weighting::ipw || matching.weighting == Weighting::overlap;
        const bool fitted = matching.score != ScoreKind::column && !is_covariate_distance(matching.score);
        if (method == MatchMethod::weighting && from_score && !fitted) {
            error("weighting_needs_score", {{"key", "/matching/score"}});
        }
    }

    void check_effects() {
        const auto choice = effect_choice(specification_.matching, specification_.effects);
        if (!choice) validation_.errors.push_back(choice.error());
        require_range(specification_.effects.replications, 99, 1000000, "/effects/replications");
    }

    void check_sensitivity() {
        const SensitivitySettings& sensitivity = specification_.sensitivity;
        for (std::size_t i = 0; i < sensitivity.gammas.size(); ++i) {
            if (!(sensitivity.gammas[i] >= 1) || !std::isfinite(sensitivity.gammas[i])) {
                error("study_gamma",
                      {{"key", item("/sensitivity/gammas", i)}, {"value", shortest_text(sensitivity.gammas[i])}});
            }
        }
        for (std::size_t i = 0; i < sensitivity.multiples.size(); ++i) {
            require_positive(sensitivity.multiples[i], item("/sensitivity/multiples", i));
        }
        std::set<std::string> terms;
        for (const std::string& covariate : specification_.covariates) terms.insert(without_spaces(covariate));
        for (std::size_t i = 0; i < sensitivity.benchmarks.size(); ++i) {
            if (terms.count(without_spaces(sensitivity.benchmarks[i])) == 0) {
                warn("study_benchmark_unknown",
                     {{"key", item("/sensitivity/benchmarks", i)}, {"value", sensitivity.benchmarks[i]}});
            }
        }
        for (std::size_t i = 0; i < sensitivity.outcomes.size(); ++i) {
            const bool known =
                std::any_of(specification_.outcomes.begin(), specification_.outcomes.end(),
                            [&](const Outcome& outcome) { return outcome.key == sensitivity.outcomes[i]; });
            if (!known) {
                error("study_outcome_unknown",
                      {{"key", item("/sensitivity/outcomes", i)}, {"value", sensitivity.outcomes[i]}});
            }
        }
    }

    void check_variable_ratio(const MatchingSettings& matching) {
        const double low = matching.min_controls;
        const double high = matching.max_controls;
        if ((low == 0 && high == 0) || !makes_pairs(matching)) return;
        const bool whole = low == std::floor(low) && high == std::floor(high);
        if (!(whole && 1 <= low && low <= matching.ratio && matching.ratio <= high && low < high && high <= 100)) {
            error(
                "variable_ratio_value",
                {{"low", shortest_text(low)}, {"high", shortest_text(high)}, {"ratio", integer_text(matching.ratio)}});
        }
    }

    // Columns a pair must agree or differ in: named once, and none that the adoption decides.
    void check_columns(const std::vector<std::string>& columns, const std::string& list, std::set<std::string>& seen) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const std::string key = item(list, i);
            require_text(columns[i], key);
            require_new(seen, columns[i], key);
            if (known_after_adoption(variable_of(columns[i]))) {
                error("covariate_after_adoption", {{"key", key}, {"value", columns[i]}});
            }
        }
    }

    // `exact` may name a breakdown.
    [[nodiscard]] std::string variable_of(const std::string& name) const {
        for (const Breakdown& breakdown : specification_.breakdowns) {
            if (breakdown.key == name && !breakdown.variable.empty()) return breakdown.variable;
        }
        return name;
    }

    void check_groups_settings() {
        for (Error& found : group_errors(specification_)) validation_.errors.push_back(std::move(found));
    }

    void check_outcomes() {
        if (specification_.outcomes.empty() && specification_.process_kpis.empty()) {
            error("specification_empty", {{"key", "/outcomes"}});
        }
        for (std::size_t i = 0; i < specification_.outcomes.size(); ++i) {
            const Outcome& outcome = specification_.outcomes[i];
            const std::string key = item("/outcomes", i);
            require_text(outcome.key, key + "/key");
            require_new(indicator_keys_, outcome.key, key + "/key");
            require_label(outcome.label, key + "/label");
            require_text(outcome.variable, key + "/variable");
            require_positive(outcome.unit_scale, key + "/unit_scale");
            const bool is_rate = outcome.metric == ChangeMetric::per_hundred;
            if (is_rate && outcome.denominator.empty()) {
                error("denominator_missing", {{"key", key + "/denominator"}});
            }
            if (!is_rate && !outcome.denominator.empty()) {
                error("denominator_unused", {{"key", key + "/denominator"}, {"value", outcome.denominator}});
            }
        }
    }

    void check_process_kpis() {
        for (std::size_t i = 0; i < specification_.process_kpis.size(); ++i) {
            const ProcessKpi& kpi = specification_.process_kpis[i];
            const std::string key = item("/process_kpis", i);
            require_text(kpi.key, key + "/key");
            require_new(indicator_keys_, kpi.key, key + "/key");
            require_label(kpi.label, key + "/label");
            require_text(kpi.before, key + "/before");
            require_text(kpi.after, key + "/after");
            if (!kpi.before.empty() && kpi.before == kpi.after) {
                error("specification_duplicate", {{"key", key + "/after"}, {"value", kpi.after}});
            }
        }
    }

    void check_breakdowns() {
        std::set<std::string> keys;
        for (std::size_t i = 0; i < specification_.breakdowns.size(); ++i) {
            const Breakdown& breakdown = specification_.breakdowns[i];
            const std::string key = item("/breakdowns", i);
            require_text(breakdown.key, key + "/key");
            require_new(keys, breakdown.key, key + "/key");
            require_label(breakdown.label, key + "/label");
            if (breakdown.cross.empty()) require_text(breakdown.variable, key + "/variable");
            require_range(breakdown.top, 0, 1000, key + "/top");
            check_groups(breakdown, key);
            warn_of_own_bands(breakdown, key);
        }
    }

    void check_groups(const Breakdown& breakdown, const std::string& key) {
        if (!breakdown.edges.empty() && !breakdown.values.empty()) {
            error("bands_and_categories", {{"key", key}});
            return;
        }
        for (std::size_t e = 0; e < breakdown.edges.size(); ++e) {
            const bool ascends = e == 0 || breakdown.edges[e] > breakdown.edges[e - 1];
            if (!ascends || !std::isfinite(breakdown.edges[e])) {
                error("edges_not_ascending",
                      {{"key", item(key + "/edges", e)}, {"value", shortest_text(breakdown.edges[e])}});
            }
        }
        std::set<std::string> values;
        for (std::size_t v = 0; v < breakdown.values.size(); ++v) {
            require_new(values, breakdown.values[v], item(key + "/values", v));
        }
        const std::size_t groups = breakdown.edges.size() + breakdown.values.size();
        const bool unnamed = breakdown.edges.empty() && breakdown.labels.empty();
        if (!unnamed && breakdown.labels.size() != groups) {
            error("label_count", {{"key", key + "/labels"},
                                  {"groups", integer_text(static_cast<std::int64_t>(groups))},
                                  {"labels", integer_text(static_cast<std::int64_t>(breakdown.labels.size()))}});
        }
        for (std::size_t l = 0; l < breakdown.labels.size(); ++l) {
            require_label(breakdown.labels[l], item(key + "/labels", l));
        }
    }

    // Bands cut on the base value of the very outcome: firms in the lowest band were low partly by chance.
    void warn_of_own_bands(const Breakdown& breakdown, const std::string& key) {
        if (breakdown.edges.empty()) return;
        for (const Outcome& outcome : specification_.outcomes) {
            if (outcome.variable == breakdown.variable) {
                warn("breakdown_on_outcome",
                     {{"key", key},
                      {"variable", breakdown.variable},
                      {"breakdown@ko", breakdown.label.ko},
                      {"breakdown@en", breakdown.label.en},
                      {"outcome@ko", outcome.label.ko},
                      {"outcome@en", outcome.label.en}},
                     Severity::info);
                return;
            }
        }
    }

    void check_window() {
        require_range(specification_.leads, 1, 30, "/leads");
        require_range(specification_.lags, 0, 30, "/lags");
        require_range(specification_.minimum_cell, 1, 1000000, "/minimum_cell");
        const double level = specification_.confidence_level;
        if (!(level > 0 && level < 1)) {
            error("confidence_level_range", {{"key", "/confidence_level"}, {"value", shortest_text(level)}});
        }
        if (specification_.minimum_cell < 3) {
            warn("minimum_cell_small",
                 {{"key", "/minimum_cell"}, {"value", integer_text(specification_.minimum_cell)}});
        }
    }

    void check_disclosure() {
        const DisclosureSettings& disclosure = specification_.disclosure;
        const bool reason = disclosure.reason.find_first_not_of(" \t\r\n") != std::string::npos;
        if (!disclosure.enabled && !reason) error("disclosure_without_reason", {{"key", "/disclosure/reason"}});
        require_range(disclosure.minimum_extremes, 1, 1000000, "/disclosure/minimum_extremes");
        require_share(disclosure.p_percent, "/disclosure/p_percent");
        for (std::size_t i = 0; i < disclosure.dominance.size(); ++i) {
            const std::string key = "/disclosure/dominance/" + std::to_string(i);
            require_range(disclosure.dominance[i].largest, 1, 2, key + "/largest");
            require_share(disclosure.dominance[i].percent, key + "/percent");
        }
    }

    void require_share(double percent, const std::string& key) {
        if (percent > 0 && percent <= 100) return;
        error("disclosure_percent", {{"key", key}, {"value", shortest_text(percent)}});
    }

    const Specification& specification_;
    Validation validation_;
    std::set<std::string> indicator_keys_;
};

}  // namespace

Validation validate(const Specification& specification) {
    return Validator(specification).run();
}

}  // namespace twinfirm::design
