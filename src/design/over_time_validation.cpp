// SPDX-License-Identifier: GPL-3.0-or-later
#include "over_time_validation.h"

#include <algorithm>
#include <cmath>

#include "twinfirm/base/number_text.h"

namespace twinfirm::design {

namespace {

bool is_name_byte(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Whether a term names this column.
bool names(const std::string& term, const std::string& column) {
    if (column.empty()) return false;
    for (std::size_t at = term.find(column); at != std::string::npos; at = term.find(column, at + 1)) {
        const std::size_t end = at + column.size();
        const bool begins = at == 0 || !is_name_byte(term[at - 1]);
        if (begins && (end == term.size() || !is_name_byte(term[end]))) return true;
    }
    return false;
}

void error(Validation& validation, std::string code, MessageArguments arguments) {
    validation.errors.push_back(Error{ErrorKind::usage, std::move(code), std::move(arguments), {}, 0, 0});
}

void require_range(Validation& validation, std::int64_t value, std::int64_t low, std::int64_t high, const char* key) {
    if (value >= low && value <= high) return;
    error(validation, "specification_range",
          {{"key", key}, {"value", integer_text(value)}, {"low", integer_text(low)}, {"high", integer_text(high)}});
}

}  // namespace

void check_over_time(const Specification& specification, Validation& validation) {
    const StaggeredSettings& staggered = specification.staggered;
    const OverTimeSettings& over_time = specification.over_time;
    require_range(validation, staggered.anticipation, 0, 10, "/staggered/anticipation");
    require_range(validation, staggered.balance, -1, 30, "/staggered/balance");
    require_range(validation, staggered.draws, 99, 100000, "/staggered/draws");
    require_range(validation, over_time.placebo_years, 0, 20, "/over_time/placebo_years");
    for (std::size_t i = 0; i < staggered.covariates.size(); ++i) {
        const std::string key = "/staggered/covariates/" + integer_text(static_cast<std::int64_t>(i));
        const std::string& term = staggered.covariates[i];
        if (term.empty()) error(validation, "specification_empty", {{"key", key}});
        for (const std::string& column :
             {specification.roles.adoption_year, specification.roles.level, std::string("level")}) {
            if (!names(term, column)) continue;
            error(validation, "covariate_after_adoption", {{"key", key}, {"value", column}});
            break;
        }
    }
    for (std::size_t i = 0; i < over_time.magnitudes.size(); ++i) {
        if (over_time.magnitudes[i] >= 0 && std::isfinite(over_time.magnitudes[i])) continue;
        error(validation, "over_time_magnitude",
              {{"key", "/over_time/magnitudes/" + integer_text(static_cast<std::int64_t>(i))},
               {"value", shortest_text(over_time.magnitudes[i])}});
    }
    for (std::size_t i = 0; i < over_time.outcomes.size(); ++i) {
        const bool known = std::any_of(specification.outcomes.begin(), specification.outcomes.end(),
                                       [&](const Outcome& outcome) { return outcome.key == over_time.outcomes[i]; });
        if (known) continue;
        error(validation, "study_outcome_unknown",
              {{"key", "/over_time/outcomes/" + integer_text(static_cast<std::int64_t>(i))},
               {"value", over_time.outcomes[i]}});
    }
}

bool is_followed(const OverTimeSettings& over_time, const Outcome& outcome) {
    return over_time.outcomes.empty() ||
           std::find(over_time.outcomes.begin(), over_time.outcomes.end(), outcome.key) != over_time.outcomes.end();
}

}  // namespace twinfirm::design
