// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/app/check_columns.h"

#include <algorithm>
#include <utility>

#include "study_table.h"
#include "twinfirm/evaluation/cohort_frame.h"
#include "twinfirm/evaluation/derived_variables.h"
#include "twinfirm/ingest/canonical_field.h"
#include "twinfirm/stats/formula.h"

namespace twinfirm::app {

namespace {

/// Any two years: a panel without firms has no values in them.
constexpr int first_year = 2000;
constexpr int cohort_year = first_year + 1;

/// The columns of a stored table, without its rows.
store::TableData empty_table(const store::TableInfo& table) {
    return {table.definition.columns, {}, 0};
}

const store::TableInfo* find_table(const std::vector<store::TableInfo>& tables, const std::string& name) {
    const auto found = std::find_if(tables.begin(), tables.end(),
                                    [&](const store::TableInfo& table) { return table.definition.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

/// What load_study_data() makes of these tables if they have no rows.
evaluation::StudyData empty_data(const store::TableInfo& firms, const store::TableInfo& yearly,
                                 const design::Specification& specification) {
    const design::Roles& roles = specification.roles;
    evaluation::StudyData data{stats::Panel({}, first_year, cohort_year), {}, {}, {}, {}, {}};
    const store::TableData firm_table = empty_table(firms);
    const std::size_t id = find_column(firm_table, roles.firm_id);
    for (std::size_t c = 0; c < firm_table.definitions.size(); ++c) {
        const store::ColumnDefinition& column = firm_table.definitions[c];
        const std::string key = column_key(column);
        const bool text = column.type == store::ColumnType::text && key != "founded" && key != "closed";
        if (c == id) continue;
        data.panel.attributes().add(text ? stats::Column::from_texts(key, std::vector<std::string>())
                                         : stats::Column::numbers(key, {}));
    }
    const store::TableData year_table = empty_table(yearly);
    const std::size_t key = find_column(year_table, roles.panel_key.empty() ? roles.firm_id : roles.panel_key);
    const std::size_t year = find_column(year_table, roles.year);
    for (std::size_t c = 0; c < year_table.definitions.size(); ++c) {
        const store::ColumnDefinition& column = year_table.definitions[c];
        if (c != key && c != year && column.type != store::ColumnType::text) {
            data.panel.add_variable(column_key(column), {});
        }
    }
    data.price_index[specification.prices.base_year] = 1;  // the indices are rows: not looked at here
    return data;
}

bool names_a_firm(const std::string& key) {
    const ingest::CanonicalField* field = ingest::find_canonical_field(key);
    return field != nullptr && field->sensitive;
}

class Checker {
  public:
    Checker(const std::vector<store::TableInfo>& tables, const design::Specification& specification)
        : tables_(tables), specification_(specification) {}

    std::vector<Error> run() {
        const store::TableInfo* firms = find_table(tables_, specification_.roles.firms_table);
        const store::TableInfo* yearly = find_table(tables_, specification_.roles.panel_table);
        if (firms != nullptr && yearly != nullptr) {
            data_ = empty_data(*firms, *yearly, specification_);
            if (const Status derived = evaluation::derive_variables(specification_, data_); !derived) {
                add("/derived", derived.error());
            }
            looks_up_ = true;
            check_roles(empty_table(*firms), empty_table(*yearly));
        }
        check_covariates();
        if (looks_up_) {
            check_matching();
            check_outcomes(empty_table(*yearly));
            check_breakdowns();
            check_survey();
            check_name("/effects/cluster", specification_.effects.cluster);
            check_name("/groups/support", specification_.groups.support);
            check_variable("/over_time/placebo_outcome", specification_.over_time.placebo_outcome);
        }
        return std::move(errors_);
    }

  private:
    void add(const std::string& key, Error error) {
        error.arguments["key"] = key;
        errors_.push_back(std::move(error));
    }

    /// Looks the name up as the run does.
    void check_name(const std::string& key, const std::string& name) {
        if (name.empty() || !looks_up_) return;
        const auto column = evaluation::base_year_column(name, data_.panel, specification_, cohort_year, {});
        if (!column) add(key, column.error());
    }

    void check_variable(const std::string& key, const std::string& name) {
        if (name.empty() || data_.panel.has(name)) return;
        add(key, fail(ErrorKind::usage, "variable_unknown", {{"name", name}}).value());
    }

    void check_names(const std::string& key, const std::vector<std::string>& names) {
        for (std::size_t i = 0; i < names.size(); ++i) check_name(key + "/" + std::to_string(i), names[i]);
    }

    void check_role(const std::string& key, const store::TableData& table, const std::string& name,
                    const std::string& field) {
        if (field.empty() || find_column(table, field) != no_column) return;
        add(key, role_missing(name, field).value());
    }

    void check_roles(const store::TableData& firms, const store::TableData& yearly) {
        const design::Roles& roles = specification_.roles;
        check_role("/roles/firm_id", firms, roles.firms_table, roles.firm_id);
        if (roles.adoption_table.empty()) {
            check_role("/roles/adoption_year", firms, roles.firms_table, roles.adoption_year);
        }
        if (roles.panel_key.empty()) check_role("/roles/firm_id", yearly, roles.panel_table, roles.firm_id);
        check_role("/roles/year", yearly, roles.panel_table, roles.year);
    }

    void check_covariates() {
        for (std::size_t i = 0; i < specification_.covariates.size(); ++i) {
            const std::string key = "/covariates/" + std::to_string(i);
            const auto formula = stats::parse_formula("~ " + specification_.covariates[i]);
            if (!formula) {
                add(key, formula.error());
                continue;
            }
            for (const stats::Term& term : formula->terms) {
                for (const stats::Factor& factor : term.factors) check_name(key, factor.column);
            }
        }
    }

    void check_matching() {
        const design::MatchingSettings& matching = specification_.matching;
        check_names("/matching/exact", matching.exact);
        check_names("/matching/anti_exact", matching.anti_exact);
        check_names("/matching/mahalanobis", matching.mahalanobis);
        for (const design::CovariateCaliper& caliper : matching.covariate_calipers) {
            check_name("/matching/covariate_calipers", caliper.column);
        }
        check_name("/matching/score_column", matching.score_column);
        check_name("/matching/sample_weights", matching.sample_weights);
    }

    void check_outcomes(const store::TableData& yearly) {
        const design::Roles& roles = specification_.roles;
        for (std::size_t i = 0; i < specification_.outcomes.size(); ++i) {
            const std::string key = "/outcomes/" + std::to_string(i);
            const design::Outcome& outcome = specification_.outcomes[i];
            for (const std::string* name : {&outcome.variable, &outcome.denominator}) {
                if (const Status numbers = require_numbers(yearly, roles.panel_table, *name); !numbers) {
                    add(key, numbers.error());
                } else {
                    check_variable(key, *name);
                }
            }
        }
    }

    void check_breakdowns() {
        for (std::size_t i = 0; i < specification_.breakdowns.size(); ++i) {
            const auto group =
                evaluation::group_column(specification_.breakdowns[i], data_.panel, specification_, cohort_year, {});
            if (!group) add("/breakdowns/" + std::to_string(i), group.error());
        }
    }

    void check_survey() {
        const store::TableInfo* survey = find_table(tables_, specification_.roles.survey_table);
        if (survey == nullptr) return;
        const store::TableData table = empty_table(*survey);
        for (std::size_t i = 0; i < specification_.process_kpis.size(); ++i) {
            const design::ProcessKpi& kpi = specification_.process_kpis[i];
            for (const std::string* field : {&kpi.before, &kpi.after}) {
                check_role("/process_kpis/" + std::to_string(i), table, survey->definition.name, *field);
            }
        }
    }

    const std::vector<store::TableInfo>& tables_;
    const design::Specification& specification_;
    evaluation::StudyData data_{stats::Panel({}, first_year, cohort_year), {}, {}, {}, {}, {}};
    bool looks_up_ = false;
    std::vector<Error> errors_;
};

}  // namespace

std::vector<Error> check_columns(const std::vector<store::TableInfo>& tables,
                                 const design::Specification& specification) {
    return Checker(tables, specification).run();
}

std::vector<std::string> study_variables(const std::vector<store::TableInfo>& tables,
                                         const design::Specification& specification) {
    const design::Roles& roles = specification.roles;
    const store::TableInfo* firms = find_table(tables, roles.firms_table);
    const store::TableInfo* yearly = find_table(tables, roles.panel_table);
    if (firms == nullptr || yearly == nullptr) return {};
    const evaluation::StudyData data = empty_data(*firms, *yearly, specification);
    std::vector<std::string> names;
    const auto offer = [&](const std::string& name) {
        if (std::find(names.begin(), names.end(), name) != names.end()) return;
        design::Specification alone = specification;
        alone.covariates = {stats::formula_name(name)};
        const design::Validation checked = design::validate(alone);
        const bool after_adoption = std::any_of(checked.errors.begin(), checked.errors.end(), [](const Error& error) {
            return error.code == "covariate_after_adoption";
        });
        if (!after_adoption && evaluation::base_year_column(name, data.panel, specification, cohort_year, {})) {
            names.push_back(name);
        }
    };
    for (const store::ColumnDefinition& column : yearly->definition.columns) {
        if (data.panel.has(column_key(column))) offer(column_key(column));
    }
    for (const char* made : {"exporter", "firm_age", "industry", "region"}) offer(made);
    const std::size_t id = find_column(empty_table(*firms), roles.firm_id);
    for (std::size_t c = 0; c < firms->definition.columns.size(); ++c) {
        const std::string key = column_key(firms->definition.columns[c]);
        if (c != id && !names_a_firm(key)) offer(key);
    }
    return names;
}

}  // namespace twinfirm::app
