// SPDX-License-Identifier: GPL-3.0-or-later
#include "study_sensitivity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "twinfirm/base/parallel.h"
#include "twinfirm/effects/e_value.h"
#include "twinfirm/effects/omitted_variable_bias.h"
#include "twinfirm/effects/rosenbaum_bounds.h"
#include "twinfirm/effects/unit_changes.h"

namespace twinfirm::evaluation {

namespace {

/// A firm in a cohort, by its row.
struct Unit {
    std::size_t cohort = 0;
    std::size_t row = 0;
};

/// One of an arm with one or several of the other.
struct Star {
    Unit centre;
    bool adopter_centre = true;
    std::vector<Unit> others;
};

/// The matched sets as stars; none where a set has several of both arms, which Rosenbaum's bounds do not know.
std::optional<std::vector<Star>> stars_of(const std::vector<MatchedCohort>& cohorts) {
    std::vector<Star> stars;
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
        const matching::MatchedSample& sample = cohorts[c].match.sample;
        if (sample.form == matching::SampleForm::weights) return std::nullopt;
        std::map<std::int32_t, std::vector<std::size_t>> arms[2];
        for (std::size_t row = 0; row < sample.subclass.size(); ++row) {
            if (sample.subclass[row] >= 0) arms[sample.treated[row] != 0 ? 1 : 0][sample.subclass[row]].push_back(row);
        }
        for (const auto& [set, adopters] : arms[1]) {
            const std::vector<std::size_t>& others = arms[0][set];
            if (others.empty()) continue;
            if (adopters.size() > 1 && others.size() > 1) return std::nullopt;
            const bool adopter_centre = adopters.size() == 1;
            Star star{{c, adopter_centre ? adopters.front() : others.front()}, adopter_centre, {}};
            for (const std::size_t row : adopter_centre ? others : adopters) star.others.push_back({c, row});
            stars.push_back(std::move(star));
        }
    }
    return stars;
}

using Changes = std::vector<std::vector<double>>;  // of each cohort's rows

class OutcomeSensitivity {
  public:
    OutcomeSensitivity(const StudyCohorts& study, const Changes& change, SensitivityRow& row)
        : study_(study), change_(change), row_(row) {}

    /// The bounds of the test of no effect in matched sets.
    Status bounds(const std::optional<std::vector<Star>>& stars) {
        const bool with_replacement =
            design::effect_design(study_.specification.matching) == design::EffectDesign::replacement;
        if (!stars || with_replacement) {
            row_.messages.push_back({"study_sensitivity_no_bounds", Severity::info, {}, 0});
            return {};
        }
        const effects::MatchedSetValues sets = values_of(*stars);
        row_.sets = static_cast<std::int64_t>(sets.begin.size()) - 1;
        const bool pairs = sets.values.size() == 2 * (sets.begin.size() - 1);
        const design::SensitivitySettings& settings = study_.specification.sensitivity;
        const double alpha = 1 - study_.specification.confidence_level;
        const auto keep = [&](const auto& result) -> Status {
            if (result) {
                row_.largest_gamma = result->largest_gamma;
                for (const auto& bound : result->bounds) {
                    GammaRow gamma{bound.gamma, bound.p_high, effects::not_available, effects::not_available};
                    if constexpr (requires { bound.estimate_low; }) {
                        // Back in the effect's own direction.
                        gamma.estimate_low = sign() > 0 ? bound.estimate_low : -bound.estimate_high;
                        gamma.estimate_high = sign() > 0 ? bound.estimate_high : -bound.estimate_low;
                    }
                    row_.gammas.push_back(gamma);
                }
                return {};
            }
            if (result.error().kind != ErrorKind::statistics) return tl::unexpected(result.error());
            row_.messages.push_back({result.error().code, Severity::info, result.error().arguments, 0});
            return {};
        };
        if (row_.sets == 0) return {};
        if (pairs) {
            row_.test = "signed_rank";
            std::vector<double> differences;
            for (std::size_t i = 0; i < sets.values.size(); i += 2) {
                differences.push_back(sets.values[i] - sets.values[i + 1]);
            }
            return keep(effects::signed_rank_bounds(differences, settings.gammas, alpha));
        }
        row_.test = "m_statistic";
        auto bounds = effects::m_statistic_bounds(sets, settings.gammas, {}, alpha);
        if (!bounds && bounds.error().code == "sensitivity_no_difference") {
            // Most differences are 0, as those of exports: there is no scale to trim by.
            const effects::MScore untrimmed{0, std::numeric_limits<double>::infinity(), 0.5};
            bounds = effects::m_statistic_bounds(sets, settings.gammas, untrimmed, alpha);
            if (bounds) row_.messages.push_back({"sensitivity_untrimmed", Severity::info, {}, 0});
        }
        return keep(bounds);
    }

    /// The effect over the standard deviation of the non-adopters' changes.
    Status e_value(const std::vector<std::vector<double>>& weight) {
        double sum = 0;
        double mean = 0;
        double squares = 0;
        each_control(weight, [&](double w, double value) {
            sum += w;
            mean += w * value;
        });
        mean /= sum;
        each_control(weight, [&](double w, double value) { squares += w * (value - mean) * (value - mean); });
        const double sd = std::sqrt(squares / sum);
        if (!(sd > 0) || !std::isfinite(row_.estimate) || !std::isfinite(row_.std_error)) return {};
        const auto value = effects::e_value_of_mean_difference(row_.estimate, row_.std_error, sd);
        if (!value) return tl::unexpected(value.error());
        row_.e_value = value->estimate;
        row_.e_value_interval = value->interval;
        return {};
    }

    /// The weighted regression of the change on adoption, the covariates and the adoption year.
    Status omitted_variable(const std::vector<std::vector<double>>& weight) {
        const stats::DesignMatrix& stacked = study_.stacked.design;
        std::vector<Eigen::Index> rows;
        std::vector<std::size_t> cohort;
        std::vector<double> treatment;
        std::vector<double> outcome;
        std::vector<double> weights;
        for (std::size_t c = 0; c < study_.cohorts.size(); ++c) {
            for (std::size_t row = 0; row < weight[c].size(); ++row) {
                if (!(weight[c][row] > 0) || std::isnan(change_[c][row]) || study_.stacked.place[c][row] < 0) continue;
                rows.push_back(static_cast<Eigen::Index>(study_.stacked.first_row[c]) + study_.stacked.place[c][row]);
                cohort.push_back(c);
                treatment.push_back(study_.cohorts[c].firms.adopter[row]);
                outcome.push_back(change_[c][row]);
                weights.push_back(weight[c][row]);
            }
        }
        stats::DesignMatrix design;
        design.terms = stacked.terms;
        design.columns = stacked.columns;
        for (std::size_t c = 1; c < study_.cohorts.size(); ++c) {
            design.terms.push_back("adoption_year" + std::to_string(study_.cohorts[c].firms.year));
            design.columns.push_back({"adoption_year", std::to_string(study_.cohorts[c].firms.year),
                                      std::to_string(study_.cohorts[0].firms.year), true});
        }
        design.x = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(rows.size()),
                                         static_cast<Eigen::Index>(design.terms.size()));
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto to = static_cast<Eigen::Index>(i);
            design.x.row(to).head(stacked.x.cols()) = stacked.x.row(rows[i]);
            if (cohort[i] > 0) design.x(to, stacked.x.cols() + static_cast<Eigen::Index>(cohort[i]) - 1) = 1;
            design.rows.push_back(i);
        }
        effects::OmittedVariableRequest request;
        request.benchmarks = benchmarks(stacked);
        request.multiples = study_.specification.sensitivity.multiples;
        request.confidence = study_.specification.confidence_level;
        auto bias = effects::omitted_variable_bias(design, treatment, outcome, weights, request);
        if (!bias) {
            if (bias.error().kind != ErrorKind::statistics) return tl::unexpected(bias.error());
            row_.messages.push_back({bias.error().code, Severity::info, bias.error().arguments, 0});
            return {};
        }
        for (const Message& message : bias->messages) {
            if (message.code == "sensitivity_multiple_impossible") row_.messages.push_back(message);
        }
        row_.regression = std::move(*bias);
        row_.regression.messages.clear();
        return {};
    }

  private:
    /// The test is one-sided, in the direction of the effect.
    [[nodiscard]] double sign() const { return row_.estimate < 0 ? -1 : 1; }

    template <class Take>
    void each_control(const std::vector<std::vector<double>>& weight, Take take) const {
        for (std::size_t c = 0; c < weight.size(); ++c) {
            for (std::size_t row = 0; row < weight[c].size(); ++row) {
                const bool counts = weight[c][row] > 0 && study_.cohorts[c].firms.adopter[row] == 0;
                if (counts && !std::isnan(change_[c][row])) take(weight[c][row], change_[c][row]);
            }
        }
    }

    /// Sets share no firm: a non-adopter stays in the set of the earliest year that it stands in. Firms without an
    /// outcome are left out; a set that lost an arm is no set.
    [[nodiscard]] effects::MatchedSetValues values_of(const std::vector<Star>& stars) {
        effects::MatchedSetValues sets;
        std::vector<std::uint8_t> seen(study_.panel.firms(), 0);
        const auto firm = [&](const Unit& unit) { return study_.cohorts[unit.cohort].firms.firms[unit.row]; };
        const auto value = [&](const Unit& unit) { return change_[unit.cohort][unit.row]; };
        for (const Star& star : stars) {
            std::vector<Unit> units;
            bool shared = false;
            const auto take = [&](const Unit& unit) {
                if (std::isnan(value(unit))) return;
                if (seen[firm(unit)] != 0) {
                    shared = true;
                } else {
                    units.push_back(unit);
                }
            };
            take(star.centre);
            if (!units.empty()) std::for_each(star.others.begin(), star.others.end(), take);
            if (units.size() < 2) {
                row_.sets_left_out += shared ? 1 : 0;
                continue;
            }
            const double direction = star.adopter_centre ? sign() : -sign();
            for (const Unit& unit : units) {
                seen[firm(unit)] = 1;
                sets.values.push_back(direction * value(unit));
            }
            sets.begin.push_back(sets.values.size());
        }
        return sets;
    }

    /// Those of the specification that the regression has: a term of which no column is left is none.
    [[nodiscard]] std::vector<std::string> benchmarks(const stats::DesignMatrix& design) const {
        std::vector<std::string> known;
        for (const std::string& wanted : study_.specification.sensitivity.benchmarks) {
            const auto parsed = stats::parse_formula("~ " + wanted);
            if (!parsed || parsed->terms.size() != 1) continue;
            const std::string& term = parsed->terms.front().text;
            const auto has = [&](const stats::DesignColumn& column) { return column.term == term; };
            if (std::any_of(design.columns.begin(), design.columns.end(), has)) known.push_back(term);
        }
        return known;
    }

    const StudyCohorts& study_;
    const Changes& change_;
    SensitivityRow& row_;
};

Status outcome_sensitivity(const StudyCohorts& study, const design::Outcome& outcome, const EffectRow& headline,
                           const std::optional<std::vector<Star>>& stars,
                           const std::vector<std::vector<double>>& weight, const CancellationToken& token,
                           SensitivityRow& row) {
    Changes change;
    for (const MatchedCohort& cohort : study.cohorts) {
        auto changes = effects::unit_changes(study.panel, cohort.firms.firms, cohort.firms.year, did_outcome(outcome),
                                             {0, study.specification.lags});
        if (!changes) return tl::unexpected(changes.error());
        change.push_back(std::move(changes->change));
    }
    row.outcome = outcome.key;
    row.estimate = headline.effect.estimate;
    row.std_error = headline.effect.std_error;
    OutcomeSensitivity sensitivity(study, change, row);
    if (!std::isfinite(row.estimate)) return {};
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(sensitivity.bounds(stars));
    TWINFIRM_TRY(token.check());
    TWINFIRM_TRY(sensitivity.e_value(weight));
    // An effect that may be chance needs no hidden factor to be explained away, whatever another test says.
    if (!(row.e_value_interval > 1)) row.largest_gamma = effects::not_available;
    TWINFIRM_TRY(token.check());
    return sensitivity.omitted_variable(weight);
}

}  // namespace

Status add_sensitivity(const StudyCohorts& study, unsigned threads, const CancellationToken& token,
                       Evaluation& result) {
    const design::Specification& specification = study.specification;
    if (!specification.sensitivity.enabled) return {};
    const auto stars = stars_of(study.cohorts);
    const auto weight = cohort_weights(study.cohorts, effect_target(specification.matching));
    struct Part {
        const design::Outcome* outcome;
        const EffectRow* headline;
        SensitivityRow row;
        Status done;
    };
    std::vector<Part> parts;
    for (const design::Outcome& outcome : specification.outcomes) {
        if (!design::is_tested(specification.sensitivity, outcome)) continue;
        const auto headline = std::find_if(result.effects.begin(), result.effects.end(), [&](const EffectRow& row) {
            return row.outcome == outcome.key && row.group.breakdown.empty() && !row.event_time &&
                   row.estimator == "did";
        });
        if (headline == result.effects.end() || headline->group.suppressed) continue;
        parts.push_back({&outcome, &*headline, {}, {}});
    }
    parallel_chunks(parts.size(), 1, threads, [&](std::size_t i, std::size_t) {
        Part& part = parts[i];
        part.done = token.check();
        if (part.done) {
            part.done = outcome_sensitivity(study, *part.outcome, *part.headline, stars, weight, token, part.row);
        }
    });
    for (Part& part : parts) {
        TWINFIRM_TRY(std::move(part.done));
        result.sensitivity.push_back(std::move(part.row));
    }
    return {};
}

}  // namespace twinfirm::evaluation
