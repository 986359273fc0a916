// SPDX-License-Identifier: GPL-3.0-or-later
#include "adopter_numbers.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/balance/balance_table.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/design/term_label.h"
#include "twinfirm/effects/effect_per_support.h"
#include "twinfirm/effects/poisson_did.h"
#include "twinfirm/evaluation/derived_variables.h"
#include "twinfirm/stats/moments.h"

namespace twinfirm::evaluation {

namespace {

constexpr double unmatched_limit = 0.05;
constexpr double smd_limit = 0.1;

effects::EventWindow mean_window(const StudyCohorts& study) {
    return {0, study.specification.lags};
}

PercentedEffect percented(const effects::DidResult& did) {
    return {did.effect, did.percent.percent, did.percent.low, did.percent.high};
}

/// The adopters whose amount of support is known and above 0.
Result<GroupUnits> supported_units(const StudyCohorts& study, const std::string& support) {
    GroupUnits units;
    for (const MatchedCohort& cohort : study.cohorts) {
        const auto column =
            base_year_column(support, study.panel, study.specification, cohort.firms.year, cohort.firms.firms);
        if (!column) return tl::unexpected(column.error());
        if (column->kind() != stats::ColumnKind::number) {
            return fail(ErrorKind::usage, "support_not_numeric", {{"name", support}});
        }
        std::vector<std::uint8_t> member(cohort.firms.firms.size(), 0);
        for (std::size_t row = 0; row < member.size(); ++row) {
            member[row] = cohort.firms.adopter[row] != 0 && column->values()[row] > 0 ? 1 : 0;
        }
        units.member.push_back(std::move(member));
    }
    return units;
}

PercentedEffect per_unit(const effects::Estimate& effect, bool log) {
    PercentedEffect shown{effect};
    if (!log) return shown;
    const effects::PercentEffect percent = effects::percent_from_log(effect);
    shown.percent = percent.percent;
    shown.percent_low = percent.low;
    shown.percent_high = percent.high;
    return shown;
}

MarginRow margin(const design::Outcome& outcome, const char* measure, const effects::DidResult& did) {
    MarginRow row;
    row.outcome = outcome.key;
    row.measure = measure;
    row.effect = percented(did);
    row.treated_base = did.treated_base;
    row.treated_after = did.treated_after;
    row.control_base = did.control_base;
    row.control_after = did.control_after;
    return row;
}

std::int64_t zero_bases(const effects::MatchedChanges& changes) {
    std::int64_t count = 0;
    for (std::size_t i = 0; i < changes.base.size(); ++i) {
        const bool counts = changes.outcomes.treated[i] != 0 && !std::isnan(changes.outcomes.value[i]);
        count += counts && changes.base[i] == 0 ? 1 : 0;
    }
    return count;
}

/// Draws the values of both arms in to their common quantiles.
void draw_in(double share, std::vector<double>& values) {
    std::vector<double> known;
    for (const double value : values) {
        if (!std::isnan(value)) known.push_back(value);
    }
    if (known.empty()) return;
    const std::vector<double> limits = stats::quantiles(std::move(known), std::vector<double>{share, 1 - share});
    for (double& value : values) {
        if (!std::isnan(value)) value = std::clamp(value, limits[0], limits[1]);
    }
}

}  // namespace

Status add_support_effects(const StudyCohorts& study, const StudyEffects& estimators, Evaluation& result) {
    const design::GroupSettings& settings = study.specification.groups;
    if (settings.support.empty() || effect_target(study.specification.matching) != effects::Target::adopters) return {};
    const auto units = supported_units(study, settings.support);
    if (!units) return tl::unexpected(units.error());
    const stats::Column* amounts = study.panel.attributes().find(settings.support);
    const auto estimator = estimators.of_group(*units);
    if (!estimator) return tl::unexpected(estimator.error());
    for (const design::Outcome& outcome : study.specification.outcomes) {
        if (outcome.metric == design::ChangeMetric::per_hundred) continue;
        const auto sets = (*estimator)->set_changes(outcome, mean_window(study));
        if (!sets) return tl::unexpected(sets.error());
        if (!*sets || amounts == nullptr) return {};
        std::vector<double> support;
        for (const std::int32_t firm : (*sets)->changes.outcomes.firm) {
            support.push_back(amounts->values()[static_cast<std::size_t>(firm)] / settings.support_unit);
        }
        const auto effect = effects::effect_per_support((*sets)->changes, support, clustered_kind(study.choice.error),
                                                        study.specification.confidence_level, (*sets)->missing);
        if (!effect) return tl::unexpected(effect.error());
        if (std::min(effect->mean.n_treated, effect->mean.n_control) < design::minimum_shown(study.specification))
            continue;
        const bool log = outcome.metric == design::ChangeMetric::percent;
        result.groups.support.push_back({outcome.key, "mean", per_unit(effect->mean, log), effect->mean_support});
        result.groups.support.push_back({outcome.key, "slope", per_unit(effect->slope, log), effect->mean_support});
    }
    return {};
}

Status add_zero_margins(const StudyCohorts& study, const GroupEffects& everyone, Evaluation& result) {
    for (const design::Outcome& outcome : study.specification.outcomes) {
        const std::string indicator = above_zero_name(outcome.variable);
        if (outcome.metric != design::ChangeMetric::level || !study.panel.has(indicator)) continue;
        const auto sets = everyone.set_changes(outcome, mean_window(study));
        if (!sets) return tl::unexpected(sets.error());
        if (!*sets) return {};
        design::Outcome share = outcome;
        share.variable = indicator;
        share.metric = design::ChangeMetric::points;
        const auto level = everyone.plain(outcome, mean_window(study));
        if (!level) return tl::unexpected(level.error());
        const auto extensive = everyone.plain(share, mean_window(study));
        if (!extensive) return tl::unexpected(extensive.error());
        const auto poisson = effects::poisson_did((*sets)->changes, clustered_kind(study.choice.error),
                                                  study.specification.confidence_level, (*sets)->missing);
        if (!poisson) return tl::unexpected(poisson.error());
        if (std::min(level->effect.n_treated, level->effect.n_control) < design::minimum_shown(study.specification))
            continue;
        const std::int64_t zeros = zero_bases((*sets)->changes);
        for (MarginRow row : {margin(outcome, "level", *level), margin(outcome, "extensive", *extensive),
                              margin(outcome, "poisson", *poisson)}) {
            row.zero_bases = zeros;
            result.groups.margins.push_back(std::move(row));
        }
    }
    return {};
}

Status add_winsorised_effects(const StudyCohorts& study, const GroupEffects& everyone, Evaluation& result) {
    const double share = study.specification.before_after.winsorise;
    for (const design::Outcome& outcome : study.specification.outcomes) {
        if (outcome.metric != design::ChangeMetric::level || !(share > 0)) continue;
        auto sets = everyone.set_changes(outcome, mean_window(study));
        if (!sets) return tl::unexpected(sets.error());
        if (!*sets) return {};
        draw_in(share, (*sets)->changes.outcomes.value);
        const auto did = effects::matched_did((*sets)->changes, clustered_kind(study.choice.error),
                                              study.specification.confidence_level, (*sets)->missing);
        if (!did) return tl::unexpected(did.error());
        EffectRow row;
        row.outcome = outcome.key;
        row.estimator = "did_winsorised";
        row.effect = did->effect;
        result.effects.push_back(std::move(row));
    }
    return {};
}

void add_representation(const StudyCohorts& study, Evaluation& result) {
    if (effect_target(study.specification.matching) != effects::Target::adopters) return;
    const stats::DesignMatrix& matrix = study.stacked.design;
    std::vector<std::size_t> all;
    std::vector<std::size_t> matched;
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const MatchedCohort& cohort = study.cohorts[c];
        for (const std::size_t row : cohort.match.design.rows) {
            if (cohort.firms.adopter[row] == 0) continue;
            all.push_back(study.stacked.first_row[c] + static_cast<std::size_t>(study.stacked.place[c][row]));
            if (cohort.match.sample.weight[row] > 0) matched.push_back(all.back());
        }
    }
    result.groups.adopters_unmatched = static_cast<std::int64_t>(all.size() - matched.size());
    if (all.size() < 2 || matched.empty()) return;
    double largest = 0;
    std::string covariate;
    std::string covariate_en;
    for (const balance::BalanceColumn& column : balance::balance_columns(matrix)) {
        const auto values = [&](const std::vector<std::size_t>& rows) {
            std::vector<double> picked;
            for (const std::size_t row : rows) picked.push_back(column.values[row]);
            return picked;
        };
        const std::vector<double> of_all = values(all);
        const double deviation = stats::standard_deviation(of_all);
        RepresentationRow row;
        row.covariate = column.covariate;
        row.level = column.level;
        row.mean_adopters = stats::mean(of_all);
        row.mean_matched = stats::mean(values(matched));
        if (deviation > 0) row.smd = (row.mean_matched - row.mean_adopters) / deviation;
        if (std::abs(row.smd) > std::abs(largest)) {
            largest = row.smd;
            covariate = design::term_label(study.specification, row.covariate, Language::korean);
            covariate_en = design::term_label(study.specification, row.covariate, Language::english);
        }
        result.groups.representation.push_back(std::move(row));
    }
    const double unmatched = static_cast<double>(all.size() - matched.size()) / static_cast<double>(all.size());
    if (unmatched < unmatched_limit || std::abs(largest) <= smd_limit) return;
    result.messages.push_back({"study_matched_not_representative",
                               Severity::warning,
                               {{"percent", fixed_text(100 * unmatched, 1)},
                                {"covariate@ko", covariate},
                                {"covariate@en", covariate_en},
                                {"smd", fixed_text(largest, 2)}},
                               result.groups.adopters_unmatched});
}

void warn_of_treated_controls(const StudyData& data, Evaluation& result) {
    std::int64_t count = 0;
    for (std::size_t firm = 0; firm < data.panel.firms(); ++firm) {
        if (data.panel.adoption_year[firm] != 0) continue;
        bool treated = data.panel.level[firm] > 0;
        for (const auto& [field, values] : data.survey) treated = treated || !std::isnan(values[firm]);
        count += treated ? 1 : 0;
    }
    if (count > 0) result.messages.push_back({"study_controls_look_treated", Severity::warning, {}, count});
}

}  // namespace twinfirm::evaluation
