// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "over_time_parts.h"
#include "twinfirm/effects/lee_bounds.h"
#include "twinfirm/stats/distributions.h"
#include "twinfirm/stats/logistic.h"

namespace twinfirm::evaluation {

namespace {

/// A chance below this would let one firm stand for too many.
constexpr double smallest_chance = 0.05;
/// Firms on each side that a regression needs for each of its columns.
constexpr std::int64_t firms_a_column = 5;

/// Chances to be observed by a logit on covariates; where there is too little to fit, the share itself.
/// `rows`: of `x`, -1 = covariates not known. The intercept is the first column of `x`.
std::vector<double> chances(const Eigen::MatrixXd& x, const std::vector<std::int64_t>& rows,
                            const std::vector<std::uint8_t>& observed, Messages& messages) {
    const auto seen = std::count(observed.begin(), observed.end(), std::uint8_t{1});
    const auto unseen = static_cast<std::int64_t>(observed.size()) - seen;
    const double share = static_cast<double>(seen) / static_cast<double>(std::max<std::size_t>(observed.size(), 1));
    std::vector<double> chance(observed.size(), share);
    if (unseen == 0) return chance;
    const auto say = [&](const char* code) { messages.push_back({code, Severity::info, {}, unseen}); };
    if (std::min<std::int64_t>(seen, unseen) < firms_a_column * x.cols()) {
        say("attrition_share_alone");
        return chance;
    }
    stats::DesignMatrix design;
    std::vector<std::uint8_t> fitted;
    std::vector<std::size_t> place;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i] < 0) continue;
        design.rows.push_back(place.size());
        place.push_back(i);
        fitted.push_back(observed[i]);
    }
    design.x.resize(static_cast<Eigen::Index>(place.size()), x.cols());
    for (std::size_t i = 0; i < place.size(); ++i) {
        design.x.row(static_cast<Eigen::Index>(i)) = x.row(rows[place[i]]);
    }
    for (Eigen::Index j = 0; j < x.cols(); ++j) {
        design.terms.push_back(std::to_string(j));
        design.columns.push_back({std::to_string(j), {}, {}, false});
    }
    stats::LogisticOptions options;
    options.separation = stats::OnSeparation::firth;
    const auto fit = stats::fit_logistic(design, fitted, {}, options);
    if (!fit) {
        say("attrition_share_alone");
        return chance;
    }
    for (std::size_t i = 0; i < place.size(); ++i) {
        chance[place[i]] = std::max(smallest_chance, fit->probability[static_cast<Eigen::Index>(i)]);
    }
    return chance;
}

/// Whether the firm has the outcome in that year.
bool has_value(const stats::Panel& panel, const effects::DidOutcome& outcome, std::size_t firm, int year) {
    const double value = panel.value(outcome.variable, firm, year);
    if (std::isnan(value) || (outcome.log && !(value > 0))) return false;
    return outcome.denominator.empty() || !std::isnan(panel.value(outcome.denominator, firm, year));
}

/// The sets of which every firm has a value in the base year, with the rows of their firms in the stacked design.
struct BaseSets {
    std::vector<effects::MatchedSet> sets;
    std::vector<std::int64_t> rows;  ///< one an observation, adopter first in each set; -1 = not in the design
};

BaseSets sets_with_base(const StudyCohorts& study, const effects::DidOutcome& outcome, int last_year) {
    BaseSets result;
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const MatchedCohort& cohort = study.cohorts[c];
        if (cohort.firms.year > last_year) continue;
        std::vector<effects::MatchedSet> sets;
        append_sets(cohort, sets, [](std::size_t) { return true; });
        const auto row_of = [&](std::size_t firm) -> std::int64_t {
            const auto found = std::lower_bound(cohort.firms.firms.begin(), cohort.firms.firms.end(), firm);
            const auto place = study.stacked.place[c][static_cast<std::size_t>(found - cohort.firms.firms.begin())];
            return place < 0 ? -1 : static_cast<std::int64_t>(study.stacked.first_row[c]) + place;
        };
        const auto has_base = [&](std::size_t firm) {
            return has_value(study.panel, outcome, firm, cohort.firms.year - 1);
        };
        for (effects::MatchedSet& set : sets) {
            if (!has_base(set.adopter) || !std::all_of(set.controls.begin(), set.controls.end(), has_base)) continue;
            result.rows.push_back(row_of(set.adopter));
            for (const std::size_t control : set.controls) result.rows.push_back(row_of(control));
            result.sets.push_back(std::move(set));
        }
    }
    return result;
}

bool equal_weights(const effects::MatchedOutcomes& outcomes) {
    double weight = 0;
    for (std::size_t i = 0; i < outcomes.weight.size(); ++i) {
        if (outcomes.treated[i] != 0) continue;
        if (weight == 0) weight = outcomes.weight[i];
        if (std::abs(outcomes.weight[i] - weight) > 1e-12) return false;
    }
    return true;
}

/// Each arm's observed firms weighted by the inverse of their chance to be observed.
void weight_by_chance(const StudyCohorts& study, const std::vector<std::int64_t>& rows,
                      effects::MatchedOutcomes& outcomes, Messages& messages) {
    for (const std::uint8_t arm : {std::uint8_t{1}, std::uint8_t{0}}) {
        std::vector<std::size_t> of_arm;
        std::vector<std::int64_t> arm_rows;
        std::vector<std::uint8_t> observed;
        for (std::size_t i = 0; i < outcomes.value.size(); ++i) {
            if (outcomes.treated[i] != arm) continue;
            of_arm.push_back(i);
            arm_rows.push_back(rows[i]);
            observed.push_back(std::isnan(outcomes.value[i]) ? 0 : 1);
        }
        const std::vector<double> chance = chances(study.stacked.design.x, arm_rows, observed, messages);
        for (std::size_t i = 0; i < of_arm.size(); ++i) outcomes.weight[of_arm[i]] /= chance[i];
    }
}

Status add_outcome(const OverTimeInput& input, const design::Outcome& outcome, OverTime& result) {
    const StudyCohorts& study = input.study;
    const design::Specification& specification = input.specification();
    const int last = specification.lags;
    const effects::DidOutcome did = did_outcome(outcome);
    // A cohort whose last year the panel does not reach has lost nobody.
    const BaseSets base = sets_with_base(study, did, study.panel.last_year() - last);
    AttritionRow row;
    row.outcome = outcome.key;
    row.event_time = last;
    if (base.sets.empty()) {
        row.messages.push_back({"attrition_no_cohort", Severity::info, {{"lags", std::to_string(last)}}, 0});
        result.attrition.push_back(std::move(row));
        return {};
    }
    auto changes = effects::matched_changes(study.panel, base.sets, did, {last, last}, effects::MissingOutcome::unit);
    if (!changes) return tl::unexpected(changes.error());
    // unit: a non-adopter is looked up in the adopter's years; where the adopter itself is gone, its years are none.
    std::size_t at = 0;
    for (const effects::MatchedSet& set : base.sets) {
        const int year = set.cohort + last;
        const auto fill = [&](std::size_t firm) {
            const std::size_t i = at++;
            if (!std::isnan(changes->outcomes.value[i]) || !has_value(study.panel, did, firm, year)) return;
            const double now = study.panel.value(did.variable, firm, year);
            const double then = study.panel.value(did.variable, firm, set.cohort - 1);
            changes->outcomes.value[i] = did.log ? std::log(now) - std::log(then) : now - then;
            changes->base[i] = then;
            changes->after[i] = now;
            if (did.denominator.empty()) return;
            changes->base_denominator[i] = study.panel.value(did.denominator, firm, set.cohort - 1);
            changes->after_denominator[i] = study.panel.value(did.denominator, firm, year);
        };
        fill(set.adopter);
        for (const std::size_t control : set.controls) fill(control);
    }
    for (std::size_t i = 0; i < changes->outcomes.value.size(); ++i) {
        const bool observed = !std::isnan(changes->outcomes.value[i]);
        const bool treated = changes->outcomes.treated[i] != 0;
        ++(treated ? row.treated : row.control);
        if (observed) ++(treated ? row.observed_treated : row.observed_control);
    }
    const effects::SeKind kind = clustered_kind(study.choice.error);
    const auto plain = effects::matched_did(*changes, kind, specification.confidence_level);
    if (!plain) return tl::unexpected(plain.error());
    row.plain = plain->effect;
    if (did.denominator.empty() && equal_weights(changes->outcomes)) {
        const auto bounds =
            effects::lee_bounds(changes->outcomes.value, changes->outcomes.treated, specification.confidence_level);
        if (bounds) {
            row.bounds = *bounds;
        } else {
            row.messages.push_back({bounds.error().code, Severity::info, bounds.error().arguments, 0});
        }
    } else {
        row.messages.push_back({"attrition_no_bounds", Severity::info, {}, 0});
    }
    weight_by_chance(study, base.rows, changes->outcomes, row.messages);
    const auto weighted =
        effects::matched_did(*changes, kind, specification.confidence_level, effects::MissingOutcome::unit);
    if (!weighted) return tl::unexpected(weighted.error());
    row.weighted = weighted->effect;
    result.attrition.push_back(std::move(row));
    return {};
}

double quantile(std::vector<double> values, double probability) {
    std::sort(values.begin(), values.end());
    const double place = std::max(1.0, std::ceil(static_cast<double>(values.size()) * probability - 1e-9));
    return values[static_cast<std::size_t>(place) - 1];
}

/// Weighted mean with the sum of squared influences; the weights count as known.
effects::Estimate weighted_mean(const std::vector<double>& value, const std::vector<double>& weight,
                                double confidence) {
    effects::Estimate estimate;
    estimate.n_treated = static_cast<std::int64_t>(value.size());
    estimate.se_kind = "hc1";
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        sum += weight[i] * value[i];
        total += weight[i];
    }
    if (!(total > 0)) return estimate;
    estimate.estimate = sum / total;
    double squares = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const double influence = weight[i] * (value[i] - estimate.estimate) / total;
        squares += influence * influence;
    }
    const auto n = static_cast<double>(value.size());
    if (n > 1) effects::set_uncertainty(estimate, std::sqrt(squares * n / (n - 1)), n - 1, confidence);
    return estimate;
}

}  // namespace

Status add_attrition(const OverTimeInput& input, OverTime& result) {
    if (!input.specification().over_time.attrition) return {};
    if (!has_pairs(input.specification())) {
        result.messages.push_back({"attrition_needs_pairs", Severity::info, {}, 0});
        return {};
    }
    for (const design::Outcome& outcome : input.specification().outcomes) {
        if (!design::is_followed(input.specification().over_time, outcome)) continue;
        TWINFIRM_TRY(input.token.check());
        TWINFIRM_TRY(add_outcome(input, outcome, result));
    }
    return {};
}

Status add_responses(const OverTimeInput& input, OverTime& result) {
    if (!input.specification().over_time.attrition) return {};
    const StudyCohorts& study = input.study;
    std::vector<std::size_t> adopters;
    std::vector<std::int64_t> rows;
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const CohortFirms& firms = study.cohorts[c].firms;
        for (std::size_t i = 0; i < firms.firms.size(); ++i) {
            if (firms.adopter[i] == 0) continue;
            adopters.push_back(firms.firms[i]);
            const std::int64_t place = study.stacked.place[c][i];
            rows.push_back(place < 0 ? -1 : static_cast<std::int64_t>(study.stacked.first_row[c]) + place);
        }
    }
    for (const design::ProcessKpi& kpi : input.specification().process_kpis) {
        const auto before = input.data.survey.find(kpi.before);
        const auto after = input.data.survey.find(kpi.after);
        if (before == input.data.survey.end() || after == input.data.survey.end()) continue;
        ResponseRow row;
        row.kpi = kpi.key;
        row.adopters = static_cast<std::int64_t>(adopters.size());
        std::vector<double> change;
        std::vector<std::uint8_t> answered;
        for (const std::size_t firm : adopters) {
            const double from = before->second[firm];
            const double to = after->second[firm];
            const bool known = from > 0 && !std::isnan(to);
            answered.push_back(known ? 1 : 0);
            if (known) change.push_back((to - from) / from);
        }
        row.answered = static_cast<std::int64_t>(change.size());
        if (!change.empty()) {
            const double confidence = input.specification().confidence_level;
            row.plain = weighted_mean(change, std::vector<double>(change.size(), 1.0), confidence);
            const std::vector<double> chance = chances(study.stacked.design.x, rows, answered, row.messages);
            std::vector<double> weight;
            for (std::size_t i = 0; i < answered.size(); ++i) {
                if (answered[i] != 0) weight.push_back(1 / chance[i]);
            }
            row.weighted = weighted_mean(change, weight, confidence);
            const double share = static_cast<double>(row.answered) / static_cast<double>(row.adopters);
            row.bound_low = share * row.plain.estimate + (1 - share) * quantile(change, 0.05);
            row.bound_high = share * row.plain.estimate + (1 - share) * quantile(change, 0.95);
        }
        result.responses.push_back(std::move(row));
    }
    return {};
}

}  // namespace twinfirm::evaluation
