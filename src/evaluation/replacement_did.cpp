// SPDX-License-Identifier: GPL-3.0-or-later
#include "replacement_did.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "neighbors_of_arm.h"
#include "twinfirm/effects/estimated_score.h"
#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/standard_error.h"
#include "twinfirm/effects/unit_changes.h"

namespace twinfirm::evaluation {

namespace {

constexpr std::size_t variance_neighbors = 3;  // the unit itself and its two nearest
constexpr std::size_t nobody = std::numeric_limits<std::size_t>::max();

}  // namespace

ReplacementDid::ReplacementDid(const StudyCohorts& study) : study_(study) {
    for (std::size_t c = 0; c < study.cohorts.size(); ++c) {
        const MatchedCohort& cohort = study.cohorts[c];
        std::vector<std::size_t> place(cohort.firms.firms.size(), nobody);
        const auto unit = [&](std::size_t row) {
            if (place[row] == nobody) {
                place[row] = units_.size();
                units_.push_back({c, row});
                treated_.push_back(cohort.firms.adopter[row]);
                firm_.push_back(cohort.firms.firms[row]);
            }
            return place[row];
        };
        for (const matching::Pair& pair : cohort.match.sample.pairs) {
            const std::size_t focal = unit(pair.focal);
            pairs_.push_back({focal, unit(pair.match), pair.distance});
        }
    }
    const Eigen::MatrixXd& x = study.stacked.design.x;
    const auto cohort_columns = static_cast<Eigen::Index>(study.cohorts.size()) - 1;
    covariates_ = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(units_.size()), x.cols() - 1 + cohort_columns);
    for (std::size_t u = 0; u < units_.size(); ++u) {
        const auto [c, row] = units_[u];
        const auto from = static_cast<Eigen::Index>(study.stacked.first_row[c]) + study.stacked.place[c][row];
        const auto to = static_cast<Eigen::Index>(u);
        covariates_.row(to).head(x.cols() - 1) = x.row(from).tail(x.cols() - 1);
        if (c > 0) covariates_(to, x.cols() - 2 + static_cast<Eigen::Index>(c)) = 1;
    }
}

std::vector<double> ReplacementDid::local_variances(std::size_t cohort, const std::vector<double>& change) const {
    const MatchedCohort& of = study_.cohorts[cohort];
    std::vector<std::uint8_t> present(change.size(), 0);
    for (const std::size_t row : of.match.design.rows) {
        const matching::Reason reason = of.match.sample.reason[row];
        present[row] = reason != matching::Reason::missing_covariate && reason != matching::Reason::outside_support &&
                       !std::isnan(change[row]);
    }
    const auto wide = neighbors_of_arm(of.match, of.firms.adopter, present, {}, variance_neighbors);
    if (of.match.stratum.empty()) return effects::local_variances(wide, {}, change);
    const auto within = neighbors_of_arm(of.match, of.firms.adopter, present, of.match.stratum, variance_neighbors);
    return effects::local_variances(within, wide, change);
}

Result<const ReplacementDid::Outcome*> ReplacementDid::outcome_of(const design::Outcome& outcome,
                                                                  effects::EventWindow window) const {
    const std::scoped_lock lock(outcomes_guard_);
    const auto [found, is_new] = outcomes_.try_emplace({outcome.key, window.first, window.last});
    Outcome& entry = found->second;
    if (!is_new) return &entry;
    std::vector<std::vector<double>> after;
    std::vector<std::vector<double>> variance;
    for (std::size_t c = 0; c < study_.cohorts.size(); ++c) {
        const MatchedCohort& cohort = study_.cohorts[c];
        auto changes =
            effects::unit_changes(study_.panel, cohort.firms.firms, cohort.firms.year, did_outcome(outcome), window);
        if (!changes) return tl::unexpected(changes.error());
        variance.push_back(local_variances(c, changes->change));
        entry.cohort_change.push_back(std::move(changes->change));
        after.push_back(std::move(changes->after));
    }
    for (const Unit& unit : units_) {
        entry.change.push_back(entry.cohort_change[unit.cohort][unit.row]);
        entry.after.push_back(after[unit.cohort][unit.row]);
        entry.variance.push_back(variance[unit.cohort][unit.row]);
    }
    if (study_.choice.error != design::StandardError::ai_estimated) entry.cohort_change.clear();
    return &entry;
}

effects::MatchedOutcomes ReplacementDid::outcomes_of(const std::vector<matching::Pair>& pairs) const {
    effects::MatchedOutcomes outcomes;
    const auto add = [&](std::size_t unit, double weight) {
        outcomes.firm.push_back(static_cast<std::int32_t>(firm_[unit]));
        outcomes.treated.push_back(treated_[unit]);
        outcomes.weight.push_back(weight);
    };
    for (std::size_t begin = 0; begin < pairs.size();) {
        std::size_t end = begin;
        while (end < pairs.size() && pairs[end].focal == pairs[begin].focal) ++end;
        add(pairs[begin].focal, 1);
        for (std::size_t i = begin; i < end; ++i) add(pairs[i].match, 1 / static_cast<double>(end - begin));
        begin = end;
    }
    return outcomes;
}

double ReplacementDid::shared_firm_term(const effects::NeighborSets& matches, const std::vector<double>& variance,
                                        const std::vector<std::uint8_t>& target) const {
    std::vector<double> share(units_.size(), 0);
    for (std::size_t i = 0; i < units_.size(); ++i) {
        const auto count = static_cast<double>(matches.count(i));
        if (!(count > 0) || target[i] == 0) continue;
        for (const auto& range : matches.of(i)) {
            for (std::uint32_t place = range.begin; place < range.end; ++place) {
                share[matches.order[place]] += 1 / count;
            }
        }
    }
    std::vector<std::pair<std::size_t, double>> of_firm;  // firm and K s in one cohort
    for (std::size_t i = 0; i < units_.size(); ++i) {
        if (share[i] > 0 && variance[i] > 0) of_firm.emplace_back(firm_[i], share[i] * std::sqrt(variance[i]));
    }
    std::sort(of_firm.begin(), of_firm.end());
    double term = 0;
    for (std::size_t begin = 0; begin < of_firm.size();) {
        double sum = 0;
        double squares = 0;
        std::size_t end = begin;
        for (; end < of_firm.size() && of_firm[end].first == of_firm[begin].first; ++end) {
            sum += of_firm[end].second;
            squares += of_firm[end].second * of_firm[end].second;
        }
        if (end - begin > 1) term += sum * sum - squares;
        begin = end;
    }
    return term;
}

double ReplacementDid::estimated_score_term(const Outcome& outcome, double effect) const {
    double term = 0;
    double adopters = 0;
    for (std::size_t c = 0; c < study_.cohorts.size(); ++c) {
        const MatchedCohort& cohort = study_.cohorts[c];
        const CrossSection& match = cohort.match;
        const std::vector<double>& change = outcome.cohort_change[c];
        std::vector<Eigen::Index> rows;
        for (std::size_t i = 0; i < match.design.rows.size(); ++i) {
            if (!std::isnan(change[match.design.rows[i]])) rows.push_back(static_cast<Eigen::Index>(i));
        }
        const auto n = static_cast<Eigen::Index>(rows.size());
        Eigen::MatrixXd design(n, match.design.x.cols());
        std::vector<double> probability;
        std::vector<double> value;
        std::vector<std::uint8_t> adopter;
        const matching::CovariatePoints all =
            matching::covariate_points(match.design, change.size(), cohort.firms.adopter,
                                       design::ScoreKind::mahalanobis, design::MetricCovariance::total);
        matching::CovariatePoints points;
        points.dimensions = all.dimensions;
        double treated = 0;
        for (Eigen::Index i = 0; i < n; ++i) {
            const Eigen::Index from = rows[static_cast<std::size_t>(i)];
            const std::size_t row = match.design.rows[static_cast<std::size_t>(from)];
            design.row(i) = match.design.x.row(from);
            probability.push_back(match.fit.probability[from]);
            value.push_back(change[row]);
            adopter.push_back(cohort.firms.adopter[row]);
            treated += cohort.firms.adopter[row];
            const std::span<const double> point = all.of(row);
            points.coordinate.insert(points.coordinate.end(), point.begin(), point.end());
        }
        if (!(treated > 0)) continue;
        const effects::EstimatedScore score{design, probability, match.fit.covariance, &points};
        term += treated * treated *
                effects::estimated_score_variance(score, adopter, value, effect, effects::ScoreTarget::adopters);
        adopters += treated;
    }
    return adopters > 0 ? term / (adopters * adopters) : 0;
}

Status ReplacementDid::set_error(const design::Outcome& outcome, effects::EventWindow window, const GroupUnits& group,
                                 bool corrected, effects::DidResult& result) const {
    if (outcome.metric == design::ChangeMetric::per_hundred) return {};
    const auto found = outcome_of(outcome, window);
    if (!found) return tl::unexpected(found.error());
    const Outcome& values = **found;
    // Sets without any missing outcome, as in matched_changes().
    std::vector<std::uint8_t> target(units_.size(), 0);
    std::vector<matching::Pair> complete;
    for (std::size_t begin = 0; begin < pairs_.size();) {
        const std::size_t focal = pairs_[begin].focal;
        bool whole = !std::isnan(values.change[focal]);
        std::size_t end = begin;
        for (; end < pairs_.size() && pairs_[end].focal == focal; ++end) {
            whole = whole && !std::isnan(values.change[pairs_[end].match]);
        }
        if (whole && group.has(units_[focal].cohort, units_[focal].row)) {
            target[focal] = 1;
            complete.insert(complete.end(), pairs_.begin() + static_cast<std::ptrdiff_t>(begin),
                            pairs_.begin() + static_cast<std::ptrdiff_t>(end));
        }
        begin = end;
    }
    const effects::ReplacementMatching matching{treated_, effects::pair_neighbors(complete, units_.size())};
    const bool robust = study_.choice.error != design::StandardError::ai_homoscedastic;
    const double confidence = study_.specification.confidence_level;
    const double infinity = std::numeric_limits<double>::infinity();
    effects::AbadieImbensOptions options;
    options.variance = robust ? effects::AiVariance::robust : effects::AiVariance::homoscedastic;
    options.confidence = confidence;
    options.target = target;
    if (corrected) options.covariates = &covariates_;
    double n = 0;
    for (const std::uint8_t flag : target) n += flag;
    const auto with_shared_firms = [&](const std::vector<double>& value, const std::vector<double>& variance,
                                       double score_term) -> Result<effects::Estimate> {
        options.local_variance = variance;
        auto estimate = effects::abadie_imbens(matching, value, options);
        if (!estimate || std::isnan(estimate->std_error)) return estimate;
        const double total = estimate->std_error * estimate->std_error +
                             shared_firm_term(matching.matches, variance, target) / (n * n) + score_term;
        if (total > 0) effects::set_uncertainty(*estimate, std::sqrt(total), infinity, confidence);
        return estimate;
    };
    const bool estimated =
        study_.choice.error == design::StandardError::ai_estimated && group.everybody() && !corrected;
    const double score_term = estimated ? estimated_score_term(values, result.effect.estimate) : 0;
    auto effect = with_shared_firms(values.change, values.variance, score_term);
    if (!effect) return tl::unexpected(effect.error());
    effect->se_kind = design::standard_error_code(estimated ? design::StandardError::ai_estimated
                                                  : robust  ? design::StandardError::ai
                                                            : design::StandardError::ai_homoscedastic);
    effects::count_firms(*effect, outcomes_of(complete));
    result.effect = *effect;
    result.percent = {};
    if (outcome.metric == design::ChangeMetric::percent) {
        result.percent = effects::percent_from_log(result.effect);
        return {};
    }
    const double mean = result.treated_after;
    const double without = mean - effect->estimate;
    if (!(without > 0)) return {};
    std::vector<double> share(units_.size());
    std::vector<double> variance = values.variance;
    for (std::size_t i = 0; i < share.size(); ++i) {
        const double level = treated_[i] != 0 ? effect->estimate * values.after[i] : 0;
        share[i] = (mean * values.change[i] - level) / (without * without);
        variance[i] *= mean * mean / (without * without * without * without);
    }
    auto fraction = with_shared_firms(share, variance, 0);
    if (!fraction) return tl::unexpected(fraction.error());
    const double centre = effect->estimate / without;
    result.percent = {centre, centre + fraction->ci_low - fraction->estimate,
                      centre + fraction->ci_high - fraction->estimate};
    return {};
}

}  // namespace twinfirm::evaluation
