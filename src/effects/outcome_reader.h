// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <optional>
#include <span>
#include <string>

#include "twinfirm/base/result.h"
#include "twinfirm/effects/estimate.h"
#include "twinfirm/effects/matched_did.h"
#include "twinfirm/stats/panel.h"

namespace twinfirm::effects {

/// The values of one variable, with the years outside the panel missing.
class Series {
  public:
    Series(const stats::Panel& panel, const std::string& variable)
        : values_(panel.values(variable)), first_(panel.first_year()), years_(static_cast<int>(panel.years())) {}

    [[nodiscard]] double operator()(std::size_t firm, int year) const {
        if (year < first_ || year >= first_ + years_) return not_available;
        return values_[firm * static_cast<std::size_t>(years_) + static_cast<std::size_t>(year - first_)];
    }

  private:
    std::span<const double> values_;
    int first_;
    int years_;
};

/// What is read of one firm in one year: the variable and, for a rate, its denominator.
class OutcomeReader {
  public:
    /// The variables must exist: require_variables().
    OutcomeReader(const stats::Panel& panel, const DidOutcome& outcome)
        : variable_(panel, outcome.variable), log_(outcome.log) {
        if (!outcome.denominator.empty()) denominator_.emplace(panel, outcome.denominator);
    }
    [[nodiscard]] double value(std::size_t firm, int year) const { return variable_(firm, year); }
    [[nodiscard]] double denominator(std::size_t firm, int year) const {
        return denominator_ ? (*denominator_)(firm, year) : 1.0;
    }
    [[nodiscard]] bool has(std::size_t firm, int year) const {
        const double value = variable_(firm, year);
        return !std::isnan(value) && (!log_ || value > 0) && !std::isnan(denominator(firm, year));
    }
    [[nodiscard]] bool is_rate() const { return denominator_.has_value(); }
    [[nodiscard]] double scaled(double value) const { return log_ ? std::log(value) : value; }

  private:
    Series variable_;
    std::optional<Series> denominator_;
    bool log_;
};

[[nodiscard]] inline Status require_variables(const stats::Panel& panel, const DidOutcome& outcome) {
    for (const std::string& name : {outcome.variable, outcome.denominator}) {
        if (!name.empty() && !panel.has(name)) return fail(ErrorKind::usage, "variable_unknown", {{"name", name}});
    }
    return {};
}

}  // namespace twinfirm::effects
