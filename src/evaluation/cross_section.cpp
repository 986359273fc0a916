// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/evaluation/cross_section.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "covariate_strata.h"
#include "twinfirm/base/number_text.h"
#include "twinfirm/matching/common_support.h"
#include "twinfirm/matching/match.h"
#include "twinfirm/matching/propensity_score.h"
#include "weighted_section.h"

namespace twinfirm::evaluation {

namespace {

Result<std::span<const double>> numbers_of(const stats::Frame& frame, const std::string& name) {
    const stats::Column* column = frame.find(name);
    if (column == nullptr) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    if (column->kind() != stats::ColumnKind::number) {
        return fail(ErrorKind::usage, "variable_not_numeric", {{"name", name}});
    }
    return column->values();
}

/// Whether pairs or strata are made without any score.
bool goes_without_score(const design::MatchingSettings& settings) {
    return design::is_covariate_distance(settings.score) || settings.method == design::MatchMethod::exact ||
           settings.method == design::MatchMethod::cem;
}

/// No regression is fitted.
void leave_score_out(CrossSection& section, std::size_t rows) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    for (std::vector<double>* fitted : {&section.probability, &section.linear_predictor, &section.score}) {
        fitted->assign(rows, missing);
    }
    section.fit.log_likelihood = section.fit.deviance = section.fit.null_deviance = section.fit.auc = missing;
}

Status take_score(CrossSection& section, const stats::Frame& frame, const std::string& name) {
    const auto values = numbers_of(frame, name);
    if (!values) return tl::unexpected(values.error());
    leave_score_out(section, frame.rows());
    for (const std::size_t row : section.design.rows) section.score[row] = (*values)[row];
    return {};
}

/// The points for a distance of the covariates: all of them, or the settings' own within the score's caliper.
Result<std::optional<matching::CovariatePoints>> metric_points(const CrossSection& section, const stats::Frame& frame,
                                                               const std::vector<std::uint8_t>& treated,
                                                               const design::MatchingSettings& settings,
                                                               std::span<const std::uint32_t> rank) {
    std::optional<matching::CovariatePoints> points;
    if (settings.method == design::MatchMethod::cem && settings.k2k) {
        points = matching::covariate_points(section.design, frame.rows(), treated, design::ScoreKind::mahalanobis,
                                            settings.metric_covariance, rank);
    } else if (settings.method == design::MatchMethod::exact || settings.method == design::MatchMethod::cem) {
        return points;
    } else if (design::is_covariate_distance(settings.score)) {
        points = matching::covariate_points(section.design, frame.rows(), treated, settings.score,
                                            settings.metric_covariance, rank);
    } else if (!settings.mahalanobis.empty()) {
        std::vector<stats::Term> terms;
        for (const std::string& name : settings.mahalanobis) {
            terms.push_back({{{stats::Factor::Kind::column, name, 1}}, stats::formula_name(name)});
        }
        const auto design = stats::build_design_matrix(frame, terms);
        if (!design) return tl::unexpected(design.error());
        points = matching::covariate_points(*design, frame.rows(), treated, design::ScoreKind::mahalanobis,
                                            settings.metric_covariance, rank);
    }
    return points;
}

/// One weight for each row of the design matrix; empty without a column of weights.
Result<std::vector<double>> sample_weights(const stats::DesignMatrix& design, const stats::Frame& frame,
                                           const std::string& name) {
    std::vector<double> weights;
    if (name.empty()) return weights;
    const auto values = numbers_of(frame, name);
    if (!values) return tl::unexpected(values.error());
    for (const std::size_t row : design.rows) {
        if (!((*values)[row] >= 0) || !std::isfinite((*values)[row])) {
            return fail(ErrorKind::statistics, "sample_weight_value",
                        {{"name", name}, {"row", integer_text(static_cast<std::int64_t>(row + 1))}});
        }
        weights.push_back((*values)[row]);
    }
    return weights;
}

Status fit(CrossSection& section, const std::vector<std::uint8_t>& treated, const std::vector<double>& weights,
           const design::MatchingSettings& settings, unsigned threads) {
    std::vector<std::uint8_t> adopter(section.design.rows.size());
    for (std::size_t i = 0; i < adopter.size(); ++i) adopter[i] = treated[section.design.rows[i]];
    stats::BinaryOptions options = matching::score_regression(settings.score, settings.separation);
    options.threads = threads;
    auto fitted = stats::fit_binary(section.design, adopter, weights, options);
    if (!fitted) return tl::unexpected(fitted.error());
    section.fit = std::move(*fitted);
    const auto score_of = [&](design::ScoreKind kind) {
        return matching::propensity_score(section.fit, section.design, treated.size(), kind);
    };
    section.probability = score_of(design::ScoreKind::logit);
    section.linear_predictor = score_of(design::ScoreKind::linear_logit);
    section.score = score_of(settings.score);
    return {};
}

}  // namespace

Result<CrossSection> fit_score(const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                               const std::vector<stats::Term>& terms, const design::MatchingSettings& settings,
                               unsigned threads) {
    CrossSection section;
    auto design = stats::build_design_matrix(frame, terms);
    if (!design) return tl::unexpected(design.error());
    section.terms = terms;
    section.design = std::move(*design);
    if (goes_without_score(settings)) {
        leave_score_out(section, frame.rows());
        return section;
    }
    if (settings.score == design::ScoreKind::column) {
        TWINFIRM_TRY(take_score(section, frame, settings.score_column));
        return section;
    }
    auto weights = sample_weights(section.design, frame, settings.sample_weights);
    if (!weights) return tl::unexpected(weights.error());
    TWINFIRM_TRY(fit(section, treated, *weights, settings, threads));
    if (!settings.reestimate || settings.discard == design::Discard::none) return section;

    std::vector<std::uint8_t> scored(section.score.size());
    for (std::size_t i = 0; i < scored.size(); ++i) scored[i] = !std::isnan(section.score[i]);
    const auto outside = matching::outside_common_support(section.score, treated, scored, settings.discard);
    TWINFIRM_TRY(leave_out(section, frame, treated, outside, settings, threads));
    return section;
}

Status leave_out(CrossSection& section, const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                 const std::vector<std::uint8_t>& left_out, const design::MatchingSettings& settings,
                 unsigned threads) {
    if (section.preset.empty()) section.preset.assign(left_out.size(), matching::Reason::matched);
    for (const std::size_t row : section.design.rows) {
        if (left_out[row] != 0) section.preset[row] = matching::Reason::outside_support;
    }
    if (goes_without_score(settings) || settings.score == design::ScoreKind::column) return {};
    auto weights = sample_weights(section.design, frame, settings.sample_weights);
    if (!weights) return tl::unexpected(weights.error());
    weights->resize(section.design.rows.size(), 1);
    for (std::size_t i = 0; i < section.design.rows.size(); ++i) {
        if (section.preset[section.design.rows[i]] != matching::Reason::matched) (*weights)[i] = 0;
    }
    return fit(section, treated, *weights, settings, threads);
}

Status match_on_score(CrossSection& section, const stats::Frame& frame, const std::vector<std::uint8_t>& treated,
                      const design::MatchingSettings& settings, std::span<const std::uint32_t> rank,
                      const CancellationToken& token) {
    if (settings.method == design::MatchMethod::weighting) {
        const auto weights = sample_weights(section.design, frame, settings.sample_weights);
        if (!weights) return tl::unexpected(weights.error());
        return weight_section(section, treated, *weights, settings);
    }
    auto strata = exact_strata(frame, settings.exact);
    if (!strata) return tl::unexpected(strata.error());
    section.stratum = std::move(*strata);
    if (settings.method == design::MatchMethod::exact || settings.method == design::MatchMethod::cem) {
        auto of_covariates = settings.method == design::MatchMethod::exact
                                 ? equal_covariates(frame, section.terms)
                                 : coarsened_covariates(frame, section.terms, section.design.rows, settings);
        if (!of_covariates) return tl::unexpected(of_covariates.error());
        section.stratum = both_strata(std::move(section.stratum), *of_covariates);
    }
    std::vector<matching::CovariateLimit> limits;
    for (const design::CovariateCaliper& caliper : settings.covariate_calipers) {
        const auto values = numbers_of(frame, caliper.column);
        if (!values) return tl::unexpected(values.error());
        limits.push_back({*values, caliper.width, caliper.unit == design::CaliperUnit::sd});
    }
    std::vector<std::vector<std::int32_t>> different;
    for (const std::string& name : settings.anti_exact) {
        auto codes = exact_strata(frame, {name});
        if (!codes) return tl::unexpected(codes.error());
        different.push_back(std::move(*codes));
    }
    auto points = metric_points(section, frame, treated, settings, rank);
    if (!points) return tl::unexpected(points.error());
    section.points = std::move(*points);
    std::vector<double> no_score;  // the same for all who have covariates
    if (goes_without_score(settings)) {
        if (settings.caliper || settings.smallest_caliper || settings.discard != design::Discard::none) {
            return fail(ErrorKind::usage, "setting_needs_score");
        }
        no_score.assign(section.score.size(), std::numeric_limits<double>::quiet_NaN());
        for (const std::size_t row : section.design.rows) no_score[row] = 0;
    }
    matching::MatchProblem problem;
    problem.score = no_score.empty() ? section.score : no_score;
    if (section.points) problem.points = &*section.points;
    problem.treated = treated;
    problem.stratum = section.stratum;
    problem.rank = rank;
    problem.preset = section.preset;
    problem.limits = limits;
    problem.anti_exact = different;
    design::MatchingSettings remaining = settings;
    if (!section.preset.empty()) remaining.discard = design::Discard::none;  // done before the score was fitted again
    auto sample = matching::match(problem, remaining, token);
    if (!sample) return tl::unexpected(sample.error());
    section.sample = std::move(*sample);
    return {};
}

}  // namespace twinfirm::evaluation
