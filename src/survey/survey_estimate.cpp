// SPDX-License-Identifier: GPL-3.0-or-later
#include "twinfirm/survey/survey_estimate.h"

#include <cmath>
#include <stdexcept>

#include "twinfirm/stats/distributions.h"

namespace twinfirm::survey {

std::string_view reliability_code(Reliability reliability) {
    switch (reliability) {
        case Reliability::good:
            return "";
        case Reliability::caution:
            return "caution";
        case Reliability::unreliable:
            return "unreliable";
        case Reliability::unknown:
            break;
    }
    return "unknown";
}

double SurveyEstimate::cv() const {
    return value == 0 ? std::numeric_limits<double>::quiet_NaN() : std_error / std::abs(value);
}

Reliability SurveyEstimate::reliability() const {
    const double relative = cv();
    if (std::isnan(relative)) return Reliability::unknown;
    if (relative >= 0.5) return Reliability::unreliable;
    return relative >= 0.25 ? Reliability::caution : Reliability::good;
}

SurveyEstimate estimate_of(const SampleDesign& design, const Linearised& linearised) {
    SurveyEstimate estimate;
    estimate.value = linearised.value;
    estimate.n = linearised.n;
    estimate.population = linearised.population;
    estimate.kish_n = linearised.kish_n;
    if (std::isnan(linearised.value)) return estimate;
    estimate.df = design.degrees_of_freedom(linearised.answered);
    if (design.units(linearised.answered) < 2) return estimate;
    const double variance = design.variance(linearised.influence);
    estimate.std_error = std::sqrt(variance);
    if (linearised.simple_variance > 0) estimate.deff = variance / linearised.simple_variance;
    return estimate;
}

double critical_value(const SurveyEstimate& estimate, double confidence) {
    if (!(confidence > 0) || !(confidence < 1)) throw std::invalid_argument("confidence outside (0, 1)");
    return stats::student_t_quantile(0.5 + confidence / 2, estimate.df);
}

double margin_of_error(const SurveyEstimate& estimate, double confidence) {
    return critical_value(estimate, confidence) * estimate.std_error;
}

Interval linear_interval(const SurveyEstimate& estimate, double confidence) {
    const double margin = margin_of_error(estimate, confidence);
    return {estimate.value - margin, estimate.value + margin};
}

}  // namespace twinfirm::survey
