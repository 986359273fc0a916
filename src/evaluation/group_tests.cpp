// SPDX-License-Identifier: GPL-3.0-or-later
#include "group_tests.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "twinfirm/breakdowns/heterogeneity.h"
#include "twinfirm/breakdowns/multiplicity.h"
#include "twinfirm/breakdowns/ranking.h"
#include "twinfirm/stats/distributions.h"

namespace twinfirm::evaluation {

namespace {

/// What each firm adds to an estimate, by rising firm.
using FirmInfluence = std::vector<std::pair<std::int32_t, double>>;

std::optional<FirmInfluence> firm_influence(const SetChanges& sets, effects::SeKind kind, double confidence) {
    const auto did = effects::matched_did_influence(sets.changes, kind, confidence, sets.missing);
    if (!did) return std::nullopt;
    FirmInfluence rows;
    for (std::size_t i = 0; i < did->rows.size(); ++i) {
        rows.emplace_back(sets.changes.outcomes.firm[did->rows[i]], did->influence[i]);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    FirmInfluence sums;
    for (const auto& [firm, influence] : rows) {
        if (sums.empty() || sums.back().first != firm) sums.emplace_back(firm, 0.0);
        sums.back().second += influence;
    }
    return sums;
}

double covariance(const FirmInfluence& a, const FirmInfluence& b) {
    double sum = 0;
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        if (a[i].first == b[k].first) {
            sum += a[i++].second * b[k++].second;
        } else {
            ++(a[i].first < b[k].first ? i : k);
        }
    }
    return sum;
}

/// The groups of one outcome that have an effect with a standard error.
struct TestedGroups {
    std::vector<EffectRow*> rows;
    std::vector<double> estimates;
    std::vector<double> covariance;  ///< groups x groups
    bool shared_firms = false;       ///< the off-diagonal is known
};

Result<TestedGroups> tested_groups(const StudyCohorts& study, const design::Outcome& outcome,
                                   const std::string& breakdown, const std::vector<Members>& members,
                                   const std::vector<std::unique_ptr<GroupEffects>>& estimators, Evaluation& result) {
    TestedGroups groups;
    std::vector<FirmInfluence> influences;
    bool known = true;
    for (EffectRow& row : result.effects) {
        if (row.outcome != outcome.key || row.group.breakdown != breakdown || row.event_time) continue;
        if (row.estimator != "did" || row.group.suppressed || !std::isfinite(row.effect.std_error)) continue;
        groups.rows.push_back(&row);
        groups.estimates.push_back(row.effect.estimate);
        for (std::size_t g = 0; g < members.size() && known; ++g) {
            if (members[g].group.key != row.group.key || estimators[g] == nullptr) continue;
            auto sets = estimators[g]->set_changes(outcome, {0, study.specification.lags});
            if (!sets) return tl::unexpected(sets.error());
            auto influence =
                *sets ? firm_influence(**sets, clustered_kind(study.choice.error), study.specification.confidence_level)
                      : std::nullopt;
            known = influence.has_value();
            if (known) influences.push_back(std::move(*influence));
        }
    }
    const std::size_t count = groups.rows.size();
    groups.shared_firms = known && influences.size() == count;
    groups.covariance.assign(count * count, 0);
    for (std::size_t a = 0; a < count; ++a) {
        const double error = groups.rows[a]->effect.std_error;
        groups.covariance[a * count + a] = error * error;
        for (std::size_t b = 0; b < count; ++b) {
            if (a != b && groups.shared_firms) {
                groups.covariance[a * count + b] = covariance(influences[a], influences[b]);
            }
        }
    }
    return groups;
}

void add_heterogeneity(const design::Outcome& outcome, const std::string& breakdown, const TestedGroups& groups,
                       Evaluation& result) {
    std::vector<double> error_df;
    for (const EffectRow* row : groups.rows) error_df.push_back(row->effect.df);
    breakdowns::CochranQ test = breakdowns::wald_equality(groups.estimates, groups.covariance, error_df);
    const bool with_covariance = groups.shared_firms && !std::isnan(test.q);
    if (!with_covariance) {
        std::vector<double> errors;
        for (const EffectRow* row : groups.rows) errors.push_back(row->effect.std_error);
        test = breakdowns::cochran_q(groups.estimates, errors, error_df);
    }
    result.heterogeneity.push_back(
        {outcome.key, breakdown, test.q, test.df, test.p_value, with_covariance ? "shared_firms" : "independent"});
}

void add_ranking(const design::Specification& specification, const design::Outcome& outcome, const TestedGroups& groups,
                 Evaluation& result) {
    if (specification.groups.draws == 0) return;
    breakdowns::RankingOptions options;
    options.top = specification.groups.top;
    options.draws = specification.groups.draws;
    options.seed = specification.seed;
    options.confidence = specification.confidence_level;
    options.higher_is_better = outcome.direction == design::Direction::higher_is_better;
    const auto ranked = breakdowns::rank_groups(groups.estimates, groups.covariance, options);
    for (std::size_t g = 0; g < ranked.size(); ++g) {
        if (std::isnan(ranked[g].rank)) continue;
        const breakdowns::RankedGroup& place = ranked[g];
        result.groups.ranking.push_back({outcome.key, groups.rows[g]->group, groups.estimates[g], place.shrunken,
                                         place.shrunken_low, place.shrunken_high, place.rank, place.rank_low,
                                         place.rank_high, place.top_share});
    }
}

}  // namespace

double minimum_detectable_effect(const effects::Estimate& effect, double confidence, double power) {
    return (stats::student_t_quantile((1 + confidence) / 2, effect.df) + stats::student_t_quantile(power, effect.df)) *
           effect.std_error;
}

Status add_group_tests(const StudyCohorts& study, const design::Breakdown& breakdown,
                       const std::vector<Members>& members,
                       const std::vector<std::unique_ptr<GroupEffects>>& estimators, Evaluation& result) {
    const design::Specification& specification = study.specification;
    for (const design::Outcome& outcome : specification.outcomes) {
        const auto groups = tested_groups(study, outcome, breakdown.key, members, estimators, result);
        if (!groups) return tl::unexpected(groups.error());
        std::vector<double> p_values;
        for (const EffectRow* row : groups->rows) p_values.push_back(row->effect.p_value);
        const std::vector<double> family_wise = breakdowns::holm(p_values);
        const std::vector<double> false_share = breakdowns::benjamini_hochberg(p_values);
        for (std::size_t g = 0; g < groups->rows.size(); ++g) {
            EffectRow& row = *groups->rows[g];
            row.p_holm = family_wise[g];
            row.p_bh = false_share[g];
            row.minimum_detectable =
                minimum_detectable_effect(row.effect, specification.confidence_level, specification.groups.power);
        }
        add_heterogeneity(outcome, breakdown.key, *groups, result);
        add_ranking(specification, outcome, *groups, result);
    }
    return {};
}

}  // namespace twinfirm::evaluation
