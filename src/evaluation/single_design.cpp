// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/single_design.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>

#include "replacement_effects.h"
#include "small_sample.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/base/parallel.h"
#include "twinfirm/effects/percent_effect.h"
#include "twinfirm/effects/permutation_test.h"
#include "twinfirm/effects/set_weights.h"
#include "weighted_section.h"

namespace twinfirm::evaluation {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

tl::unexpected<Error> bad_outcome(std::string_view expression) {
    return fail(ErrorKind::usage, "outcome_syntax", {{"expression", std::string(expression)}});
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

/// `name` or `log(name)`.
Result<std::vector<double>> operand(const stats::Frame& frame, std::string_view text, std::string_view expression) {
    text = trimmed(text);
    const bool logarithm = text.starts_with("log(") && text.ends_with(")");
    if (logarithm) text = trimmed(text.substr(4, text.size() - 5));
    if (text.empty()) return bad_outcome(expression);
    const stats::Column* column = frame.find(text);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", std::string(text)}});
    if (column->kind() != stats::ColumnKind::number) {
        return fail(ErrorKind::usage, "outcome_not_numeric", {{"name", std::string(text)}});
    }
    std::vector<double> values(column->values().begin(), column->values().end());
    if (logarithm) {
        for (double& value : values) value = value > 0 ? std::log(value) : missing;
    }
    return values;
}

/// The observations of a matched sample, and their rows.
struct Observations {
    effects::MatchedOutcomes outcomes;
    std::vector<std::size_t> rows;

    void add(std::size_t row, std::int32_t set, std::uint8_t treated, double weight) {
        outcomes.set.push_back(set);
        outcomes.firm.push_back(static_cast<std::int32_t>(row));
        outcomes.treated.push_back(treated);
        outcomes.weight.push_back(weight);
        rows.push_back(row);
    }
};

/// Every focal unit of the group with its matches, set by set.
Observations observations_of_pairs(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                                   const std::vector<std::uint8_t>& focal_in_group) {
    Observations result;
    const std::vector<matching::Pair>& pairs = match.sample.pairs;
    std::int32_t set = 0;
    for (std::size_t begin = 0; begin < pairs.size(); ++set) {
        std::size_t end = begin;
        while (end < pairs.size() && pairs[end].focal == pairs[begin].focal) ++end;
        if (focal_in_group[pairs[begin].focal] != 0) {
            result.add(pairs[begin].focal, set, treated[pairs[begin].focal], 1);
            for (std::size_t i = begin; i < end; ++i) {
                result.add(pairs[i].match, set, treated[pairs[i].match], 1.0 / static_cast<double>(end - begin));
            }
        }
        begin = end;
    }
    return result;
}

/// Every unit of a set counts for itself, if it is of the target and in the group, and in equal shares for such units
/// of the other arm in its set.
Observations observations_of_sets(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                                  const std::vector<std::uint8_t>& in_group, effects::Target target) {
    const std::vector<std::int32_t>& subclass = match.sample.subclass;
    const std::vector<double> weight = effects::set_weights({subclass, treated, {}, in_group}, target);
    Observations result;
    for (std::size_t row = 0; row < weight.size(); ++row) {
        if (weight[row] > 0) result.add(row, subclass[row], treated[row], weight[row]);
    }
    return result;
}

/// The weights as they are, of the units in the group: no unit is another's match.
Observations observations_of_weights(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                                     const std::vector<std::uint8_t>& in_group) {
    Observations result;
    for (std::size_t row = 0; row < match.sample.weight.size(); ++row) {
        if (match.sample.weight[row] > 0 && in_group[row] != 0) {
            result.add(row, -1, treated[row], match.sample.weight[row]);
        }
    }
    return result;
}

Observations observations_of(const CrossSection& match, const std::vector<std::uint8_t>& treated,
                             const std::vector<std::uint8_t>& in_group, effects::Target target) {
    switch (match.sample.form) {
        case matching::SampleForm::pairs:
            return observations_of_pairs(match, treated, in_group);
        case matching::SampleForm::sets:
            return observations_of_sets(match, treated, in_group, target);
        case matching::SampleForm::weights:
            break;
    }
    return observations_of_weights(match, treated, in_group);
}

Eigen::MatrixXd covariates_of(const CrossSection& match, const std::vector<std::size_t>& rows) {
    std::vector<Eigen::Index> place(match.sample.reason.size(), -1);
    for (std::size_t i = 0; i < match.design.rows.size(); ++i)
        place[match.design.rows[i]] = static_cast<Eigen::Index>(i);
    Eigen::MatrixXd covariates(static_cast<Eigen::Index>(rows.size()), match.design.x.cols() - 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        covariates.row(static_cast<Eigen::Index>(i)) = match.design.x.row(place[rows[i]]).tail(covariates.cols());
    }
    return covariates;
}

struct Subset {
    std::string label;
    std::vector<std::uint8_t> member;
};

/// All rows, then the rows of each value of each column.
Result<std::vector<Subset>> subsets(const stats::Frame& frame, const std::vector<std::string>& by) {
    std::vector<Subset> list{{"", std::vector<std::uint8_t>(frame.rows(), 1)}};
    for (const std::string& name : by) {
        const stats::Column* column = frame.find(name);
        if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
        std::map<std::string, std::vector<std::uint8_t>> values;
        for (std::size_t row = 0; row < frame.rows(); ++row) {
            if (column->missing(row)) continue;
            const std::string value = column->kind() == stats::ColumnKind::number
                                          ? shortest_text(column->values()[row])
                                          : column->levels()[static_cast<std::size_t>(column->codes()[row])];
            auto& member = values[value];
            member.resize(frame.rows(), 0);
            member[row] = 1;
        }
        for (auto& [value, member] : values) {
            std::string label = name;
            label.append(1, '=').append(value);
            list.push_back({std::move(label), std::move(member)});
        }
    }
    return list;
}

std::string estimator_name(const CrossSection& match, OutcomeAdjustment adjustment) {
    switch (adjustment) {
        case OutcomeAdjustment::automatic:
        case OutcomeAdjustment::none:
            return match.balancing ? "weighted_difference" : "difference_in_means";
        case OutcomeAdjustment::bias:
            return "bias_corrected";
        case OutcomeAdjustment::regression:
        case OutcomeAdjustment::aipw:
        case OutcomeAdjustment::ipwra:
            break;
    }
    return std::string(adjustment_code(adjustment));
}

/// By matched set or by observation; the other errors have estimators of their own.
effects::SeKind sandwich(StandardError error) {
    switch (error) {
        case StandardError::cr0:
            return effects::SeKind::cr0;
        case StandardError::two_way:
            return effects::SeKind::two_way;
        case StandardError::hc0:
            return effects::SeKind::hc0;
        case StandardError::hc1:
            return effects::SeKind::hc1;
        case StandardError::hc3:
            return effects::SeKind::hc3;
        case StandardError::cluster:
            return effects::SeKind::cluster_cr1;
        case StandardError::cluster_cr0:
            return effects::SeKind::cluster_cr0;
        default:
            return effects::SeKind::cr1;
    }
}

Result<effects::Estimate> estimate_of(const Observations& observations, const CrossSection& match,
                                      const EffectSettings& settings) {
    const bool adjusted = settings.adjustment == OutcomeAdjustment::regression;
    if (settings.error == StandardError::permutation) {
        auto test = effects::permutation_test(observations.outcomes, settings.resampling, settings.missing);
        if (!test) return tl::unexpected(test.error());
        return test->effect;
    }
    if (settings.error == StandardError::bootstrap) {
        if (!adjusted) {
            return effects::bootstrap_difference(observations.outcomes, settings.resampling, settings.confidence,
                                                 settings.missing);
        }
        return effects::bootstrap_regression(observations.outcomes, covariates_of(match, observations.rows),
                                             effects::Adjustment::interacted, settings.resampling, settings.confidence,
                                             settings.missing, settings.target);
    }
    const effects::SeKind kind = sandwich(settings.error);
    const SmallSampleSettings small{settings.resampling, settings.confidence, settings.missing, settings.target};
    if (!adjusted) {
        auto effect = effects::difference_in_means(observations.outcomes, kind, settings.confidence, settings.missing);
        if (effect) TWINFIRM_TRY(add_small_sample_test(observations.outcomes, nullptr, small, *effect));
        return effect;
    }
    const Eigen::MatrixXd covariates = covariates_of(match, observations.rows);
    auto effect = effects::regression_adjusted(observations.outcomes, covariates, effects::Adjustment::interacted, kind,
                                               settings.confidence, settings.missing, settings.target);
    if (effect) TWINFIRM_TRY(add_small_sample_test(observations.outcomes, &covariates, small, *effect));
    return effect;
}

/// `replacement`: the effects after matching with replacement, for errors by Abadie & Imbens.
Result<SingleEffect> effect_of(const std::string& outcome, const std::vector<double>& values, const Subset& subset,
                               const CrossSection& match, const std::vector<std::uint8_t>& treated,
                               const EffectSettings& settings, const ReplacementEffects* replacement) {
    SingleEffect effect{outcome, subset.label, estimator_name(match, settings.adjustment), {}, missing};
    const bool logarithm = outcome.find("log(") != std::string::npos;
    if (match.balancing) {
        double percent = missing;
        auto estimate = weighted_section_effect(match, treated, values, subset.member, settings, percent);
        if (!estimate) return tl::unexpected(estimate.error());
        effect.effect = std::move(*estimate);
        if (!logarithm) effect.percent = percent;
        return effect;
    }
    Observations observations = observations_of(match, treated, subset.member, settings.target);
    for (const std::size_t row : observations.rows) {
        observations.outcomes.value.push_back(values[row]);
        if (!settings.cluster.empty()) observations.outcomes.cluster.push_back(settings.cluster[row]);
    }
    auto estimate =
        replacement != nullptr ? replacement->of_group(subset.member) : estimate_of(observations, match, settings);
    if (!estimate) return tl::unexpected(estimate.error());
    effect.effect = std::move(*estimate);
    if (!logarithm && settings.adjustment == OutcomeAdjustment::none) {
        const auto percent =
            effects::percent_of_counterfactual(observations.outcomes, observations.outcomes.value, effects::SeKind::cr1,
                                               settings.confidence, settings.missing);
        if (percent) effect.percent = percent->percent;
    }
    return effect;
}

bool is_abadie_imbens(StandardError error) {
    return error == StandardError::ai || error == StandardError::ai_homoscedastic ||
           error == StandardError::ai_estimated;
}

/// What the balance of a cross-section is told from, on the rows of its design matrix.
class BalanceInput {
  public:
    BalanceInput(const CrossSection& match, const std::vector<std::uint8_t>& treated) {
        std::vector<std::size_t> place(treated.size(), 0);
        const bool of_sets = match.sample.form == matching::SampleForm::sets;
        for (std::size_t i = 0; i < match.design.rows.size(); ++i) {
            const std::size_t row = match.design.rows[i];
            place[row] = i;
            arm_.push_back(treated[row]);
            weight_.push_back(match.sample.weight[row]);
            if (of_sets) set_.push_back(match.sample.subclass[row]);
        }
        for (const matching::Pair& pair : match.sample.pairs) {
            if (!of_sets) pairs_.push_back({place[pair.focal], place[pair.match], pair.distance});
        }
    }

    [[nodiscard]] balance::MatchedUnits units(design::Estimand estimand) const {
        const auto denominator = estimand == design::Estimand::att   ? balance::SmdDenominator::treated
                                 : estimand == design::Estimand::atc ? balance::SmdDenominator::control
                                                                     : balance::SmdDenominator::pooled;
        return {arm_, weight_, pairs_, denominator, set_};
    }

  private:
    std::vector<std::uint8_t> arm_;
    std::vector<double> weight_;
    std::vector<matching::Pair> pairs_;
    std::vector<std::int32_t> set_;
};

}  // namespace

Result<std::vector<double>> outcome_values(const stats::Frame& frame, std::string_view expression) {
    // A column's own name may hold a minus sign: it wins over the reading as a difference.
    if (frame.find(trimmed(expression)) != nullptr) return operand(frame, expression, expression);
    const std::size_t minus = expression.find('-');
    auto first = operand(frame, expression.substr(0, minus), expression);
    if (!first || minus == std::string_view::npos) return first;
    auto second = operand(frame, expression.substr(minus + 1), expression);
    if (!second) return second;
    for (std::size_t i = 0; i < first->size(); ++i) (*first)[i] -= (*second)[i];
    return first;
}

std::vector<balance::BalanceRow> cross_section_balance(const CrossSection& match,
                                                       const std::vector<std::uint8_t>& treated,
                                                       design::Estimand estimand, unsigned threads) {
    const BalanceInput input(match, treated);
    std::vector<balance::BalanceColumn> columns;
    balance::BalanceColumn score{"distance", "", {}, true};
    for (const std::size_t row : match.design.rows) score.values.push_back(match.score[row]);
    const bool has_score =
        std::none_of(score.values.begin(), score.values.end(), [](double v) { return std::isnan(v); });
    if (has_score) columns.push_back(std::move(score));
    for (balance::BalanceColumn& column : balance::balance_columns(match.design)) columns.push_back(std::move(column));
    return balance::balance_table(columns, input.units(estimand), threads);
}

std::vector<balance::BalanceRow> cross_section_interactions(const CrossSection& match,
                                                            const std::vector<std::uint8_t>& treated,
                                                            design::Estimand estimand, unsigned threads) {
    const BalanceInput input(match, treated);
    return balance::interaction_balance(balance::balance_columns(match.design), input.units(estimand), threads);
}

Result<std::vector<SingleEffect>> cross_section_effects(const stats::Frame& frame, const CrossSection& match,
                                                        const std::vector<std::uint8_t>& treated,
                                                        const std::vector<std::string>& outcomes,
                                                        const std::vector<std::string>& by,
                                                        const EffectSettings& settings) {
    const auto groups = subsets(frame, by);
    if (!groups) return tl::unexpected(groups.error());
    std::vector<std::vector<double>> values;
    std::vector<std::unique_ptr<ReplacementEffects>> replacement(outcomes.size());
    for (const std::string& outcome : outcomes) {
        auto read = outcome_values(frame, outcome);
        if (!read) return tl::unexpected(read.error());
        values.push_back(std::move(*read));
    }
    const unsigned threads = settings.resampling.threads;
    parallel_chunks(outcomes.size(), 1, threads, [&](std::size_t i, std::size_t) {
        if (!is_abadie_imbens(settings.error)) return;
        replacement[i] = std::make_unique<ReplacementEffects>(match, treated, values[i], settings);
    });
    const Error untouched{ErrorKind::cancelled, "cancelled", {}, {}, 0, 0};
    std::vector<Result<SingleEffect>> found(outcomes.size() * groups->size(), tl::unexpected(untouched));
    parallel_chunks(found.size(), 1, threads, [&](std::size_t i, std::size_t) {
        const std::size_t outcome = i / groups->size();
        found[i] = effect_of(outcomes[outcome], values[outcome], (*groups)[i % groups->size()], match, treated,
                             settings, replacement[outcome].get());
    });
    std::vector<SingleEffect> effects;
    for (Result<SingleEffect>& effect : found) {
        if (!effect) return tl::unexpected(effect.error());
        effects.push_back(std::move(*effect));
    }
    return effects;
}

}  // namespace twinfirm::evaluation
